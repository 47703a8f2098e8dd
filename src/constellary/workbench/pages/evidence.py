"""Evidence: the alliances behind a bar, a cell, a firm or a tie, for the drawer or as a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from constellary.workbench.answers import page
from constellary.workbench.evidence import SHOWN, of_filter, of_firm, of_list, of_names, of_tie, view
from constellary.workbench.links import LiveLinks
from constellary.workbench.needs import Bench, Chosen, Now
from constellary.workbench.variables import default_pair, known
from constellary.workbench.written import chapter, counting, crossing

if TYPE_CHECKING:
    from constellary.study.study import Study
    from constellary.workbench.evidence import Behind
    from constellary.workbench.filters import Filter
    from constellary.workbench.moments import Moment
    from constellary.workbench.written import Written

router = APIRouter(include_in_schema=False)

Several = Annotated[list[str] | None, Query()]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose evidence a key is of: a chapter's, a variable's, or that of two variables against each other."""

    key: str = ""
    section: str = ""
    variable: str = ""
    row: str = ""
    column: str = ""

    def written(self, moment: Moment, chosen: Filter, study: Study) -> Written:
        """Return what the key belongs to, as it is written under a filter."""
        if self.variable:
            known(moment, self.variable)
            return counting(moment, chosen, self.variable).result()
        if self.row or self.column:
            return crossing(moment, chosen, *default_pair(moment, self.row, self.column)).result()
        return chapter(moment, chosen, study, self.section).result()


@router.get("/evidence")
def evidence(
    request: Request,
    now: Now,
    chosen: Chosen,
    bench: Bench,
    asked: Annotated[Asked, Depends()],
    firm: str = "",
    tie: Several = None,
    alliance: Several = None,
    start: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """Show the alliances behind what was asked for."""
    frames = now.selected(chosen)
    if asked.key:
        behind = of_list(chosen, asked.written(now, chosen, bench.study).list(asked.key))
    else:
        behind = _behind(now, chosen, firm=firm, tie=tie or [], alliance=alliance or [])
    content = view(frames, chosen, behind, LiveLinks({}), start=start)
    part = request.headers.get("hx-request") == "true"
    answer = page(
        request,
        "evidence_list.html" if part else "evidence.html",
        chosen=chosen,
        **content,
        before=_at(request, max(start - SHOWN, 0)) if start else None,
        after=_at(request, content["last"]) if content["last"] < content["total"] else None,
        itself=_at(request, start),
    )
    answer.headers["Vary"] = "HX-Request"  # one address, two answers
    return answer


def _behind(now: Moment, chosen: Filter, *, firm: str, tie: list[str], alliance: list[str]) -> Behind:
    frames = now.selected(chosen)
    if firm:
        return of_firm(frames, chosen, firm)
    if tie:
        return of_tie(frames, chosen, tie)
    if alliance:
        return of_names(frames, chosen, alliance)
    return of_filter(frames, chosen)


def _at(request: Request, start: int) -> str:
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != "start"]
    pairs += [("start", str(start))] if start else []
    return "/evidence" + (f"?{urlencode(pairs)}" if pairs else "")
