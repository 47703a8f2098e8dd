"""Figure specifications: small frames in, Vega-Lite out, as plain dicts.

Each function takes a Polars frame with the columns that it names, draws rows in their order, and gives
every mark two things: a link to its evidence (`key`, null: none) and a description in words, which the
page shows as its tooltip and a screen reader reads.
"""

from constellary.report.figures.bars import bars
from constellary.report.figures.concentration import concentration
from constellary.report.figures.crossed import heat_table
from constellary.report.figures.dots import dots, ranks
from constellary.report.figures.trend import shares_by_year, yearly

__all__ = [
    "bars",
    "concentration",
    "dots",
    "heat_table",
    "ranks",
    "shares_by_year",
    "yearly",
]
