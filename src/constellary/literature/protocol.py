"""The protocol of a review: what is asked, where it was searched, and by which criteria records are kept.

It is a text that a person writes (TOML), kept in the study; every version of it stays in the history.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

YEARS, LANGUAGES = "years", "languages"
"""Names of the two rules that may exclude records before anybody looks at them."""

Maybe = Literal["discuss", "include"]


@dataclass(frozen=True, slots=True)
class Search:
    """A search in one database.

    Attributes
    ----------
    name
        Short and stable (`wos`): records are tied to it.
    database
        As it is printed: `Web of Science`.
    string
        The search string, verbatim, line breaks and all.
    date
        When it was run, as far as known (`2024-02`); None: not run yet.
    hits
        What the database said it found; None: not noted.
    limits
        What was restricted in the database itself, in words ('English, peer-reviewed').
    updates
        Name of the search that this one repeats later; empty for a first one.
    other
        Whether it is no database but another way: citation chasing, websites, experts (PRISMA's right column).
    """

    name: str
    database: str
    string: str = ""
    date: str | None = None
    hits: int | None = None
    limits: str = ""
    updates: str = ""
    other: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for exclusion: a short stable name, and what it is in words.

    `retrieval` tells that the report could not be had, which PRISMA counts apart from exclusion.
    """

    name: str
    label: str
    retrieval: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of screening, in the order of the protocol.

    Attributes
    ----------
    name, label
        `full-text`, 'Full text'.
    question
        What is asked of each record; empty where the label says it.
    reasons
        In order of weight: where screeners exclude for different reasons, the first counts.
    screeners
        How many must decide on each record.
    kind
        `screening`: records are judged; `retrieval`: it is noted whether the report can be had; `both`: in one
        box, as some reviews print them, though PRISMA asks for the split.
    reason_needed
        Whether an exclusion must name a reason.
    same_reason
        Whether exclusions for different reasons are a conflict.
    """

    name: str
    label: str
    question: str = ""
    reasons: tuple[Reason, ...] = ()
    screeners: int = 1
    kind: Literal["screening", "retrieval", "both"] = "screening"
    reason_needed: bool = True
    same_reason: bool = False


@dataclass(frozen=True, slots=True)
class Declared:
    """A count that was not computed but is told, as from a printed flow diagram.

    `box` is a key of the flow's numbers (`identified`, `identified:wos`, `removed:years`, `entered:STAGE`,
    `excluded:STAGE`, `excluded:STAGE:REASON`, `included`); `note` says where it stands.
    """

    box: str
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Protocol:
    """The protocol of a review.

    Attributes
    ----------
    question
        What the review asks.
    searches, stages
        In order.
    include
        Criteria that a record must meet, in words.
    years
        First and last year of publication, both included, as a rule; None at an end: open; None: no rule.
    languages
        Languages as a rule, two letters each; empty: no rule.
    terms, against
        Words to highlight that speak for and against a record; `*` at the end stands for any letters.
    maybe
        What `maybe` comes to: a record to discuss, or one that goes on.
    declared
        Counts that are told and not computed.
    """

    question: str = ""
    searches: tuple[Search, ...] = ()
    stages: tuple[Stage, ...] = ()
    include: tuple[str, ...] = ()
    years: tuple[int | None, int | None] | None = None
    languages: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    maybe: Maybe = "discuss"
    declared: tuple[Declared, ...] = ()

    def stage(self, name: str) -> Stage:
        """Return a stage by its name.

        Raises
        ------
        UnknownName
            If there is none.
        """
        from constellary.errors import UnknownName

        for stage in self.stages:
            if stage.name == name:
                return stage
        raise UnknownName("stage", name, [stage.name for stage in self.stages])


PLAIN = Protocol(
    stages=(
        Stage("title-abstract", "Title and abstract", reason_needed=False),
        Stage(
            "access",
            "Access",
            "Can the report be had?",
            (Reason("not-retrieved", "Not retrieved", retrieval=True),),
            kind="retrieval",
        ),
        Stage(
            "full-text",
            "Full text",
            reasons=(
                Reason("topic", "Other topic"),
                Reason("design", "Other kind of study"),
                Reason("publication", "Other kind of publication"),
            ),
        ),
    )
)
"""What holds as long as a study has no protocol of its own."""
