"""Files of the constellation: exactly what is shown, as SVG, PNG and GEXF."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from constellary.errors import InputError, UnknownName
from constellary.workbench import skies
from constellary.workbench.job_work import plain_stem
from constellary.workbench.needs import Bench, Chosen, Now

router = APIRouter(include_in_schema=False)


@router.get("/constellation.{kind}")
def constellation_file(request: Request, now: Now, chosen: Chosen, bench: Bench, kind: str) -> Response:
    """Give what the constellation shows under the filter, the view and the camera of the address.

    Raises
    ------
    InputError
        If the scene is not there yet.
    UnknownName
        If there is no such kind of file.
    """
    from constellary.report.sky.files import KINDS, file_of
    from constellary.report.sky.picture import read_picture
    from constellary.report.sky.view import read_view

    if kind not in KINDS:
        raise UnknownName("kind of file", kind, list(KINDS))
    pairs = request.query_params.multi_items()
    found = skies.scene_or_waiting(bench, now, chosen, read_view(pairs, now.codebook, now.frames.firms))
    if isinstance(found, skies.Waiting):
        raise InputError(f"The constellation is not there yet: {found.words}. Try again in a moment.")
    name = f"{plain_stem(bench.study.path.stem)}-constellation.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    content = file_of(found, now.selected(chosen), kind, read_picture(pairs))
    return Response(content, media_type=KINDS[kind], headers=headers)
