"""The taxonomy: codes and groups, changed one at a time or as a text, each change a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from constellary.errors import EditConflict, InputError, UnknownName
from constellary.literature.taxonomy import Code, Group
from constellary.literature.taxonomy_edits import drop_code, drop_group, name_for, put_code, put_group
from constellary.literature.taxonomy_file import LARGEST, write_taxonomy
from constellary.workbench.answers import page
from constellary.workbench.forms.sent import SentForm
from constellary.workbench.needs import Bench, Person
from constellary.workbench.review.taxonomy import code_lines, taxonomy_view
from constellary.workbench.saved import saved

if TYPE_CHECKING:
    from constellary.literature.taxonomy import Taxonomy
    from constellary.workbench.forms.sent import Sent
    from constellary.workbench.workbench import Workbench

router = APIRouter(include_in_schema=False)
PATH = "/literature/taxonomy"
DIMENSION = "in-"
"""Begins the name of a field that says in which group of a dimension a code stands."""


@router.get("/literature/taxonomy")
def taxonomy(request: Request, bench: Bench) -> HTMLResponse:
    """Show codes, groups and versions."""
    literature = bench.study.literature
    content = taxonomy_view(literature.review(), literature.versions("taxonomy"))
    return page(request, "literature_taxonomy.html", **content)


@router.post("/literature/taxonomy", response_model=None)
def set_taxonomy(request: Request, bench: Bench, who: Person, sent: SentForm) -> Response:
    """Keep the taxonomy as a text."""
    text = next((value for name, value in sent.pairs if name == "text"), "").replace("\r\n", "\n")[
        : LARGEST + 1
    ]
    return _keep(request, bench, sent, who, text)


@router.post("/literature/taxonomy/codes", response_model=None)
def set_code(request: Request, bench: Bench, who: Person, sent: SentForm) -> Response:
    """Make, change or remove a code."""
    review = bench.study.literature.review()
    before = review.taxonomy
    name, label = sent.get("name"), sent.get("label")
    try:
        if sent.get("action") == "remove":
            line = code_lines(review).get(name)
            after = drop_code(before, name, borne=line.passages if line else 0)
        else:
            name = name or name_for(label, (code.name for code in before.codes))
            places = {
                key.removeprefix(DIMENSION): value for key, value in sent.pairs if key.startswith(DIMENSION)
            }
            after = put_code(before, Code(name, _labelled(label), sent.get("definition")), places)
    except (InputError, UnknownName) as error:
        return _refused(request, bench, sent, str(error))
    return _keep(request, bench, sent, who, _written(before, after))


@router.post("/literature/taxonomy/groups", response_model=None)
def set_group(request: Request, bench: Bench, who: Person, sent: SentForm) -> Response:
    """Make, change or remove a group."""
    before = bench.study.literature.review().taxonomy
    name, label = sent.get("name"), sent.get("label")
    try:
        if sent.get("action") == "remove":
            after = drop_group(before, name)
        else:
            name = name or name_for(label, (group.name for group in before.groups))
            made = Group(name, _labelled(label), sent.get("definition"), (), sent.get("dimension"))
            after = put_group(before, made)
    except (InputError, UnknownName) as error:
        return _refused(request, bench, sent, str(error))
    return _keep(request, bench, sent, who, _written(before, after))


def _labelled(label: str) -> str:
    if not label:
        raise InputError("A code or group needs a label, which is printed.")
    return label


def _written(before: Taxonomy, after: Taxonomy) -> str:
    if before == after:
        raise InputError("The taxonomy is so already; nothing was written.")
    return write_taxonomy(after)


def _keep(request: Request, bench: Workbench, sent: Sent, who: str, text: str) -> Response:
    """Keep a text if nobody kept another since the page was shown; what is wrong is said beside it."""
    literature = bench.study.literature
    expected, present = sent.get("expected"), len(literature.versions("taxonomy"))
    if expected != str(present):
        raise EditConflict(
            f"The taxonomy has version {present} by now, and this change rests on version {expected or 0}. Nothing was "
            "written. Open the page again, look at what changed, and repeat the change."
        )
    try:
        decision = literature.set_taxonomy(text, who=who, why=sent.why, origin="the taxonomy")
    except InputError as error:
        return _refused(request, bench, sent, str(error), text=text)
    return saved(PATH, decision)


def _refused(request: Request, bench: Workbench, sent: Sent, wrong: str, text: str = "") -> Response:
    literature = bench.study.literature
    versions = literature.versions("taxonomy")
    content = taxonomy_view(literature.review(), versions, text=text, wrong=wrong, why=sent.why)
    return page(request, "literature_taxonomy.html", status=422, **content)
