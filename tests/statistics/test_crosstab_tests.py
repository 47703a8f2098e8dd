"""Tests of tables, against R (chisq.test, vcd, fisher.test, pairwise.prop.test), SPSS rules and textbooks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import constellary.statistics.montecarlo as module
from constellary.errors import UsageError
from constellary.statistics.association import corrected_cramers_v, cramers_v_interval
from constellary.statistics.crosstab_tests import contingency_tests, untestable
from constellary.statistics.letters import column_comparisons, column_letters
from constellary.statistics.montecarlo import monte_carlo
from constellary.statistics.residuals import adjusted_residuals, bonferroni, expected_counts, holm, two_sided

# Carrillo, Vallejo and Gomis (2024), Table 2: motivation x focus, counts from the printed percentages.
TABLE_2 = np.array([[68, 9, 17], [73, 9, 9], [33, 0, 4], [46, 23, 18]])
# R: margin.table(HairEyeColor, c(1, 2)).
HAIR_EYE = np.array([[68, 20, 15, 5], [119, 84, 54, 29], [26, 17, 14, 14], [7, 94, 10, 16]])
# Agresti (2002), job satisfaction by income, in the help of R's fisher.test.
JOB = np.array([[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]])


@pytest.mark.parametrize(
    ("table", "df", "expected"),
    [
        (TABLE_2, 6, (29.1512770702, 5.69546020630e-05, 32.0892816019, 1.56869700709e-05)),
        (HAIR_EYE, 9, (138.289841626, 2.32528678710e-25, 146.443578465, None)),
    ],
)
def test_chi_square_and_likelihood_ratio_equal_r(
    table: np.ndarray, df: int, expected: tuple[float, float, float, float | None]
) -> None:
    """R 4.2.2: chisq.test(x, correct = FALSE); vcd::assocstats(x). PSPP: 29.15 and 32.09 (Table 2)."""
    chi2, p, ratio, ratio_p = expected
    tests = contingency_tests(table, draws=10)
    assert tests is not None
    assert tests.chi2 == pytest.approx(chi2, abs=5e-10)
    assert tests.df == df
    assert tests.p == pytest.approx(p, rel=1e-11)
    assert tests.likelihood_ratio == pytest.approx(ratio, abs=5e-10)
    if ratio_p is not None:
        assert tests.likelihood_ratio_p == pytest.approx(ratio_p, rel=1e-11)


@pytest.mark.parametrize(
    ("table", "v", "interval", "adjusted"),
    [
        (TABLE_2, 0.217187364380, (0.112820161781, 0.279573234448), (0.149790275947, 0.296428627639)),
        (HAIR_EYE, 0.279044623343, (0.223527016369, 0.317988102938), (0.234588777682, 0.325858866961)),
    ],
)
def test_cramers_v_and_its_interval_equal_r(
    table: np.ndarray, v: float, interval: tuple[float, float], adjusted: tuple[float, float]
) -> None:
    """vcd::assocstats(x)$cramer; DescTools' "ncchisq" and "ncchisqadj": pchisq(chi2, df, ncp)."""
    tests = contingency_tests(table, draws=10)
    assert tests is not None
    assert tests.cramers_v == pytest.approx(v, abs=1e-12)
    assert (tests.low, tests.high) == pytest.approx(interval, abs=1e-9)
    assert cramers_v_interval(tests.chi2, tests.n, *table.shape, adjusted=True) == pytest.approx(
        adjusted, abs=1e-9
    )


def test_bias_corrected_v_of_table_2() -> None:
    """Bergsma (2013) by hand: phi2 = 29.1513 / 309 - 6 / 308 = .07486; min = 3 - 4 / 308; .1941."""
    assert corrected_cramers_v(29.1512770702, 309, 4, 3) == pytest.approx(0.1941, abs=5e-5)
    assert corrected_cramers_v(0.1, 309, 4, 3) == 0
    assert corrected_cramers_v(1.0, 1, 2, 2) is None


def test_v_interval_starts_at_zero_without_association_and_ends_at_one() -> None:
    assert cramers_v_interval(0.0, 100, 3, 3) == (0.0, 0.0)
    low, high = cramers_v_interval(3.0, 100, 3, 3)
    assert low == 0
    assert 0.17 < high < 0.31
    assert cramers_v_interval(60.0, 30, 3, 3)[1] == 1.0


