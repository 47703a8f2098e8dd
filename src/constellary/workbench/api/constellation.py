"""API: the constellation as a scene."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from constellary.workbench import skies
from constellary.workbench.needs import Bench, Chosen, Now

router = APIRouter(prefix="/api/v1", tags=["constellation"])


@router.get("/scene")
def get_scene(request: Request, now: Now, chosen: Chosen, bench: Bench) -> Response:
    """Return the scene of a view under a filter."""
    from constellary.report.sky.as_json import scene_json
    from constellary.report.sky.view import read_view

    view = read_view(request.query_params.multi_items(), now.codebook, now.frames.firms)
    content = scene_json(skies.scene(now, bench.study, chosen, view))
    return Response(content, media_type="application/json")
