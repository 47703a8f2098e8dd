"""The scene that a view of the constellation makes: columns of numbers and texts, before any format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from constellary.report.frame import Frame
    from constellary.report.sky.view import View

LEVELS = 6
"""Zoom levels with labels of their own: 1, 2, 4 ... times."""


@dataclass(frozen=True, slots=True)
class Hull:
    """An alliance of three or more partners: its row in `alliances`, its outline (rows of firms), its colour.

    Colour -1: the partners are of several.
    """

    alliance: int
    outline: tuple[int, ...]
    colour: int


@dataclass(frozen=True, slots=True)
class LevelLabels:
    """The labels of one zoom level, columns of one length.

    Attributes
    ----------
    firm
        Row of the firm, the most important first.
    dx, dy
        From the firm's centre to the anchor on the text's baseline, in units of the frame at zoom 1.
    anchor
        0: the text starts there, 1: its middle is there, 2: it ends there.
    size
        Of the font; it does not grow with the zoom.
    strong
        1: bold.
    """

    firm: tuple[int, ...] = ()
    dx: tuple[float, ...] = ()
    dy: tuple[float, ...] = ()
    anchor: tuple[int, ...] = ()
    size: tuple[float, ...] = ()
    strong: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Legend:
    """What colours, shapes and sizes say: (text, index or radius), and what each is of (empty: nothing)."""

    colours: tuple[tuple[str, int], ...]
    shapes: tuple[tuple[str, int], ...]
    sizes: tuple[tuple[str, float], ...]
    titles: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Community:
    """A community of the selection: number, how many firms, those with most alliances."""

    number: int
    firms: int
    top: tuple[str, ...]


@dataclass(frozen=True)
class SkyScene:
    """A view of the constellation.

    Attributes
    ----------
    frame, view
        Its measures, and what was asked for.
    most
        Value that has the largest radius.
    firms
        `firm`, `x`, `y` (y down), `radius`, `colour`, `shape` (indices into `palette.PAIRS`, `looks.SHAPES`),
        `alliances`, `degree`, `value` (of the measure that sizes; null: undefined), `rank` (by it; null),
        `community` (null: not computed), `text` (what is to be said of it); sorted by firm.
    ties
        `source`, `target` (rows of `firms`), `weight`, `width`, `opacity`, `colour` (-1: neutral); in the
        order in which they are drawn, those with the same pen together.
    alliances
        `id`, `name`, `year` (null: not dated), `partners` (rows of `firms`); sorted by id. Those of which
        at least one partner is shown.
    hulls, labels, legend, communities
        See the classes; `labels` by level.
    years
        First and last of the whole study; None: nothing is dated.
    words
        What is shown, in a line.
    """

    frame: Frame
    view: View
    most: float
    firms: pl.DataFrame
    ties: pl.DataFrame
    alliances: pl.DataFrame
    hulls: tuple[Hull, ...]
    labels: tuple[LevelLabels, ...]
    legend: Legend
    communities: tuple[Community, ...]
    years: tuple[int, int] | None
    words: str
