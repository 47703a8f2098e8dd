"""Frames: what the analyses read. No database, no files.

A `Frames` is a study at one moment, as Polars data frames, perhaps narrowed to a selection of its
alliances. Every analysis takes one and returns results that name the alliances behind each number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from constellary.study.codebook import Codebook


@dataclass(frozen=True)
class Frames:
    """A study's tables.

    Attributes
    ----------
    codebook
        Names, labels and order of everything below.
    alliances
        One row an alliance, sorted by `id`: `id`, `name`, `announced` (ISO text, as exact as known:
        `2021`, `2021-05`, `2021-05-20`), one column for each alliance variable (String; multiple choice
        List(String), null when empty), `year` (Int32), `size` (Int32, number of partners), one String
        column for each grouping of level alliance. Missing is null throughout.
    partners
        One row a partner, sorted by `alliance`, `position`: `alliance`, `firm`, `position` (Int32, from 1).
    firms
        One row a firm, sorted by `firm`, parents that sign nothing included: `firm`, `aliases`
        (List(String)), `parent`, one column for each firm variable and firm grouping.
    sources
        `alliance`, `url`, `publisher`, `published` (ISO text), sorted by alliance, within one in the order
        given.
    codings
        One row a coding, sorted by `alliance`, `variable`, `coder`: these, `value` (null: coded as missing),
        `sure` (Boolean or null).
    selection
        The filter in words; empty: the whole study.
    since, until
        Limits of the selection in time, as exact as given; None: none.
    """

    codebook: Codebook
    alliances: pl.DataFrame
    partners: pl.DataFrame
    firms: pl.DataFrame
    sources: pl.DataFrame
    codings: pl.DataFrame
    selection: str = field(default="")
    since: str | None = field(default=None)
    until: str | None = field(default=None)

    @property
    def signing(self) -> pl.DataFrame:
        """The firms that are partners of at least one alliance here, sorted by `firm`."""
        return self.firms.join(self.partners.select("firm").unique(), on="firm", how="semi").sort("firm")

    @property
    def period(self) -> tuple[str | None, str | None]:
        """First and last moment that an announcement here can have: the codebook's period, narrowed by limits."""
        first, last = self.codebook.period
        return later(first, self.since), earlier(last, self.until)


def later(day: str | None, other: str | None) -> str | None:
    """Return the later of two first days, each as exact as `2021`, `2021-05` or `2021-05-20`; None: open.

    Examples
    --------
    >>> later("2021", "2021-05"), later(None, "2019")
    ('2021-05', '2019')
    """
    return max(filter(None, (day, other)), default=None)


def earlier(day: str | None, other: str | None) -> str | None:
    """Return the earlier of two last days; `2021-05` ends after every day of that month.

    Examples
    --------
    >>> earlier("2021", "2021-05"), earlier("2021-05", "2021-05-20")
    ('2021-05', '2021-05-20')
    """
    return min(filter(None, (day, other)), key=lambda text: f"{text}~", default=None)
