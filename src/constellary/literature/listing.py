"""The works of a review as a list, each with where it stands; what their export says of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import UnknownName
from constellary.literature.citing import citations
from constellary.literature.screening import standings
from constellary.literature.works import works

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.literature.protocol import Protocol
    from constellary.literature.review import Review
    from constellary.literature.screening import Standing
    from constellary.literature.works import Work

STATES = ("open", "conflict", "included", "excluded")

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "work": pl.String,
    "study": pl.String,
    "title": pl.String,
    "year": pl.Int64,
    "venue": pl.String,
    "doi": pl.String,
    "state": pl.String,
    "stage": pl.String,
    "reason": pl.String,
    "searches": pl.List(pl.String),
    "records": pl.List(pl.String),
    "codes": pl.List(pl.String),
}


def work_list(
    review: Review, *, state: str | None = None, stage: str | None = None, search: str | None = None
) -> pl.DataFrame:
    """Return the works, in the order in which they were taken in.

    Parameters
    ----------
    state
        Only those that are `open`, in `conflict`, `included` or `excluded`.
    stage
        Only those that are open, in conflict or excluded at this stage of the protocol.
    search
        Only those that this search of the protocol found.

    Returns
    -------
    pl.DataFrame
        `work` (id), `study` (as it is cited), `title`, `year`, `venue`, `doi`, `state`, `stage` (null for
        included works), `reason` (its name, or that of the rule), `searches`, `records` (ids) and `codes`.

    Raises
    ------
    UnknownName
        If there is no such state, stage or search.
    """
    if state is not None and state not in STATES:
        raise UnknownName("state", state, STATES)
    if stage is not None:
        review.protocol.stage(stage)
    names = [one.name for one in review.protocol.searches]
    if search is not None and search not in names:
        raise UnknownName("search of the protocol", search, names)
    cited = citations(works(review))
    borne: dict[str, set[str]] = {}
    for passage in review.passages:
        borne.setdefault(passage.record, set()).add(passage.code)
    rows = [
        _row(one, cited[one.work.id], borne)
        for one in standings(review)
        if state in (None, one.outcome)
        and stage in (None, one.at)
        and (search is None or any(record.search == search for record in one.work.records))
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def decided(review: Review) -> Mapping[str, Mapping[str, str]]:
    """Return work -> what was decided about it, in words by a heading each, as exports carry it.

    Under `State` what it comes to, then what each stage that it has reached came to, with the reason of an
    exclusion, and under `Codes` the labels of the codes that it bears.
    """
    labels = {code.name: code.label for code in review.taxonomy.codes}
    borne: dict[str, list[str]] = {}
    for passage in review.passages:
        borne.setdefault(passage.record, []).append(labels.get(passage.code, passage.code))
    found: dict[str, dict[str, str]] = {}
    for one in standings(review):
        said = {"State": one.outcome if one.rule is None else f"{one.outcome} ({one.rule})"}
        for here in one.stages:
            reason = reason_label(review.protocol, here.stage, here.reason)
            said[review.protocol.stage(here.stage).label] = here.outcome + (f": {reason}" if reason else "")
        codes = [code for record in one.work.records for code in borne.get(record.id, ())]
        if codes:
            said["Codes"] = "; ".join(dict.fromkeys(codes))
        found[one.work.id] = said
    return found


def reason_label(protocol: Protocol, stage: str, reason: str | None) -> str:
    """Return a reason of a stage in words; its name where the protocol has it no more; empty: none."""
    if reason is None:
        return ""
    for one in protocol.stage(stage).reasons:
        if one.name == reason:
            return one.label
    return reason


def work_named(review: Review, name: str) -> Work:
    """Return a work by the id of one of its records, or by its DOI.

    Raises
    ------
    UnknownName
        If there is none; the message names near ones.
    """
    wanted = name.strip()
    doi = wanted.lower().removeprefix("https://doi.org/").removeprefix("doi:")
    for work in works(review):
        if any(
            wanted == record.id or (record.doi is not None and record.doi == doi) for record in work.records
        ):
            return work
    raise UnknownName("record", name, [record.id for record in review.records])


def _row(one: Standing, cited: str, borne: Mapping[str, set[str]]) -> tuple[object, ...]:
    work, record = one.work, one.work.record
    reason = one.rule or (one.stages[-1].reason if one.stages and one.outcome == "excluded" else None)
    codes = {code for each in work.records for code in borne.get(each.id, ())}
    return (
        work.id,
        cited,
        record.title,
        record.year,
        record.venue,
        record.doi,
        one.outcome,
        one.at,
        reason,
        list(dict.fromkeys(each.search for each in work.records if each.search)),
        [each.id for each in work.records],
        sorted(codes),
    )
