"""Trend: how many alliances were announced each year, and whether their number grew exponentially."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy.special import chdtri

from constellary.errors import UsageError
from constellary.result import Result
from constellary.statistics.estimates import say_count
from constellary.statistics.intervals import check_level
from constellary.statistics.trend_shapes import SHAPES, Shapes, fit_shapes, verdict

if TYPE_CHECKING:
    from constellary.statistics.growth_models import Floats
    from constellary.study.frames import Frames

Period = tuple[str | None, str | None]

CAUTION = (
    "In a collection by convenience the counts follow the effort of collecting as well as the number of "
    "alliances: a rise or a fall can be either."
)


@dataclass(frozen=True)
class Trend(Result):
    """Alliances by year with three fitted shapes.

    Attributes
    ----------
    yearly
        One row a year of the period, rising, years without alliances included: `year`, `alliances` with
        `low` and `high` (exact Poisson limits of the expected count), `exposure` (part of the year that
        the period covers, in (0, 1]), `annualised` (alliances / exposure), the expected counts `constant`,
        `linear` and `exponential` (null where no shape is fitted), `evidence`.
    shapes
        The fits; None with fewer than three years or no alliance.
    alliances, missing, outside
        Alliances in the table, without a year, and with a year outside the period.
    period
        First and last day as given; None: open, the years seen.
    verdict
        Whether the counts support 'increased exponentially', in sentences.
    level
        Of all intervals.
    """

    yearly: pl.DataFrame
    shapes: Shapes | None
    alliances: int
    missing: int
    outside: int
    period: Period
    verdict: str
    level: float
    title: str = "Alliances by year"

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `yearly`, and where shapes are fitted `models` and `growth`."""
        tables = {"yearly": self.yearly.drop("evidence")}
        if self.shapes is not None:
            tables |= {"models": self.shapes.models, "growth": self.shapes.growth}
        return tables

    def numbers(self) -> dict[str, object]:
        """Return the attributes by name; `growth` is the chosen family's, `growth_by_family` all three."""
        shapes = self.shapes
        return {
            "level": self.level,
            "alliances": self.alliances,
            "missing": self.missing,
            "outside": self.outside,
            "period": {"from": self.period[0], "until": self.period[1]},
            "yearly": self.yearly.drop("evidence").to_dicts(),
            "family": None if shapes is None else shapes.family,
            "models": None if shapes is None else shapes.models.to_dicts(),
            "overdispersion": None
            if shapes is None
            else {"scale": shapes.scale, "theta": shapes.theta, "p": shapes.overdispersion_p},
            "growth": None if shapes is None else shapes.chosen_growth,
            "growth_by_family": None if shapes is None else shapes.growth.to_dicts(),
            "verdict": self.verdict,
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """The verdict, its caution, what a partial year counts, and what is left out."""
        said = [self.verdict, CAUTION]
        part = self.yearly.filter(pl.col("exposure") < 1)
        if part.height:
            years = " and ".join(
                f"{year} ({100 * exposure:.0f}% of it)"
                for year, exposure in part[["year", "exposure"]].rows()
            )
            said.append(f"The period covers only part of {years}; the models allow for it.")
        if self.missing:
            said.append(f"Left out: {say_count(self.missing, 'alliance')} without a year.")
        if self.outside:
            said.append(f"Left out: {say_count(self.outside, 'alliance')} outside the period.")
        return tuple(said)


def trend(frames: Frames, *, period: Period | None = None, level: float = 0.95) -> Trend:
    """Return alliances by year with exact intervals and the constant, linear and exponential trend.

    Parameters
    ----------
    frames
        The study or a selection of it.
    period
        First and last day (ISO, as exact as `2018`, `2018-03` or `2018-03-15`, both included) in which an
        alliance could be collected; None for the codebook's, narrowed by a selection in time; None in it for
        the first or last year seen. Years without alliances within it count as 0, and a part of a year as
        that part.
    level
        Confidence level of all intervals.

    Raises
    ------
    UsageError
        If `level` is not in (0, 1), or the period is not of dates or ends before it begins.

    References
    ----------
    Garwood (1936), doi 10.1093/biomet/28.3-4.437, for the intervals of counts; see `growth_models` and
    `trend_shapes` for the rest.

    Examples
    --------
    >>> import polars as pl
    >>> from constellary.study.codebook import Codebook
    >>> from constellary.study.derive import build_frames
    >>> frames = build_frames(
    ...     Codebook("example", "Example", (), period=("2019-07-01", "2021-12-31")),
    ...     alliances=pl.DataFrame({"id": list("abc"), "announced": ["2019-08", "2021", None]}),
    ...     partners=pl.DataFrame({"alliance": ["a"], "firm": ["Fiat"], "position": [1]}),
    ...     firms=pl.DataFrame({"firm": ["Fiat"]}),
    ... )
    >>> result = trend(frames)
    >>> result.yearly.select("year", "alliances", "exposure").rows()
    [(2019, 1, 0.5), (2020, 0, 1.0), (2021, 1, 1.0)]
    >>> result.missing
    1
    """
    check_level(level)
    asked = frames.period if period is None else period
    dated = frames.alliances.filter(pl.col("year").is_not_null()).select("id", pl.col("year").cast(pl.Int64))
    years, exposure = _years(asked, dated["year"])
    yearly = (
        pl.DataFrame({"year": years, "exposure": exposure}, schema={"year": pl.Int64, "exposure": pl.Float64})
        .join(
            dated.group_by("year").agg(
                pl.len().cast(pl.Int64).alias("alliances"), pl.col("id").sort().alias("evidence")
            ),
            on="year",
            how="left",
            maintain_order="left",
        )
        .with_columns(pl.col("alliances").fill_null(0), pl.col("evidence").fill_null([]))
    )
    counts = yearly["alliances"].to_numpy().astype(np.float64)
    low, high = garwood(counts, level)
    shapes = fit_shapes(counts, yearly["exposure"].to_numpy(), level=level)
    fitted = [
        pl.lit(None, dtype=pl.Float64).alias(shape) if shapes is None else shapes.fitted[shape]
        for shape in SHAPES
    ]
    return Trend(
        yearly=yearly.with_columns(
            pl.Series("low", low, dtype=pl.Float64),
            pl.Series("high", high, dtype=pl.Float64),
            (pl.col("alliances") / pl.col("exposure")).alias("annualised"),
            *fitted,
        ).select("year", "alliances", "low", "high", "exposure", "annualised", *SHAPES, "evidence"),
        shapes=shapes,
        alliances=int(counts.sum()),
        missing=frames.alliances.height - dated.height,
        outside=dated.height - int(counts.sum()),
        period=asked,
        verdict=verdict(shapes, level=level),
        level=level,
    )


def garwood(counts: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the exact limits of the means of Poisson counts.

    References
    ----------
    Garwood (1936), doi 10.1093/biomet/28.3-4.437. Equal to R's `poisson.test(10)$conf.int`.

    Examples
    --------
    >>> low, high = garwood(np.array([0.0, 10.0]))
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0, 4.7954], [3.6889, 18.3904])
    """
    tail = (1 - level) / 2
    low = np.where(counts > 0, chdtri(2 * np.maximum(counts, 0.5), 1 - tail) / 2, 0.0)
    return low, np.asarray(chdtri(2 * counts + 2, tail) / 2, dtype=np.float64)


def _years(period: Period, seen: pl.Series) -> tuple[list[int], list[float]]:
    """Return the years of the period and how much of each it covers."""
    start = None if period[0] is None else _moment(period[0], last=False)
    end = None if period[1] is None else _moment(period[1], last=True)
    if start is not None and end is not None and end <= start:
        raise UsageError(f"The period ends before it begins: {period[0]} to {period[1]}.")
    first = int(start) if start is not None else seen.min()
    last = ceil(end) - 1 if end is not None else seen.max()
    if not isinstance(first, int) or not isinstance(last, int):
        return [], []
    years = list(range(first, last + 1))
    begins = Fraction(first) if start is None else start
    ends = Fraction(last + 1) if end is None else end
    return years, [float(min(Fraction(year + 1), ends) - max(Fraction(year), begins)) for year in years]


def _moment(day: str, *, last: bool) -> Fraction:
    """Return the first moment of a date in years, 2018-03-01 as 2018 + 2/12, or its end."""
    try:
        numbers = [int(part) for part in day.split("-")]
        if len(numbers) == 1:
            numbers.append(12 if last else 1)
        days = monthrange(numbers[0], numbers[1])[1]
        if len(numbers) == 2:
            numbers.append(days if last else 1)
        year, month, on = numbers
        date(year, month, on)
    except (ValueError, IndexError):
        raise UsageError(f"A period has dates such as 2018, 2018-03 or 2018-03-15; got '{day}'.") from None
    return year + (month - 1 + Fraction(on if last else on - 1, days)) / 12
