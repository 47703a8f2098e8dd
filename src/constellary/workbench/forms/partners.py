"""Completing the name of a firm from its first letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.study.names import folded

if TYPE_CHECKING:
    import polars as pl

MOST = 20


def completions(firms: pl.DataFrame, begun: str, most: int = MOST) -> list[str]:
    """Return firms of which the name or an alias holds the letters: first those that begin with them.

    Examples
    --------
    >>> import polars as pl
    >>> firms = pl.DataFrame({"firm": ["Ford", "Oxford", "PSA"], "aliases": [None, None, ["Ford of France"]]})
    >>> completions(firms, "for")
    ['Ford', 'PSA', 'Oxford']
    """
    wanted = folded(begun)
    found = []
    for name, aliases in firms.select("firm", "aliases").iter_rows():
        ranks = [place for text in (name, *(aliases or ())) if (place := folded(text).find(wanted)) >= 0]
        if ranks:
            found.append((min(ranks) > 0, folded(name), name))
    return [name for _, _, name in sorted(found)[:most]]
