"""The sample: what the alliances rest on, how exactly they are dated, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from constellary.result import Result
from constellary.statistics.estimates import Share, share_of, with_shares

if TYPE_CHECKING:
    from constellary.study.codebook import Variable
    from constellary.study.frames import Frames

EXACTNESS = {10: "day", 7: "month", 4: "year"}


@dataclass(frozen=True, repr=False, eq=False)
class Sample(Result):
    """What a study's alliances rest on.

    Attributes
    ----------
    alliances, firms, partners, sources
        How many there are; firms with at least one alliance alone.
    corroborated
        Share of alliances whose sources are of two or more web domains: an upper bound on independent
        corroboration, since several domains may carry one text.
    unsourced
        Share of alliances without a source.
    publishers
        One row a domain, most alliances first: `domain`, `sources`, `alliances`, `share` of all alliances,
        `evidence`.
    exactness
        One row for `day`, `month`, `year`, `none`: `dated` (how exactly the announcement is dated),
        `alliances`, `share`, `low`, `high` (Wilson), `evidence`.
    missing
        One row a variable of the codebook, in its order: `variable`, `label`, `level`, `units`, `missing`,
        `share` of the units that lack it, `evidence` (the alliances that lack it or have a firm that does).
    first, last
        Earliest and latest announcement; None without any.
    """

    alliances: int
    firms: int
    partners: int
    sources: int
    corroborated: Share
    unsourced: Share
    corroborated_evidence: tuple[str, ...]
    publishers: pl.DataFrame
    exactness: pl.DataFrame
    missing: pl.DataFrame
    first: str | None
    last: str | None
    title: str = "Sample and sources"

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `publishers`, `exactness`, `missing`."""
        return {
            "publishers": self.publishers.drop("evidence"),
            "exactness": self.exactness.drop("evidence"),
            "missing": self.missing.drop("evidence"),
        }

    def numbers(self) -> dict[str, object]:
        """Return the attributes by name; publishers as their number and the twenty largest."""
        return {
            "alliances": self.alliances,
            "firms": self.firms,
            "partners": self.partners,
            "sources": self.sources,
            "publishers": self.publishers.height,
            "largest_publishers": self.publishers.drop("evidence").head(20).to_dicts(),
            "corroborated": self.corroborated.numbers(),
            "unsourced": self.unsourced.numbers(),
            "exactness": {row.pop("dated"): row for row in self.exactness.drop("evidence").to_dicts()},
            "missing": {row.pop("variable"): row for row in self.missing.drop("evidence").to_dicts()},
            "first": self.first,
            "last": self.last,
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """What corroboration means here."""
        said = (
            "Corroborated: sources of two or more web domains, an upper bound on independent corroboration, "
            "since several domains may carry one text."
        )
        return (said,)


def describe_sample(frames: Frames, *, level: float = 0.95) -> Sample:
    """Return what the alliances rest on.

    Parameters
    ----------
    frames
        A study or a selection of it.
    level
        Of Wilson's intervals.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> sample = describe_sample(example_frames())
    >>> sample.corroborated.count, sample.corroborated_evidence  # two sources of two domains
    (1, ('a1',))
    >>> sample.unsourced.count, sample.unsourced.n
    (2, 6)
    >>> sample.exactness.select("dated", "alliances").rows()
    [('day', 4), ('month', 1), ('year', 1), ('none', 0)]
    """
    total = frames.alliances.height
    domains = frames.sources.select("alliance", domain(pl.col("url")).alias("domain"))
    spread = domains.group_by("alliance").agg(pl.col("domain").n_unique().alias("domains"))
    double = spread.filter(pl.col("domains") > 1)["alliance"].sort()
    announced = frames.alliances["announced"].drop_nulls()
    return Sample(
        alliances=total,
        firms=frames.partners["firm"].n_unique(),
        partners=frames.partners.height,
        sources=frames.sources.height,
        corroborated=share_of(double.len(), total, level),
        unsourced=share_of(total - spread.height, total, level),
        corroborated_evidence=tuple(double.to_list()),
        publishers=_publishers(domains, total),
        exactness=_exactness(frames, level),
        missing=_missing(frames),
        first=announced.min() if announced.len() else None,  # type: ignore[arg-type]  # a text column
        last=announced.max() if announced.len() else None,  # type: ignore[arg-type]  # a text column
    )


def domain(url: pl.Expr) -> pl.Expr:
    """Return the web domain of an address in lower case, without `www.`; the address itself if it has none.

    Examples
    --------
    >>> pl.select(domain(pl.lit("https://www.Example.org:80/a?b"))).item()
    'example.org'
    """
    host = url.str.extract(r"^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]+)").str.to_lowercase()
    return pl.coalesce(host.str.strip_prefix("www."), url)


def _publishers(domains: pl.DataFrame, total: int) -> pl.DataFrame:
    return (
        domains.group_by("domain")
        .agg(
            pl.len().cast(pl.Int64).alias("sources"),
            pl.col("alliance").n_unique().cast(pl.Int64).alias("alliances"),
            pl.col("alliance").unique().sort().alias("evidence"),
        )
        .with_columns((pl.col("alliances") / total).alias("share"))
        .sort(["alliances", "sources", "domain"], descending=[True, True, False])
        .select("domain", "sources", "alliances", "share", "evidence")
    )


def _exactness(frames: Frames, level: float) -> pl.DataFrame:
    order = [*EXACTNESS.values(), "none"]
    dated = (
        pl.col("announced").str.len_chars().replace_strict(EXACTNESS, default="none", return_dtype=pl.String)
    )
    found = (
        frames.alliances.select("id", dated.fill_null("none").alias("dated"))
        .group_by("dated")
        .agg(pl.len().cast(pl.Int64).alias("alliances"), pl.col("id").sort().alias("evidence"))
    )
    whole = pl.DataFrame({"dated": order}).join(found, on="dated", how="left", maintain_order="left")
    whole = whole.with_columns(
        pl.col("alliances").fill_null(0), pl.col("evidence").fill_null(pl.lit([], dtype=pl.List(pl.String)))
    )
    shares = with_shares(whole, "alliances", frames.alliances.height, level)
    return shares.select("dated", "alliances", "share", "low", "high", "evidence")


def _missing(frames: Frames) -> pl.DataFrame:
    rows = [_lacking(frames, variable) for variable in frames.codebook.variables]
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "variable": pl.String,
        "label": pl.String,
        "level": pl.String,
        "units": pl.Int64,
        "missing": pl.Int64,
        "share": pl.Float64,
        "evidence": pl.List(pl.String),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _lacking(frames: Frames, variable: Variable) -> tuple[str, str, str, int, int, float | None, list[str]]:
    """Return how many units lack a variable, and the alliances that they are or take part in."""
    table, key = (frames.alliances, "id") if variable.level == "alliance" else (frames.signing, "firm")
    units = table.filter(pl.col(variable.name).is_null()).select(key)
    alliances = units["id"] if key == "id" else frames.partners.join(units, on="firm", how="semi")["alliance"]
    missing = units.height
    share = missing / table.height if table.height else None
    evidence = alliances.unique().sort().to_list()
    return variable.name, variable.label, variable.level, table.height, missing, share, evidence
