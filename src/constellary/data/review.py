"""The example review that ships: public facts of articles on alliances of automobile firms, screened and coded.

Two things are kept apart. The records are ours: we found them on public pages as matching the search of Carrillo,
Vallejo and Gomis (2024), each with its address, since the list of their 30 articles could not be had; the verdicts
and the codes are ours too. The flow 118 -> 37 -> 30 is theirs, and stands as counts that are told in a protocol of
its own: added to ours it would claim that no article is in both.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from constellary.data import review_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from constellary.study.study import Study

CODER = "example"
SEARCH = "pages"
STAGE = "page"


def review_records() -> Path:
    """Return the records of the example review, as CSL JSON."""
    return review_folder() / "records.json"


def article_protocol() -> Path:
    """Return the protocol that has the flow of Carrillo, Vallejo and Gomis (2024) as counts that are told."""
    return review_folder() / "article.toml"


def add_review(study: Study, *, who: str) -> None:
    """Put the example review into a study, by the calls that users' commands make.

    That is six decisions: protocol, taxonomy, records, duplicates, verdicts, coded studies.
    """
    from constellary.exchange.bibliography.reading import read_export
    from constellary.literature.matching import find_matches
    from constellary.literature.review import Passage

    literature, folder = study.literature, review_folder()
    for name, keep in (("protocol", literature.set_protocol), ("taxonomy", literature.set_taxonomy)):
        keep((folder / f"{name}.toml").read_text(encoding="utf-8"), who=who, origin=f"{name}.toml")
    export = read_export(review_records())
    literature.take(
        [export], search=SEARCH, who=who, summary=f"{len(export.entries)} records of the example review"
    )
    records = literature.review().records
    found = find_matches(records)
    literature.match((*found.same, *found.ask), who=who, summary="duplicates among the records, by the rules")
    ids = {one.doi or one.title: one.id for one in reversed(records)}
    named = {dict(entry.raw)["id"]: ids[entry.record.doi or entry.record.title] for entry in export.entries}
    verdicts = [
        (named[row["record"]], row["verdict"], row["reason"] or None)
        for row in _rows(folder / "screening.csv")
    ]
    literature.screenings.decide_all(verdicts, STAGE, CODER, who=who, origin="the example review")
    passages = [
        Passage(
            "",
            named[row["record"]],
            row["code"],
            row["coder"],
            row["quote"],
            row["page"] or None,
            row["note"],
        )
        for row in _rows(folder / "coding.csv")
    ]
    literature.passages.put(passages, who=who)


def _rows(path: Path) -> list[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
