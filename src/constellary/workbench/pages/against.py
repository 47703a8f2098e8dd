"""Against print: this study's numbers beside those that an earlier one published, under the filter."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from constellary.errors import InputError, ProblemsFound
from constellary.report.published import LARGEST, parse_published
from constellary.workbench.answers import page
from constellary.workbench.figure_views import against_view
from constellary.workbench.needs import Bench, Chosen, Now, Person
from constellary.workbench.pages.figures import Read, template
from constellary.workbench.written import published_in

router = APIRouter(include_in_schema=False)

EXAMPLE = """\
title = "Author (2020)"
reference = "Author, A. (2020) 'Title', Journal, 1(2), pp. 3-4."

[[value]]
id = "alliances"
place = "section 3"
quantity = "alliances"
printed = "120"
kind = "count"
ours = "/sample/alliances"
"""


@router.get("/against")
def against(request: Request, now: Now, chosen: Chosen, bench: Bench, read: Read) -> Response:
    """Show published values beside this study's."""
    if published_in(now, bench.study) is None:
        return page(request, "against_none.html", chosen=chosen)
    view = against_view(now, chosen, bench.study, read)
    return page(request, template(request, "against"), chosen=chosen, **view)


@router.get("/against/published")
def published_form(request: Request, bench: Bench) -> Response:
    """Ask for published values, with those that the study keeps."""
    return _form(request, bench.study.setting("published") or "")


@router.post("/against/published")
def keep_published(
    request: Request,
    bench: Bench,
    who: Person,
    text: Annotated[str, Form(max_length=LARGEST)] = "",
    why: Annotated[str, Form(max_length=500)] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Keep published values as a decision, or say everything that is wrong with them."""
    text = text.replace("\r\n", "\n")
    try:
        if file is not None and file.filename:
            text = _decoded(file.file.read(LARGEST + 1))
        found = parse_published(text, origin="the published values")
    except ProblemsFound as error:
        problems = [(line_of(text, item.message), item.message) for item in error.problems]
        return _form(request, text, why, problems, status=422)
    except InputError as error:
        return _form(request, text, why, [(None, str(error))], status=422)
    if text != bench.study.setting("published"):
        bench.study.set("published", text, who=who, summary=f"published values of {found.title}", why=why)
    return RedirectResponse("/against", status_code=303)


def _form(
    request: Request,
    text: str,
    why: str = "",
    problems: list[tuple[int | None, str]] | None = None,
    *,
    status: int = 200,
) -> Response:
    content: dict[str, Any] = {"text": text, "why": why, "problems": problems or [], "example": EXAMPLE}
    return page(request, "against_published.html", status=status, **content)


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        raise InputError(f"A file of published values of more than {LARGEST:,} bytes is not read.")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError(f"The file is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error


def line_of(text: str, message: str) -> int | None:
    r"""Return the line on which the value that a problem names begins; None: it names none.

    Examples
    --------
    >>> text = 'title = "x"\n[[value]]\nid = "a"\n[[value]]\nid = "b"\nkind = "guess"\n'
    >>> line_of(text, "value b: 'kind' must be one of count, percent."), line_of(text, "'title' is missing.")
    (4, None)
    >>> line_of(text, "value 1: 'printed' is missing."), line_of(text, "'b' is the id of two values.")
    (2, 4)
    """
    named = re.match(r"value (.+?): |'(.+)' is the id of two values", message)
    if named is None:
        return None
    name = named[1] or named[2]
    starts = [place for place, line in enumerate(text.splitlines(), 1) if line.strip() == "[[value]]"]
    wanted = re.compile(rf"\s*id\s*=\s*[\"']{re.escape(name)}[\"']\s*")
    for place, line in enumerate(text.splitlines(), 1):
        if wanted.match(line):
            return max((start for start in starts if start <= place), default=place)
    return starts[int(name) - 1] if name.isdecimal() and 0 < int(name) <= len(starts) else None
