"""Chapter: limits, as far as they can be read off the numbers, and those that the codebook states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.report.cells import number
from constellary.report.document import Bullets, Section
from constellary.report.inline import plain
from constellary.report.prose import inside, listing, percent, plural

if TYPE_CHECKING:
    from constellary.report.findings import Findings

MUCH_MISSING = 0.2


def section(findings: Findings) -> Section:
    """Say what the numbers cannot bear."""
    chance = (
        "Unless the alliances were drawn at random, intervals and tests say what chance alone would do in a sample "
        "of this size; they do not cover how the alliances were found."
    )
    items = [chance]
    items += [plain(limit) for limit in findings.frames.codebook.limits]
    sample = findings.sample
    if sample.sources and sample.corroborated.share is not None:
        items.append(
            f"{percent(1 - sample.corroborated.share)} of the alliances rest on the pages of one web domain or none."
        )
    lacking = sample.missing.filter((pl.col("share") > MUCH_MISSING) & (pl.col("missing") > 0))
    if lacking.height:
        said = [
            f"{plain(inside(row['label']))} ({percent(row['share'])})"
            for row in lacking.iter_rows(named=True)
        ]
        items.append(f"More than a fifth of the units have no value, or need none, for {listing(said)}.")
    items += _agreement(findings) + _ties(findings)
    return Section("limits", "Limits", (Bullets(tuple(items)),))


def _agreement(findings: Findings) -> list[str]:
    result = findings.agreement
    if result is None:
        return ["The coding was not done twice, so that its reliability is unknown."]
    known = result.variables.filter(pl.col("alpha").is_not_null()).sort("alpha")
    if known.is_empty():
        return []
    row = known.row(0, named=True)
    text = (
        f"The least reliable variable is {plain(inside(row['label']))} (alpha {number(row['alpha'], 2)}). Coders who "
        "were trained by one codebook agree more than readers who know nothing of each other would."
    )
    return [text]


def _ties(findings: Findings) -> list[str]:
    several = findings.per_alliance.multi
    if not several.count:
        return []
    text = (
        f"{plural(several.count, 'alliance')} ({percent(several.share)}) have three or more partners. In the "
        "constellation all their partners are tied to each other, which raises degree and clustering."
    )
    return [text]
