"""Reviews built in memory, for tests: records with what tests need of them, and screened works."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from constellary.literature.protocol import Protocol, Reason, Search, Stage
from constellary.literature.record import Name, Record
from constellary.literature.review import Match, Review, Screening

ARTICLE = Protocol(
    question="Why do car makers ally?",
    searches=(Search("wos", "Web of Science", "Alliances AND Automobile", "2023", 118),),
    stages=(
        Stage(
            "relevance-access",
            "Relevance and access",
            reasons=(
                Reason("relevance", "Not about alliances"),
                Reason("access", "No access", retrieval=True),
            ),
            kind="both",
            reason_needed=False,
        ),
    ),
    years=(2018, 2023),
)
"""The protocol of the review of 2024: 118 found, 81 outside 2018-2023, 7 out for relevance or access, 30 in."""


def record(number: int, search: str = "wos", year: int | None = 2020, database: str | None = None) -> Record:
    return Record(
        title=f"Study {number}",
        authors=(Name("Vallejo", "B."),),
        year=year,
        database=database,
        search=search,
        id=f"r{number}",
    )


def screened(
    ids: Iterable[str], stage: str, verdict: str, reason: str | None = None, screener: str = "ann"
) -> tuple[Screening, ...]:
    return tuple(Screening(one, stage, screener, verdict, reason, verdict, reason) for one in ids)  # type: ignore[arg-type]


def same(first: str, second: str, who: str = "rules") -> Match:
    return Match(first, second, "same", who, "DOI")


def article() -> Review:
    """118 records, of which 37 were published in 2018-2023, 7 of them excluded, 30 included."""
    records = [record(number, year=2010 if number < 81 else 2019) for number in range(118)]
    young: Sequence[str] = [one.id for one in records if one.year == 2019]
    return Review(
        protocol=ARTICLE,
        planned=True,
        records=tuple(records),
        screenings=screened(young[:7], "relevance-access", "exclude")
        + screened(young[7:], "relevance-access", "include"),
    )