def test_v_interval_works_at_a_chi_square_of_millions() -> None:
    low, high = cramers_v_interval(1e6, 10**7, 4, 3)
    assert low < np.sqrt(1e6 / 2e7) < high
    assert high - low < 1e-3


def test_adjusted_residuals_equal_stdres_of_r_though_a_cell_is_zero() -> None:
    """R: chisq.test(TABLE_2)$stdres. With 0.5 added to every cell the first would be .3224."""
    expected = [
        [0.293378188691, -1.26571661047, 0.818603163367],
        [2.262790882894, -1.13108326463, -1.769564312591],
        [2.575857737495, -2.53583026650, -0.845369963701],
        [-4.452779503961, 4.27156542748, 1.566265868686],
    ]
    assert adjusted_residuals(TABLE_2) == pytest.approx(np.array(expected), abs=5e-12)


def test_holm_p_of_residuals_equals_p_adjust_of_r() -> None:
    """R: p.adjust(2 * pnorm(-abs(stdres)), "holm")."""
    expected = [
        [1.0, 1.0, 1.0],
        [0.189188665583920, 1.0, 0.537598238107],
        [0.099991777349973, 0.100962982829403, 1.0],
        [0.000101718948008, 0.000213516115038, 0.703718327489],
    ]
    p = holm(two_sided(adjusted_residuals(TABLE_2)))
    assert p == pytest.approx(np.array(expected), abs=1e-12)
    smallest = holm(two_sided(adjusted_residuals(HAIR_EYE)))[3, 1]
    assert smallest == pytest.approx(3.38205389441e-22, rel=1e-11)


def test_residuals_where_a_total_fixes_the_cell_are_undefined() -> None:
    assert np.isnan(adjusted_residuals([[3, 4], [0, 0]])).all()
    assert np.isnan(expected_counts([[0, 0]])).all()


def test_adjustments_leave_out_what_is_unknown() -> None:
    assert holm([0.01, np.nan, 0.04])[[0, 2]].tolist() == [0.02, 0.04]
    assert bonferroni([0.01, np.nan, 0.04])[[0, 2]].tolist() == [0.02, 0.08]


def test_monte_carlo_intervals_hold_the_exact_p_of_r() -> None:
    """R: fisher.test(TABLE_2)$p.value 5.14208e-05; fisher.test(Job)$p.value .782684938966."""
    _, fisher = monte_carlo(TABLE_2, draws=200_000)
    assert fisher.low < 5.14208279922e-05 < fisher.high
    _, fisher = monte_carlo(JOB, draws=100_000)
    assert fisher.low < 0.782684938966 < fisher.high
    assert fisher.high - fisher.low < 0.007


def test_monte_carlo_of_a_small_table_equals_its_enumeration() -> None:
    """Fisher's tea (Agresti 2002, p. 92): [[3, 1], [1, 3]], two-sided p = 34 / 70 by both criteria."""
    pearson, fisher = monte_carlo([[3, 1], [1, 3]], draws=100_000)
    assert pearson.low < 34 / 70 < pearson.high
    assert pearson == fisher


def test_monte_carlo_repeats_whatever_the_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = monte_carlo(TABLE_2, draws=3000, seed=7)
    monkeypatch.setattr(module, "CHUNK_CELLS", 100)
    assert monte_carlo(TABLE_2, draws=3000, seed=7) == whole
    assert monte_carlo(JOB, draws=3000, seed=8) != monte_carlo(JOB, draws=3000, seed=7)


def test_column_comparisons_equal_pairwise_prop_test_of_r() -> None:
    """R: pairwise.prop.test(TABLE_2[, 1], rowSums(TABLE_2), "bonferroni", correct = FALSE), and "holm"."""
    p = column_comparisons(TABLE_2.T)[0]
    expected = [1.0, 0.2329254851976, 0.0403701680452, 1.0, 0.000641710843565, 0.000714258017374]
    assert p[np.triu_indices(4, 1)] == pytest.approx(expected, abs=1e-13)
    p = column_comparisons(TABLE_2.T, "holm")[0]
    expected = [0.4164805775161, 0.1164627425988, 0.0269134453635, 0.416480577516090]
    assert p[np.triu_indices(4, 1)][:4] == pytest.approx(expected, abs=1e-12)


