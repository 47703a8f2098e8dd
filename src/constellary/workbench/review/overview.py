"""The overview of a review: what it asks, what to do next, its flow, and how well its screeners agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constellary.literature.works import works
from constellary.report.prose import plural
from constellary.workbench.review.duplicates import fresh, questions_of
from constellary.workbench.review.stages import stage_states
from constellary.workbench.segments import segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.literature.protocol import Protocol
    from constellary.literature.review import Review
    from constellary.workbench.review.stages import StageState

MANY = 20_000
"""Records up to which duplicates are looked for unasked."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: in words, what the button says, and where it leads; `post` where it does something."""

    text: str
    button: str
    path: str
    post: bool = False


def next_step(review: Review, states: Sequence[StageState], *, found: int | None) -> Step | None:
    """Return what to do next; None: everything is decided.

    Parameters
    ----------
    found
        Pairs of records that the rules would merge or ask about and that nobody has seen; None: not known.
    """
    begin = _begin(review)
    if begin is not None:
        return begin
    if found:
        return Step(
            f"The rules found {plural(found, 'pair')} of records that may be the same work.",
            "Merge duplicates",
            "literature/duplicates/find",
            post=True,
        )
    questions = len(questions_of(review))
    if questions:
        return Step(
            f"The rules cannot tell of {plural(questions, 'pair')} of records whether they are the same work.",
            "Answer",
            "literature/duplicates",
        )
    return next((step for step in map(_at_stage, states) if step is not None), None)


def _begin(review: Review) -> Step | None:
    if review.records:
        return None
    if not review.planned:
        return Step(
            "Begin with the protocol: what is asked, where it was searched, and by which criteria.",
            "Write the protocol",
            "literature/protocol",
        )
    return Step(
        "The protocol stands. Bring the exports of its searches in, as the databases gave them.",
        "Import exports",
        "import",
    )


def _at_stage(state: StageState) -> Step | None:
    label = state.stage.label
    if state.mine.left:
        number = len(state.mine.left)
        text = f"{plural(number, 'work')} {'waits' if number == 1 else 'wait'} for you at ‘{label}’."
        return Step(text, "Screen", "literature/screening")
    if state.conflicts:
        text = f"{plural(state.conflicts, 'work')} {'is' if state.conflicts == 1 else 'are'} in conflict at ‘{label}’."
        return Step(text, "Resolve", f"literature/conflicts?stage={segment(state.stage.name)}")
    if state.open:
        wait = "waits" if state.open == 1 else "wait"
        text = f"{plural(state.open, 'work')} at ‘{label}’ {wait} for other screeners."
        return Step(text, "See who has decided", "literature/screening")
    return None


def overview_view(review: Review, who: str) -> dict[str, Any]:
    """Return what the overview shows, but for what takes longer."""
    states = stage_states(review, who)
    coming = fresh(review) if review.records and len(review.records) <= MANY else None
    found = len(coming.result().all) if coming is not None and coming.done() else None
    years = [record.year for record in review.records if record.year is not None]
    return {
        "protocol": review.protocol,
        "planned": review.planned,
        "years": years_said(review.protocol),
        "states": states,
        "step": next_step(review, states, found=found),
        "records": len(review.records),
        "works": len(works(review)),
        "included": states[-1].included if states else 0,
        "span": (min(years), max(years)) if years else None,
        "searches": Counter(record.search for record in review.records),
        "formats": sorted({record.format for record in review.records if record.format}),
    }


def years_said(protocol: Protocol) -> str:
    """Return the rule of years in words; empty: there is none.

    Examples
    --------
    >>> from constellary.literature.protocol import Protocol
    >>> years_said(Protocol(years=(2018, 2023))), years_said(Protocol(years=(2018, None))), years_said(Protocol())
    ('2018 to 2023', 'from 2018', '')
    """
    if protocol.years is None:
        return ""
    first, last = protocol.years
    if first is None or last is None:
        return f"until {last}" if first is None else f"from {first}"
    return str(first) if first == last else f"{first} to {last}"
