"""A small review for tests of the workbench: two searches, two screeners, and a question about duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.exchange.bibliography.export import Entry, Export
from constellary.literature.record import Name, Record
from constellary.literature.review import Match
from constellary.study.study import create_study

if TYPE_CHECKING:
    from pathlib import Path

    from constellary.study.codebook import Codebook

STAGE = "title-abstract"
HOSTILE = "<script>alert(1)</script> & alliances"
PROTOCOL = """
question = "Why do airlines ally?"
years = "2000-2023"
include = ["Tells why firms ally"]
terms = ["alliance*"]
against = ["whale*"]

[[search]]
name = "wos"
database = "Web of Science"
string = 'TS=(alliance*)'
date = "2024-02"
hits = 12

[[stage]]
name = "title-abstract"
label = "Title and abstract"
question = "Is it about why firms ally?"
screeners = 2
reasons = [
  { name = "off-topic", label = "Off the topic" },
  { name = "no-study", label = "No study of its own" },
]

[[stage]]
name = "full-text"
label = "Full text"
reasons = [{ name = "thin", label = "Says too little" }]
"""


def record(number: int, **fields: object) -> Record:
    """Return the record of a number: its title and abstract say which it is."""
    given = {
        "title": f"Paper {number} on alliances",
        "authors": (Name(f"Author{number:02}", "A."),),
        "year": 2000 + number,
        "venue": "Journal of Networks",
        "abstract": f"Abstract {number}: whales do not form an alliance.",
        "doi": f"10.1000/{number}",
        "accession": f"WOS:{number}",
        "database": "Web of Science",
        "file": "savedrecs.txt",
        "line": number,
        **fields,
    }
    return Record(**given)  # type: ignore[arg-type]


def exported(records: list[Record]) -> Export:
    """Return records as an export of Web of Science."""
    entries = tuple(Entry(one, (("UT", one.accession or ""), ("TI", one.title or ""))) for one in records)
    return Export("savedrecs.txt", "Web of Science plain text", "Web of Science", entries)


def make_review(path: Path, book: Codebook, works: int = 8) -> list[str]:
    """Make a study with a review of so many records, one of them hostile and one too old; return their ids."""
    with create_study(path, book) as study:
        study.literature.set_protocol(PROTOCOL, who="lead")
        records = [record(number) for number in range(1, works + 1)]
        records[2] = record(3, title=HOSTILE)
        records[-1] = record(works, year=1990)
        study.literature.take([exported(records)], who="lead")
        ids = [one.id for one in study.literature.review().records]
        asked = Match(ids[3], ids[4], "ask", "rules", "Alike, but another volume")
        study.literature.match([asked], who="rules")
    return ids
