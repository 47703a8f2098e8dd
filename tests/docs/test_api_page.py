"""The page of the JSON API names every call that there is, and none besides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fastapi import FastAPI

from constellary.workbench.filters import Filter
from constellary.workbench.routes import routers
from tests.docs.pages import FOLDER

if TYPE_CHECKING:
    from typing import Any

PAGE = FOLDER / "reference" / "api.md"
NAMED = re.compile(
    r"^\| `(?P<method>GET|POST|PATCH|DELETE) (?P<path>/api/v1/\S+)`(?P<filtered> ◇)? \|", re.MULTILINE
)


def calls() -> dict[str, Any]:
    """Return what the API itself says of its calls: 'GET /api/v1/study' -> its description."""
    app = FastAPI()
    for router in routers():
        app.include_router(router)
    return {
        f"{method.upper()} {path}": call
        for path, methods in app.openapi()["paths"].items()
        for method, call in methods.items()
    }


def named() -> list[tuple[str, bool]]:
    """Return the calls that the page names, with whether it marks them as filtered."""
    found = NAMED.finditer(PAGE.read_text(encoding="utf-8"))
    return [(f"{match['method']} {match['path']}", bool(match["filtered"])) for match in found]


def test_the_page_names_every_call_once_and_no_other() -> None:
    on_page = [call for call, _ in named()]
    assert sorted(on_page) == sorted(calls())


def test_calls_that_say_they_are_filtered_are_marked_on_the_page() -> None:
    marked = {call for call, filtered in named() if filtered}
    says = {call for call, told in calls().items() if "The filter is" in told.get("description", "")}
    assert says <= marked
    assert marked - says <= {
        "GET /api/v1/scene",
        "GET /api/v1/ties",
    }  # they take it too, and say so less loudly


def test_every_parameter_in_an_address_of_the_lists_is_told() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for call, told in calls().items():
        for parameter in told.get("parameters", ()):
            if parameter["in"] == "query":
                assert f"`{parameter['name']}`" in text, f"{call}: {parameter['name']}"
    for name, _ in Filter("2021", "2022", "size > 2", (("place", ("China",)),)).query:
        assert f"{name}=" in text
