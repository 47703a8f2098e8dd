"""The support vector machine beside LIBLINEAR's."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.svm import LinearSVC

from constellary.literature.margin import MOST_DIRECT, fitted


def problem(works: int, seed: int, positive: float) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """Return sparse works of two overlapping kinds, their sides, and costs by kind."""
    draw = np.random.default_rng(seed)
    sides = np.where(draw.random(works) < positive, 1.0, -1.0)
    sides[:2] = 1.0, -1.0
    values = draw.random((works, 40)) * (draw.random((works, 40)) < 0.2)
    values[:, 0] += 0.3 * (sides > 0)
    return csr_array(values), sides, np.where(sides > 0, 1.0, 0.1)


@pytest.mark.parametrize("cost", [0.01, 0.11, 1.0, 30.0])
@pytest.mark.parametrize(("works", "positive"), [(2, 0.5), (60, 0.1), (400, 0.3), (900, 0.6)])
def test_the_lowest_point_is_that_of_liblinear(works: int, positive: float, cost: float) -> None:
    features, sides, costs = problem(works, 3, positive)
    weights, offset = fitted(features, sides, cost * costs)
    model = LinearSVC(C=cost, random_state=0, tol=1e-9, max_iter=1_000_000)
    model.fit(features, sides, sample_weight=costs)
    assert weights == pytest.approx(model.coef_[0], abs=1e-4)
    assert offset == pytest.approx(model.intercept_[0], abs=1e-4)


@pytest.mark.parametrize("cost", [0.01, 1.0, 100.0])
@pytest.mark.parametrize("works", [2, 50, 900])
def test_at_the_lowest_point_the_slope_is_nil(works: int, cost: float) -> None:
    features, sides, costs = problem(works, 5, 0.6)
    assert (works > 2 * MOST_DIRECT) == (works == 900)  # both ways of solving are gone
    costs = cost * costs
    weights, offset = fitted(features, sides, costs)
    pull = 2 * costs * sides * np.maximum(0, 1 - sides * (features @ weights + offset))
    assert features.T @ pull == pytest.approx(weights, abs=1e-5 * max(1, cost))
    assert pull.sum() == pytest.approx(offset, abs=1e-5 * max(1, cost))


def test_terms_of_one_work_alone_may_be_left_out() -> None:
    features, sides, costs = problem(300, 7, 0.2)
    draw = np.random.default_rng(1)
    own = draw.random(300)
    whole = csr_array(np.hstack([features.toarray(), np.diag(own)]))
    weights, offset = fitted(whole, sides, costs)
    shared, same = fitted(features, sides, costs, own**2)
    assert shared == pytest.approx(weights[:40], abs=1e-6)
    assert same == pytest.approx(offset, abs=1e-6)
