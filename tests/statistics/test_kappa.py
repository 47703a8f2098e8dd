"""Agreement coefficients, against R (vcd, irrCAC), tidycomm and the printed examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constellary.errors import UsageError
from constellary.statistics.estimate import Estimate, percentile_interval
from constellary.statistics.kappa import (
    CHANCES,
    brennan_prediger,
    chance_corrected,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac,
    holsti,
    percent_agreement,
    scott_pi,
)
from constellary.statistics.krippendorff import (
    SCALES,
    Scale,
    alphas,
    krippendorff_alpha,
    masi_distance,
    paired,
)
from constellary.statistics.ratings import Patterns, closeness_of

# R: vcd::SexualFun (Agresti 2002, p. 437), husband x wife.
SEXUAL_FUN = np.array([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]])
# R: irrCAC::cont3x3abstractors (Gwet 2014), two abstractors of 100 pregnancies.
ABSTRACTORS = np.array([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
# Fleiss (1971): 10 units, 14 coders, 5 categories; printed kappa .210.
FLEISS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


def _coders(*rows: str) -> np.ndarray:
    """Units x coders from one text a coder, `.` where not coded; digits and letters become numbers."""
    signs = "0123456789abcdefghij"
    return np.array([[-1 if sign == "." else signs.index(sign) for sign in row] for row in rows]).T


def _two(table: np.ndarray) -> np.ndarray:
    first, second = np.indices(table.shape)
    return np.repeat(np.stack([first.ravel(), second.ravel()], axis=1), table.ravel(), axis=0)


# Krippendorff (2011), examples A, B and C; in C, values 1 to 5 are numbers 0 to 4 here.
KRIPPENDORFF_A = _coders("0100000010", "1110010000")
KRIPPENDORFF_B = _coders("001132224330", "101112224333")
KRIPPENDORFF_C = _coders("012210301...", "0122113014.2", ".2221231140.", "01221330140.")
# R: irrCAC::cac.raw4raters: example C, but the last unit was coded by the third coder.
RAW_4_RATERS = _coders("012210301...", "0122113014..", ".22212311402", "01221330140.")


def _known(estimate: Estimate) -> tuple[float, float, float, float]:
    assert estimate.value is not None
    assert estimate.se is not None
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.value, estimate.se, estimate.low, estimate.high


@pytest.mark.parametrize(
    ("weights", "kappa", "se", "interval"),
    [
        ("identity", 0.129330254, 0.0685985325, (-0.00512039901292, 0.263780907096)),
        ("linear", 0.237380628, 0.0783163348, (0.08388343199119, 0.390877823125)),
        ("quadratic", 0.332045586, 0.0972975220, (0.14134594742300, 0.522745225071)),
    ],
)
def test_cohen_kappa_equals_vcd(weights: str, kappa: float, se: float, interval: tuple[float, float]) -> None:
    """R: vcd::Kappa(SexualFun), also weights = "Fleiss-Cohen", and confint."""
    estimate = cohen_kappa(_two(SEXUAL_FUN), weights=weights)  # type: ignore[arg-type] # one of the three
    expected = (kappa, se, *interval)
    assert _known(estimate) == pytest.approx(expected, abs=5e-10)


@pytest.mark.parametrize(
    ("coefficient", "expected", "se"),
    [(gwet_ac, 0.8493, 0.0432), (scott_pi, 0.7962, 0.0591), (brennan_prediger, 0.8350, 0.0469)],
)
def test_two_coders_equal_irrcac(coefficient: object, expected: float, se: float) -> None:
    """R: irrCAC gwet.ac1.table, scott2.table, bp2.table; its table form divides by n where we have n - 1."""
    value, error, *_ = _known(coefficient(_two(ABSTRACTORS)))  # type: ignore[operator] # one of the three
    assert value == pytest.approx(expected, abs=5e-5)
    assert error * np.sqrt(99 / 100) == pytest.approx(se, abs=5e-5)


def test_cohen_and_alpha_of_the_abstractors() -> None:
    """R: irrCAC kappa2.table .7964 (.0589), krippen2.table .7973."""
    assert _known(cohen_kappa(_two(ABSTRACTORS)))[:2] == pytest.approx((0.7964, 0.0589), abs=5e-5)
    assert krippendorff_alpha(_two(ABSTRACTORS)).value == pytest.approx(0.7973, abs=5e-5)


@pytest.mark.parametrize(
    ("coefficient", "expected", "se", "low"),
    [
        (gwet_ac, 0.77544, 0.14295, 0.461),
        (fleiss_kappa, 0.76117, 0.15302, 0.424),
        (conger_kappa, 0.76282, 0.14917, 0.435),
        (brennan_prediger, 0.77273, 0.14472, 0.454),
    ],
)
def test_four_coders_with_missing_codings_equal_irrcac(
    coefficient: object, expected: float, se: float, low: float
) -> None:
    """R: irrCAC gwet.ac1.raw, fleiss.kappa.raw, conger.kappa.raw, bp.coeff.raw of cac.raw4raters."""
    value, error, below, above = _known(coefficient(RAW_4_RATERS))  # type: ignore[operator] # one of four
    assert (value, error) == pytest.approx((expected, se), abs=5e-6)
    assert below == pytest.approx(low, abs=5e-4)
    assert above == 1


def test_fleiss_kappa_of_the_printed_example() -> None:
    """Fleiss (1971): .210; Brennan-Prediger (free-marginal, Randolph) .2225."""
    ratings = np.array([np.repeat(np.arange(5), row) for row in FLEISS])
    assert fleiss_kappa(ratings).value == pytest.approx(0.210, abs=5e-4)
    assert brennan_prediger(ratings).value == pytest.approx(0.2225, abs=5e-5)


@pytest.mark.parametrize(
    ("ratings", "scale", "expected"),
    [
        (KRIPPENDORFF_A, "nominal", 0.095),
        (KRIPPENDORFF_B, "nominal", 0.692),
        (KRIPPENDORFF_C, "nominal", 0.743),
        (KRIPPENDORFF_C, "ordinal", 0.815),
        (KRIPPENDORFF_C, "interval", 0.849),
        (KRIPPENDORFF_C, "ratio", 0.797),
    ],
)
def test_alpha_equals_the_printed_examples(ratings: np.ndarray, scale: Scale, expected: float) -> None:
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, A to D: three decimals."""
    values = range(1, int(ratings.max()) + 2)
    assert krippendorff_alpha(ratings, scale=scale, values=values).value == pytest.approx(expected, abs=5e-4)


