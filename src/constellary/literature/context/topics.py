"""Keywords: what works say that they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from constellary.literature.context.listing import Listing
from constellary.literature.context.spellings import Spellings, folded, singulars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.literature.works import Work

ONE_WORD = (
    "Keywords are those of authors and databases together. Case, accents, hyphens and signs do not tell them apart, "
    "nor does a plural in -s where the singular is there too."
)


class Keywords(NamedTuple):
    """The keywords of works, each once: `of` work -> keys in their order, and how each key is spelt."""

    of: dict[str, tuple[str, ...]]
    spellings: Spellings


def keywords(works: Sequence[Work]) -> Keywords:
    """Return the keywords of works, spellings of one brought together."""
    singular = singulars(folded(word) for work in works for word in work.record.keywords)
    spellings, of = Spellings(), dict[str, tuple[str, ...]]()
    for work in works:
        keys = [(singular[folded(word)], " ".join(word.split())) for word in work.record.keywords]
        for key, word in keys:
            if key:
                spellings.add(key, word)
        of[work.id] = tuple(dict.fromkeys(key for key, _ in keys if key))
    return Keywords(of, spellings)


def keyword_table(works: Sequence[Work]) -> Listing:
    """Return the keywords of works, the most frequent first.

    Returns
    -------
    Listing
        `keyword` (its most frequent spelling), `works`, `share` (of works with a keyword), `spellings` (the
        other ones), `evidence`.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> from constellary.literature.works import Work
    >>> some = [Record(id="a", keywords=("Alliances", "Cars")), Record(id="b", keywords=("alliance",))]
    >>> found = keyword_table([Work(one.id, (one,), one, {}) for one in some])
    >>> found.rows.select("keyword", "works", "evidence").row(0)
    ('Alliances', 2, ['a', 'b'])
    """
    found = keywords(works)
    behind: dict[str, list[str]] = {}
    for work, keys in found.of.items():
        for key in keys:
            behind.setdefault(key, []).append(work)
    known = sum(bool(keys) for keys in found.of.values())
    rows = [
        (found.spellings.shown(key), len(ids), len(ids) / known, list(found.spellings.others(key)), ids)
        for key, ids in behind.items()
    ]
    frame = pl.DataFrame(
        sorted(rows, key=lambda row: (-row[1], row[0])),
        schema={
            "keyword": pl.String,
            "works": pl.Int64,
            "share": pl.Float64,
            "spellings": pl.List(pl.String),
            "evidence": pl.List(pl.String),
        },
        orient="row",
    )
    return Listing("Keywords", "keywords", frame, len(works), len(works) - known, (ONE_WORD,))
