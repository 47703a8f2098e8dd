"""Firms by letters of their names, for the search of the constellation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.exchange.writers.texts import ascii_text
from constellary.study.names import folded

if TYPE_CHECKING:
    from constellary.workbench.moments import Moment

MOST = 12
Entry = tuple[str, str, str, int]
"""Text as it is compared, firm, the other name that it is (empty: the firm's own), alliances."""


@dataclass(frozen=True, slots=True)
class Match:
    """A firm that was found: by which other name (empty: its own), and how many alliances it has."""

    firm: str
    also: str
    alliances: int


def plain(text: str) -> str:
    """Return a text as it is compared: case, spaces and accents do not count; other scripts stay.

    Examples
    --------
    >>> plain(" Citroën "), plain("比亚迪")
    ('citroen', '比亚迪')
    """
    return folded("".join(bare if (bare := ascii_text(sign)) != "?" else sign for sign in folded(text)))


def matches(moment: Moment, text: str, most: int = MOST) -> list[Match]:
    """Return firms whose name or another name has the letters: first those that begin with them, then by size.

    An empty text gives the firms with most alliances.
    """
    wanted = plain(text)
    found: dict[str, tuple[int, int, str, Match]] = {}
    for known, firm, also, alliances in moment.memory.get(("names",), lambda: entries(moment)):
        at = known.find(wanted)
        if at < 0:
            continue
        begins = 0 if at == 0 else 1 if known[at - 1] == " " else 2
        entry = (begins, -alliances, firm, Match(firm, also, alliances))
        if firm not in found or entry[0] < found[firm][0]:
            found[firm] = entry
    return [entry[-1] for entry in sorted(found.values(), key=lambda entry: entry[:3])[:most]]


def entries(moment: Moment) -> list[Entry]:
    """Return every name of every firm, the own name of each first."""
    counts = dict(
        moment.frames.partners.select("alliance", "firm").unique()["firm"].value_counts().iter_rows()
    )
    return [
        (plain(name), firm, "" if name == firm else name, counts.get(firm, 0))
        for firm, aliases in moment.frames.firms.select("firm", "aliases").iter_rows()
        for name in (firm, *(aliases or ()))
    ]
