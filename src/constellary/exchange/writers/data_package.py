"""A Frictionless tabular data package: CSV tables, their schema, the codebook and a page about them."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

from constellary.exchange.writers.tables import TABLES, columns, csv_bytes, text_tables
from constellary.exchange.writers.texts import ascii_text
from constellary.study.codebook_writer import write_codebook

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from constellary.study.codebook import Codebook, Level, Variable
    from constellary.study.frames import Frames

DATE_PATTERN = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)

TITLES = {
    "alliances": "One row an alliance",
    "partners": "One row a firm in an alliance",
    "firms": "One row a firm, parents that sign nothing themselves included",
    "sources": "One row a page that supports an alliance",
    "codings": "One row a coder's value for one variable of an alliance",
}
STRUCTURAL: dict[str, tuple[str, str]] = {
    "id": ("Alliance", "Identifier of the alliance."),
    "name": ("Name", "Name of the alliance or venture."),
    "announced": ("Announced", "First public announcement, as exact as known: YYYY, YYYY-MM or YYYY-MM-DD."),
    "alliance": ("Alliance", "Identifier of the alliance."),
    "firm": ("Firm", "Canonical name of the firm."),
    "position": ("Position", "Place of the firm in the list of partners, from 1."),
    "aliases": ("Aliases", "Other names of the firm, joined by ';'."),
    "parent": ("Parent", "Majority owner."),
    "url": ("Address", "Address of the page."),
    "publisher": ("Publisher", "Who published the page."),
    "published": ("Published", "Date of the page, as exact as known: YYYY, YYYY-MM or YYYY-MM-DD."),
    "variable": ("Variable", "Name of the variable that was coded."),
    "coder": ("Coder", "Who coded."),
    "value": ("Value", "The coder's value; empty: coded as missing."),
    "sure": ("Sure", "Whether the coder was sure: y or n."),
}
PRIMARY: dict[str, list[str]] = {"alliances": ["id"], "firms": ["firm"]}
FOREIGN: dict[str, tuple[tuple[str, str, str], ...]] = {
    "partners": (("alliance", "alliances", "id"), ("firm", "firms", "firm")),
    "firms": (("parent", "", "firm"),),
    "sources": (("alliance", "alliances", "id"),),
    "codings": (("alliance", "alliances", "id"),),
}


def files(frames: Frames) -> dict[str, bytes]:
    """Return the files of the package, the descriptor `datapackage.json` last.

    The tables hold the very text of the study, nothing put before it: read them with a program rather
    than by a double click. `hash` and `bytes` in the descriptor tell whether a table is the one described.

    References
    ----------
    Frictionless Data, Tabular Data Package, https://specs.frictionlessdata.io/tabular-data-package/
    """
    tables = text_tables(frames)
    contents = {f"{name}.csv": csv_bytes(table) for name, table in tables.items()}
    descriptor = _descriptor(frames, contents)
    contents["codebook.toml"] = write_codebook(frames.codebook).encode()
    contents["README.md"] = _about(frames, tables).encode()
    contents["datapackage.json"] = (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()
    return contents


def zip_files(frames: Frames) -> dict[str, bytes]:
    """Return the package as one ZIP file, all its dates 1 January 1980, `datapackage.json` at its root."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files(frames).items():
            entry = zipfile.ZipInfo(name, date_time=ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return {".zip": target.getvalue()}


def _descriptor(frames: Frames, contents: Mapping[str, bytes]) -> dict[str, object]:
    codebook = frames.codebook
    about = {"description": f"Selection: {frames.selection}."} if frames.selection else {}
    return {
        "profile": "tabular-data-package",
        "name": _slug(codebook.name),
        "title": codebook.title,
        **about,
        "resources": [_resource(codebook, table, contents[f"{table}.csv"]) for table in TABLES],
    }


def _resource(codebook: Codebook, table: str, content: bytes) -> dict[str, object]:
    # The profile is repeated: without it a tabular data package is invalid.
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "title": TITLES[table],
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": _schema(codebook, table),
    }


