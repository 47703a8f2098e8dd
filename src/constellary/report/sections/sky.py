"""Chapter: the constellation and the ranking of its firms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.constellation.measures import NETWORK_LABELS
from constellary.report.cells import number
from constellary.report.document import Column, Figure, Note, Paragraph, Section, Table
from constellary.report.figures import ranks
from constellary.report.inline import evidence, plain
from constellary.report.prose import inside, listing, percent, plural
from constellary.report.scene import scene
from constellary.report.scene_svg import scene_svg
from constellary.report.sections.parts import pair
from constellary.report.theme import colour

if TYPE_CHECKING:
    from constellary.report.document import Block, Cell
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings
    from constellary.report.scene import Scene

RANKED = 20
NAMED = 3
PAIR = 2


def section(findings: Findings, book: EvidenceBook) -> Section:
    """Show the constellation, and rank its firms with how stable each rank is."""
    keys = firm_keys(findings, book)
    blocks: list[Block] = [Paragraph(_opening(findings, keys)), _drawing(findings, keys)]
    if findings.constellation.firms.height:
        blocks += [
            Paragraph(_ranking(findings, keys)),
            _ranks(findings, keys),
            _firms(findings, keys),
            _communities(findings, book),
        ]
    blocks += [_whole(findings), *(Note(plain(remark)) for remark in findings.constellation.remarks)]
    return Section("constellation", "The constellation", tuple(blocks))


def firm_keys(findings: Findings, book: EvidenceBook) -> dict[str, str]:
    """Add the alliances of each firm and return firm -> key."""
    return {
        firm: book.add("firm", firm, title=firm, alliances=alliances)
        for firm, alliances in findings.constellation.firms.select("firm", "evidence").iter_rows()
    }


def drawn_firms(findings: Findings, keys: dict[str, str]) -> pl.DataFrame:
    """Return the firms as `scene` wants them: position, size, type, generation, description."""
    firms = findings.constellation.firms
    design = findings.design
    return firms.select(
        "firm",
        "x",
        "y",
        pl.col("alliances").alias("size"),
        _labelled(findings, design.firm_type).alias("group"),
        _labelled(findings, design.firm_generation).alias("mark"),
        pl.col("alliances").alias("importance"),
        pl.format("{} alliances, {} partners", "alliances", "degree").alias("text"),
        pl.col("firm").replace_strict(keys, default=None, return_dtype=pl.String).alias("key"),
    )


def draw(findings: Findings, keys: dict[str, str]) -> Scene:
    """Return the scene of the constellation in the codebook's colours and shapes."""
    design, book = findings.design, findings.frames.codebook
    groups = list(book.labels(design.firm_type).values()) if design.firm_type else []
    marks = list(book.labels(design.firm_generation).values()) if design.firm_generation else []
    return scene(
        drawn_firms(findings, keys),
        findings.constellation.edges.select("source", "target", "weight"),
        groups=groups,
        marks=marks,
    )


def _labelled(findings: Findings, name: str | None) -> pl.Expr:
    if name is None:
        return pl.lit(None, dtype=pl.String)
    return pl.col(name).replace(findings.frames.codebook.labels(name))


def _opening(findings: Findings, keys: dict[str, str]) -> str:
    sky = findings.constellation
    text = (
        f"{plural(sky.firms.height, 'firm')} and {plural(sky.edges.height, 'tie')} make the constellation: two firms "
        "are tied if they are partners in at least one alliance. "
    )
    if sky.components.height:
        largest = sky.components.sort("size", descending=True).row(0, named=True)
        text += f"The largest component holds {percent(largest['size'] / sky.firms.height)} of the firms. "
    top = sky.firms.sort(["alliances", "firm"], descending=[True, False]).head(NAMED)
    said = [
        f"{evidence(firm, keys[firm])} ({alliances})"
        for firm, alliances in top.select("firm", "alliances").rows()
    ]
    return text + f"Most alliances have {listing(said)}."


def _drawing(findings: Findings, keys: dict[str, str]) -> Figure:
    labels = [
        plain(inside(findings.frames.codebook.label(name)))
        for name in (findings.design.firm_type, findings.design.firm_generation)
        if name
    ]
    looks = ("colour", "colour and shape")[len(labels) - 1] if labels else ""
    what = f"; {looks}: {listing(labels)}" if labels else ""
    alt = (
        f"A network of {findings.constellation.firms.height} firms. Those with most alliances stand near the middle; "
        "pairs without other ties stand apart. The table of firms beneath has the same data."
    )
    return Figure(
        key="constellation",
        caption=f"The constellation. Area: number of alliances{what}.",
        alt=alt,
        svg=scene_svg(draw(findings, keys), alt=alt),
        note="Positions by ForceAtlas2, with the middle opened and marks moved apart where they would hide each other; "
        "small components stand beneath the largest. Labels: the firms with most alliances, as far as there is room.",
    )


