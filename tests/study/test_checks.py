"""Checks, checked by hand on the small study and on made-up faults."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest

from constellary.study.checks import run_checks
from constellary.study.codebook import Codebook
from constellary.study.derive import build_frames
from constellary.study.duplicates import likely_duplicate_alliances, likely_duplicate_firms
from constellary.study.frames import Frames


def faulty(book: Codebook) -> Frames:
    members = [
        ("one", "Iberia"),
        ("own", "Iberia"),
        ("own", "IAG"),
        ("late", "Iberia"),
        ("late", "Qantas"),
        ("twin-1", "Finnair"),
        ("twin-1", "Qantas"),
        ("twin-2", "Qantas"),
        ("twin-2", "Finnair"),
        ("apart", "Qantas"),
        ("apart", "Finnair"),
    ]
    return build_frames(
        book,
        alliances=pl.DataFrame(
            {
                "id": ["one", "own", "late", "twin-1", "twin-2", "apart"],
                "announced": ["2020", "2020", "2023-01", "2021-05-30", "2021-06", "2022-01"],
                "purpose": ["network", "profit", None, None, None, None],
            }
        ),
        partners=pl.DataFrame(
            [(a, f, i) for i, (a, f) in enumerate(members)],
            schema=["alliance", "firm", "position"],
            orient="row",
        ),
        firms=pl.DataFrame(
            {
                "firm": ["Iberia", "IAG", "Qantas", "Finnair", "Finnair Oyj", "Qantás"],
                "parent": ["IAG", "Nobody", None, None, None, None],
                "aliases": [
                    ["Iberia Líneas"],
                    None,
                    ["Qantas Airways"],
                    None,
                    ["Finnair Group"],
                    ["Qantas Airways"],
                ],
                "kind": ["flag", None, "flag", "flag", "flag", "flag"],
            }
        ),
        sources=pl.DataFrame(
            {
                "alliance": ["one", "own", "late", "twin-1", "twin-2"],
                "url": ["https://example.org/"] * 5,
                "publisher": [None, "A", "A", "A", "A"],
                "published": [None] * 5,
            }
        ),
    )


def test_every_kind_of_fault_is_found(tiny_book: Codebook) -> None:
    found = Counter(finding.check for finding in run_checks(faulty(tiny_book)))
    assert found == {
        "too-few-partners": 1,
        "firm-without-type": 1,
        "unknown-value": 1,
        "allied-with-own-parent": 1,
        "date-out-of-range": 1,
        "no-source": 1,
        "source-without-publisher": 1,
        "unknown-parent": 1,
        "likely-duplicate-alliances": 1,
        "likely-duplicate-firms": 2,
    }


def test_each_finding_names_what_it_is_about(tiny_book: Codebook) -> None:
    by_check = {finding.check: finding for finding in run_checks(faulty(tiny_book))}
    assert by_check["too-few-partners"].alliances == ("one",)
    assert by_check["firm-without-type"].firms == ("IAG",)
    assert by_check["allied-with-own-parent"].firms == ("Iberia", "IAG")
    assert by_check["date-out-of-range"].alliances == ("late",)


def test_same_partners_at_about_the_same_time_may_be_one_alliance(tiny_book: Codebook) -> None:
    pairs = [pair[:2] for pair in likely_duplicate_alliances(faulty(tiny_book))]
    assert pairs == [("twin-1", "twin-2")]


def test_firms_that_differ_by_legal_form_or_accent_may_be_one(tiny_book: Codebook) -> None:
    pairs = [pair[:2] for pair in likely_duplicate_firms(faulty(tiny_book))]
    assert pairs == [("Finnair", "Finnair Oyj"), ("Qantas", "Qantás")]


@pytest.mark.parametrize(
    ("first", "second"), [("24M", "42M"), ("Nio", "Nia"), ("Ford", "Fords"), ("Model 1234", "Model 1235")]
)
def test_short_names_and_other_numbers_are_not_taken_for_one(
    tiny_book: Codebook, first: str, second: str
) -> None:
    frames = build_frames(
        tiny_book,
        alliances=pl.DataFrame({"id": []}, schema={"id": pl.String}),
        partners=pl.DataFrame(schema={"alliance": pl.String, "firm": pl.String, "position": pl.Int32}),
        firms=pl.DataFrame({"firm": [first, second]}),
    )
    assert likely_duplicate_firms(frames) == []


def test_the_open_data_have_no_error(automotive: Frames) -> None:
    assert [finding for finding in run_checks(automotive) if finding.weight == "error"] == []
