"""The recall test beside its authors' own implementation, and what it is turned into."""

import random

import pytest

from constellary.errors import UsageError
from constellary.literature.recall import recall_estimate, recall_test, run_without


def labels(judged: int, finds: list[int]) -> list[bool]:
    return [place in set(finds) for place in range(judged)]


def judged_by_a_ranker(total: int, relevant: int, judged: int, bias: float, seed: int) -> list[bool]:
    """Draw works one by one, a relevant one `bias` times as likely as another."""
    draw = random.Random(seed)  # noqa: S311 - a simulation
    left, others, found = relevant, total - relevant, []
    for _ in range(judged):
        hit = draw.random() < left * bias / (left * bias + others)
        found.append(hit)
        left, others = left - hit, others - (not hit)
    return found


# buscarpy 0.0.2, calculate_h0(labels, N, recall_target), by the authors of the test.
PUBLISHED = [
    (200, 60, [4, 44], 0.95, 0.9032258064516129),
    (
        1000,
        700,
        [2, 3, 20, 21, 29, 81, 87, 100, 106, 108, 115, 118, 124, 148, 152, 170, 204, 210, 316, 345],
        0.9,
        0.09599976762328702,
    ),
    (500, 450, [4, 47, 48, 74, 80, 95, 110, 122, 177, 179, 204, 239], 0.8, 0.001237881972657106),
    (
        2000,
        1200,
        [6, 16, 26, 45, 48, 57, 59, 62, 66, 67, 82, 110, 160, 196, 218, 245, 276, 443, 495],
        0.99,
        0.5319148936170213,
    ),
    (
        300,
        250,
        [0, 3, 8, 9, 13, 16, 19, 20, 24, 26, 27, 30, 35, 39, 42, 56, 71, 72, 91],
        0.95,
        0.05690263842437755,
    ),
    (300, 200, [184], 0.95, 0.556298773690078),
    (300, 40, [0, 5, 6, 9, 15, 21, 25], 0.5, 0.6536523404830996),
]


@pytest.mark.parametrize(("total", "judged", "finds", "target", "p"), PUBLISHED)
def test_the_p_value_is_that_of_its_authors(
    total: int, judged: int, finds: list[int], target: float, p: float
) -> None:
    assert recall_test(labels(judged, finds), total, target=target) == pytest.approx(p, rel=1e-9)


def test_nothing_is_said_before_anything_was_judged() -> None:
    assert recall_test([], 100) is None
    assert recall_estimate([], 100) is None


def test_who_has_read_everything_has_missed_nothing() -> None:
    assert recall_test(labels(50, [3, 40]), 50) == 0
    found = recall_estimate(labels(50, [3, 40]), 50)
    assert found is not None
    assert (found.left, found.left_most, found.recall, found.recall_least) == (0, 0, 1, 1)


def test_without_a_find_recall_is_undefined_until_something_may_be_left() -> None:
    none_left = recall_estimate([False] * 30, 30)
    assert none_left is not None
    assert (none_left.recall, none_left.recall_least) == (None, None)
    some_left = recall_estimate([False] * 10, 30)
    assert some_left is not None
    assert (some_left.left_most > 0, some_left.recall_least) == (True, 0)


def test_the_longer_one_reads_in_vain_the_less_may_be_left() -> None:
    judged = labels(100, list(range(20)))
    last = 2.0
    for _ in range(5):
        p = recall_test(judged, 500)
        assert p is not None
        assert p < last
        last = p
        judged += [False] * 50


def test_the_limit_is_where_the_test_turns() -> None:
    judged = judged_by_a_ranker(1000, 50, 500, 10, 4)
    found = recall_estimate(judged, 1000)
    assert found is not None

    def p(left: int) -> float:  # the recall below which just so many are missed
        value = recall_test(judged, 1000, target=found.found / (found.found + left - 0.5))
        assert value is not None
        return value

    assert p(found.left_most) >= 0.05 > p(found.left_most + 1)
    assert p(found.left + 1) < 0.5


def test_with_a_ranker_that_knows_something_the_limit_holds_as_often_as_it_says() -> None:
    held = 0
    for seed in range(60):
        judged = judged_by_a_ranker(600, 40, 300, 5, seed)
        found = recall_estimate(judged, 600)
        assert found is not None
        held += found.left_most >= 40 - found.found
    assert held >= 57  # 95% of 60


def test_works_in_a_row_are_counted_from_the_last() -> None:
    assert run_without([]) == 0
    assert run_without([True]) == 0
    assert run_without([True, False, False]) == 2
    assert run_without([False, False]) == 2


def test_impossible_questions_are_refused() -> None:
    with pytest.raises(UsageError, match="only 1"):
        recall_test([True, False], 1)
    with pytest.raises(UsageError, match="recall to aim at"):
        recall_test([True], 2, target=0)
    with pytest.raises(UsageError, match="confidence level"):
        recall_estimate([True], 2, level=1)
