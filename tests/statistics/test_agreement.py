"""Coding agreement of a study: the small one by hand, the open data by another way of counting."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from constellary.errors import InputError, UnknownName, UsageError
from constellary.statistics.agreement import Agreement, agreement
from constellary.study.frames import Frames

Coding = tuple[str, str, str, str | None]


def _coded(frames: Frames, codings: Sequence[Coding]) -> Frames:
    table = pl.DataFrame([(*coding, True) for coding in codings], schema=frames.codings.schema, orient="row")
    return replace(frames, codings=table)


def _row(result: Agreement, variable: str) -> dict[str, object]:
    return result.variables.row(by_predicate=pl.col("variable") == variable, named=True)


def _both(variable: str, pairs: Mapping[str, tuple[str | None, str | None]]) -> list[Coding]:
    return [
        (unit, variable, coder, value)
        for unit, given in pairs.items()
        for coder, value in zip(("first", "second"), given, strict=True)
    ]


def test_two_coders_of_four_units_by_hand(tiny: Frames) -> None:
    """Network 1/2 and 1/4, cost 1/4 and 1/2, loyalty 1/4 each: kappa = (.75 - .3125) / .6875."""
    row = _row(agreement(tiny), "purpose")
    assert (row["coders"], row["units"], row["shared"]) == (2, 4, 4)
    assert row["percent"] == 0.75
    assert row["cohen"] == pytest.approx((0.75 - 0.3125) / (1 - 0.3125))
    # pooled: network 3/8, cost 3/8, loyalty 2/8
    assert row["fleiss"] == pytest.approx((0.75 - 22 / 64) / (1 - 22 / 64))
    assert row["ac1"] == pytest.approx((0.75 - 21 / 64) / (1 - 21 / 64))
    # alpha: observed 2 / 8, expected (64 - 22) / (8 x 7)
    assert row["alpha"] == pytest.approx(1 - (2 / 8) / (42 / 56))
    assert row["disagreements"] == 1
    assert row["evidence"] == ["a2"]


def test_disagreements_and_confusions_are_listed_with_each_coder(tiny: Frames) -> None:
    settled = [("a2", "purpose", "adjudicated", "loyalty"), ("a1", "purpose", "adjudicated", "network")]
    frames = replace(
        tiny,
        codings=pl.concat([tiny.codings, _coded(tiny, settled).codings]),
    )
    result = agreement(frames)
    assert result.coders == ("first", "second")
    assert result.disagreements.to_dicts() == [
        {
            "alliance": "a2",
            "variable": "purpose",
            "first": "network",
            "second": "cost",
            "adjudicated": "loyalty",
        }
    ]
    assert result.confusions.rows() == [("purpose", "network", "cost", 1, ["a2"])]
    row = _row(result, "purpose")
    assert (row["settled"], row["changed"], row["changed_evidence"]) == (2, 1, ["a2"])
    assert any("changed counts" in remark for remark in result.remarks)


def test_a_coding_as_missing_is_a_code_of_its_own(tiny: Frames) -> None:
    frames = _coded(
        tiny, _both("purpose", {"a1": (None, None), "a2": ("cost", None), "a3": ("cost", "cost")})
    )
    result = agreement(frames)
    row = _row(result, "purpose")
    assert row["percent"] == pytest.approx(2 / 3)
    assert result.disagreements.row(0) == ("a2", "purpose", "cost", "(missing)", None)
    assert any("code of its own" in remark for remark in result.remarks)


def test_codings_as_missing_can_be_left_out_and_are_counted(tiny: Frames) -> None:
    frames = _coded(
        tiny, _both("purpose", {"a1": (None, None), "a2": ("cost", None), "a3": ("cost", "cost")})
    )
    result = agreement(frames, missing_is_category=False)
    row = _row(result, "purpose")
    assert (row["units"], row["shared"], row["left_out"], row["percent"]) == (2, 1, 3, 1.0)
    assert any("3 codings without a value are left out. That flatters" in remark for remark in result.remarks)


def test_units_that_one_coder_left_uncoded_are_counted_and_said(tiny: Frames) -> None:
    codings: list[Coding] = [
        *_both("purpose", {"a1": ("cost", "cost"), "a2": ("network", "cost")}),
        ("a3", "purpose", "first", "cost"),
    ]
    result = agreement(_coded(tiny, codings))
    row = _row(result, "purpose")
    assert (row["units"], row["shared"], row["percent"]) == (3, 2, 0.5)
    assert any("not compared: Purpose" in remark for remark in result.remarks)


def test_one_category_only_leaves_alpha_undefined_and_says_so(tiny: Frames) -> None:
    result = agreement(_coded(tiny, _both("purpose", {"a1": ("cost", "cost"), "a2": ("cost", "cost")})))
    row = _row(result, "purpose")
    assert (row["percent"], row["alpha"], row["alpha_low"], row["cohen"]) == (1.0, None, None, None)
    assert row["ac1"] == 1.0  # three categories were possible
    assert any("undefined" in remark and "Purpose" in remark for remark in result.remarks)


def test_multiple_choice_is_compared_as_sets(tiny: Frames) -> None:
    """Order and spaces of tags do not matter; alpha has MASI distances.

    a1 agrees, a2 nested (J = 1/2, M = 2/3, distance 2/3), a4 disjoint. Observed: 2 (0 + 2/3 + 1) / 6.
    """
    pairs = {"a1": ("x; y", "y;x;y;"), "a2": ("x", "x;y"), "a4": ("z", "x")}
    row = _row(agreement(_coded(tiny, _both("routes", pairs))), "routes")
    # codings: {x,y} 3, {x} 2, {z} 1: expected 2 (3x2x2/3 + 3x1x1 + 2x1x1) / 30
    assert row["alpha"] == pytest.approx(1 - (2 * (2 / 3 + 1) / 6) / (2 * (4 + 3 + 2) / 30))
    assert row["percent"] == pytest.approx(1 / 3)
    assert (row["cohen"], row["fleiss"], row["ac1"]) == (None, None, None)
    assert row["evidence"] == ["a2", "a4"]


def test_three_coders_have_no_cohen(tiny: Frames) -> None:
    third = [("a1", "purpose", "third", "network"), ("a2", "purpose", "third", "cost")]
    frames = replace(tiny, codings=pl.concat([tiny.codings, _coded(tiny, third).codings]))
    row = _row(agreement(frames), "purpose")
    assert (row["coders"], row["cohen"]) == (3, None)
    assert row["alpha"] is not None
    assert _row(agreement(frames, coders=["third", "second"]), "purpose")["cohen"] == 1.0


def test_variables_that_the_codebook_does_not_know_come_last(tiny: Frames) -> None:
    codings = [*_both("zeal", {"a1": ("1", "1")}), *_both("depth", {"a1": ("equity", "equity")})]
    assert agreement(_coded(tiny, codings)).variables["label"].to_list() == ["Depth", "zeal"]


def test_only_the_alliances_of_the_selection_count(tiny: Frames) -> None:
    part = replace(tiny, alliances=tiny.alliances.filter(pl.col("id") != "a2"), selection="without a2")
    result = agreement(part)
    assert _row(result, "purpose")["units"] == 3
    assert "Selection: without a2." in result.remarks


def test_a_coder_called_like_a_column_keeps_apart(tiny: Frames) -> None:
    codings: list[Coding] = [("a1", "purpose", "alliance", "cost"), ("a1", "purpose", "b", "network")]
    columns = agreement(_coded(tiny, codings)).disagreements.columns
    assert columns == ["alliance", "variable", "coder alliance", "b", "adjudicated"]


def test_nothing_coded_gives_empty_tables_and_a_sentence(tiny: Frames) -> None:
    for codings in ([], [("a1", "purpose", "first", "cost")]):
        result = agreement(_coded(tiny, codings))
        assert result.disagreements.height == 0
        assert result.remarks[0].startswith("Fewer than two coders")
        json.dumps(result.numbers(), allow_nan=False)
        assert isinstance(str(result), str)


def test_mistakes_are_refused(tiny: Frames) -> None:
    with pytest.raises(UnknownName, match="first"):
        agreement(tiny, coders=["frist"])
    with pytest.raises(UsageError, match="0 or more"):
        agreement(tiny, replicates=-1)
    twice: list[Coding] = [("a1", "purpose", "first", "cost"), ("a1", "purpose", "first", "network")]
    with pytest.raises(InputError, match="'first' coded 'purpose' of 'a1' 2 times"):
        agreement(_coded(tiny, twice))


def test_order_of_codings_does_not_matter_and_the_bootstrap_repeats(automotive: Frames) -> None:
    shuffled = replace(automotive, codings=automotive.codings.sample(fraction=1, shuffle=True, seed=1))
    result, other = agreement(automotive), agreement(shuffled)
    assert result.numbers() == other.numbers()
    assert result.variables.equals(other.variables)
    assert result.confusions.equals(other.confusions)
    assert agreement(automotive, seed=1).numbers() != result.numbers()


def test_without_a_bootstrap_the_analytic_intervals_are_shown(tiny: Frames) -> None:
    result = agreement(tiny, replicates=0)
    row, analytic = _row(result, "purpose"), result.coefficients.filter(pl.col("coefficient") == "ac1")
    assert (row["ac1_low"], row["ac1_high"]) == (analytic["low"][0], analytic["high"][0])
    assert analytic["boot_low"][0] is None


def test_the_open_data_are_counted_as_python_counts_them(automotive: Frames) -> None:
    """Another way to count: dictionaries and numpy, 74 alliances with a difference."""
    result = agreement(automotive)
    given: dict[tuple[str, str], dict[str, str | None]] = {}
    for alliance, variable, coder, value, _ in automotive.codings.iter_rows():
        given.setdefault((alliance, variable), {})[coder] = value
    for variable in ("form", "motivation", "focus", "place"):
        own = {unit: codes for (unit, name), codes in given.items() if name == variable}
        differ = sorted(unit for unit, codes in own.items() if codes["coder_a"] != codes["coder_b"])
        row = _row(result, variable)
        assert row["evidence"] == differ
        assert row["percent"] == pytest.approx(1 - len(differ) / 787)
        table = np.array([[codes["coder_a"] or "", codes["coder_b"] or ""] for codes in own.values()])
        both = [np.array([(side == value).mean() for value in np.unique(table)]) for side in table.T]
        chance = float(both[0] @ both[1])
        assert row["cohen"] == pytest.approx((1 - len(differ) / 787 - chance) / (1 - chance))
        changed = [u for u, c in own.items() if c["adjudicated"] not in {c["coder_a"], c["coder_b"]}]
        assert row["changed_evidence"] == sorted(changed)
    assert result.disagreements["alliance"].n_unique() == 74


def test_the_open_data_take_less_than_half_a_second(automotive: Frames) -> None:
    agreement(automotive, replicates=1)
    start = time.process_time()
    agreement(automotive, replicates=1000)
    assert time.process_time() - start < 0.5


def test_results_are_plain_numbers_and_show_themselves(automotive: Frames) -> None:
    result = agreement(automotive)
    numbers = json.loads(json.dumps(result.numbers(), allow_nan=False))
    place = numbers["variables"]["place"]
    assert place["disagreements"] == 34
    alpha = place["coefficients"]["alpha"]
    assert alpha["boot_low"] < alpha["value"] < alpha["boot_high"]
    assert abs(alpha["boot_low"] - alpha["low"]) < 0.01  # two ways to the same interval
    assert list(result.tables()) == ["agreement", "coefficients", "confusions", "disagreements"]
    assert "evidence" not in result.tables()["agreement"].columns
    assert "Motivation" in result._repr_html_()
