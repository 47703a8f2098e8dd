"""Folding: text as it is searched and sorted, where accents, case and width of letters do not count."""

from __future__ import annotations

import polars as pl

_LETTERS = {
    "ß": "ss",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "’": "'",
    "‘": "'",
    "–": "-",
    "—": "-",
}
"""Letters that are not taken apart into a plain one and an accent, and signs that people type plainly."""


def folded(text: pl.Expr) -> pl.Expr:
    """Return text without accents, in small letters, every run of white space one space.

    Examples
    --------
    >>> pl.select(folded(pl.lit("Citroën  GROẞ Ｆｏｒｄ Łódź"))).item()
    'citroen gross ford lodz'
    """
    plain = text.str.normalize("NFKD").str.to_lowercase().str.replace_all(r"\p{M}+", "")
    plain = plain.str.replace_many(list(_LETTERS), list(_LETTERS.values()))
    return plain.str.replace_all(r"\s+", " ")


def words(search: str) -> list[str]:
    """Return what is searched for: words, and texts in double quotes as they stand, all folded.

    Examples
    --------
    >>> words('Škoda "joint venture" 2021')
    ['joint venture', 'skoda', '2021']
    """
    parts = str(pl.select(folded(pl.lit(search))).item()).split('"')
    # An opening quote that is never closed is somebody who is still typing.
    closed = len(parts) - 1 if len(parts) % 2 == 0 else len(parts)
    whole = [part.strip() for part in parts[1:closed:2]]
    loose = [
        word for place, part in enumerate(parts) if place % 2 == 0 or place >= closed for word in part.split()
    ]
    return [part for part in [*whole, *loose] if part]
