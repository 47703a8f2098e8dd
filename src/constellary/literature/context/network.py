"""Networks of the literature: keywords, references and authors that works bring together, and works that cite alike.

A work is to its keywords what an alliance is to its partners: it ties them in pairs. So these networks are
constellations, measured by the same code: co-occurrence, co-citation and co-authorship tie by the works that
name both, bibliographic coupling ties works by the references that both cite.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from constellary.constellation.constellation import constellation
from constellary.literature.context.incidence import KINDS, Incidence, frames_of, incidence
from constellary.result import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.constellation.constellation import Constellation
    from constellary.literature.works import Work
    from constellary.study.frames import Frames

__all__ = ["KINDS", "Network", "literature_network"]

LEAST, MOST = 2, 150
MEASURES = ("degree", "strength", "betweenness", "harmonic", "eigenvector", "core", "component", "community")


@dataclass(frozen=True, repr=False, eq=False)
class Network(Result):
    """A network of the literature.

    Attributes
    ----------
    title
        'Keyword co-occurrence'.
    kind
        One of `KINDS`.
    node, tie
        What is tied, and by what, as words: `keyword`, `work`.
    frames
        As the constellation reads it: nodes as firms, what ties them as alliances.
    sky
        Its measures.
    works, missing
        Works in all, and those that say nothing of this.
    least
        Nodes occur at least so often.
    left_out
        Nodes that occur, but not often enough.
    """

    title: str
    kind: str
    node: str
    tie: str
    frames: Frames
    sky: Constellation
    works: int
    missing: int
    least: int
    left_out: int

    @property
    def ties(self) -> pl.DataFrame:
        """One row a tie, the strongest first.

        `source`, `target`, `weight` (what ties both), `association` (weight over the product of how often both
        occur), `first_year`, `last_year`, `evidence` (what ties them, by id).
        """
        often = dict(self.sky.firms.select("firm", "alliances").iter_rows())
        product = [
            often[one] * often[other] for one, other in self.sky.edges.select("source", "target").iter_rows()
        ]
        return (
            self.sky.edges.with_columns(
                (pl.col("weight") / pl.Series(product, dtype=pl.Float64)).alias("association")
            )
            .sort(["weight", "association", "source", "target"], descending=[True, True, False, False])
            .select("source", "target", "weight", "association", "first_year", "last_year", "evidence")
        )

    @property
    def nodes(self) -> pl.DataFrame:
        """One row a node, the most frequent first: name, how often it occurs, measures, `spellings`, `evidence`."""
        return (
            self.sky.firms.sort(["alliances", "strength", "firm"], descending=[True, True, False])
            .select("firm", "alliances", *MEASURES, "aliases", "evidence")
            .rename({"firm": self.node, "alliances": f"{self.tie}s", "aliases": "spellings"})
        )

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `nodes`, `ties`, `network`, `communities`."""
        sky = self.sky.tables()
        return {
            "nodes": self.nodes.drop("evidence", "spellings"),
            "ties": self.ties.drop("evidence"),
            "network": sky["network"].with_columns(
                pl.col("measure")
                .str.replace("^Firms", f"{self.node}s".capitalize())
                .str.replace("^Alliances", f"{self.tie}s".capitalize())
            ),
            "communities": sky["communities"]
            .drop("type", "type_share", strict=False)
            .rename({"firms": f"{self.node}s"}),
        }

    def numbers(self) -> dict[str, object]:
        """Return `kind`, `works`, `missing`, `least`, `left_out`, `network`, `nodes`, `ties`, `communities`."""
        shown = self.tables()
        words = {"firms": "nodes", "alliances": f"{self.tie}s"}
        return {
            "kind": self.kind,
            "works": self.works,
            "missing": self.missing,
            "least": self.least,
            "left_out": self.left_out,
            "network": {words.get(name, name): value for name, value in self.sky.network.items()},
            "nodes": shown["nodes"].to_dicts(),
            "ties": shown["ties"].to_dicts(),
            "communities": shown["communities"].to_dicts(),
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a tie is, who is in, and how the measures were obtained."""
        kind = KINDS[self.kind]
        said = [kind.meaning]
        if self.missing:
            said.append(f"{self.works - self.missing:,} of {self.works:,} works say something of this.")
        if self.left_out:
            said.append(
                f"Shown are those that occur at least {self.least:,} times ({kind.counted}); {self.left_out:,} "
                "others are left out."
            )
        said.append(
            "Association is the weight of a tie over the product of how often both ends occur (van Eck and Waltman "
            "2009, doi:10.1002/asi.21075)."
        )
        return (*said, *(note for note in self.sky.remarks if note.startswith("Communities")))


def literature_network(
    works: Sequence[Work], kind: str, *, least: int | None = None, most: int = MOST
) -> Network:
    """Return a network of the literature with all measures.

    Parameters
    ----------
    works
        The publications.
    kind
        `keywords` (co-occurrence), `cocitation`, `coupling` or `authors`.
    least
        How often a node occurs at least: in so many works, or, for coupling, so many of its references are
        cited by others too. None: 2.
    most
        The greatest number of nodes; where there are more, `least` is raised until they fit.

    Raises
    ------
    UnknownName
        If there is no such kind.

    References
    ----------
    Callon et al. (1983), doi:10.1177/053901883022002003 (co-words); Small (1973), doi:10.1002/asi.4630240406
    (co-citation); Kessler (1963), doi:10.1002/asi.5090140103 (coupling).

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> from constellary.literature.works import Work
    >>> some = [("a", ("cars", "alliances")), ("b", ("cars", "alliances")), ("c", ("cars", "batteries"))]
    >>> works = [Work(key, (one,), one, {}) for key, words in some for one in [Record(id=key, keywords=words)]]
    >>> found = literature_network(works, "keywords")
    >>> found.ties.select("source", "target", "weight", "evidence").rows(), found.left_out
    ([('alliances', 'cars', 2, ['a', 'b'])], 1)
    """
    found: Incidence = incidence(works, kind)
    kept, least = found.kept(LEAST if least is None else max(1, least), most)
    frames = frames_of(found, kept)
    chosen = KINDS[kind]
    return Network(
        title=chosen.title,
        kind=kind,
        node=chosen.node,
        tie=chosen.tie,
        frames=frames,
        sky=constellation(frames, replicates=0, layout=False),
        works=len(works),
        missing=found.missing,
        least=least,
        left_out=len(found.often) - len(kept),
    )
