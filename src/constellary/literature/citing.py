"""How works are cited in running text, so that no two are cited alike."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from constellary.literature.record import cited_as

if TYPE_CHECKING:
    from collections.abc import Iterable

    from constellary.literature.works import Work


def citations(works: Iterable[Work]) -> dict[str, str]:
    """Return work -> how it is cited; those of the same authors and year get letters, in the order of titles.

    Examples
    --------
    >>> from constellary.literature.record import Name, Record
    >>> from constellary.literature.works import Work
    >>> def work(key, title):
    ...     record = Record(id=key, title=title, authors=(Name("Vallejo", "B."),), year=2020)
    ...     return Work(key, (record,), record, {})
    >>> citations([work("v1", "Suppliers"), work("v2", "Alliances")])
    {'v1': 'Vallejo (2020b)', 'v2': 'Vallejo (2020a)'}
    """
    listed = list(works)
    plain = {work.id: cited_as(work.record) for work in listed}
    alike: dict[str, list[Work]] = {}
    for work in listed:
        alike.setdefault(plain[work.id], []).append(work)
    for said, group in alike.items():
        if len(group) > 1:
            ordered = sorted(group, key=lambda work: (alphabetical(work.record.title or ""), work.id))
            for number, work in enumerate(ordered):
                plain[work.id] = f"{said[:-1]}{letters(number)})"
    return plain


def letters(number: int) -> str:
    """Return a number, from 0, in letters: a to z, then aa.

    Examples
    --------
    >>> letters(0), letters(25), letters(26)
    ('a', 'z', 'aa')
    """
    rest, place = divmod(number, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("a") + place)


def alphabetical(text: str) -> str:
    """Return a text by which a list is put in the order of the alphabet, accents left aside.

    Examples
    --------
    >>> sorted(["Xia", "Čirjevskis", "abe"], key=alphabetical)
    ['abe', 'Čirjevskis', 'Xia']
    """
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in folded if not unicodedata.combining(sign))
