"""A review at one moment: everything that was decided about the literature of a study, as plain rows.

The functions of this room read it and return results; none of them changes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from constellary.literature.protocol import PLAIN, Protocol
from constellary.literature.taxonomy import EMPTY, Taxonomy

if TYPE_CHECKING:
    from constellary.literature.record import Record

Verdict = Literal["include", "exclude", "maybe"]


class Match(NamedTuple):
    """What is held of two records, `first` the one that was taken in first.

    `verdict` is `same`, `apart`, or `ask` where somebody is to decide. `who` is `rules` where no person
    decided; `why` gives the reason.
    """

    first: str
    second: str
    verdict: Literal["same", "apart", "ask"]
    who: str
    why: str


class Choice(NamedTuple):
    """Which record a field of a merged one is taken from; `record` is any record of the group."""

    record: str
    field: str
    taken_from: str


class Screening(NamedTuple):
    """What a screener decided on a record at a stage; `first` and `first_reason` as it was at first."""

    record: str
    stage: str
    screener: str
    verdict: Verdict
    reason: str | None
    first: Verdict
    first_reason: str | None


class Resolution(NamedTuple):
    """How a conflict, or a record, was resolved at a stage, by whom and why."""

    record: str
    stage: str
    verdict: Literal["include", "exclude"]
    reason: str | None
    who: str
    why: str


class RecordNote(NamedTuple):
    """What a screener noted on a record."""

    record: str
    screener: str
    text: str


class Passage(NamedTuple):
    """A passage of a study that bears a code.

    Attributes
    ----------
    id
        Of the passage.
    record
        The study in which it stands.
    code
        Of the taxonomy.
    coder
        Who coded it.
    quote
        Word for word; empty where the study as a whole bears the code.
    page
        As printed (`12`, `12-13`); None: not noted.
    note
        A remark of the coder, or the example that the synthesis table shows; None: none.
    """

    id: str
    record: str
    code: str
    coder: str
    quote: str
    page: str | None
    note: str | None


@dataclass(frozen=True)
class Review:
    """Everything decided about the literature of a study.

    Attributes
    ----------
    protocol
        The study's own, or the plain one; `planned` tells whether it is its own.
    taxonomy
        Codes and their groups.
    records
        In the order in which they were taken in.
    matches, choices, screenings, resolutions, notes, passages
        By key.
    """

    protocol: Protocol = PLAIN
    planned: bool = False
    taxonomy: Taxonomy = EMPTY
    records: tuple[Record, ...] = ()
    matches: tuple[Match, ...] = ()
    choices: tuple[Choice, ...] = ()
    screenings: tuple[Screening, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    notes: tuple[RecordNote, ...] = ()
    passages: tuple[Passage, ...] = ()
    memory: dict[str, object] = field(default_factory=dict, compare=False, repr=False)
    """What was computed of it, so that pages and commands that ask again need not wait."""