def _schema(codebook: Codebook, table: str) -> dict[str, object]:
    level: Level | None = {"alliances": "alliance", "firms": "firm"}.get(table)  # type: ignore[assignment]  # the two keys that are levels
    asked = {variable.name: variable for variable in codebook.of_level(level)} if level else {}
    schema: dict[str, object] = {
        "fields": [
            _variable_field(asked[name]) if name in asked else _structural_field(name, table)
            for name in columns(codebook, table)
        ],
        "missingValues": [""],
    }
    if table in PRIMARY:
        schema["primaryKey"] = PRIMARY[table]
    if table in FOREIGN:
        schema["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": resource, "fields": [target]}}
            for field, resource, target in FOREIGN[table]
        ]
    return schema


def _structural_field(name: str, table: str) -> dict[str, object]:
    title, description = STRUCTURAL[name]
    field: dict[str, object] = {"name": name, "type": "string", "title": title, "description": description}
    constraints: dict[str, object] = {}
    if name == "position":
        field["type"] = "integer"
        constraints["minimum"] = 1
    if name == "sure":
        field |= {"type": "boolean", "trueValues": ["y"], "falseValues": ["n"]}
    if name in ("announced", "published"):
        constraints["pattern"] = DATE_PATTERN
    if name in ("id", "alliance", "position", "url") or (name == "firm" and table in ("firms", "partners")):
        constraints["required"] = True
    if constraints:
        field["constraints"] = constraints
    return field


def _variable_field(variable: Variable) -> dict[str, object]:
    field: dict[str, object] = {"name": variable.name, "type": "string", "title": variable.label}
    notes = [variable.question] if variable.question else []
    notes += [
        f"{category.value}: {category.label}" + (f" ({category.rule.rstrip('.')})" if category.rule else "")
        for category in variable.categories
    ]
    if variable.kind == "multiple":
        notes.append("Several values are joined by ';'.")
    if notes:
        field["description"] = "\n".join(notes)
    if variable.categories:
        field["categories"] = [{"value": c.value, "label": c.label} for c in variable.categories]
    if variable.kind == "date":
        field["constraints"] = {"pattern": DATE_PATTERN}
    elif variable.kind == "single" and variable.categories:
        field["constraints"] = {"enum": list(variable.values)}
    elif variable.kind == "multiple" and variable.categories:
        one = "(" + "|".join(re.escape(value) for value in variable.values) + ")"
        field["constraints"] = {"pattern": f"{one}(;{one})*"}
    return field


def _about(frames: Frames, tables: Mapping[str, pl.DataFrame]) -> str:
    codebook = frames.codebook
    lines = [f"# {codebook.title}", ""]
    lines += [f"Selection: {frames.selection}.", ""] if frames.selection else []
    lines += [
        "A tabular data package, written by Constellary. UTF-8, comma, missing values empty, items of a",
        "list joined by `;`. `datapackage.json` describes every column; `codebook.toml` is the codebook,",
        "with the groupings that are derived from it.",
        "",
        "| file | rows | what |",
        "|---|---|---|",
        *(f"| `{name}.csv` | {tables[name].height:,} | {TITLES[name]} |" for name in TABLES),
        "",
    ]
    for variable in codebook.variables:
        lines += [f"## {variable.label} (`{variable.name}`, {variable.level})", ""]
        lines += [variable.question, ""] if variable.question else []
        lines += [
            f"- `{category.value}`: {category.label}" + (f". {category.rule}" if category.rule else "")
            for category in variable.categories
        ]
        lines += [""] if variable.categories else []
    return "\n".join(lines).rstrip("\n") + "\n"


def _slug(name: str) -> str:
    """Return a package name: lower case letters, digits, `-`, `_` and `.`."""
    return re.sub("[^a-z0-9._-]+", "-", ascii_text(name).lower()).strip("-") or "study"
