"""The protocol as a file: what is written reads back, and what is wrong is said all at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.errors import InputError, ProblemsFound
from constellary.literature.protocol import PLAIN, Declared, Protocol, Reason, Search, Stage
from constellary.literature.protocol_file import parse_protocol, template, write_protocol

SURROGATES: tuple[Literal["Cs"]] = ("Cs",)
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30).map(str.strip)
verbatim = st.text(st.characters(exclude_categories=SURROGATES, exclude_characters="\x00"), max_size=60)
names = st.from_regex("[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
years = st.none() | st.integers(1000, 2999)


@st.composite
def protocols(draw: st.DrawFn) -> Protocol:
    first, last = sorted((draw(years), draw(years)), key=lambda year: year or 0)
    searches = [
        Search(
            name,
            draw(texts.filter(bool)),
            draw(verbatim),
            draw(st.none() | st.just("2024-02")),
            draw(st.none() | st.integers(0, 10**9)),
            draw(texts),
            other=draw(st.booleans()),
        )
        for name in draw(st.lists(names, unique=True, max_size=3))
    ]
    if len(searches) > 1:
        searches[1] = replace(searches[1], updates=searches[0].name)
    stages = [
        Stage(
            name,
            draw(texts.filter(bool)),
            draw(texts),
            tuple(
                Reason(reason, draw(texts.filter(bool)), draw(st.booleans()))
                for reason in draw(st.lists(names, unique=True, max_size=3))
            ),
            draw(st.integers(1, 4)),
            draw(st.sampled_from(("screening", "retrieval", "both"))),
            draw(st.booleans()),
            draw(st.booleans()),
        )
        for name in draw(st.lists(names, unique=True, min_size=1, max_size=3))
    ]
    return Protocol(
        draw(texts),
        tuple(searches),
        tuple(stages),
        tuple(draw(st.lists(texts.filter(bool), max_size=3))),
        None if first is None and last is None else (first, last),
        tuple(draw(st.lists(st.sampled_from(("en", "de", "zh")), unique=True))),
        tuple(draw(st.lists(texts.filter(bool), max_size=3))),
        tuple(draw(st.lists(texts.filter(bool), max_size=3))),
        draw(st.sampled_from(("discuss", "include"))),
        (Declared(f"entered:{stages[0].name}", 3, draw(texts)),),
    )


@given(protocols())
def test_any_protocol_reads_back_as_written(protocol: Protocol) -> None:
    if protocol.years is not None and protocol.years[0] is None:
        assert protocol.years[1] is not None
    assert parse_protocol(write_protocol(protocol)) == protocol


def test_a_search_string_stays_word_for_word_with_its_line_breaks() -> None:
    string = '\nTS=("joint venture*" OR alliance*)\r\n  AND PY=(2018-2023) \\n """\n'
    protocol = Protocol(searches=(Search("wos", "Web of Science", string),), stages=PLAIN.stages)
    assert parse_protocol(write_protocol(protocol)).searches[0].string == string


def test_the_template_is_a_protocol_and_stays_one_with_every_example_in_it_switched_on() -> None:
    lines = template().splitlines()
    keys = (
        "years =",
        "languages =",
        "date =",
        "hits =",
        "limits =",
        "name =",
        "database =",
        "updates =",
        "other =",
    )
    every = (*keys, "box =", "count =", "note =", "[[search]]", "[[declared]]")
    switched = [line[2:] if line.startswith(tuple(f"# {key}" for key in every)) else line for line in lines]
    found = parse_protocol("\n".join(switched))
    assert [search.name for search in found.searches] == ["wos", "wos-2026", "citations"]
    assert found.years == (2018, 2023)
    assert found.declared[0].count == 118


def test_without_stages_a_protocol_has_the_plain_ones() -> None:
    assert parse_protocol("").stages == PLAIN.stages


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ('"2018-2023"', (2018, 2023)),
        ('"2018-"', (2018, None)),
        ('"-2023"', (None, 2023)),
        ('"2020"', (2020, 2020)),
    ],
)
def test_years_are_a_span_open_or_closed(said: str, years: tuple[int | None, int | None]) -> None:
    assert parse_protocol(f"years = {said}").years == years


WRONG = """
question = 3
langauges = ["en"]
languages = ["English"]
years = "2023-2018"
terms = "allianc*"
maybe = "perhaps"
[[search]]
name = "Web of Science"
hits = -1
date = "2024-02-30"
updates = "scopus"
[[search]]
name = "scopsu"
database = "Scopus"
updates = "scopsu"
[[stage]]
name = "full-text"
label = "Full text"
screeners = 0
kind = "reading"
reason_needed = "yes"
reasons = [{ name = "topic", label = "Topic" }, { name = "topic", label = "Again" }, { label = "No name" }]
[[stage]]
name = "full-text"
"""


def test_every_fault_of_a_protocol_is_named_at_once() -> None:
    with pytest.raises(ProblemsFound) as caught:
        parse_protocol(WRONG, origin="protocol.toml")
    said = "\n".join(str(one) for one in caught.value.problems)
    for part in (
        "protocol.toml: the protocol: 'question' must be text in quotes, not 3",
        "'langauges' is not known here; did you mean 'languages'?",
        "a language has two small letters (ISO 639-1), such as 'en'; not 'English'",
        "'years' must be \"2018-2023\"",
        "'terms' must be a list of texts",
        "'maybe' must be one of discuss, include, not 'perhaps'",
        "search Web of Science: a name is made of a-z, 0-9 and -",
        "search Web of Science: 'database' is missing",
        "search Web of Science: 'hits' must be a whole number from 0",
        "search Web of Science: 'date' must be a date such as",
        "There is no search 'scopus'. Did you mean scopsu?",
        "search scopsu: 'updates' leads back to 'scopsu'",
        "stage full-text: 'screeners' must be a whole number from 1 to 20, not 0",
        "stage full-text: 'kind' must be one of screening, retrieval, both",
        "stage full-text: 'reason_needed' must be true or false",
        "stage full-text: reason 'topic' is there more than once",
        "stage full-text, reason 3: 'name' is missing",
        "stage 'full-text' is there more than once",
        "stage full-text: 'label' is missing",
    ):
        assert part in said


def test_a_declared_box_that_no_flow_has_is_met_with_near_ones() -> None:
    text = '[[declared]]\nbox = "entered:title"\ncount = 3'
    with pytest.raises(ProblemsFound, match="entered:title-abstract"):
        parse_protocol(text)


def test_a_declared_count_that_is_missing_is_not_taken_for_none() -> None:
    with pytest.raises(ProblemsFound, match="'count' is missing"):
        parse_protocol('[[declared]]\nbox = "included"')


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("question = \nmaybe = 3", "line 1"),
        ("x = " + "[" * 5000, "not valid TOML"),
        ("#" + "x" * 1_000_001, "more than 1,000,000 letters"),
        ("search = 3", r"written as \[\[search\]\]"),
        ('[[stage]]\nname = "a"\nlabel = "A"\nreasons = ["topic"]', "a list of { name"),
        ('question = "a\\u0000b"', "NUL"),
    ],
)
def test_what_is_no_protocol_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        parse_protocol(text)
