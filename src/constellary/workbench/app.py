"""The application: routes, files of the front end, and how failures are told."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from constellary import __version__
from constellary.workbench.failures import tell_failures
from constellary.workbench.routes import routers

if TYPE_CHECKING:
    from constellary.workbench.workbench import Workbench


def create_app(workbench: Workbench) -> FastAPI:
    """Return the application of a workbench, without its guard (see `trust.guard`)."""
    app = FastAPI(
        title="Constellary",
        version=__version__,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.workbench = workbench
    for router in routers():
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(files("constellary.workbench") / "static")), name="static")
    tell_failures(app)
    return app
