"""Codes side by side, against a count by hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

import polars as pl

from constellary.coding.compared import SETTLED, agreed, compared
from constellary.coding.pairs import confusion, pairs_of
from constellary.statistics.agreement import agreement
from constellary.study.frames import Frames

NAMES = ("form", "motivation", "focus", "place")


def by_hand(frames: Frames) -> dict[tuple[str, str], dict[str, str | None]]:
    found: dict[tuple[str, str], dict[str, str | None]] = defaultdict(dict)
    for alliance, variable, coder, value, _ in frames.codings.rows():
        if coder != SETTLED:
            found[alliance, variable][coder] = value
    return {cell: given for cell, given in found.items() if len(given) > 1}


def test_disagreements_are_those_that_a_count_by_hand_finds(automotive: Frames) -> None:
    table = compared(automotive, NAMES).filter("differ")
    brute = {cell for cell, given in by_hand(automotive).items() if len(set(given.values())) > 1}
    assert set(table.select("alliance", "variable").rows()) == brute
    assert table.height == len(brute)


def test_values_stand_beside_their_coders(automotive: Frames) -> None:
    brute = by_hand(automotive)
    for row in compared(automotive, NAMES).iter_rows(named=True):
        assert dict(zip(row["coders"], row["values"], strict=True)) == brute[row["alliance"], row["variable"]]


def test_rows_come_by_variable_in_the_order_asked_for(automotive: Frames) -> None:
    table = compared(automotive, ("place", "form"))
    assert table["variable"].unique(maintain_order=True).to_list() == ["place", "form"]


def test_the_order_of_the_codings_does_not_matter(automotive: Frames) -> None:
    mixed = replace(automotive, codings=automotive.codings.sample(fraction=1, shuffle=True, seed=1))
    assert compared(mixed, NAMES).equals(compared(automotive, NAMES))


def test_multiple_choice_in_another_order_is_the_same(automotive: Frames) -> None:
    keys = automotive.alliances["id"].head(2).to_list()
    rows = [
        (keys[0], "technology", "a", "x; y", True),
        (keys[0], "technology", "b", "y;x;;y", True),
        (keys[1], "technology", "a", "x", True),
        (keys[1], "technology", "b", None, None),
    ]
    codings = pl.DataFrame(rows, schema=automotive.codings.schema, orient="row")
    table = compared(replace(automotive, codings=codings), ("technology",))
    assert table["differ"].to_list() == [False, True]
    assert table["values"].to_list() == [["x;y", "x;y"], ["x", None]]


def test_agreed_codes_stand_beside_the_alliances_own(automotive: Frames) -> None:
    table = agreed(automotive, compared(automotive, NAMES))
    brute = {
        cell: next(iter(given.values()))
        for cell, given in by_hand(automotive).items()
        if len(set(given.values())) == 1
    }
    assert {(row["alliance"], row["variable"]): row["value"] for row in table.to_dicts()} == brute
    own = {row["id"]: row for row in automotive.alliances.to_dicts()}
    for row in table.to_dicts():
        assert row["own"] == own[row["alliance"]][row["variable"]]
        assert row["same"] == (row["own"] == row["value"])


def test_a_confusion_counts_every_shared_unit_once_and_agrees_with_the_statistics(automotive: Frames) -> None:
    table = compared(automotive, NAMES)
    assert pairs_of(table) == [("coder_a", "coder_b")]
    told = {row["variable"]: row for row in agreement(automotive, replicates=0).variables.to_dicts()}
    brute = by_hand(automotive)
    for name in NAMES:
        found = confusion(table, automotive.codebook, name, "coder_a", "coder_b")
        assert found.shared == told[name]["shared"]
        assert found.shared - found.same == told[name]["disagreements"]
        counts = Counter(
            (given["coder_a"], given["coder_b"]) for (_, variable), given in brute.items() if variable == name
        )
        assert {cell: len(units) for cell, units in found.units.items()} == dict(counts)
        assert set(found.values) >= {value for cell in counts for value in cell}


def test_without_codings_there_is_nothing_to_compare(automotive: Frames) -> None:
    empty = replace(automotive, codings=automotive.codings.clear())
    table = compared(empty, NAMES)
    assert table.is_empty()
    assert agreed(empty, table).is_empty()
    assert pairs_of(table) == []
