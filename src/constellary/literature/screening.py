"""Screening: where each work stands, read off the verdicts; who has what to decide; what is in conflict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from constellary.literature.protocol import LANGUAGES, YEARS
from constellary.literature.works import works

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from constellary.literature.protocol import Protocol, Stage
    from constellary.literature.record import Record
    from constellary.literature.review import Resolution, Review, Screening
    from constellary.literature.works import Work

Outcome = Literal["open", "conflict", "included", "excluded"]


@dataclass(frozen=True, slots=True)
class AtStage:
    """A work at a stage that it has reached.

    Attributes
    ----------
    stage
        Name of the stage.
    outcome
        `open`: verdicts are missing; `conflict`: they differ, or are a maybe; else what they come to.
    reason
        Name of the reason of an exclusion; None where none was given.
    verdicts
        By screener; two of one screener where records were merged after each had been decided.
    resolution
        How it was resolved; None: it was not.
    """

    stage: str
    outcome: Outcome
    reason: str | None
    verdicts: tuple[Screening, ...]
    resolution: Resolution | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a work stands.

    Attributes
    ----------
    work
        The publication.
    rule
        `years` or `languages`: the rule that took it out before anybody looked; None: none did.
    stages
        The stages that it has reached, in order.
    """

    work: Work
    rule: str | None
    stages: tuple[AtStage, ...]

    @property
    def outcome(self) -> Outcome:
        """What it comes to as it stands: `included` has passed every stage."""
        if self.rule is not None:
            return "excluded"
        return self.stages[-1].outcome if self.stages else "included"

    @property
    def at(self) -> str | None:
        """The stage at which it is open, in conflict or excluded; None: at none."""
        return self.stages[-1].stage if self.stages and self.outcome != "included" else None


def standings(review: Review) -> tuple[Standing, ...]:
    """Return where each work stands, in the order of `works`; computed once for a review."""
    kept = review.memory.get("standings")
    if kept is None:
        review.memory["standings"] = kept = _standings(review)
    return kept  # type: ignore[return-value]


def standing_of(review: Review) -> Mapping[str, Standing]:
    """Return work -> where it stands."""
    kept = review.memory.get("standing_of")
    if kept is None:
        review.memory["standing_of"] = kept = {one.work.id: one for one in standings(review)}
    return kept  # type: ignore[return-value]


def included(review: Review) -> tuple[Work, ...]:
    """Return the works that have passed every stage, in order."""
    return tuple(one.work for one in standings(review) if one.outcome == "included")


def rule_against(record: Record, protocol: Protocol) -> str | None:
    """Return the rule by which a record is out before screening; what it does not say cannot put it out.

    Examples
    --------
    >>> from constellary.literature.protocol import Protocol
    >>> from constellary.literature.record import Record
    >>> rule_against(Record(year=2010), Protocol(years=(2018, 2023)))
    'years'
    >>> rule_against(Record(year=None), Protocol(years=(2018, 2023))) is None
    True
    """
    if protocol.years is not None and record.year is not None:
        first, last = protocol.years
        if (first is not None and record.year < first) or (last is not None and record.year > last):
            return YEARS
    if protocol.languages and record.language is not None and record.language not in protocol.languages:
        return LANGUAGES
    return None


def queue(review: Review, stage: str, screener: str, order: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the works that a screener has still to decide at a stage.

    Parameters
    ----------
    order
        Ids of works in the order in which they are wanted; those that are not among them come after, in
        the order of their intake.

    Returns
    -------
    tuple of str
        Ids of works that have reached the stage, that the screener has not decided, and for which fewer
        have decided than the protocol asks.
    """
    needed = review.protocol.stage(stage).screeners
    found = []
    for one in standings(review):
        here = _at(one, stage)
        if here is None or here.outcome != "open":
            continue
        who = {verdict.screener for verdict in here.verdicts}
        if screener not in who and len(who) < needed:
            found.append(one.work.id)
    if not order:
        return tuple(found)
    place = {name: number for number, name in enumerate(order)}
    return tuple(sorted(found, key=lambda name: place.get(name, len(place))))


def conflicts(review: Review, stage: str | None = None) -> tuple[tuple[Standing, AtStage], ...]:
    """Return the works in conflict, at one stage or at any, in order."""
    return tuple(
        (one, one.stages[-1])
        for one in standings(review)
        if one.outcome == "conflict" and stage in (None, one.at)
    )


def shown_to(here: AtStage, screener: str) -> tuple[Screening, ...]:
    """Return the verdicts at a stage that a screener may see: their own, until it is settled for all."""
    if here.outcome in ("included", "excluded"):
        return here.verdicts
    return tuple(one for one in here.verdicts if one.screener == screener)


def _at(one: Standing, stage: str) -> AtStage | None:
    return next((here for here in one.stages if here.stage == stage), None)


def _standings(review: Review) -> tuple[Standing, ...]:
    verdicts: dict[tuple[str, str], list[Screening]] = {}
    for one in review.screenings:
        verdicts.setdefault((one.record, one.stage), []).append(one)
    resolved = {(one.record, one.stage): one for one in review.resolutions}
    found = []
    for work in works(review):
        rule = rule_against(work.record, review.protocol)
        reached: list[AtStage] = []
        for stage in () if rule else review.protocol.stages:
            here = _here(work, stage, verdicts, resolved, maybe=review.protocol.maybe)
            reached.append(here)
            if here.outcome != "included":
                break
        found.append(Standing(work, rule, tuple(reached)))
    return tuple(found)


def _here(
    work: Work,
    stage: Stage,
    verdicts: Mapping[tuple[str, str], list[Screening]],
    resolved: Mapping[tuple[str, str], Resolution],
    *,
    maybe: str,
) -> AtStage:
    keys = [(record.id, stage.name) for record in work.records]
    own = tuple(one for key in keys for one in verdicts.get(key, ()))
    resolution = next((resolved[key] for key in keys if key in resolved), None)
    if resolution is not None:
        outcome: Outcome = "included" if resolution.verdict == "include" else "excluded"
        return AtStage(stage.name, outcome, resolution.reason, own, resolution)
    said = {"include" if one.verdict == "maybe" and maybe == "include" else one.verdict for one in own}
    if len({one.screener for one in own}) < stage.screeners:
        return AtStage(stage.name, "open", None, own, None)
    if len(said) > 1 or "maybe" in said or (stage.same_reason and _reasons_differ(own)):
        return AtStage(stage.name, "conflict", None, own, None)
    if said == {"include"}:
        return AtStage(stage.name, "included", None, own, None)
    return AtStage(stage.name, "excluded", _weightiest(stage, own), own, None)


def _reasons_differ(own: Iterable[Screening]) -> bool:
    return len({one.reason for one in own if one.verdict == "exclude"}) > 1


def _weightiest(stage: Stage, own: Iterable[Screening]) -> str | None:
    """Return the first of the stage's reasons that any screener gave."""
    given = {one.reason for one in own}
    return next((reason.name for reason in stage.reasons if reason.name in given), None)
