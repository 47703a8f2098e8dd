"""Published values: what an earlier study printed, as a file that a study can declare.

The file (TOML) names the work and lists its values as printed. A value that this study can compute too
says where it stands in `results.json`, as a JSON pointer (RFC 6901), so that the report can set the two
side by side.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from constellary.errors import InputError, Problem, ProblemsFound

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 5_000_000

PrintedKind = Literal["count", "percent", "mean", "date", "claim"]
FIELDS = frozenset(
    {"id", "place", "quantity", "printed", "kind", "hedged", "n", "n_recovered", "n_label", "ours", "of"}
)


@dataclass(frozen=True, slots=True)
class PublishedValue:
    """One value as it was printed.

    Attributes
    ----------
    id
        Stable name within the file.
    place
        Where it stands in the work: section, table or figure.
    quantity
        What it is a value of, in words.
    printed
        The characters as printed (`30.42`, `30`), so that the precision is known; a claim in words.
    kind
        What the value is.
    hedged
        Whether the text says "about".
    n, n_label
        The number of units that a percentage is of, and what they are; None: not known.
    n_recovered
        Whether `n` is not printed but recovered from other printed numbers.
    ours
        JSON pointer into `results.json`; empty: this study has no such number.
    of
        For a share: JSON pointer to what it is a share of, a number of units or an object with `count` or
        `n`; empty: `ours` is no share.
    """

    id: str
    place: str
    quantity: str
    printed: str
    kind: PrintedKind
    hedged: bool = False
    n: int | None = None
    n_recovered: bool = False
    n_label: str = ""
    ours: str = ""
    of: str = ""

    @property
    def value(self) -> float | None:
        """The printed number; shares of percentages in 0..1; None for dates and claims."""
        if self.kind not in ("count", "percent", "mean"):
            return None
        return float(self.printed) / (100 if self.kind == "percent" else 1)

    @property
    def half_unit(self) -> float:
        """Half a unit of the last printed digit: how far rounding may have moved the value."""
        decimals = len(self.printed.partition(".")[2])
        return 0.5 * 10.0**-decimals / (100 if self.kind == "percent" else 1)


@dataclass(frozen=True, slots=True)
class Published:
    """The published values of one work.

    Attributes
    ----------
    title
        Short name of the work, as the report calls it.
    reference
        Full reference.
    url
        Where it is found, https; may be empty.
    samples
        A sentence on how the two samples differ; may be empty.
    values
        In the order of the file.
    """

    title: str
    reference: str
    url: str
    samples: str
    values: tuple[PublishedValue, ...]


def read_published(path: Path) -> tuple[str, Published]:
    """Read a file of published values; return its text and what it says.

    Raises
    ------
    InputError
        If it cannot be read or is not TOML.
    ProblemsFound
        With everything that is wrong in it.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(
                f"{path}: a file of published values of more than {LARGEST:,} bytes is not read."
            )
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
    return text, parse_published(text, origin=path.name)


def parse_published(text: str, *, origin: str = "published.toml") -> Published:
    """Return the published values that a TOML text lists.

    Raises
    ------
    InputError
        If it is not TOML.
    ProblemsFound
        With everything that is wrong in it.

    Examples
    --------
    >>> found = parse_published('''
    ... title = "Doe (2020)"
    ... reference = "Doe, J. (2020)."
    ... [[value]]
    ... id = "formal"
    ... quantity = "formal alliances"
    ... printed = "70"
    ... kind = "percent"
    ... n = 309
    ... ''')
    >>> found.values[0].value, found.values[0].half_unit
    (0.7, 0.005)
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{origin}: is not valid TOML: {error}.") from error
    problems: list[Problem] = []
    values = []
    items = content.get("value", [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        problems.append(
            Problem("'value' must be a list of tables: [[value]].", file=origin, kind="published")
        )
        items = []
    for number, item in enumerate(items, 1):
        where = f"value {item.get('id') or number}"
        found = _faults(item)
        problems += [Problem(f"{where}: {fault}", file=origin, kind="published") for fault in found]
        if not found:
            values.append(_value(item))
    ids = [value.id for value in values]
    problems += [
        Problem(f"'{name}' is the id of two values.", file=origin, kind="published")
        for name in sorted({name for name in ids if ids.count(name) > 1})
    ]
    for key in ("title", "reference"):
        if not isinstance(content.get(key), str) or not content[key].strip():
            problems.append(Problem(f"'{key}' is missing.", file=origin, kind="published"))
    if problems:
        raise ProblemsFound(problems, what=f"the published values {origin}")
    return Published(
        content["title"],
        content["reference"],
        str(content.get("url", "")),
        str(content.get("samples", "")),
        tuple(values),
    )


def _faults(item: dict[str, Any]) -> list[str]:
    found = [f"'{key}' is not known here." for key in sorted(set(item) - FIELDS)]
    found += [f"'{key}' is missing." for key in ("id", "quantity", "printed", "kind") if not item.get(key)]
    kinds = get_args(PrintedKind)
    if item.get("kind") and item["kind"] not in kinds:
        found.append(f"'kind' must be one of {', '.join(kinds)}.")
    if not isinstance(item.get("printed", ""), str):
        found.append("'printed' must be in quotes, so that 30 and 30.0 stay apart.")
    elif item.get("kind") in ("count", "percent", "mean"):
        found += _number_faults(item)
    if item.get("n") is not None and (type(item["n"]) is not int or item["n"] < 1):
        found.append("'n' must be a whole number of units.")
    found += [
        f"'{key}' must be a JSON pointer into results.json, which begins with '/'."
        for key in ("ours", "of")
        if item.get(key) and not str(item[key]).startswith("/")
    ]
    return found


def _number_faults(item: dict[str, Any]) -> list[str]:
    printed = item.get("printed", "")
    try:
        number = float(printed)
    except ValueError:
        return [f"'{printed}' is no number."] if printed else []
    if not isfinite(number) or number < 0:
        return [f"'{printed}' is no number that can be printed as a {item['kind']}."]
    if item["kind"] == "percent" and number > 100:
        return [f"'{printed}': a share is at most 100 per cent."]
    if item["kind"] == "count" and isinstance(item.get("n"), int) and number > item["n"]:
        return [f"'{printed}' is more than the {item['n']} that it is a part of."]
    return []


def _value(item: dict[str, Any]) -> PublishedValue:
    return PublishedValue(
        id=str(item["id"]),
        place=str(item.get("place", "")),
        quantity=str(item["quantity"]),
        printed=item["printed"].strip(),
        kind=cast("PrintedKind", item["kind"]),
        hedged=bool(item.get("hedged", False)),
        n=item.get("n"),
        n_recovered=bool(item.get("n_recovered", False)),
        n_label=str(item.get("n_label", "")),
        ours=str(item.get("ours", "")),
        of=str(item.get("of", "")),
    )