def test_columns_with_a_share_of_zero_or_one_are_not_compared() -> None:
    """As SPSS: the third column has no case in the second row; the other three make 3 comparisons."""
    p = column_comparisons(TABLE_2.T)[1]
    assert np.isnan(p[2]).all()
    assert p[0, 3] == pytest.approx(3 * 0.00296770787756, abs=1e-12)
    assert column_letters(TABLE_2.T) == [["D", "D", "D", ""], ["", "", "", "A B"], ["", "", "", ""]]


def test_an_unknown_adjustment_is_refused() -> None:
    with pytest.raises(UsageError, match="holm, bonferroni, none"):
        column_comparisons(TABLE_2, "sidak")  # type: ignore[arg-type] # the mistake under test


def test_empty_rows_and_columns_are_dropped_and_named() -> None:
    padded = np.insert(np.insert(TABLE_2, 1, 0, axis=0), 3, 0, axis=1)
    tests, plain = contingency_tests(padded, draws=10), contingency_tests(TABLE_2, draws=10)
    assert tests is not None
    assert plain is not None
    assert (tests.dropped_rows, tests.dropped_columns) == ((1,), (3,))
    assert (tests.rows, tests.columns, tests.df, tests.chi2) == (4, 3, 6, plain.chi2)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ([[3, 4]], "one row"),
        ([[3, 0], [4, 0]], "one column"),
        ([[0, 0], [0, 0]], "empty"),
        (np.zeros((0, 3), dtype=int), "empty"),
    ],
)
def test_a_table_with_nothing_to_compare_has_no_test_and_a_reason(table: object, reason: str) -> None:
    assert contingency_tests(table) is None  # type: ignore[arg-type] # lists and arrays alike
    assert reason in (untestable(table) or "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "table", [[[1, -1], [2, 3]], [[0.5, 1], [2, 3]], [1, 2, 3], [["a", "b"], ["c", "d"]]]
)
def test_what_is_no_table_of_counts_is_refused(table: list[object]) -> None:
    with pytest.raises(UsageError):
        contingency_tests(table)  # type: ignore[arg-type]


def test_sparse_tables_are_said_to_be_sparse() -> None:
    tests = contingency_tests(TABLE_2, draws=10)
    sparse = contingency_tests(JOB, draws=10)
    assert tests is not None
    assert sparse is not None
    assert tests.few_expected == pytest.approx(1 / 12)  # R: expected 4.909 in one cell
    assert not tests.sparse
    assert sparse.sparse


tables = st.integers(2, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 30), min_size=columns, max_size=columns), min_size=2, max_size=4
    )
)


@settings(max_examples=60)
@given(tables)
def test_order_of_rows_and_columns_does_not_matter(table: list[list[int]]) -> None:
    counts = np.array(table)
    turned = counts[::-1, ::-1].T
    tests, other = contingency_tests(counts, draws=5), contingency_tests(turned, draws=5)
    if tests is None or other is None:
        assert tests is other
        return
    assert (tests.chi2, tests.p, tests.likelihood_ratio, tests.cramers_v) == pytest.approx(
        (other.chi2, other.p, other.likelihood_ratio, other.cramers_v), abs=1e-9
    )
    assert 0 <= tests.low <= tests.high <= 1
    assert 0 <= tests.p <= 1
    residuals = adjusted_residuals(counts)
    assert adjusted_residuals(turned).T[::-1, ::-1] == pytest.approx(residuals, abs=1e-9, nan_ok=True)


def test_random_tables_keep_their_totals_and_follow_the_law_of_scipy() -> None:
    from scipy import stats

    from constellary.statistics.montecarlo import random_tables

    rows, columns = np.array([7, 3, 5]), np.array([4, 9, 2])
    drawn = random_tables(rows, columns, 40_000, np.random.default_rng(1))
    assert (drawn >= 0).all()
    assert (drawn.sum(axis=2) == rows).all()
    assert (drawn.sum(axis=1) == columns).all()
    law = stats.random_table(rows, columns)
    seen, counts = np.unique(drawn.reshape(len(drawn), -1), axis=0, return_counts=True)
    expected = len(drawn) * np.array([law.pmf(table.reshape(3, 3)) for table in seen])
    often = expected >= 20
    z = (counts[often] - expected[often]) / np.sqrt(expected[often])
    assert np.abs(z).max() < 4.5  # the greatest of some 60 standard normal deviates
