"""What is told of works beyond the desk: where they stand, never what somebody decided that is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constellary.literature.record import cited_as

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.literature.protocol import Protocol
    from constellary.literature.record import Raw
    from constellary.literature.review import RecordNote, Review, Screening
    from constellary.literature.screening import AtStage, Standing


def is_open(standing: Standing) -> bool:
    """Return whether a work waits for verdicts, so that those which are there are hidden from others."""
    return standing.outcome == "open"


def verdicts_told(here: AtStage, who: str) -> list[Screening]:
    """Return the verdicts at a stage that somebody may see: their own, and all once none is missing."""
    return [one for one in here.verdicts if here.outcome != "open" or one.screener == who]


def notes_told(standing: Standing, review: Review, who: str) -> list[RecordNote]:
    """Return the notes on a work that somebody may see: their own, and all where nothing is open."""
    ids = {record.id for record in standing.work.records}
    return [
        one for one in review.notes if one.record in ids and (one.screener == who or not is_open(standing))
    ]


def reason_label(protocol: Protocol, stage: str, reason: str | None) -> str:
    """Return a reason in words; empty: none was given."""
    if not reason:
        return ""
    reasons = next((one.reasons for one in protocol.stages if one.name == stage), ())
    return next((one.label for one in reasons if one.name == reason), reason)


def standing_told(standing: Standing) -> dict[str, Any]:
    """Return a work with where it stands, for a list."""
    record = standing.work.record
    last = standing.stages[-1] if standing.stages else None
    return {
        "id": standing.work.id,
        "cited_as": cited_as(record),
        "title": record.title,
        "authors": [str(name) for name in record.authors],
        "year": record.year,
        "venue": record.venue,
        "doi": record.doi,
        "records": [one.id for one in standing.work.records],
        "outcome": standing.outcome,
        "stage": standing.at,
        "rule": standing.rule,
        "reason": last.reason if last is not None else None,
    }


def record_told(standing: Standing, review: Review, who: str, raw: Mapping[str, Raw]) -> dict[str, Any]:
    """Return a work in full."""
    return {
        **standing_told(standing),
        "record": standing.work.record._asdict(),
        "sources": dict(standing.work.sources),
        "of": [
            {"record": one._asdict(), "raw": [list(pair) for pair in raw.get(one.id, ())]}
            for one in standing.work.records
        ],
        "stages": [
            {
                "stage": here.stage,
                "outcome": here.outcome,
                "reason": here.reason,
                "verdicts": [one._asdict() for one in verdicts_told(here, who)],
                "resolution": None if here.resolution is None else here.resolution._asdict(),
            }
            for here in standing.stages
        ],
        "notes": [one._asdict() for one in notes_told(standing, review, who)],
    }


def conflict_told(standing: Standing, here: AtStage, review: Review) -> dict[str, Any]:
    """Return a work in conflict with all verdicts and notes: nobody has it open any more."""
    ids = {record.id for record in standing.work.records}
    return {
        **standing_told(standing),
        "verdicts": [one._asdict() for one in here.verdicts],
        "notes": [one._asdict() for one in review.notes if one.record in ids],
    }