@pytest.mark.parametrize("scale", SCALES)
def test_standard_error_of_alpha_follows_from_its_slopes(scale: Scale) -> None:
    """The infinitesimal jackknife: slopes of alpha in the weight of each unit, by finite differences."""
    patterns = paired(Patterns.of(KRIPPENDORFF_C))
    values = [1.0, 2.0, 3.0, 4.0, 5.0]
    # The ordinal distances depend on the sample; the analytic error takes them as given.
    middle = np.cumsum(used := patterns.weights @ patterns.counts) - used / 2
    distance = (middle[:, None] - middle[None, :]) ** 2 if scale == "ordinal" else None
    n = patterns.units
    shares = patterns.weights / n
    step = 1e-6 * n

    def alpha(weights: np.ndarray) -> float:
        return float(alphas(patterns, weights[None], scale=scale, values=values, distance=distance)[0])

    slopes = np.array(
        [
            (
                alpha(patterns.weights + step * (unit - shares))
                - alpha(patterns.weights - step * (unit - shares))
            )
            / (2 * step)
            for unit in np.eye(patterns.weights.size)
        ]
    )
    expected = np.sqrt(n / (n - 1) * patterns.weights @ slopes**2)
    assert _known(krippendorff_alpha(KRIPPENDORFF_C, scale=scale, values=values))[1] == pytest.approx(
        expected, rel=1e-6
    )


