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
    """

    codebook: Codebook
    alliances: pl.DataFrame
    partners: pl.DataFrame
    firms: pl.DataFrame
    sources: pl.DataFrame
    codings: pl.DataFrame
    selection: str = field(default="")

    @property
    def signing(self) -> pl.DataFrame:
        """The firms that are partners of at least one alliance here, sorted by `firm`."""
        return self.firms.join(self.partners.select("firm").unique(), on="firm", how="semi").sort("firm")
