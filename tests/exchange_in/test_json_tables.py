"""JSON Lines and arrays of objects."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constellary.errors import InputError
from constellary.exchange.importer import read_files
from constellary.exchange.readers.json_tables import read_json
from constellary.exchange.readers.sniff import Text
from constellary.study.codebook import Codebook
from tests.exchange_in.made import partners_of, refused, told, write

OBJECTS: list[dict[str, object]] = [
    {"id": "a1", "announced": 2021, "purpose": "Cost", "partners": ["Iberia", "Renfe"], "routes": ["x", "y"]},
    {
        "id": 2,
        "announced": "2022-05",
        "partners": [{"firm": "Iberia"}, {"firm": "Qantas"}],
        "sources": [{"url": "https://a.org", "publisher": "A", "published": "2022-05-01"}],
    },
]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(json.dumps(o) for o in OBJECTS),
        json.dumps(OBJECTS),
        "\ufeff" + json.dumps(OBJECTS, indent=1),
    ],
)
def test_objects_are_rows_and_lists_are_lists(text: str, tmp_path: Path, tiny_book: Codebook) -> None:
    reading = read_files([write(tmp_path, "t.csv", text)], tiny_book)
    assert partners_of(reading) == {"2": ["Iberia", "Qantas"], "a1": ["Iberia", "Renfe"]}
    assert reading.batch.alliances is not None
    assert reading.batch.alliances.rows() == [
        ("a1", "2021", "cost", ["x", "y"]),
        ("2", "2022-05", None, None),
    ]
    assert reading.batch.sources is not None
    assert reading.batch.sources.rows() == [("2", "https://a.org", "A", "2022-05-01")]


def test_one_object_over_several_lines_is_one_object(tmp_path: Path, tiny_book: Codebook) -> None:
    reading = read_files([write(tmp_path, "t.json", json.dumps(OBJECTS[0], indent=2))], tiny_book)
    assert partners_of(reading) == {"a1": ["Iberia", "Renfe"]}


def test_each_broken_line_is_a_problem_with_its_number(tmp_path: Path, tiny_book: Codebook) -> None:
    lines = [
        "{broken",
        '{"id": "a1", "purpose": "cost"}',
        "",
        "[1, 2]",
        '{"id": "a2", "purpose": {"x": 1}}',
        '{"id": "a3", "id": "a4"}',
        '{"id": "a5", "purpose": "fun"}',
        '{"id": "a6", "announced": NaN}',
        '{"id": "a7", "routes": ["a;b"]}',
        '{"id": "a8", "routes": ["\\ud800"]}',
        '{"id": "a9", "purpose": "co\\u0000st"}',
    ]
    error = refused([write(tmp_path, "t.jsonl", "\n".join(lines[1:2] + lines))], tiny_book)
    assert [(problem.row, problem.kind) for problem in error.problems] == [
        (2, "json"),
        (5, "json"),
        (6, "json"),
        (7, "json"),
        (8, "unknown-category"),
        (9, "json"),
        (10, "json"),
        (11, "json"),
        (12, "nul"),
    ]
    assert "the name 'id' is given twice" in str(error)


def test_a_deep_nest_is_refused(tmp_path: Path, tiny_book: Codebook) -> None:
    text = '[{"id": ' + "[" * 100_000 + "]" * 100_000 + "}]"
    assert "nested too deeply" in str(refused([write(tmp_path, "t.json", text)], tiny_book))


def test_a_list_of_objects_needs_an_id_beside_it(tmp_path: Path, tiny_book: Codebook) -> None:
    text = '{"name": "x", "announced": 2021, "sources": [{"url": "https://a.org"}]}'
    assert told(refused([write(tmp_path, "t.jsonl", text)], tiny_book))[0].startswith("1  [")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "firm", "url"]), inner)
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=200)
@given(st.lists(anything, max_size=5))
def test_any_values_are_read_or_refused(objects: list[object]) -> None:
    with contextlib.suppress(InputError):
        read_json("t", Text(json.dumps(objects), "UTF-8"))
