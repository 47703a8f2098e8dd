"""Page: the constellation, with what can be chosen of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from fastapi import APIRouter, Request
from fastapi.responses import Response

from constellary.report.sky.view import (
    COMMUNITY,
    FARTHEST,
    MEASURES,
    NOTHING,
    PARTS,
    default_view,
    grouping_names,
    read_view,
)
from constellary.study.facets import facets
from constellary.workbench import skies
from constellary.workbench.answers import page
from constellary.workbench.background import soon
from constellary.workbench.needs import Bench, Chosen, Now
from constellary.workbench.pages import constellation_files

if TYPE_CHECKING:
    from constellary.report.sky.view import View
    from constellary.study.frames import Frames
    from constellary.workbench.filters import Filter
    from constellary.workbench.moments import Moment

router = APIRouter(include_in_schema=False)
router.include_router(constellation_files.router)

LISTED = 40
"""Firms in the list that is on the page before the scene is."""


def view(moment: Moment, chosen: Filter, sky: View) -> dict[str, Any]:
    """Return what the page shows beside the scene.

    Returns
    -------
    dict
        `sky` (the view that is asked for), `usual` (the one by default), `options`: for `size`, `colour`,
        `shape`, `part` and `distance` pairs of value and label; `query`: filter and view as pairs of an
        address, for the scene and the exports; `years` (first and last of the whole study, or None);
        `firms` and `alliances` (how many this filter has), `rows` (those with most alliances, for who has
        no scripts), `facets`.
    """
    book = moment.codebook
    grouped = list(grouping_names(book).items())
    frames = moment.selected(chosen)
    years = moment.frames.alliances["year"].drop_nulls().sort()
    return {
        "sky": sky,
        "usual": default_view(book),
        "options": {
            "size": list(MEASURES.items()),
            "colour": [*grouped, (COMMUNITY, "Community"), (NOTHING, "Nothing")],
            "shape": [*grouped, (NOTHING, "Nothing")],
            "part": list(PARTS.items()),
            "distance": [(str(steps), str(steps)) for steps in range(1, FARTHEST + 1)],
        },
        "query": [*chosen.query, *sky.query(book)],
        "years": (years[0], years[-1]) if years.len() else None,
        "firms": frames.partners["firm"].n_unique(),
        "alliances": frames.alliances.height,
        "rows": moment.memory.get(("busiest", chosen), lambda: busiest(frames)),
        "facets": moment.memory.get(("facets",), lambda: facets(moment.frames)),
    }


def busiest(frames: Frames) -> list[dict[str, Any]]:
    """Return the firms with most alliances: `firm`, `alliances`, `partners` (other firms in these)."""
    partners = frames.partners.select("alliance", "firm").unique()
    first = partners.group_by("firm").len("alliances").sort("alliances", "firm", descending=[True, False])
    top = first.head(LISTED)
    others = partners.filter(pl.col("firm").is_in(top["firm"].to_list())).join(partners, on="alliance")
    met = others.group_by("firm").agg((pl.col("firm_right").n_unique() - 1).alias("partners"))
    return top.join(met, on="firm", how="left", maintain_order="left").to_dicts()


@router.get("/constellation")
def constellation(request: Request, now: Now, chosen: Chosen, bench: Bench) -> Response:
    """Show the constellation under the filter and the view of the address."""
    sky = read_view(request.query_params.multi_items(), now.codebook, now.frames.firms)
    # The page will ask for its scene as soon as its scripts are there; it is made meanwhile.
    soon(
        now, ("scene ahead", chosen, sky), lambda present: skies.scene_or_waiting(bench, present, chosen, sky)
    )
    return page(request, "constellation.html", chosen=chosen, **view(now, chosen, sky))
