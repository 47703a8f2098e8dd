"""Likely duplicates: pairs of alliances, and pairs of firms, that may be one and the same.

The rules are few and can be said in a sentence, because a person decides each pair.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING

import polars as pl

from constellary.study.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constellary.study.frames import Frames

Pair = tuple[str, str, str]

NEAR_DAYS = 45
LARGEST_BLOCK = 200
"""Names or alliances that are compared with each other at most; more would be no likely duplicates."""
BLOCK = 4
ALIKE = 0.92
LEGAL_FORMS = frozenset(
    re.findall(
        r"\w+",
        "ab ag as asa bhd bv co company corp corporation group gmbh holding holdings inc incorporated kg "
        "kgaa kk limited llc llp ltd nv oy oyj plc pte pty sa sab sae sarl sas sdn se spa srl the",
    )
)


def likely_duplicate_alliances(frames: Frames) -> list[Pair]:
    """Return pairs of alliances that may be one, each with the reason, sorted.

    They have the same partners and near dates, or the same name and a common partner. Dates are near when
    at most 45 days lie between them; a date known by month is near to whatever it may be near to, a year
    alone to any date of that year.
    """
    members = frames.partners.group_by("alliance").agg(pl.col("firm").sort()).sort("alliance")
    firms = dict(members.iter_rows())
    announced = dict(frames.alliances.select("id", "announced").iter_rows())
    found: dict[tuple[str, str], str] = {}
    same = members.group_by("firm").agg("alliance").filter(pl.col("alliance").list.len() > 1)
    for partners, keys in same.iter_rows():
        for first, second in combinations(sorted(keys)[:LARGEST_BLOCK], 2):
            if _near(announced.get(first), announced.get(second)):
                found[first, second] = f"the same partners ({', '.join(partners)}) at about the same time"
    named = frames.alliances.filter(pl.col("name").is_not_null()).select(
        "id", pl.col("name").map_elements(folded, return_dtype=pl.String)
    )
    for name, keys in named.group_by("name").agg("id").filter(pl.col("id").list.len() > 1).iter_rows():
        for first, second in combinations(sorted(keys)[:LARGEST_BLOCK], 2):
            if set(firms.get(first, ())) & set(firms.get(second, ())):
                found.setdefault((first, second), f"the same name ('{name}') and a common partner")
    return [(*pair, found[pair]) for pair in sorted(found)]


def likely_duplicate_firms(frames: Frames) -> list[Pair]:
    """Return pairs of firms that may be one, each with the reason, sorted.

    Their names are equal but for legal form, accents and spaces, or nearly so, or one has the other's name as
    an alias, or both have the same alias.
    """
    found: dict[tuple[str, str], str] = {}
    names = frames.firms["firm"].to_list()
    by_name = {folded(name): name for name in names}
    owners: dict[str, list[str]] = {}
    for firm, aliases in frames.firms.select("firm", "aliases").iter_rows():
        for alias in aliases or ():
            other = by_name.get(folded(alias))
            if other is not None and other != firm:
                found[_ordered(firm, other)] = f"'{alias}' is an alias of {firm}"
            owners.setdefault(folded(alias), []).append(firm)
    for alias, claimed in owners.items():
        for first, second in combinations(sorted(set(claimed)), 2):
            found.setdefault((first, second), f"both have the alias '{alias}'")
    for first, second, reason in _alike_names(names):
        found.setdefault((first, second), reason)
    return [(*pair, found[pair]) for pair in sorted(found)]


def _alike_names(names: list[str]) -> Iterator[Pair]:
    """Give the pairs of like names among those that begin or end with the same letters."""
    plain = {name: plain_name(name) for name in names}
    blocks: dict[tuple[str, str], list[str]] = {}
    for name in names:
        blocks.setdefault(("begins", plain[name][:BLOCK]), []).append(name)
        blocks.setdefault(("ends", plain[name][-BLOCK:]), []).append(name)
    for block in blocks.values():
        for first, second in combinations(block[:LARGEST_BLOCK], 2):
            reason = _alike(plain[first], plain[second])
            if reason:
                yield (*_ordered(first, second), reason)


def plain_name(name: str) -> str:
    """Return a firm's name without case, accents, punctuation, spaces and legal forms.

    Examples
    --------
    >>> plain_name("Citroën S.A.")
    'citroen'
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = re.findall(r"\w+", text.replace(".", ""))
    kept = [word for word in words if word not in LEGAL_FORMS]
    return "".join(kept or words)


def _alike(first: str, second: str) -> str:
    if first == second:
        return "the names are equal but for legal form, accents or spaces"
    if min(len(first), len(second)) < 6 or re.sub(r"\D", "", first) != re.sub(r"\D", "", second):
        return ""
    near = SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE
    return "the names differ by a letter or two" if near else ""


def _ordered(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)


def _near(first: str | None, second: str | None) -> bool:
    if first is None or second is None:
        return first is second
    if 4 in (len(first), len(second)):
        return first[:4] == second[:4]
    early, late = sorted((_days(first), _days(second)))
    return late[0] - early[1] <= NEAR_DAYS


def _days(moment: str) -> tuple[int, int]:
    """Return the first and last day, as ordinals, that a date of month or day may be."""
    year, month = int(moment[:4]), int(moment[5:7])
    if len(moment) > 7:
        day = date(year, month, min(int(moment[8:10]), 28)).toordinal() + max(int(moment[8:10]) - 28, 0)
        return day, day
    start = date(year, month, 1).toordinal()
    return start, start + 27
