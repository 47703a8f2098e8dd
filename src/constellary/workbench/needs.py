"""What a route may ask for: the workbench, the present moment, the filter of the address, the person."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote

from fastapi import Depends, Request

from constellary.workbench.filters import Filter, read_filter
from constellary.workbench.moments import Moment
from constellary.workbench.workbench import Workbench

WHO_COOKIE = "who"
LONGEST_NAME = 80


def workbench_of(request: Request) -> Workbench:
    """Return the workbench that answers."""
    bench: Workbench = request.app.state.workbench
    return bench


def moment_of(request: Request) -> Moment:
    """Return the study as it stands."""
    return workbench_of(request).moments.now()


def filter_of(request: Request) -> Filter:
    """Return the filter of the request's address.

    Raises
    ------
    UnknownName
        If it names a variable that does not exist.
    """
    return read_filter(request.query_params.multi_items(), moment_of(request).codebook)


def person_of(request: Request) -> str:
    """Return who works here: the name that was given on the page, else the login name."""
    given = " ".join(unquote(request.cookies.get(WHO_COOKIE, "")).split())[:LONGEST_NAME]
    return given or workbench_of(request).who


Bench = Annotated[Workbench, Depends(workbench_of)]
Now = Annotated[Moment, Depends(moment_of)]
Chosen = Annotated[Filter, Depends(filter_of)]
Person = Annotated[str, Depends(person_of)]
