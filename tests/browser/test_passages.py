"""Coding in a browser: words selected in the abstract become the passage, a digit chooses the code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from constellary.data import automotive_codebook
from constellary.exchange.bibliography.export import Entry, Export
from constellary.literature.record import Name, Record
from constellary.study.codebook_file import read_codebook
from constellary.study.study import create_study, open_study
from tests.browser.conftest import Axe, Visit
from tests.literature.reviews import TAXONOMY
from tests.needs import needs
from tests.served import Served, serving

ABSTRACT = "Firms ally to build cells. They share a plant in Hefei, and learn from each other."


@pytest.fixture
def coded(tmp_path: Path) -> Iterator[Served]:
    """A server on a study with one record and a taxonomy."""
    needs("chromium")
    study = tmp_path / "coded.study"
    with create_study(study, read_codebook(automotive_codebook()), who="ann") as made:
        made.literature.set_taxonomy(TAXONOMY, who="ann")
        record = Record(
            title="Batteries",
            authors=(Name("Chen", "A."),),
            year=2021,
            abstract=ABSTRACT,
            accession="1",
            line=1,
        )
        made.literature.take([Export("a.txt", "WoS", "WoS", (Entry(record, (("UT", "1"),)),))], who="ann")
    with serving(study, tmp_path / "state") as served:
        yield served


def test_selected_words_get_a_code_by_one_key(coded: Served, visit: Visit, axe: Axe) -> None:
    with open_study(coded.study, read_only=True) as study:
        key = study.literature.review().records[0].id
    page = visit(coded, f"/literature/works/{key}")
    page.evaluate(
        """() => {
          const text = document.querySelector("#abstract p").firstChild;
          const range = document.createRange();
          const at = text.data.indexOf("They share");
          range.setStart(text, at);
          range.setEnd(text, at + "They share a plant in Hefei".length);
          const selection = getSelection();
          selection.removeAllRanges();
          selection.addRange(range);
        }"""
    )
    expect(page.locator("#quote")).to_have_value("They share a plant in Hefei")
    page.keyboard.press("3")
    expect(page.locator("#code")).to_have_value("plant")
    axe(page)
    page.keyboard.press("Enter")
    passage = page.locator(".passage")
    expect(passage).to_contain_text("They share a plant in Hefei")
    expect(passage).to_contain_text("Shared plant")
    expect(passage).to_contain_text("Supply chain risk")
    passage.get_by_role("button", name="Remove Shared plant").click()
    expect(page.locator(".passage")).to_have_count(0)
    page.wait_for_load_state("networkidle")
