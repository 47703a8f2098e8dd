"""Bibliographic exports on their way into a study: read in a job, counted, and taken in when somebody agrees."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.exchange.bibliography.export import Export
    from constellary.study.literature.intake import FileIntake, Intake
    from constellary.study.study import Study
    from constellary.workbench.intake.imports import Import
    from constellary.workbench.job_work import Say

SEARCH = "~search"
"""Under which an import keeps the search that its files belong to, beside nothing else."""
NONE = "-"
"""No search of the protocol."""
REMARKS = 100
"""Remarks on one file that are told."""


def read_exports(files: Sequence[Path], say: Say) -> list[Export]:
    """Read exports, one after another.

    Raises
    ------
    InputError
        If one of them cannot be read; the message says which, where and why.
    """
    from constellary.exchange.bibliography.reading import read_export

    found = []
    for number, path in enumerate(files):
        say(f"reading {path.name}", number, len(files))
        found.append(read_export(path))
    return found


def exports_told(study: Study, exports: Sequence[Export], mapping: Mapping[str, str]) -> dict[str, Any]:
    """Return what a job tells of exports: of each what it is, what would become of its records, and remarks."""
    _, intake = study.literature.planned(exports, search=search_of(mapping))
    return {
        "exports": [_told(export, file) for export, file in zip(exports, intake.files, strict=True)],
        "counts": {"records": counts_of(intake)},
        "notes": [],
        "preview": [],
    }


def counts_of(intake: Intake) -> dict[str, int]:
    """Return the counts of an import as those of tables are told."""
    return {
        "added": intake.new,
        "changed": intake.changed,
        "removed": 0,
        "unchanged": sum(file.known + file.repeated for file in intake.files),
    }


def search_of(mapping: Mapping[str, str]) -> str | None:
    """Return the search that somebody named; None: as the files tell; empty: none.

    Examples
    --------
    >>> search_of({}), search_of({"~search": "wos"}), search_of({"~search": "-"})
    (None, 'wos', '')
    """
    named = mapping.get(SEARCH)
    return "" if named == NONE else named or None


def take_exports(study: Study, found: Import, *, who: str, why: str) -> Intake:
    """Take the exports of an import into a study, as one decision; they are read once more for that."""
    from constellary.exchange.bibliography.reading import read_export

    exports = [read_export(found.folder / file.name) for file in found.files]
    return study.literature.take(exports, who=who, why=why, search=search_of(found.mapping))


def preview_of(found: Import, study: Study) -> dict[str, Any]:
    """Return what the page of exports that were read shows."""
    told = found.result["exports"]
    return {
        "found": found,
        "exports": told,
        "searches": [(one.name, one.database) for one in study.literature.review().protocol.searches],
        "search": found.mapping.get(SEARCH, ""),
        "loose": sum(one["read"] for one in told if not one["search"]),
        "changes": any(one["new"] + one["changed"] for one in told),
        "none": NONE,
    }


def _told(export: Export, file: FileIntake) -> dict[str, Any]:
    return {
        **asdict(file),
        "database": export.database,
        "remarks": [[one.line, one.text, one.lost] for one in export.remarks[:REMARKS]],
        "all_remarks": len(export.remarks),
    }
