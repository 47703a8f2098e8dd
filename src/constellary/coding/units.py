"""What a coder sees of an alliance: its name, date, partners, texts and sources, and none of its codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import UnknownName

if TYPE_CHECKING:
    from constellary.study.frames import Frames


@dataclass(frozen=True, slots=True)
class Page:
    """A page that supports an alliance: its address, whose it is, its date; None: not known."""

    url: str
    publisher: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Unit:
    """An alliance as a coder sees it.

    Attributes
    ----------
    key, name
        Its id, and its name (the id where it has none).
    announced
        As exact as known; None: not known.
    texts
        (label, text) of the open texts about it. Nothing that has categories is among them: that would be
        somebody's code.
    partners
        Names of firms, in order.
    sources
        In order.
    """

    key: str
    name: str
    announced: str | None
    texts: tuple[tuple[str, str], ...]
    partners: tuple[str, ...]
    sources: tuple[Page, ...]


def unit_of(frames: Frames, key: str) -> Unit:
    """Return an alliance as a coder sees it.

    Raises
    ------
    UnknownName
        If there is none.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> unit = unit_of(example_frames(), "a3")
    >>> unit.name, unit.partners
    ('Algol and Bellatrix and Deneb (2022-01-15)', ('Algol', 'Bellatrix', 'Deneb'))
    """
    rows = frames.alliances.filter(pl.col("id") == key)
    if rows.is_empty():
        raise UnknownName("alliance", key, frames.alliances["id"].to_list())
    row = rows.row(0, named=True)
    texts = [item for item in frames.codebook.of_level("alliance") if item.kind == "text"]
    sources = frames.sources.filter(pl.col("alliance") == key)
    return Unit(
        key,
        row["name"] or key,
        row["announced"],
        tuple((item.label, row[item.name]) for item in texts if row[item.name]),
        tuple(frames.partners.filter(pl.col("alliance") == key)["firm"]),
        tuple(Page(*found) for found in sources.select("url", "publisher", "published").iter_rows()),
    )