def _ranking(findings: Findings, keys: dict[str, str]) -> str:
    firms = findings.constellation.firms.filter(pl.col("betweenness").is_not_null())
    top = firms.sort(["betweenness", "firm"], descending=[True, False]).head(NAMED)
    said = [
        f"{evidence(row['firm'], keys[row['firm']])} "
        f"(rank {_rank_interval(row['rank_betweenness_low'], row['rank_betweenness_high'])})"
        for row in top.iter_rows(named=True)
    ]
    text = f"By betweenness the first are {listing(said)}; in brackets, the interval of the rank."
    if top.height > 1 and None not in top["rank_betweenness_high"].to_list():
        first, second = top.row(0, named=True), top.row(1, named=True)
        apart = first["rank_betweenness_high"] < second["rank_betweenness_low"]
        text += " The first place is " + (
            "clear." if apart else "not clear: the intervals of the first two overlap."
        )
    return text


def _rank_interval(low: float | None, high: float | None) -> str:
    return "not known" if low is None or high is None else f"{low:g} to {high:g}"


def _ranks(findings: Findings, keys: dict[str, str]) -> Figure:
    design, book = findings.design, findings.frames.codebook
    top = (
        findings.constellation.firms.filter(pl.col("rank_betweenness").is_not_null())
        .sort(["rank_betweenness", "firm"])
        .head(RANKED)
    )
    frame = top.select(
        pl.col("firm").alias("label"),
        pl.col("rank_betweenness").alias("rank"),
        pl.col("rank_betweenness_low").alias("low"),
        pl.col("rank_betweenness_high").alias("high"),
        _labelled(findings, design.firm_type).alias("series"),
        pl.col("betweenness")
        .map_elements(lambda value: number(value, 3), return_dtype=pl.String)
        .alias("text"),
        pl.col("firm").replace_strict(keys, default=None, return_dtype=pl.String).alias("key"),
    )
    colours = {}
    if design.firm_type:
        colours = {label: colour(place) for place, label in enumerate(book.labels(design.firm_type).values())}
    return Figure(
        key="ranks",
        caption=f"The {top.height} firms with the highest betweenness, with the interval of each rank.",
        alt="Dots of ranks with wide intervals: " + listing(top["firm"].to_list()) + ".",
        spec=ranks(frame, colours=colours),
        note="Whiskers: 95% of the ranks over resampled alliances. Behind the firms: betweenness, normalised.",
    )


def _firms(findings: Findings, keys: dict[str, str]) -> Table:
    firms = findings.constellation.firms.with_columns(
        _labelled(findings, findings.design.firm_type).alias("_type")
    )
    top = firms.sort(["alliances", "betweenness", "firm"], descending=[True, True, False], nulls_last=True)
    rows = tuple(
        (
            row["firm"],
            row["_type"],
            row["alliances"],
            pair(row["rank_alliances_low"], row["rank_alliances_high"]),
            row["degree"],
            row["strength"],
            row["betweenness"],
            pair(row["rank_betweenness_low"], row["rank_betweenness_high"]),
            row["harmonic_normalised"],
            row["eigenvector"],
            row["core"],
            row["community"],
        )
        for row in top.iter_rows(named=True)
    )
    columns = (
        Column("Firm"),
        Column("Type"),
        Column("Alliances", "int"),
        Column("Rank", "interval", digits=0),
        Column("Partners", "int"),
        Column("Strength", "int"),
        Column("Betweenness", "number", digits=3),
        Column("Rank", "interval", digits=0),
        Column("Closeness", "number", digits=3),
        Column("Eigenvector", "number", digits=3),
        Column("Core", "int"),
        Column("Community", "int"),
    )
    return Table(
        "firms",
        "The firms of the constellation, those with most alliances first.",
        columns,
        rows,
        notes=(
            (
                "Rank: 95% of the ranks by the measure before it, over resampled alliances. Closeness: harmonic, "
                "normalised. A dash: undefined."
            ),
        ),
        evidence={(place, 2): keys[row[0]] for place, row in enumerate(rows)},
        shown=RANKED,
    )


def _communities(findings: Findings, book: EvidenceBook) -> Table:
    found = findings.constellation.communities.filter(pl.col("firms") > PAIR)
    labels = findings.frames.codebook.labels(findings.design.firm_type) if findings.design.firm_type else {}
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            row["community"],
            row["firms"],
            row["share"],
            ", ".join(row["top"]),
            labels.get(row["type"], row["type"]),
            row["type_share"],
        )
        for row in found.iter_rows(named=True)
    )
    evidence_of = {
        (place, 1): book.add(
            "community",
            str(row["community"]),
            title=f"Within community {row['community']} ({', '.join(row['top'])})",
            alliances=row["evidence"],
        )
        for place, row in enumerate(found.iter_rows(named=True))
        if row["evidence"]
    }
    columns = (
        Column("Community", "int"),
        Column("Firms", "int"),
        Column("Share of firms", "share"),
        Column("Firms with most alliances"),
        Column("Most frequent type"),
        Column("Its share", "share"),
    )
    return Table(
        "communities", "Communities of more than two firms.", columns, rows, evidence=evidence_of, shown=15
    )


def _whole(findings: Findings) -> Table:
    sky = findings.constellation
    rows = tuple(
        (label, _shown(sky.network[key])) for key, label in NETWORK_LABELS.items() if key in sky.network
    )
    return Table(
        "whole-network",
        "The constellation as a whole.",
        (Column("Measure"), Column("Value")),
        rows,
        notes=("methods.md defines each measure.",),
    )


def _shown(value: float | None) -> str | None:
    return None if value is None else number(value, 0 if isinstance(value, int) else 3)
