"""Templates to HTML. Everything from outside is escaped by the environment; nothing turns that off."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from constellary.report.page_data import script_safe
from constellary.report.prose import plural
from constellary.report.web_address import short_address, web_address
from constellary.workbench.portraits.dates import at, spoken
from constellary.workbench.segments import segment

if TYPE_CHECKING:
    from constellary.workbench.surroundings import Surroundings


@cache
def environment() -> Environment:
    """Return the environment of all templates."""
    found = Environment(
        loader=PackageLoader("constellary.workbench"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["data"] = data
    found.filters["number"] = lambda value: "–" if value is None else f"{value:,}"
    found.filters["outward"] = web_address
    found.filters["short_address"] = short_address
    found.filters["segment"] = segment
    found.filters["spoken"] = spoken
    found.filters["at"] = at
    found.globals["plural"] = plural
    found.globals["icon"] = found.get_template("icons.html").module.icon  # type: ignore[attr-defined]
    return found


def data(value: Any) -> Markup:
    """Return a value as JSON for a script element of type `application/json`."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(script_safe(text))  # noqa: S704 - no "<" is left in it


def to_html(template: str, around: Surroundings, **content: Any) -> str:
    """Return a page (or a part of one) as HTML."""
    return environment().get_template(template).render(around=around, link=around.link, **content)


@cache
def asset_versions() -> dict[str, str]:
    """Return name -> digest of the front end's files, as its build wrote them down."""
    manifest = files("constellary.workbench") / "static" / "manifest.json"
    found: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    return found
