"""Why the intervals over alliances are jackknife intervals and not a bootstrap: coverage, simulated."""

from __future__ import annotations

import numpy as np
import polars as pl

from constellary.statistics.inequality import gini, jackknife

FIRMS, ALLIANCES, STUDIES = 400, 150, 80


def _study(random: np.random.Generator, appeal: np.ndarray) -> np.ndarray:
    """Return alliance x firm (0 or 1): two to four partners, drawn without replacement by their appeal."""
    keys = np.log(appeal) + random.gumbel(size=(ALLIANCES, FIRMS))
    order = np.argsort(-keys, axis=1)[:, :4]
    sizes = random.choice([2, 2, 2, 3, 4], ALLIANCES)
    table = np.zeros((ALLIANCES, FIRMS), dtype=np.int64)
    for row, (firms, size) in enumerate(zip(order, sizes, strict=True)):
        table[row, firms[:size]] = 1
    return table


def _measures(counts: np.ndarray) -> tuple[float, float]:
    seen = counts[counts > 0]
    index = gini(seen)
    assert index is not None
    return float(seen.mean()), index


def test_the_jackknife_covers_and_a_bootstrap_over_alliances_does_not() -> None:
    random = np.random.default_rng(11)
    appeal = random.pareto(1.1, FIRMS) + 0.3
    studies = [_study(random, appeal) for _ in range(STUDIES)]
    true_mean, true_gini = np.mean([_measures(table.sum(axis=0)) for table in studies], axis=0)
    jackknifed_mean = jackknifed_gini = bootstrapped_mean = 0
    for table in studies:
        alliances, firms = np.nonzero(table)
        partners = pl.DataFrame({"alliance": alliances, "firm": firms}).cast(pl.String)
        interval = jackknife(partners, 0.95)
        assert interval.mean.low is not None
        assert interval.mean.high is not None
        assert interval.gini.low is not None
        assert interval.gini.high is not None
        jackknifed_mean += interval.mean.low <= true_mean <= interval.mean.high
        jackknifed_gini += interval.gini.low <= true_gini <= interval.gini.high
        weights = random.multinomial(ALLIANCES, np.full(ALLIANCES, 1 / ALLIANCES), size=100)
        means = [_measures(counts)[0] for counts in weights @ table]
        low, high = np.quantile(means, [0.025, 0.975])
        bootstrapped_mean += low <= true_mean <= high
    assert jackknifed_mean / STUDIES >= 0.9
    assert jackknifed_gini / STUDIES >= 0.85
    assert bootstrapped_mean / STUDIES <= 0.1
