"""The protocol as a text that a person writes (TOML): read strictly, every mistake named at once.

What writes it back, and one to begin with, stand in rooms of their own and are handed on from here.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, cast, get_args

from constellary.errors import InputError, Problem, ProblemsFound
from constellary.literature.protocol import PLAIN, Declared, Maybe, Protocol, Reason, Search, Stage
from constellary.literature.protocol_rules import (
    LONGEST_TEXT,
    checked_boxes,
    checked_searches,
    day,
    double,
    span,
)
from constellary.literature.protocol_template import template
from constellary.literature.protocol_writer import write_protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["parse_protocol", "template", "write_protocol"]

LARGEST = 1_000_000
"""Letters of a protocol."""
MOST = 500
"""Entries of a list."""
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_NAME = 40
HITS, SCREENERS = 1_000_000_000, 20
KINDS = ("screening", "retrieval", "both")

KEYS = {
    "the protocol": (
        *("question", "include", "years", "languages", "terms", "against", "maybe"),
        *("search", "stage", "declared"),
    ),
    "search": ("name", "database", "string", "date", "hits", "limits", "updates", "other"),
    "stage": ("name", "label", "question", "reasons", "screeners", "kind", "reason_needed", "same_reason"),
    "reason": ("name", "label", "retrieval"),
    "declared": ("box", "count", "note"),
}


def parse_protocol(text: str, *, origin: str = "protocol") -> Protocol:
    r"""Return the protocol that a text describes; without any stage, those of the plain one.

    Parameters
    ----------
    text
        TOML, as `docs/reference/protocol-file.md` describes it.
    origin
        What the text is, for messages: the name of its file.

    Raises
    ------
    InputError
        If it is no TOML (with line and column), or larger than a protocol can be.
    ProblemsFound
        With everything that is wrong in it, by key.

    Examples
    --------
    >>> parse_protocol('question = "Why?"\nyears = "2018-2023"').years
    (2018, 2023)
    """
    if len(text) > LARGEST:
        raise InputError(f"{origin}: a protocol of more than {LARGEST:,} letters is not read.")
    try:
        said = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{origin}: is not valid TOML: {error}.") from error
    return _Reader(origin).protocol(said)


class _Reader:
    """Turns parsed TOML into a protocol, noting problems as it goes."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.problems: list[Problem] = []

    def protocol(self, said: dict[str, Any]) -> Protocol:
        where = "the protocol"
        self.unknown(said, where, "the protocol")
        searches = tuple(self.search(one, at) for at, one in enumerate(self.items(said, "search", where), 1))
        stages = tuple(self.stage(one, at) for at, one in enumerate(self.items(said, "stage", where), 1))
        self.unique("search", [one.name for one in searches])
        self.unique("stage", [one.name for one in stages])
        found = Protocol(
            question=self.text(said, "question", where),
            searches=searches,
            stages=stages or PLAIN.stages,
            include=self.words(said, "include", where),
            years=self.years(said, where),
            languages=self.languages(said, where),
            terms=self.words(said, "terms", where),
            against=self.words(said, "against", where),
            maybe=cast("Maybe", self.choice(said, "maybe", where, get_args(Maybe))),
            declared=tuple(
                self.told(one, at) for at, one in enumerate(self.items(said, "declared", where), 1)
            ),
        )
        for message in checked_searches(searches):
            self.note(message)
        if not self.problems:
            # The boxes of a flow follow from searches and stages, which must be right first.
            for message in checked_boxes(found):
                self.note(message)
        if self.problems:
            raise ProblemsFound(self.problems, what=self.origin)
        return found

    def search(self, said: dict[str, Any], number: int) -> Search:
        where = f"search {said.get('name') or number}"
        self.unknown(said, where, "search")
        return Search(
            self.name(said, where),
            self.text(said, "database", where, needed=True),
            self.text(said, "string", where, tidy=False),
            self.date(said, where),
            self.number(said, "hits", where, (0, HITS)),
            self.text(said, "limits", where),
            self.text(said, "updates", where),
            self.truth(said, "other", where, default=False),
        )

    def stage(self, said: dict[str, Any], number: int) -> Stage:
        where = f"stage {said.get('name') or number}"
        self.unknown(said, where, "stage")
        reasons = tuple(
            self.reason(one, where, at) for at, one in enumerate(self.items(said, "reasons", where), 1)
        )
        self.unique(f"{where}: reason", [one.name for one in reasons])
        return Stage(
            self.name(said, where),
            self.text(said, "label", where, needed=True),
            self.text(said, "question", where),
            reasons,
            self.number(said, "screeners", where, (1, SCREENERS)) or 1,
            cast("Any", self.choice(said, "kind", where, KINDS)),
            self.truth(said, "reason_needed", where, default=True),
            self.truth(said, "same_reason", where, default=False),
        )

    def reason(self, said: dict[str, Any], stage: str, number: int) -> Reason:
        where = f"{stage}, reason {said.get('name') or number}"
        self.unknown(said, where, "reason")
        return Reason(
            self.name(said, where),
            self.text(said, "label", where, needed=True),
            self.truth(said, "retrieval", where, default=False),
        )

    def told(self, said: dict[str, Any], number: int) -> Declared:
        where = f"declared {said.get('box') or number}"
        self.unknown(said, where, "declared")
        if "count" not in said:
            self.note(f"{where}: 'count' is missing.")
        return Declared(
            self.text(said, "box", where, needed=True),
            self.number(said, "count", where, (0, HITS)) or 0,
            self.text(said, "note", where),
        )

    # ---- single fields -----------------------------------------------------------------------------

    def note(self, message: str) -> None:
        self.problems.append(Problem(message, file=self.origin, kind="protocol"))

    def unknown(self, said: dict[str, Any], where: str, kind: str) -> None:
        known = KEYS[kind]
        for key in said:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(known)}."
                self.note(f"{where}: '{key[:60]}' is not known here; {hint}")

    def items(self, said: dict[str, Any], key: str, where: str) -> list[dict[str, Any]]:
        value = said.get(key, [])
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            if len(value) <= MOST:
                return value
            self.note(f"{where}: '{key}' has more than {MOST} entries.")
            return []
        form = "a list of { name = ..., label = ... }" if key == "reasons" else f"written as [[{key}]]"
        self.note(f"{where}: '{key}' must be {form}.")
        return []

    def text(
        self, said: dict[str, Any], key: str, where: str, *, needed: bool = False, tidy: bool = True
    ) -> str:
        value = said.get(key, "")
        if not isinstance(value, str):
            self.note(f"{where}: '{key}' must be text in quotes, not {value!r:.60}.")
            return ""
        if needed and not value.strip():
            self.note(f"{where}: '{key}' is missing.")
        longest = LONGEST_TEXT if key in ("string", "question") else 2000
        if len(value) > longest or "\x00" in value:
            self.note(f"{where}: '{key}' has at most {longest:,} letters, none of them a NUL.")
        return value.strip() if tidy else value

    def name(self, said: dict[str, Any], where: str) -> str:
        value = self.text(said, "name", where, needed=True)
        if value and (not NAME.fullmatch(value) or len(value) > LONGEST_NAME):
            self.note(
                f"{where}: a name is made of a-z, 0-9 and - (at most {LONGEST_NAME}), such as 'full-text'; "
                "the words stand in the label."
            )
        return value

    def words(self, said: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
        value = said.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.note(f'{where}: \'{key}\' must be a list of texts, such as ["one", "two"].')
            return ()
        if len(value) > MOST or any(len(item) > 2000 for item in value):
            self.note(f"{where}: '{key}' has at most {MOST} texts of 2,000 letters.")
            return ()
        return tuple(item.strip() for item in value if item.strip())

    def number(self, said: dict[str, Any], key: str, where: str, bounds: tuple[int, int]) -> int | None:
        value = said.get(key)
        low, high = bounds
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and low <= value <= high):
            return value
        self.note(f"{where}: '{key}' must be a whole number from {low} to {high:,}, not {value!r:.60}.")
        return None

    def truth(self, said: dict[str, Any], key: str, where: str, *, default: bool) -> bool:
        value = said.get(key, default)
        if isinstance(value, bool):
            return value
        self.note(f"{where}: '{key}' must be true or false, without quotes, not {value!r:.60}.")
        return default

    def choice(self, said: dict[str, Any], key: str, where: str, allowed: tuple[str, ...]) -> str:
        value = said.get(key, allowed[0])
        if value in allowed:
            return str(value)
        self.note(f"{where}: '{key}' must be one of {', '.join(allowed)}, not {value!r:.60}.")
        return allowed[0]

    def date(self, said: dict[str, Any], where: str) -> str | None:
        value = said.get("date")
        if value is None:
            return None
        # A date without quotes is one of TOML's own.
        found = value.isoformat() if type(value) is date else day(value)
        if found is None:
            self.note(
                f'{where}: \'date\' must be a date such as "2024-02-12" or "2024-02", not {value!r:.60}.'
            )
        return found

    def years(self, said: dict[str, Any], where: str) -> tuple[int | None, int | None] | None:
        value = said.get("years")
        if value is None:
            return None
        found = span(value)
        if found is None:
            self.note(
                f'{where}: \'years\' must be "2018-2023", "2018-", "-2023" or "2020", the earlier year first, '
                f"not {value!r:.60}."
            )
        return found

    def languages(self, said: dict[str, Any], where: str) -> tuple[str, ...]:
        found = self.words(said, "languages", where)
        for one in found:
            if not re.fullmatch("[a-z]{2}", one):
                self.note(
                    f"{where}: a language has two small letters (ISO 639-1), such as 'en'; not '{one[:60]}'."
                )
        return found

    def unique(self, what: str, names: Iterable[str]) -> None:
        for name in double(names):
            self.note(f"{what} '{name}' is there more than once.")
