"""Works as files for other programs, with what was decided on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.workbench.review.records import found_works

if TYPE_CHECKING:
    from constellary.literature.review import Review
    from constellary.workbench.review.records import Asking

TYPES = {
    "ris": "application/x-research-info-systems; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Kind -> what it is, as a browser is told."""


def written(review: Review, ask: Asking, kind: str) -> bytes:
    """Return the works that are asked for as a file of a kind (`ris`, `bib`, `json`, `csv`, `xlsx`)."""
    from constellary.exchange.bibliography.writers import FORMATS
    from constellary.literature.listing import decided

    write = next(write for suffix, write in FORMATS.values() if suffix == f".{kind}")
    return write([one.work.record for one in found_works(review, ask)], decided(review))
