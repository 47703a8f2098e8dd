"""Derived columns, checked by hand on the small study and against counts made by awk on the open data."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from constellary.study.derive import build_frames
from constellary.study.frames import Frames


def test_groupings_of_the_small_study(tiny: Frames) -> None:
    assert tiny.alliances.select("id", "year", "size", "binding", "mix").rows() == [
        ("a1", 2019, 2, "loose", "air"),
        ("a2", 2020, 3, "tight", "air"),
        ("a3", 2020, 2, "loose", "air_rail"),
        ("a4", 2021, 2, "loose", "air_rail"),
        ("a5", 2022, 2, "tight", None),  # a partner of unknown kind: the mix is not known
        ("a6", None, 2, "loose", "air"),
    ]


def test_a_firm_that_is_only_named_as_partner_is_there(tiny: Frames) -> None:
    assert tiny.firms.filter(pl.col("firm") == "Mystery").rows() == [("Mystery", None, None, None, None)]
    assert "IAG" not in tiny.signing["firm"]


def test_the_open_data_have_the_counts_of_their_description(automotive: Frames) -> None:
    # 787 alliances, 527 signing firms, 3,493 sources: the codebook's own words.
    assert (automotive.alliances.height, automotive.signing.height, automotive.sources.height) == (
        787,
        527,
        3493,
    )
    assert automotive.alliances["size"].min() == 2
    assert automotive.alliances["size"].max() == 8


def test_industries_add_up(automotive: Frames) -> None:
    assert automotive.alliances["industries"].null_count() == 0
    types = dict(automotive.firms.select("firm", "type").iter_rows())
    seen = automotive.partners.group_by("alliance").agg(pl.col("firm"))
    by_hand = sum(1 for _, firms in seen.iter_rows() if {types[firm] for firm in firms} <= {"OEM", "OES"})
    assert automotive.alliances.filter(pl.col("industries") == "automobile_automobile").height == by_hand


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_rows_does_not_matter(tiny: Frames, seed: int) -> None:
    shuffled = build_frames(
        tiny.codebook,
        alliances=tiny.alliances.sample(fraction=1, shuffle=True, seed=seed),
        partners=tiny.partners.sample(fraction=1, shuffle=True, seed=seed),
        firms=tiny.firms.sample(fraction=1, shuffle=True, seed=seed),
        sources=tiny.sources,
        codings=tiny.codings.sample(fraction=1, shuffle=True, seed=seed),
    )
    assert shuffled.alliances.equals(tiny.alliances)
    assert shuffled.partners.equals(tiny.partners)
    assert shuffled.firms.equals(tiny.firms)
    assert shuffled.codings.equals(tiny.codings)
