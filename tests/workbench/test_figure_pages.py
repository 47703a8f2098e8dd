"""Pages of figures without a server: hostile texts stay text, and a page can carry its own evidence."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from constellary.study.codebook import Category
from constellary.study.study import Study, create_study, open_study
from constellary.workbench.figure_views import Reading, chapter_view, cross_view, frequency_view
from constellary.workbench.filters import Filter
from constellary.workbench.links import LiveLinks
from constellary.workbench.moments import Moment
from constellary.workbench.render import to_html
from constellary.workbench.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from constellary.study.frames import Frames

HOSTILE = "</script><img src=x onerror=alert(1)> {{7*7}} ${1} '\" \u202e*b* [x](#y) {figure:z}"
WHOLE = Reading(patience=None, carrying=True)


@pytest.fixture
def study(tmp_path: Path, tiny_book: Any) -> Iterator[Study]:
    """An empty study, where layouts could be kept."""
    with create_study(tmp_path / "tiny.study", tiny_book) as made:
        yield made


@pytest.fixture
def hostile(tiny: Frames) -> Moment:
    """A study whose labels, firms and alliances are named to do harm."""
    variables = tuple(
        replace(
            one,
            label=HOSTILE,
            categories=tuple(Category(each.value, HOSTILE + each.value) for each in one.categories),
        )
        for one in tiny.codebook.variables
    )
    named = pl.col("firm").replace({"Iberia": HOSTILE})
    return Moment(
        1,
        replace(
            tiny,
            codebook=replace(tiny.codebook, title=HOSTILE, variables=variables),
            alliances=tiny.alliances.with_columns(name=pl.lit(HOSTILE)),
            partners=tiny.partners.with_columns(named),
            firms=tiny.firms.with_columns(named).sort("firm"),
        ),
    )


def around(moment: Moment, *, live: bool = True) -> Surroundings:
    return Surroundings(LiveLinks({}), live, moment.codebook.title, "tiny.study", moment.codebook, who="ana")


def test_hostile_texts_stay_text_on_every_page(hostile: Moment, study: Study) -> None:
    pages = [
        to_html(
            "figures_chapter.html",
            around(hostile, live=live),
            **chapter_view(hostile, Filter(), study, key, WHOLE),
        )
        for key in (
            "sample",
            "firms",
            "portfolios",
            "growth",
            "constellation",
            "motivations",
            "purpose-depth",
            "groups",
        )
        for live in (True, False)
    ]
    pages.append(
        to_html(
            "figures_cross.html", around(hostile), **cross_view(hostile, Filter(), HOSTILE, "", "", WHOLE)
        )
    )
    pages.append(
        to_html(
            "figures_frequency.html",
            around(hostile),
            **frequency_view(hostile, Filter(), HOSTILE, "routes", WHOLE),
        )
    )
    for text in pages:
        assert "<img src=x" not in text
        inside = re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)
        assert all("<" not in one for one in inside)
        for one in inside:
            if one.strip():
                json.loads(one)
    assert HOSTILE in unescape(pages[2])


def test_a_page_without_a_server_carries_the_evidence_of_its_links(
    automotive: Frames, demo_study: Path
) -> None:
    moment = Moment(1, automotive)
    with open_study(demo_study, read_only=True) as study:
        view = chapter_view(moment, Filter(), study, "motivations", WHOLE)
        text = to_html("figures_chapter.html", around(moment, live=False), **view)
        assert "carried" in view
        assert chapter_view(moment, Filter(), study, "motivations", Reading(patience=None))["carried"] is None
    carried = json.loads(re.findall(r'id="evidence">(.*?)</script>', text, re.DOTALL)[0])
    pages = json.loads(re.findall(r'id="evidence-pages">(.*?)</script>', text, re.DOTALL)[0])
    title, places = carried["lists"]["motivation-knowledge"]
    assert title == "Motivation: Knowledge"
    expected = automotive.alliances.filter(pl.col("motivation") == "knowledge")["id"].sort().to_list()
    assert [carried["alliances"][place][0] for place in places] == expected
    assert pages[expected[0]] == f"/alliances/{expected[0]}"
    keys = set(re.findall(r"key=([a-z0-9-]+)", text))
    assert keys
    assert keys <= set(carried["lists"])
    assert "<form" not in text[text.index("<main") :]
