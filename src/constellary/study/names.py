"""Names of firms: how a name or alias finds its firm."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl


def folded(name: str) -> str:
    """Return a name as it is compared: case and spaces do not count.

    Examples
    --------
    >>> folded("  General  MOTORS ")
    'general motors'
    """
    return " ".join(name.casefold().split())


def tidy(text: str) -> str:
    """Return a text as an import stores it: composed letters (NFC), nothing around it.

    Examples
    --------
    >>> tidy("  Citroe\u0308n ") == "Citro\u00ebn"
    True
    """
    return unicodedata.normalize("NFC", text).strip()


def firm_names(firms: pl.DataFrame) -> dict[str, str]:
    """Return folded name or alias -> firm, for those that mean one firm alone.

    Where the names of two firms are alike but for case and spaces, the folded name is out: look an exact name
    up first. An alias that two firms have, or that is a firm's name, is out too.

    Examples
    --------
    >>> import polars as pl
    >>> firm_names(pl.DataFrame({"firm": ["Renault"], "aliases": [["Renault SA"]]}))
    {'renault': 'Renault', 'renault sa': 'Renault'}
    """
    own: dict[str, list[str]] = {}
    for name in firms["firm"]:
        own.setdefault(folded(name), []).append(name)
    names = {plain: same[0] for plain, same in own.items() if len(same) == 1}
    claims: dict[str, set[str]] = {}
    rows: Iterable[tuple[str, list[str] | None]] = firms.select("firm", "aliases").iter_rows()
    for name, aliases in rows:
        for alias in aliases or ():
            claims.setdefault(folded(alias), set()).add(name)
    for alias in sorted(claims):
        owners = claims[alias]
        if alias not in own and len(owners) == 1:
            names[alias] = next(iter(owners))
    return names
