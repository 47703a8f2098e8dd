"""Agreement of screeners, against irrCAC 0.4.4, krippendorff 0.9.0 and scikit-learn, run apart on the same verdicts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from constellary.literature.agreement import screeners_agreement
from constellary.literature.protocol import Protocol, Reason, Stage
from constellary.literature.record import Record
from constellary.literature.review import Review, Screening, Verdict
from tests.literature.screened_reviews import same

WORDS: dict[str, Verdict] = {"i": "include", "e": "exclude", "m": "maybe"}
STAGE = Stage("title", "Title", reasons=(Reason("topic", "Topic"), Reason("kind", "Kind")), screeners=2)


def reviewed(*rows: tuple[str, int]) -> Review:
    """Return a review in which ann, bob and cleo said so of as many works; `.`: not decided."""
    said = [letters for letters, count in rows for _ in range(count)]
    screenings = tuple(
        Screening(f"r{at:03d}", "title", who, WORDS[letter], None, WORDS[letter], None)
        for at, letters in enumerate(said)
        for who, letter in zip(("ann", "bob", "cleo"), letters, strict=False)
        if letter != "."
    )
    records = tuple(Record(id=f"r{at:03d}") for at in range(len(said)))
    return Review(protocol=Protocol(stages=(STAGE,)), records=records, screenings=screenings)


TWO = reviewed(("ii", 20), ("ie", 7), ("ei", 3), ("ee", 90))
THREE = reviewed(("ii.", 8), ("i.m", 3), (".ee", 12), ("ei.", 4), ("mm.", 2), ("e.e", 15), ("iii", 2))


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        (
            TWO,
            {
                "cohen": (0.747793, None, None),  # scikit-learn: 0.7477931904161412
                "pabak": (0.833333, 0.732997, 0.933670),  # irrCAC bp
                "ac1": (0.875648, 0.795997, 0.955299),  # irrCAC gwet
                "alpha": (0.748421, None, None),  # krippendorff: 0.748421052631579
            },
        ),
        (
            THREE,
            {
                "pabak": (0.771739, 0.609972, 0.933506),
                "ac1": (0.795653, 0.645059, 0.946247),
                "alpha": (0.715845, None, None),  # krippendorff: 0.7158446093408992
            },
        ),
    ],
    ids=["two screeners", "three with gaps and maybes"],
)
def test_the_coefficients_are_those_of_other_programs(
    review: Review, expected: dict[str, tuple[float, float | None, float | None]]
) -> None:
    row = screeners_agreement(review).stages.row(0, named=True)
    for name, (value, low, high) in expected.items():
        assert row[name] == pytest.approx(value, abs=1e-6)
        if low is not None:
            assert row[f"{name}_low"] == pytest.approx(low, abs=1e-6)
            assert row[f"{name}_high"] == pytest.approx(high, abs=1e-6)


def test_counts_and_the_works_in_dispute_are_told() -> None:
    found = screeners_agreement(TWO)
    row = found.stages.row(0, named=True)
    assert (row["screeners"], row["works"], row["shared"], row["disagreements"]) == (2, 120, 120, 10)
    assert row["percent"] == pytest.approx(110 / 120)
    assert len(row["evidence"]) == 10
    assert (row["both_excluded"], row["same_reason"]) == (90, 90)


def test_three_screeners_have_no_kappa_of_cohen_but_each_pair_has() -> None:
    found = screeners_agreement(THREE)
    assert found.stages["cohen"][0] is None
    assert found.pairs.select("first", "second", "shared").rows() == [
        ("ann", "bob", 16),
        ("ann", "cleo", 20),
        ("bob", "cleo", 14),
    ]


def test_only_the_first_verdict_counts() -> None:
    changed = tuple(one._replace(verdict="include") for one in TWO.screenings)
    after = screeners_agreement(replace(TWO, screenings=changed, memory={}))
    assert after.numbers() == screeners_agreement(TWO).numbers()


def test_a_maybe_counts_as_the_protocol_says() -> None:
    review = reviewed(("im", 3), ("ee", 3))
    assert screeners_agreement(review).stages["disagreements"][0] == 3
    onward = replace(review, protocol=replace(review.protocol, maybe="include"), memory={})
    found = screeners_agreement(onward)
    assert found.stages["disagreements"][0] == 0
    assert any("counts as an inclusion" in one for one in found.remarks)


def test_a_work_that_one_alone_decided_is_told_and_does_not_count() -> None:
    found = screeners_agreement(reviewed(("ii", 4), ("ee", 5), ("i.", 7)))
    assert (found.stages["works"][0], found.stages["shared"][0]) == (16, 9)
    assert any("7 verdicts on works that one screener alone decided" in one for one in found.remarks)


def test_verdicts_on_records_that_were_merged_count_as_of_one_work() -> None:
    review = Review(
        protocol=Protocol(stages=(STAGE,)),
        records=(Record(id="a"), Record(id="b")),
        matches=(same("a", "b"),),
        screenings=(
            Screening("a", "title", "ann", "include", None, "include", None),
            Screening("b", "title", "ann", "exclude", None, "exclude", None),
            Screening("b", "title", "bob", "include", None, "include", None),
        ),
    )
    row = screeners_agreement(review).stages.row(0, named=True)
    assert (row["shared"], row["disagreements"]) == (1, 0)


@pytest.mark.parametrize("review", [Review(), reviewed(("i.", 3)), reviewed(("ii", 5))])
def test_where_there_is_nothing_to_compare_kappa_is_undefined_not_zero(review: Review) -> None:
    found = screeners_agreement(review)
    assert found.stages["cohen"].null_count() == found.stages.height
    assert found.remarks


def test_a_low_kappa_with_high_agreement_is_explained() -> None:
    assert any(
        "kappa is low though" in one
        for one in screeners_agreement(reviewed(("ee", 95), ("ie", 3), ("ei", 2))).remarks
    )


def test_different_reasons_for_the_same_exclusion_are_told() -> None:
    given = (("ann", "topic"), ("bob", "kind"))
    screenings = tuple(Screening("a", "title", who, "exclude", why, "exclude", why) for who, why in given)
    found = screeners_agreement(
        Review(protocol=Protocol(stages=(STAGE,)), records=(Record(id="a"),), screenings=screenings)
    )
    assert (found.stages["both_excluded"][0], found.stages["same_reason"][0]) == (1, 0)