def test_bootstrap_interval_of_alpha_holds_it_and_repeats() -> None:
    patterns = paired(Patterns.of(KRIPPENDORFF_C))
    draws = [
        np.concatenate([alphas(patterns, w) for w in patterns.resampled(4000, seed)]) for seed in (1, 1, 2)
    ]
    assert draws[0].tolist() == draws[1].tolist()
    assert draws[0].tolist() != draws[2].tolist()
    low, high = percentile_interval(draws[0], 0.95) or (None, None)
    assert low == pytest.approx(0.40, abs=0.05)  # an independent bootstrap of 1,000: [.399, 1]
    assert high == 1
    assert percentile_interval(np.full(10, np.nan), 0.95) is None


def _posts(odd: str, unanimous: str) -> np.ndarray:
    """Posts x six coders: `odd` posts written out, then posts that all coded alike as value x number."""
    rows = [[int(sign, 16) for sign in row] for row in odd.split()]
    for part in unanimous.split():
        value, number = part.split("x")
        rows += [[int(value)] * 6] * int(number)
    return np.array(rows)


@pytest.mark.parametrize(
    ("odd", "unanimous", "percent", "mean_pair", "alpha"),
    [
        (
            "001000 100001 001000 111011 001000 001000 000001 001000 101001 001000",
            "0x35",
            0.778,
            0.916,
            0.2870,
        ),
        ("003000 000001 111001 101111 111011 023000", "0x39", 0.867, 0.945, 0.5657),
        (
            "101111 121111 155546 000010 212222 101111 101111 101111",
            "0x14 1x20 2x1 3x2",
            0.822,
            0.930,
            0.8797,
        ),
    ],
)
def test_six_coders_equal_tidycomm(
    odd: str, unanimous: str, percent: float, mean_pair: float, alpha: float
) -> None:
    """R: tidycomm::test_icr(fbposts, post_id, coder_id): pop_people, pop_othering, n_pictures (nominal)."""
    ratings = _posts(odd, unanimous)
    assert ratings.shape == (45, 6)
    assert percent_agreement(ratings).value == pytest.approx(percent, abs=5e-4)
    assert holsti(ratings) == pytest.approx(mean_pair, abs=5e-4)
    assert krippendorff_alpha(ratings).value == pytest.approx(alpha, abs=5e-5)


ONE_CATEGORY = np.zeros((5, 2), dtype=int)
NEVER_TWICE = np.array([[0, -1], [-1, 1], [1, -1]])


@pytest.mark.parametrize(
    "coefficient",
    [cohen_kappa, scott_pi, fleiss_kappa, conger_kappa, gwet_ac, brennan_prediger, krippendorff_alpha],
)
@pytest.mark.parametrize("ratings", [ONE_CATEGORY, NEVER_TWICE])
def test_without_anything_to_disagree_about_a_coefficient_is_undefined(
    coefficient: object, ratings: np.ndarray
) -> None:
    assert coefficient(ratings) == Estimate(None)  # type: ignore[operator] # one of the functions


def test_one_category_of_several_possible_is_defined_where_chance_does_not_depend_on_use() -> None:
    assert gwet_ac(ONE_CATEGORY, categories=3).value == 1
    assert brennan_prediger(ONE_CATEGORY, categories=3).value == 1
    assert fleiss_kappa(Patterns.of(ONE_CATEGORY, 3)).value is None


