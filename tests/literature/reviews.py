"""A small review with known answers: six works, of which four are included, coded by two persons."""

from __future__ import annotations

from constellary.literature.protocol import Protocol, Search, Stage
from constellary.literature.record import Name, Record
from constellary.literature.review import Match, Passage, Review, Screening
from constellary.literature.taxonomy_file import parse_taxonomy

TAXONOMY = """
[dimensions]
motivation = "Motivation"
learning = "Exploration and exploitation"
[[code]]
name = "cells"
label = "Battery cells"
[[code]]
name = "plant"
label = "Shared plant"
[[code]]
name = "software"
label = "Software"
[[code]]
name = "stray"
label = "Stray"
[[group]]
name = "knowledge"
label = "Knowledge"
definition = "To learn."
codes = ["cells", "software"]
[[group]]
name = "supply"
label = "Supply chain risk"
codes = ["plant"]
[[group]]
name = "services"
label = "Services"
[[group]]
name = "exploration"
label = "Exploration"
dimension = "learning"
codes = ["cells"]
[[group]]
name = "exploitation"
label = "Exploitation"
dimension = "learning"
codes = ["plant"]
"""


def record(key: str, family: str, year: int, title: str, **more: object) -> Record:
    """Return a record of one author."""
    return Record(id=key, title=title, authors=(Name(family, "A."),), year=year, **more)  # type: ignore[arg-type]


RECORDS = (
    record("chen", "Chen", 2021, "Batteries", venue="Technovation"),
    record("abe", "Abe", 2019, "Plants", venue="Technovation"),
    record("abe-copy", "Abe", 2019, "Plants", doi="10.1000/1"),
    record("diaz", "Diaz", 2020, "Software", venue="IJATM"),
    record("out", "Egger", 2020, "Aircraft"),
    record("uncoded", "Fry", 2022, "Hydrogen"),
    record("waiting", "Gans", 2022, "Services"),
)


def passage(
    number: int, key: str, code: str, coder: str, quote: str = "", note: str | None = None
) -> Passage:
    """Return a passage on page 10 and following."""
    return Passage(f"p{number}", key, code, coder, quote, f"{9 + number}", note)


PASSAGES = (
    passage(1, "chen", "cells", "ann", "a joint laboratory", "a laboratory for cells"),
    passage(2, "chen", "cells", "bob", "a second quote"),
    passage(3, "chen", "plant", "ann", "one plant"),
    passage(4, "abe", "plant", "ann", "a plant in Hefei"),
    passage(5, "abe-copy", "plant", "bob", "", "a plant in Hefei"),
    passage(6, "diaz", "software", "ann", "code together"),
    passage(7, "diaz", "stray", "ann", "whatever"),
    passage(8, "out", "cells", "ann", "does not count"),
)

SECOND = {"chen": "include", "abe": "include", "out": "exclude"}
"""What bob said, blind to ann's verdicts."""
VERDICTS = {"chen": "include", "abe": "include", "diaz": "include", "uncoded": "include", "out": "exclude"}

REVIEW = Review(
    protocol=Protocol(
        question="Why do firms ally?",
        searches=(Search("wos", "Web of Science", 'TS=("alliance*")', "2024-02", 7),),
        stages=(Stage("full-text", "Full text"),),
    ),
    planned=True,
    taxonomy=parse_taxonomy(TAXONOMY),
    records=RECORDS,
    matches=(Match("abe", "abe-copy", "same", "rules", "title and year"),),
    screenings=tuple(
        Screening(key, "full-text", who, verdict, None, verdict, None)  # type: ignore[arg-type]
        for who, verdicts in (("ann", VERDICTS), ("bob", SECOND))
        for key, verdict in verdicts.items()
    ),
    passages=PASSAGES,
)
