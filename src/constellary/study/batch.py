"""A batch: what a reader understood of somebody's files, before a study takes it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from constellary.study.codebook import Codebook
    from constellary.study.frames import Frames


@dataclass(frozen=True)
class Batch:
    """Tables in the study's own columns; None where the files held no such table.

    Attributes
    ----------
    alliances
        `id`, and any of `name`, `announced`, the alliance variables (String; multiple choice
        List(String)). A column that is absent leaves what the study has; null empties it.
    partners
        `alliance`, `firm`, `position` (Int32, from 1). All partners of an alliance that occurs here:
        they replace those that the study has for it.
    firms
        `firm`, and any of `aliases` (List(String)), `parent`, the firm variables.
    sources
        `alliance`, `url`, `publisher`, `published`, in order.
    codings
        `alliance`, `variable`, `coder`, `value`, `sure` (Boolean).
    """

    alliances: pl.DataFrame | None = None
    partners: pl.DataFrame | None = None
    firms: pl.DataFrame | None = None
    sources: pl.DataFrame | None = None
    codings: pl.DataFrame | None = None

    def counts(self) -> dict[str, int]:
        """Return table name -> number of rows, for the tables that are here."""
        tables = {
            "alliances": self.alliances,
            "partners": self.partners,
            "firms": self.firms,
            "sources": self.sources,
            "codings": self.codings,
        }
        return {name: frame.height for name, frame in tables.items() if frame is not None}


def frames_of(batch: Batch, codebook: Codebook) -> Frames:
    """Return a batch as frames, as if a new study had taken it in.

    Raises
    ------
    InputError
        If it holds no alliances or no partners.
    """
    from constellary.errors import InputError
    from constellary.study.derive import build_frames

    if batch.alliances is None or batch.partners is None:
        missing = "alliances" if batch.alliances is None else "partners of the alliances"
        raise InputError(f"The files hold no {missing}; give that table too.")
    firms = batch.partners.select("firm").unique() if batch.firms is None else batch.firms
    return build_frames(
        codebook,
        alliances=batch.alliances,
        partners=batch.partners,
        firms=firms,
        sources=batch.sources,
        codings=batch.codings,
    )
