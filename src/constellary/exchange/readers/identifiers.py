"""Ids for alliances whose table has none: made of the partners and the year.

They depend on the alliance alone, so that the same table, corrected and imported again, meets the same
alliances. Only alliances of the same partners in the same year need a number behind, in the order of their
date and name.
"""

from __future__ import annotations

import unicodedata
import zlib
from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.readers.findings import ROW, TABLE
from constellary.exchange.readers.layouts import TEMPORARY

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 80


def slug(text: str) -> str:
    """Return a text in lower-case ASCII with hyphens; other scripts give eight signs of a checksum.

    Examples
    --------
    >>> slug("Citroën & Cie."), slug("比亚迪")
    ('citroen-cie', '303f7ab8')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    return "-".join(words) or f"{zlib.crc32(text.encode()):08x}"


def base_id(partners: Sequence[str], name: str | None, announced: str | None) -> str:
    """Return the id of an alliance before it is made unique.

    Examples
    --------
    >>> base_id(["Toyota", "BMW Group"], None, "2021-05")
    'bmw-group-toyota-2021'
    >>> base_id([], "Project One", None)
    'project-one'
    """
    parts = sorted(slug(partner) for partner in partners) or [slug(name or "alliance")]
    kept: list[str] = []
    for part in parts:
        if kept and len("-".join([*kept, part])) > _LONGEST:
            kept.append(f"and-{len(parts) - len(kept)}")
            break
        kept.append(part[:_LONGEST])
    return "-".join([*kept, announced[:4]] if announced else kept)


def assign_ids(alliances: pl.DataFrame, partners: pl.DataFrame | None) -> pl.DataFrame:
    """Return `id` (temporary) and `made` (final) for the alliances without an id.

    Parameters
    ----------
    alliances
        `id`, and `name`, `announced` where known; given ids are never given again.
    partners
        `alliance`, `firm`, as written.
    """
    wanting = alliances.filter(pl.col("id").str.starts_with(TEMPORARY))
    firms: dict[str, list[str]] = {}
    if partners is not None:
        mine = partners.join(wanting.select(pl.col("id").alias("alliance")), on="alliance", how="semi")
        grouped = mine.group_by("alliance", maintain_order=True).agg(pl.col("firm").drop_nulls())
        firms = dict(grouped.iter_rows())
    content = [name for name in sorted(wanting.columns) if name not in ("id", TABLE, ROW)]
    bases: dict[str, list[tuple[str, ...]]] = {}
    for row in wanting.iter_rows(named=True):
        base = base_id(firms.get(row["id"], []), row.get("name"), row.get("announced"))
        rest = "\x1f".join(str(row[name] or "") for name in content)
        bases.setdefault(base, []).append(
            (row.get("announced") or "", row.get("name") or "", rest, row["id"])
        )
    made = _unique(bases, set(alliances["id"].drop_nulls()))
    return pl.DataFrame(
        {"id": list(made), "made": list(made.values())}, schema={"id": pl.String, "made": pl.String}
    )


def _unique(bases: dict[str, list[tuple[str, ...]]], given: set[str]) -> dict[str, str]:
    """Return temporary id -> final id; the first of a base gets it bare, the others `-2`, `-3` ..."""
    made: dict[str, str] = {}
    taken = given | set(bases)
    for base, rows in sorted(bases.items()):
        number = 1
        for *_, temporary in sorted(rows, key=lambda row: row[:3]):
            free = base
            while number > 1 or free in given:
                number = max(number, 2)
                free = f"{base}-{number}"
                if free not in taken:
                    break
                number += 1
            made[temporary] = free
            taken.add(free)
            number += 1
    return made
