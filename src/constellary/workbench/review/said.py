"""What a screener says of a work, as a form sends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict with its reason, and a note; None: nothing was said of it."""

    verdict: str | None = None
    reason: str | None = None
    note: str | None = None


def read_said(pairs: Sequence[tuple[str, str]]) -> Said:
    """Return what a form says: `say` is a verdict, or `exclude:` and the name of a reason.

    Examples
    --------
    >>> read_said([("say", "exclude:topic"), ("note", "see p. 4")])
    Said(verdict='exclude', reason='topic', note='see p. 4')
    """
    given = dict(pairs)
    verdict, _, reason = given.get("say", "").partition(":")
    return Said(verdict or None, reason or None, given.get("note"))
