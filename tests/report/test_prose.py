"""Words for numbers, and what a sample rests on."""

from __future__ import annotations

import polars as pl

from constellary.report.prose import estimate, of, p_text
from constellary.statistics.estimates import Estimate, share_of
from constellary.statistics.sample import describe_sample, domain
from constellary.study.frames import Frames


def test_a_share_comes_with_its_count_its_n_and_its_interval() -> None:
    # Wilson interval of 94 of 309 by R: prop.test(94, 309, correct = FALSE): .25557 to .35765.
    assert of(share_of(94, 309)) == "30.4% (94 of 309; 95% interval 25.6 to 35.8)"
    assert of(share_of(94, 309), key="k") == "30.4% ([94 of 309](#k); 95% interval 25.6 to 35.8)"
    assert of(share_of(0, 0)) == "undefined (0 of 0)"


def test_an_estimate_without_an_interval_stands_alone() -> None:
    assert estimate(Estimate(3.636)) == "3.64"
    assert estimate(Estimate(None)) == "undefined"
    assert p_text(None) == "*p* undefined"


def test_the_sample_of_the_small_study(tiny: Frames) -> None:
    sample = describe_sample(tiny)
    assert (sample.alliances, sample.firms, sample.partners, sample.sources) == (6, 6, 13, 3)
    assert (sample.corroborated.count, sample.unsourced.count) == (1, 4)
    assert sample.corroborated_evidence == ("a1",)
    assert dict(sample.exactness.select("dated", "alliances").iter_rows()) == {
        "day": 2,
        "month": 2,
        "year": 1,
        "none": 1,
    }
    missing = {row["variable"]: (row["units"], row["missing"]) for row in sample.missing.to_dicts()}
    assert missing["purpose"] == (6, 1)
    assert missing["kind"] == (6, 1)


def test_domains_are_read_off_addresses() -> None:
    urls = ["http://user@www.A.org/x", "https://sub.a.org:8080/?q", "not an address", None]
    frame = pl.DataFrame({"url": urls})
    assert frame.select(domain(pl.col("url"))).to_series().to_list() == [
        "a.org",
        "sub.a.org",
        "not an address",
        None,
    ]
