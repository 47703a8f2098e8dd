"""All tables of a reading put together: ids given, names led to firms, references checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.readers.evidence_tables import settle_codings, settle_sources
from constellary.exchange.readers.fields import lists_made, read_codings, read_fields
from constellary.exchange.readers.findings import ROW, TABLE, Findings, counted
from constellary.exchange.readers.firm_tables import complete_firms, read_firms
from constellary.exchange.readers.headers import KINDS
from constellary.exchange.readers.identifiers import assign_ids
from constellary.exchange.readers.layouts import TEMPORARY, Parts, take_apart
from constellary.exchange.readers.membership import settle_partners
from constellary.exchange.readers.merging import merge_rows
from constellary.exchange.readers.references import settle_references
from constellary.exchange.readers.stacking import check_columns, check_lengths, stacked
from constellary.study.batch import Batch

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from constellary.exchange.readers.headers import Kind
    from constellary.study.codebook import Codebook


@dataclass
class Known:
    """What a study has already."""

    alliances: Collection[str] = ()
    firms: Mapping[str, str] = field(default_factory=dict)


def settle(
    tables: Sequence[tuple[Kind, pl.DataFrame]],
    codebook: Codebook,
    known: Known,
    findings: Findings,
    progress: Callable[[str], None],
) -> tuple[Batch, dict[int, str]]:
    """Return the batch that the tables amount to, and the layout of each alliance table by its index.

    Problems go to the findings; where there are any, the batch is not to be used.
    """
    firm_variables = frozenset(variable.name for variable in codebook.of_level("firm"))
    frames: dict[Kind, list[pl.DataFrame]] = {kind: [] for kind in KINDS}
    for kind, frame in tables:
        progress(f"reading the values of {counted(frame.height, 'row')} of {kind}")
        frames[kind].append(_read(kind, frame, codebook, findings))
    layouts: dict[int, str] = {}
    parts: list[Parts] = []
    for frame in frames["alliances"]:
        parts.append(take_apart(frame, firm_variables, findings))
        layouts[frame[TABLE][0]] = parts[-1].layout
    progress("checking references and names")
    parts = _with_ids(parts, findings)
    alliances = _alliances(parts, known, findings)
    for kind in ("partners", "sources", "codings"):
        frames[kind] = [settle_references(f, alliances, known.alliances, findings) for f in frames[kind]]
    firms, names = read_firms(frames["firms"], known.firms, findings)
    partners, attributes = _partners(parts, frames["partners"], firm_variables)
    if partners is not None:
        partners = settle_partners(partners, names, findings)
    firms = complete_firms(firms, attributes, partners, names, findings)
    sources = [part.sources for part in parts if part.sources is not None] + frames["sources"]
    batch = Batch(
        alliances=alliances,
        partners=partners,
        firms=firms,
        sources=settle_sources(sources, findings),
        codings=settle_codings(frames["codings"], findings),
    )
    names.report(findings)
    _note_lonely(batch, known, findings)
    return _in_columns(batch, codebook), layouts


def _alliances(parts: Sequence[Parts], known: Known, findings: Findings) -> pl.DataFrame | None:
    """Return the alliances of all tables, one row each."""
    frames = [part.alliances for part in parts]
    alliances = stacked(frames)
    if alliances is None:
        return None
    check_columns(frames, alliances, "id", known.alliances, findings)
    check_lengths(alliances, "id", findings)
    return merge_rows(alliances, ["id"], findings, called=findings.called)


def _partners(
    parts: Sequence[Parts], tables: Sequence[pl.DataFrame], firm_variables: frozenset[str]
) -> tuple[pl.DataFrame | None, list[pl.DataFrame]]:
    """Return the partners of all tables, and what those tables say of firms beside."""
    attributes = [part.firms for part in parts if part.firms is not None]
    partners = [part.partners for part in parts if part.partners is not None]
    for frame in tables:
        said = [name for name in frame.columns if name in firm_variables]
        partners.append(frame.drop(said))
        if said:
            attributes.append(frame.select("firm", *said, TABLE, ROW))
    return stacked(partners), attributes


def _read(kind: Kind, frame: pl.DataFrame, codebook: Codebook, findings: Findings) -> pl.DataFrame:
    frame = read_fields(frame, codebook, findings)
    if kind == "partners" and "position" not in frame.columns:
        several = frame.filter(pl.col("firm").str.contains(";", literal=True))
        message = "several firms in one cell; a table of partners has one row for each"
        findings.rows(several, column="firm", kind="several-firms", message=message, value="firm")
    if kind == "codings":
        for name in ("variable", "coder"):
            empty = frame.filter(pl.col(name).is_null())
            findings.rows(empty, column=name, kind="empty", message=f"the {name} is empty")
        return read_codings(frame, codebook, findings)
    return frame


def _with_ids(parts: list[Parts], findings: Findings) -> list[Parts]:
    """Give ids to the alliances of tables without any, and to all that belongs to them."""
    alliances = stacked([part.alliances for part in parts])
    if alliances is None or not alliances["id"].str.starts_with(TEMPORARY).any():
        return parts
    partners = stacked([part.partners for part in parts if part.partners is not None])
    made = assign_ids(alliances, partners)
    example = made["made"].sort()[0]
    said = counted(
        made.height,
        "alliance had no id and got one from its partners and year",
        "alliances had no id and got one from their partners and year",
    )
    findings.note(f"{said}, such as '{example}'.")
    _describe(alliances, partners, made, findings)

    def final(frame: pl.DataFrame | None, column: str) -> pl.DataFrame | None:
        if frame is None:
            return None
        joined = frame.join(made, left_on=column, right_on="id", how="left", maintain_order="left")
        return joined.with_columns(pl.coalesce("made", column).alias(column)).drop("made")

    return [
        Parts(
            part.layout,
            final(part.alliances, "id"),  # type: ignore[arg-type]  # None only for None
            final(part.partners, "alliance"),
            final(part.sources, "alliance"),
            part.firms,
        )
        for part in parts
    ]


def _describe(
    alliances: pl.DataFrame, partners: pl.DataFrame | None, made: pl.DataFrame, findings: Findings
) -> None:
    """Let messages call an alliance by what its row says, since no file has its id."""
    firms: dict[str, list[str]] = {}
    if partners is not None:
        mine = partners.join(made.select(pl.col("id").alias("alliance")), on="alliance", how="semi")
        firms = dict(mine.group_by("alliance").agg(pl.col("firm").drop_nulls().head(3)).iter_rows())
    rows = dict(alliances.select("id", ROW).unique("id", keep="first").iter_rows())
    for temporary, final in made.iter_rows():
        words = findings.described.get(temporary, "")
        if not words and (named := firms.get(temporary)):
            words = f"the alliance of {', '.join(repr(name) for name in named)}"
        findings.described[final] = words or f"the alliance in row {rows[temporary]}"


def _note_lonely(batch: Batch, known: Known, findings: Findings) -> None:
    """Say which new alliances have no partner."""
    if batch.alliances is None:
        return
    lonely = batch.alliances.filter(
        ~pl.col("id").is_in(pl.Series(sorted(known.alliances), dtype=pl.String).implode())
    )
    if batch.partners is not None:
        lonely = lonely.join(
            batch.partners, left_on="id", right_on="alliance", how="anti", maintain_order="left"
        )
    if lonely.height:
        example = findings.called(lonely["id"][0])
        said = counted(lonely.height, "alliance has no partner", "alliances have no partner")
        findings.note(f"{said} in these files, such as {example}.")


def _in_columns(batch: Batch, codebook: Codebook) -> Batch:
    """Return the batch in the study's columns and order, without places."""
    order = [variable.name for variable in codebook.variables]

    def chosen(frame: pl.DataFrame | None, *names: str) -> pl.DataFrame | None:
        if frame is None:
            return None
        return lists_made(frame.select([name for name in names if name in frame.columns]), codebook)

    return Batch(
        alliances=chosen(batch.alliances, "id", "name", "announced", *order),
        partners=chosen(batch.partners, "alliance", "firm", "position"),
        firms=chosen(batch.firms, "firm", "aliases", "parent", *order),
        sources=chosen(batch.sources, "alliance", "url", "publisher", "published"),
        codings=chosen(batch.codings, "alliance", "variable", "coder", "value", "sure"),
    )
