"""Published values beside this study's: intervals from print, verdicts by hand, faults all at once."""

from __future__ import annotations

import pytest

from constellary.data import automotive_folder
from constellary.errors import InputError, ProblemsFound
from constellary.report.against import compare, difference_interval, resolve
from constellary.report.published import parse_published

HEAD = 'title = "Doe (2020)"\nreference = "Doe, J. (2020)."\n'


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # Newcombe (1998), Statistics in Medicine 17:873-890, Table II, method 10.
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((0, 10), (0, 10), (-0.2775, 0.2775)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_differences_of_shares_have_newcombes_intervals(
    first: tuple[int, int], second: tuple[int, int], expected: tuple[float, float]
) -> None:
    assert difference_interval(*first, *second) == pytest.approx(expected, abs=5e-5)


def value(**fields: object) -> str:
    lines = [f"{key} = {text!r}".replace("'", '"').replace("True", "true") for key, text in fields.items()]
    return "\n".join(["[[value]]", *lines, ""])


RESULTS = {
    "frequency": {
        "form": {
            "n": 787,
            "categories": {"formal": {"count": 330, "share": 330 / 787}, "near": {"count": 333}},
        }
    },
    "mean": {"value": 3.6, "low": 3.1, "high": 4.2},
    "largest": 8,
}


def verdicts(*values: str) -> list[str]:
    published = parse_published(HEAD + "".join(values))
    return [item.verdict for item in compare(published, RESULTS)]


def test_a_share_far_from_the_printed_one_is_beyond_sampling_error() -> None:
    ours = {"ours": "/frequency/form/categories/formal", "of": "/frequency/form/n"}
    assert verdicts(value(id="a", quantity="formal", printed="70", kind="percent", n=309, **ours)) == [
        "beyond"
    ]
    assert verdicts(value(id="a", quantity="formal", printed="43", kind="percent", n=309, **ours)) == [
        "within"
    ]


def test_rounding_of_the_printed_value_is_allowed_for() -> None:
    # Wilson's upper limit of 333 of 787 is .4579: told apart from .46 itself, not from what rounds to it.
    ours = {"ours": "/frequency/form/categories/near", "of": "/frequency/form/n"}
    published = value(id="a", quantity="formal", printed="46", kind="percent", n=10_000_000, **ours)
    item = compare(parse_published(HEAD + published), RESULTS)[0]
    assert item.high is not None
    assert item.high < 0 < item.high + item.value.half_unit
    assert item.verdict == "within"


def test_a_count_of_a_known_total_is_compared_as_a_share() -> None:
    ours = {"ours": "/frequency/form/categories/formal", "of": "/frequency/form/n"}
    item = compare(
        parse_published(HEAD + value(id="a", quantity="x", printed="30", kind="count", n=309, **ours)),
        RESULTS,
    )[0]
    assert (item.printed, item.n) == (30 / 309, 787)


def test_a_mean_is_held_against_this_studys_interval_alone() -> None:
    assert verdicts(value(id="a", quantity="mean", printed="2.74", kind="mean", ours="/mean")) == ["beyond"]
    assert verdicts(value(id="a", quantity="mean", printed="3.2", kind="mean", ours="/mean")) == ["within"]


def test_counts_without_a_total_and_shares_without_n_are_not_tested() -> None:
    ours = {"ours": "/frequency/form/categories/formal", "of": "/frequency/form/n"}
    assert verdicts(
        value(id="a", quantity="largest", printed="8", kind="count", ours="/largest"),
        value(id="b", quantity="formal", printed="70", kind="percent", **ours),
    ) == ["untested", "untested"]


def test_what_this_study_does_not_have_is_left_out() -> None:
    assert verdicts(value(id="a", quantity="x", printed="8", kind="count", ours="/nothing/there")) == []


def test_a_pointer_follows_rfc_6901() -> None:
    document = {"a/b": {"m~n": [10, 20]}, "": 0}
    assert resolve(document, "/a~1b/m~0n/1") == 20
    assert resolve(document, "/a~1b/m~0n/9") is None
    assert resolve(document, "/absent") is None
    assert resolve(document, "") == document


def test_printed_digits_say_how_far_rounding_may_reach() -> None:
    text = (
        HEAD
        + value(id="a", quantity="x", printed="30", kind="percent")
        + value(id="b", quantity="x", printed="30.0", kind="percent")
    )
    assert [item.half_unit for item in parse_published(text).values] == pytest.approx([0.005, 0.0005])


def test_every_fault_is_named_at_once() -> None:
    text = """
    title = "Doe"
    [[value]]
    id = "a"
    quantity = "x"
    printed = 30
    kind = "percent"
    [[value]]
    id = "b"
    quantity = "x"
    printed = "many"
    kind = "count"
    ours = "frequency"
    colour = "blue"
    [[value]]
    printed = "3"
    kind = "number"
    """
    with pytest.raises(ProblemsFound) as caught:
        parse_published(text)
    for part in (
        "must be in quotes",
        "'many' is no number",
        "JSON pointer",
        "'colour' is not known",
        "'kind' must be one of",
        "'quantity' is missing",
        "'reference' is missing",
    ):
        assert part in str(caught.value)


def test_a_file_that_is_no_toml_is_refused() -> None:
    with pytest.raises(InputError, match="not valid TOML"):
        parse_published("= 3")


def test_the_published_values_that_ship_can_be_read() -> None:
    published = parse_published((automotive_folder() / "published.toml").read_text(encoding="utf-8"))
    assert len(published.values) == 89
    assert sum(bool(item.ours) for item in published.values) >= 65


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("value = 3", "list of tables"),
        ("value = [1, 2]", "list of tables"),
        (value(id="a", quantity="x", printed="nan", kind="percent"), "no number that can be printed"),
        (value(id="a", quantity="x", printed="140", kind="percent"), "at most 100"),
        (value(id="a", quantity="x", printed="-3", kind="count"), "no number that can be printed"),
        (value(id="a", quantity="x", printed="40", kind="count", n=30), "more than the 30"),
        (value(id="a", quantity="x", printed="4", kind="count", n=True), "whole number of units"),
    ],
)
def test_values_that_nobody_can_have_printed_are_refused(text: str, said: str) -> None:
    with pytest.raises(ProblemsFound, match=said):
        parse_published(HEAD + text)
