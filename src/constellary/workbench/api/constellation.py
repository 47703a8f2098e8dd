"""API: the constellation as a scene, the alliances of a tie, and firms by the beginning of their name."""

from __future__ import annotations

import gzip
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import polars as pl
from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from constellary.workbench import skies
from constellary.workbench.evidence import of_tie
from constellary.workbench.moments import Memory
from constellary.workbench.needs import Bench, Chosen, Now
from constellary.workbench.sky_search import matches

if TYPE_CHECKING:
    from constellary.report.sky.model import SkyScene
    from constellary.report.sky.view import View
    from constellary.workbench.filters import Filter
    from constellary.workbench.moments import Moment

router = APIRouter(prefix="/api/v1", tags=["constellation"])

Text = Annotated[str, Query(max_length=200)]
EFFORT = 4
"""Of the compression: a scene of 20,000 firms takes a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A scene as it is sent: plain, compressed, and the mark by which a browser knows that it has it."""

    plain: bytes
    packed: bytes
    mark: str


@router.get("/scene", responses={202: {"description": "It is being made; ask again."}})
def get_scene(request: Request, now: Now, chosen: Chosen, bench: Bench) -> Response:
    """Return the scene of a view under a filter: columns of firms, ties, alliances, labels, legend.

    The view is `size`, `colour`, `shape`, `ego`, `distance`, `hulls`, `part` and `least`.
    """
    from constellary.report.sky.view import read_view

    view = read_view(request.query_params.multi_items(), now.codebook, now.frames.firms)
    found = skies.scene_or_waiting(bench, now, chosen, view)
    if isinstance(found, skies.Waiting):
        told = asdict(found)
        return JSONResponse({"waiting": told.pop("words"), **told}, 202, {"Cache-Control": "no-store"})
    answer = packed(now, chosen, view, found)
    headers = {"ETag": answer.mark, "Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if answer.mark in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(answer.packed, media_type="application/json", headers=headers)
    return Response(answer.plain, media_type="application/json", headers=headers)


def packed(moment: Moment, chosen: Filter, view: View, scene: SkyScene) -> Packed:
    """Return a scene as it is sent, remembered."""

    def made() -> Packed:
        import json

        from constellary.report.sky.as_json import scene_json

        plain = scene_json(scene)
        digest = json.loads(plain[plain.rindex(b'"digest":') + len(b'"digest":') : -1])
        return Packed(plain, gzip.compress(plain, EFFORT, mtime=0), f'W/"{digest}"')

    return moment.memory.get(("packed scenes",), lambda: Memory(skies.SCENES)).get((chosen, view), made)


@router.get("/firms/complete")
def complete(now: Now, q: Text = "") -> list[dict[str, Any]]:
    """Return at most twelve firms whose name, or another name, has the letters; case and accents do not count."""
    return [asdict(match) for match in matches(now, q)]


@router.get("/ties")
def tie(now: Now, chosen: Chosen, source: Text, target: Text) -> dict[str, Any]:
    """Return the alliances in which two firms are partners, the latest first."""
    frames = now.selected(chosen)
    ids = of_tie(frames, chosen, (source, target)).alliances
    rows = (
        frames.alliances.filter(pl.col("id").is_in(ids))
        .select("id", "name", "announced")
        .sort("announced", "id", descending=[True, False], nulls_last=True)
    )
    return {"source": source, "target": target, "alliances": rows.to_dicts()}
