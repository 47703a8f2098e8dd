"""Works of real exports, and the plainest way to read the same files, to compare with."""

import re
from pathlib import Path

from constellary.exchange.bibliography.reading import read_export
from constellary.literature.record import Record
from constellary.literature.works import Work

SAVED = "wos/wostools/bit-pattern-savedrecs.txt"


def works_of(records: list[Record]) -> list[Work]:
    return [Work(one.id, (one,), one, {}) for one in records]


def works_in(path: Path) -> list[Work]:
    """Return the works of an export, none of its records taken for another's."""
    entries = read_export(path).entries
    return works_of([entry.record._replace(id=f"r{number:04}") for number, entry in enumerate(entries)])


def tagged(path: Path) -> list[dict[str, list[str]]]:
    """Read a tagged file in the plainest way: tag -> its lines, for each record."""
    records: list[dict[str, list[str]]] = []
    held: dict[str, list[str]] = {}
    tag = ""
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if line.startswith("ER"):
            records.append(held)
            held, tag = {}, ""
        elif match := re.match(r"([A-Z][A-Z0-9]) (.*)", line):
            tag = match.group(1)
            held.setdefault(tag, []).append(match.group(2))
        elif line.startswith("   ") and tag:
            held[tag].append(line.strip())
    return records


def cited_dois(record: dict[str, list[str]]) -> set[str]:
    """Return the DOIs that the lines of cited references give, the first of each line."""
    found = (re.search(r"DOI (10\.[^,\s\]]+)", line) for line in record.get("CR", []))
    return {match.group(1).lower() for match in found if match}
