"""Sets of records whose duplicates somebody labelled, and how far matches agree with the labels.

The sets come from the repository CoLRev-Environment/bib-dedupe (MIT) and are read where they are found beside the
checkout. Counted as its own evaluation counts: a record is a duplicate unless it is the first of its group.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constellary.exchange.bibliography.reading import read_export
from constellary.literature.record import Name, Record
from constellary.literature.works import gathered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from constellary.literature.review import Match

SETS = ("cytology_screening", "haematology", "special_cases", "stroke")


@dataclass(frozen=True)
class Labelled:
    """Records of a set, and id -> the group that it is labelled to be of; of others nothing is the same."""

    records: tuple[Record, ...]
    groups: dict[str, int]

    @property
    def duplicates(self) -> set[str]:
        """Records that are not the first of their group."""
        seen: set[int] = set()
        found = set()
        for record in self.records:
            group = self.groups.get(record.id)
            if group in seen:
                found.add(record.id)
            elif group is not None:
                seen.add(group)
        return found

    def alike(self, first: str, second: str) -> bool:
        """Whether two records are labelled to be the same."""
        return first in self.groups and self.groups[first] == self.groups.get(second)


@dataclass(frozen=True)
class Score:
    """Duplicates found, records taken for one that are none, and duplicates missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


def labelled(folder: Path) -> Labelled:
    export = read_export(folder / "records_pre_merged.csv")
    records = tuple(entry.record._replace(id=dict(entry.raw)["ID"]) for entry in export.entries)
    with (folder / "merged_record_ids.csv").open(encoding="utf-8", newline="") as file:
        lists = [row["merged_ids"].split(";") for row in csv.DictReader(file)]
    return Labelled(records, {one: number for number, group in enumerate(lists) for one in group})


def scored(of: Labelled, matches: Iterable[Match]) -> Score:
    """Return how matches of verdict `same` agree with the labels, record by record.

    A record is taken for a duplicate rightly if it is labelled the same as some record of its group.
    """
    lead = gathered([record.id for record in of.records], matches)
    members: dict[str, list[str]] = {}
    for record, first in lead.items():
        members.setdefault(first, []).append(record)
    taken = {record for group in members.values() for record in group[1:]}
    right = {
        one for one in taken if any(of.alike(one, other) for other in members[lead[one]] if other != one)
    }
    return Score(len(right), len(taken - right), len(of.duplicates - taken))


def answered(of: Labelled, matches: Sequence[Match], asked: Sequence[Match]) -> list[Match]:
    """Return the matches once somebody who knows the labels has answered the questions."""
    answers = [one._replace(verdict="same") for one in asked if of.alike(one.first, one.second)]
    return [*matches, *answers]


def record_of(fields: dict[str, Any], name: str) -> Record:
    """Return a record of the test cases, which are entries in the manner of BibTeX."""
    text = {key: str(value) for key, value in fields.items() if value}
    authors = [
        one.strip().partition(", ") for one in text.get("author", "").replace("; ", " and ").split(" and ")
    ]
    types = {"inproceedings": "paper-conference", "misc": "document", "online": "webpage"}
    return Record(
        title=text.get("title"),
        authors=tuple(Name(family, given) for family, _, given in authors if family),
        year=int(text["year"]) if "year" in text else None,
        venue=text.get("journal") or text.get("booktitle"),
        volume=text.get("volume"),
        issue=text.get("number"),
        pages=text.get("pages"),
        doi=text["doi"].lower() if "doi" in text else None,
        type=types.get(text["ENTRYTYPE"], "article-journal"),
        id=name,
    )
