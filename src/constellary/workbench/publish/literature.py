"""The literature of a published site: what the review came to, never what one person decided or noted.

Abstracts stay at home, as they are under the terms of their publishers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constellary.literature.screening import included, standing_of
from constellary.literature.taxonomy import EMPTY
from constellary.workbench.review.agreement import agreement_soon
from constellary.workbench.review.flow import flow_view
from constellary.workbench.review.overview import overview_view
from constellary.workbench.review.passages import passages_view
from constellary.workbench.review.records import Asking, records_view
from constellary.workbench.review.synthesis import synthesis_view
from constellary.workbench.review.taxonomy import taxonomy_view
from constellary.workbench.review.work import portrait_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constellary.study.study import Study

NOBODY = ""
"""Who looks at a site: no screener."""
MOST = 5_000
"""Included works that have pages of their own."""
ENTRIES = ("literature", "literature/records", "literature/taxonomy", "literature/synthesis")
"""Pages of the rail."""


def literature_pages(study: Study) -> list[str]:
    """Return the names of the pages that the literature of a study has in its site."""
    if not study.literature.any():
        return []
    review = study.literature.review()
    pages = ["literature", "literature/records"]
    if review.taxonomy != EMPTY:
        pages += ["literature/taxonomy", "literature/synthesis"]
    return pages + [f"literature/works/{work.id}" for work in included(review)[:MOST]]


def literature_views(study: Study) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give name, template and content of each of these pages."""
    names = literature_pages(study)
    if not names:
        return
    review = study.literature.review()
    agreement = agreement_soon(review).result() if review.screenings else None
    yield (
        "literature",
        "literature.html",
        {
            **overview_view(review, NOBODY),
            **flow_view(review, linked=False),
            "computing": False,
            "agreement": agreement,
            "at": 0,
        },
    )
    yield (
        "literature/records",
        "literature_records.html",
        records_view(review, Asking(state="included"), MOST),
    )
    if "literature/taxonomy" in names:
        yield "literature/taxonomy", "literature_taxonomy.html", taxonomy_view(review, [])
        yield "literature/synthesis", "literature_synthesis.html", synthesis_view(review, study.codebook)
    standing = standing_of(review)
    for work in included(review)[:MOST]:
        content = portrait_view(review, standing[work.id], NOBODY, {})
        content |= {
            "abstract": [],
            "before": None,
            "after": None,
            **passages_view(review, work),
        }
        yield f"literature/works/{work.id}", "literature_work.html", content
