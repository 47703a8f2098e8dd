"""Findings: every result of a report, computed once, and their numbers under stable keys.

The sections write from these and compute nothing; `results.json` is `Findings.numbers`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from constellary.constellation.constellation import constellation
from constellary.constellation.measures import COMPARED
from constellary.report.against import compare
from constellary.statistics.agreement import agreement
from constellary.statistics.comparison import compare_firms
from constellary.statistics.concentration import alliances_per_firm
from constellary.statistics.crosstab import crosstab
from constellary.statistics.frequency import frequency
from constellary.statistics.rivals import rival_pairs
from constellary.statistics.sample import describe_sample
from constellary.statistics.sizes import partners_per_alliance
from constellary.statistics.trend import trend

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from constellary.constellation.constellation import Constellation
    from constellary.report.against import Comparison
    from constellary.report.published import Published
    from constellary.statistics.agreement import Agreement
    from constellary.statistics.comparison import FirmComparison
    from constellary.statistics.concentration import AlliancesPerFirm
    from constellary.statistics.crosstab import Crosstab
    from constellary.statistics.frequency import Frequency
    from constellary.statistics.rivals import RivalPairs
    from constellary.statistics.sample import Sample
    from constellary.statistics.sizes import PartnersPerAlliance
    from constellary.statistics.trend import Trend
    from constellary.study.codebook import Design
    from constellary.study.frames import Frames

    Progress = Callable[[str], None]

LEADING = ("alliances", "degree", "betweenness", "harmonic_normalised", "eigenvector")
"""Measures whose first five firms are named."""


@dataclass(frozen=True)
class Findings:
    """All results of one selection of alliances.

    Attributes
    ----------
    frames
        What they were computed from.
    frequencies
        By variable: every choice of the codebook and every grouping.
    crosstabs
        By (row, column), as the codebook's design asks.
    rivals, agreement
        None where the codebook or the data give no ground for them.
    sky
        Gives the constellation, on which nothing above depends; it is asked once, when first needed.
    published
        What an earlier study printed; None: nothing to compare with.
    """

    frames: Frames
    sample: Sample
    frequencies: Mapping[str, Frequency]
    crosstabs: Mapping[tuple[str, str], Crosstab]
    per_firm: AlliancesPerFirm
    per_alliance: PartnersPerAlliance
    trend: Trend
    rivals: RivalPairs | None
    agreement: Agreement | None
    sky: Callable[[], Constellation]
    published: Published | None = None

    @cached_property
    def constellation(self) -> Constellation:
        """The firms and their ties; waits for `sky` when first asked for."""
        return self.sky()

    @cached_property
    def comparison(self) -> FirmComparison | None:
        """The two groups of firms set against each other; None where the codebook names none."""
        if self.design.comparison is None:
            return None
        measures = self.constellation.firms.select("firm", *COMPARED)
        return compare_firms(self.frames, self.design.comparison, measures)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The published values that can be compared with this study's; empty without any."""
        return () if self.published is None else tuple(compare(self.published, self.results()))

    @property
    def design(self) -> Design:
        """What the codebook asks the report to show."""
        return self.frames.codebook.design

    def leaders(self, measure: str, count: int = 5) -> list[str]:
        """Return the firms with the highest values of a measure, the highest first, ties by name."""
        firms = self.constellation.firms.filter(pl.col(measure).is_not_null())
        return firms.sort([measure, "firm"], descending=[True, False])["firm"].head(count).to_list()

    def numbers(self) -> dict[str, object]:
        """Return the content of `results.json`; missing is None, keys are stable."""
        compared = [
            {
                "id": item.value.id,
                "ours": item.ours,
                "n": item.n,
                "printed": item.printed,
                "difference": item.difference,
                "low": item.low,
                "high": item.high,
                "verdict": item.verdict,
            }
            for item in self.comparisons
        ]
        return {**self.results(), "against_print": compared}

    def results(self) -> dict[str, object]:
        """Return this study's own numbers, as in `numbers`."""
        crosstabs: dict[str, dict[str, object]] = {}
        for (row, column), table in self.crosstabs.items():
            crosstabs.setdefault(row, {})[column] = table.numbers()
        return {
            "selection": self.frames.selection,
            "sample": self.sample.numbers(),
            "frequency": {name: result.numbers() for name, result in self.frequencies.items()},
            "crosstab": crosstabs,
            "alliances_per_firm": self.per_firm.numbers(),
            "partners_per_alliance": self.per_alliance.numbers(),
            "trend": self.trend.numbers(),
            "constellation": self.constellation.numbers(),
            "leaders": {measure: self.leaders(measure) for measure in LEADING},
            "comparison": self.comparison.numbers() if self.comparison else None,
            "rivals": self.rivals.numbers() if self.rivals else None,
            "agreement": self.agreement.numbers() if self.agreement else None,
        }


def find(
    frames: Frames,
    *,
    sky: Callable[[], Constellation] | None = None,
    published: Published | None = None,
    progress: Progress = lambda _step: None,
) -> Findings:
    """Compute every result of a report.

    Parameters
    ----------
    frames
        A study or a selection of it.
    sky
        Gives the constellation, when it is asked for, so that it can be computed meanwhile; None: computed then.
    published
        Values to compare with.
    progress
        Told what is being computed.
    """
    design = frames.codebook.design
    progress("counting")
    frequencies = {
        item.name: frequency(frames, item.name)
        for item in frames.codebook.items
        if item.kind in ("single", "multiple")
    }
    progress("tabulating")
    crosstabs = {pair: crosstab(frames, *pair) for pair in design.crosstabs}
    progress("testing")
    per_firm, per_alliance, growth = alliances_per_firm(frames), partners_per_alliance(frames), trend(frames)
    rivals = rival_pairs(frames, design.rivals) if design.rivals else None
    coded = agreement(frames) if frames.codings.height else None
    return Findings(
        frames=frames,
        sample=describe_sample(frames),
        frequencies=frequencies,
        crosstabs=crosstabs,
        per_firm=per_firm,
        per_alliance=per_alliance,
        trend=growth,
        rivals=rivals,
        agreement=coded,
        sky=sky or (lambda: constellation(frames, firm_type=design.firm_type)),
        published=published,
    )
