from __future__ import annotations

import re

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from constellary.exchange.writers import bibtex
from constellary.study.frames import Frames

texts = st.text(st.sampled_from("{}\\$&#^_~% \n") | st.characters(codec="utf-8"))


def entries(frames: Frames) -> dict[str, str]:
    """Return key -> entry."""
    found = bibtex.files(frames)[".bib"].decode().split("\n@online{")
    return {each.removeprefix("@online{").split(",")[0]: each for each in found if each}


def fields(entry: str) -> dict[str, str]:
    return dict(re.findall(r"(?m)^  (\w+) = \{(.*)\},$", entry))


def with_sources(frames: Frames, rows: list[tuple[str, str, str | None, str | None]]) -> Frames:
    sources = pl.DataFrame(rows, schema=frames.sources.schema, orient="row")
    return Frames(**{**vars(frames), "sources": sources})


def test_a_page_is_one_entry_whatever_it_supports(automotive: Frames) -> None:
    found = entries(automotive)
    assert len(found) == automotive.sources["url"].n_unique()
    assert {fields(entry)["url"] for entry in found.values()} == {
        bibtex.verbatim(url) for url in automotive.sources["url"]
    }


def test_an_entry_says_what_when_who_and_for_which_alliances(tiny: Frames) -> None:
    url = "https://example.org/a_b"
    study = with_sources(tiny, [("a2", url, "R&D Weekly", "2021-05"), ("a1", url, "R&D Weekly", "2021-05")])
    ((key, entry),) = entries(study).items()
    assert re.fullmatch("rdweekly2021-[0-9a-f]{6}", key)
    assert fields(entry) == {
        "title": "{Alliance a1}",
        "organization": r"R\&D Weekly",
        "date": "2021-05",
        "url": url,
        "note": "On: Alliance a1; Alliance a2",
    }


def test_what_is_not_known_is_left_out(tiny: Frames) -> None:
    ((key, entry),) = entries(with_sources(tiny, [("a1", "https://www.example.org/", None, None)])).items()
    assert key.startswith("wwwexampleorgnd-")
    assert set(fields(entry)) == {"title", "url", "note"}


def test_more_sources_change_no_key_and_their_order_does_not_matter(tiny: Frames) -> None:
    first = entries(tiny)
    more = [*tiny.sources.rows(), ("a3", "https://example.org/9", "Example", "2019")]
    assert set(first) < set(entries(with_sources(tiny, more)))
    assert entries(with_sources(tiny, more[::-1])) == entries(with_sources(tiny, more))


@given(texts)
def test_any_text_leaves_braces_balanced_and_nothing_special(text: str) -> None:
    written = bibtex.latex(text)
    depth = 0
    for sign in written:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"(?<!\\)[&#%$_]|[~^\n]", written)


@given(texts)
def test_any_address_leaves_braces_balanced(text: str) -> None:
    assert not re.search(r"[\s{}\\]", bibtex.verbatim(text))


def test_without_sources_the_file_is_empty(tiny: Frames) -> None:
    assert bibtex.files(with_sources(tiny, []))[".bib"] == b""
