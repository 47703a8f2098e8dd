"""Records as items of CSL JSON, and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from constellary.exchange.bibliography.csl import from_csl, to_csl
from constellary.literature.record import Name, Record
from tests.bibliography.records import any_records


@given(any_records)
def test_every_field_of_a_record_comes_back(record: Record) -> None:
    assert from_csl(json.loads(json.dumps(to_csl(record)))) == record


def test_what_csl_can_say_is_said_in_csl_alone() -> None:
    record = Record(
        title="Alliances",
        authors=(Name("Vallejo", "Bertha"), Name("OECD")),
        year=2020,
        date="2020-05-17",
        keywords=("trust", "learning"),
        doi="10.1/x",
        notes=("Read twice.",),
    )
    item = to_csl(record)
    assert "custom" not in item
    assert item["author"] == [{"family": "Vallejo", "given": "Bertha"}, {"literal": "OECD"}]
    assert item["issued"] == {"date-parts": [[2020, 5, 17]]}


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ({"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}, Name("van Gogh", "Vincent")),
        (
            {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"},
            Name("Humboldt", "Alexander von"),
        ),
        ({"family": "King", "given": "Martin Luther", "suffix": "Jr."}, Name("King", "Martin Luther, Jr.")),
        ({"name": "OECD"}, Name("OECD")),
        ({"given": "Plato"}, Name("Plato")),
    ],
)
def test_the_parts_of_a_name_are_joined(person: dict[str, str], name: Name) -> None:
    assert from_csl({"author": [person]}).authors == (name,)


@pytest.mark.parametrize(
    "item", [{"author": "x", "issued": [1]}, {"title": {"a": 1}, "author": [3, None]}, {}]
)
def test_what_is_of_an_unexpected_kind_is_left_out(item: dict[str, object]) -> None:
    assert from_csl(item) == Record(type="document")


def test_a_date_that_the_calendar_does_not_have_is_its_year() -> None:
    assert from_csl({"issued": {"date-parts": [[2020, 13, 1]]}})[2] == 2020
