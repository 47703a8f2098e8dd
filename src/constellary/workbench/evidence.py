"""Evidence: the alliances behind what was pointed at, a part of a list at a time.

What can be pointed at is a firm, a tie of two firms, alliances by name, a filter (a bar of a facet), or a
key of the evidence that a chapter or a table was written with; always under the filter of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl
from markupsafe import Markup

from constellary.errors import UnknownName, UsageError
from constellary.report.evidence import EvidenceList, alliance_rows
from constellary.report.page_data import evidence_json
from constellary.report.prose import plural
from constellary.workbench.filters import Filter, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.study.frames import Frames
    from constellary.workbench.links import Links

SHOWN = 50
"""Alliances that one answer holds; the rest is a link away."""
SOURCES = 4
"""Sources that are named of each."""
NAMED = 60
"""Alliances that a condition may name, so that its address stays short."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A list of alliances with its title, and the same as a filter of the table of alliances.

    Attributes
    ----------
    title
        What the alliances stand behind, in words.
    alliances
        Their ids.
    table
        The filter that gives the same alliances; None: none that fits an address does.
    """

    title: str
    alliances: tuple[str, ...]
    table: Filter | None


def of_firm(frames: Frames, chosen: Filter, firm: str) -> Behind:
    """Return the alliances of a firm.

    Raises
    ------
    UnknownName
        If the study has no such firm.
    """
    _known_firm(frames, firm)
    found = frames.partners.filter(pl.col("firm") == firm)["alliance"]
    return Behind(firm, tuple(found.unique().sort()), _and_firm(chosen, firm))


def of_tie(frames: Frames, chosen: Filter, firms: Sequence[str]) -> Behind:
    """Return the alliances in which two firms are partners.

    Raises
    ------
    UnknownName
        If the study has no such firm.
    UsageError
        If there are not two.
    """
    if len(firms) != 2:
        raise UsageError("A tie has two firms: tie=A&tie=B.")
    for firm in firms:
        _known_firm(frames, firm)
    by_firm = [set(frames.partners.filter(pl.col("firm") == firm)["alliance"]) for firm in firms]
    found = tuple(sorted(by_firm[0] & by_firm[1]))
    return Behind(f"{firms[0]} and {firms[1]}", found, _and_condition(chosen, *map(_has, firms)))


def of_names(frames: Frames, chosen: Filter, names: Sequence[str]) -> Behind:
    """Return the alliances that are named, as far as the filter holds them."""
    wanted = set(names)
    found = tuple(frames.alliances.filter(pl.col("id").is_in(wanted))["id"].sort())
    title = plural(len(found), "alliance")
    if len(found) == 1:
        row = frames.alliances.row(by_predicate=pl.col("id") == found[0], named=True)
        title = row["name"] or found[0]
    return Behind(title, found, naming(chosen, found))


def of_filter(frames: Frames, chosen: Filter) -> Behind:
    """Return the alliances of a filter: those that the page itself is about."""
    return Behind(in_words(frames, chosen), tuple(frames.alliances["id"]), chosen)


def of_list(chosen: Filter, entry: EvidenceList) -> Behind:
    """Return a list that a chapter or a table was written with."""
    return Behind(entry.title, entry.alliances, naming(chosen, entry.alliances))


def in_words(frames: Frames, chosen: Filter) -> str:
    """Return a filter as a title.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> in_words(example_frames(), Filter(since="2021", facets=(("size", ("2",)),)))
    'Partners: 2; since 2021'
    """
    book = frames.codebook
    said = []
    for name, values in chosen.facets:
        own = {"size": "Partners", "firm": "Firm", "year": "Year"}
        labels = {} if name in own else book.labels(name)
        texts = ["not coded" if value == "~missing" else labels.get(value, value) for value in values]
        label = own[name] if name in own else book.label(name)
        said.append(f"{label}: {' or '.join(texts)}")
    said += [f"since {chosen.since}"] if chosen.since else []
    said += [f"until {chosen.until}"] if chosen.until else []
    said += [f"where {chosen.where}"] if chosen.where else []
    return "; ".join(said) or "All alliances"


def naming(chosen: Filter, alliances: Sequence[str]) -> Filter | None:
    """Return a filter that names alliances; None: they are none or too many."""
    if not alliances or len(alliances) > NAMED:
        return None
    return _and_condition(chosen, f"id in ({', '.join(quoted(key) for key in alliances)})")


def only(frames: Frames, alliances: Sequence[str]) -> Frames:
    """Return the frames of some alliances; firms stay whole."""
    wanted = pl.Series(alliances, dtype=pl.String).implode()
    return replace(
        frames,
        alliances=frames.alliances.filter(pl.col("id").is_in(wanted)),
        partners=frames.partners.filter(pl.col("alliance").is_in(wanted)),
        sources=frames.sources.filter(pl.col("alliance").is_in(wanted)),
        codings=frames.codings.filter(pl.col("alliance").is_in(wanted)),
    )


def view(frames: Frames, chosen: Filter, behind: Behind, link: Links, *, start: int = 0) -> dict[str, Any]:
    """Return what the drawer and the page show of a list: at most `SHOWN` alliances, the latest first.

    Parameters
    ----------
    frames
        The filter's.
    chosen
        The filter of the page from which was asked.
    behind
        The list.
    link
        Gives addresses.
    start
        How many alliances come before those shown.
    """
    inside = frames.alliances.select("id", "announced").filter(
        pl.col("id").is_in(pl.Series(behind.alliances, dtype=pl.String).implode())
    )
    order = inside.sort("announced", "id", descending=[True, False], nulls_last=True)["id"].to_list()
    shown = order[start : start + SHOWN]
    rows = {row["id"]: row for row in alliance_rows(only(frames, shown))}
    table = None if behind.table is None else link.page("alliances", behind.table)
    return {
        "evidence_title": behind.title,
        "entries": [rows[key] for key in shown],
        "total": len(order),
        "first": start + 1 if shown else 0,
        "last": start + len(shown),
        "table": table,
        "sources": SOURCES,
        "narrowed": in_words(frames, chosen) if chosen and behind.table != chosen else "",
    }


@dataclass(frozen=True, slots=True)
class Carried:
    """Evidence that a page carries with itself: its lists as JSON, and the alliances that they name."""

    lists: Markup
    alliances: tuple[str, ...]


def carried(frames: Frames, lists: Mapping[str, EvidenceList]) -> Carried:
    """Return the evidence of a page that has no server to ask, for its script element."""
    named = tuple(sorted({key for entry in lists.values() for key in entry.alliances}))
    text = evidence_json(lists, alliance_rows(only(frames, named)))
    return Carried(Markup(text), named)  # noqa: S704 - no "<" is left in it


def _known_firm(frames: Frames, firm: str) -> None:
    if firm not in frames.firms["firm"]:
        raise UnknownName("firm", firm, frames.firms["firm"].to_list())


def _has(firm: str) -> str:
    return f"firm = {quoted(firm)}"


def _and_firm(chosen: Filter, firm: str) -> Filter | None:
    if chosen.values("firm"):
        return _and_condition(chosen, _has(firm)) if '"' not in firm or "'" not in firm else None
    return replace(chosen, facets=(*chosen.facets, ("firm", (firm,))))


def _and_condition(chosen: Filter, *parts: str) -> Filter:
    said = [f"({chosen.where})"] if chosen.where else []
    return replace(chosen, where=" and ".join([*said, *parts]))