def test_percent_agreement_without_shared_units_is_undefined() -> None:
    assert percent_agreement(NEVER_TWICE) == Estimate(None)
    assert holsti(NEVER_TWICE) == 0
    assert holsti(np.full((3, 2), -1)) is None


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("ab", "ab", 0),
        ("ab", "abcd", 1 - 2 / 4 * 2 / 3),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
        ("a", "b", 1),
        ("", "", 0),
    ],
)
def test_masi_distance_follows_its_definition(first: str, second: str, expected: float) -> None:
    """Passonneau (2006): 1 - J x M, M = 1, 2/3, 1/3, 0."""
    assert masi_distance(frozenset(first), frozenset(second)) == pytest.approx(expected)
    assert masi_distance(frozenset(second), frozenset(first)) == pytest.approx(expected)


def test_mistakes_are_refused() -> None:
    three = np.zeros((2, 3), dtype=int)
    with pytest.raises(UsageError, match="two coders; there are 3"):
        cohen_kappa(three)
    with pytest.raises(UsageError, match="two coders; there are 3"):
        scott_pi(three)
    with pytest.raises(UsageError, match="units x coders"):
        Patterns.of([1, 2])
    with pytest.raises(UsageError, match=r"0\.\.1"):
        Patterns.of([[0, 2]], 2)
    with pytest.raises(UsageError, match="scale"):
        krippendorff_alpha(KRIPPENDORFF_A, scale="log")  # type: ignore[arg-type] # the mistake under test
    with pytest.raises(UsageError, match="a value for each of 2"):
        krippendorff_alpha(KRIPPENDORFF_A, scale="interval", values=[1])
    with pytest.raises(UsageError, match="2 x 2"):
        krippendorff_alpha(KRIPPENDORFF_A, distance=np.eye(3))
    with pytest.raises(UsageError, match="linear"):
        closeness_of(3, "cubic")


tables = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.integers(-1, 3), min_size=coders, max_size=coders), min_size=1, max_size=12
    )
)


def _alpha_by_pairs(ratings: np.ndarray) -> float | None:
    """Nominal alpha from its definition, over all pairs of codings: slow, and written another way."""
    units = [[value for value in row if value >= 0] for row in ratings.tolist()]
    units = [unit for unit in units if len(unit) >= 2]
    flat = [value for unit in units for value in unit]
    if not flat:
        return None
    observed = sum(
        (a != b) / (len(unit) - 1)
        for unit in units
        for i, a in enumerate(unit)
        for j, b in enumerate(unit)
        if i != j
    ) / len(flat)
    apart = [(a != b) for i, a in enumerate(flat) for j, b in enumerate(flat) if i != j]
    expected = sum(apart) / len(apart)
    return 1 - observed / expected if expected else None


@settings(max_examples=100)
@given(tables, st.permutations(range(4)))
def test_coefficients_ignore_the_order_of_units_coders_and_categories(
    table: list[list[int]], renamed: list[int]
) -> None:
    ratings = np.array(table)
    other = np.where(ratings < 0, -1, np.array(renamed)[ratings])[::-1, ::-1]
    for coefficient in (fleiss_kappa, conger_kappa, gwet_ac, brennan_prediger, krippendorff_alpha):
        first = coefficient(Patterns.of(ratings, 4))
        second = coefficient(Patterns.of(other, 4))
        assert (first.value, first.se) == pytest.approx((second.value, second.se), abs=1e-9)
        if first.value is not None:
            assert first.value <= 1 + 1e-12
    assert krippendorff_alpha(ratings).value == pytest.approx(_alpha_by_pairs(ratings), abs=1e-9)


@settings(max_examples=50)
@given(tables)
def test_bootstrap_weights_of_the_sample_itself_give_the_estimate(table: list[list[int]]) -> None:
    patterns = Patterns.of(table, 4)
    functions = {
        "fleiss": fleiss_kappa,
        "ac1": gwet_ac,
        "brennan_prediger": brennan_prediger,
        "conger": conger_kappa,
    }
    for name, coefficient in functions.items():
        value = coefficient(patterns).value
        if value is not None:
            doubled = chance_corrected(patterns, 2 * patterns.weights[None], CHANCES[name])
            assert doubled[0] == pytest.approx(value, abs=1e-12)
