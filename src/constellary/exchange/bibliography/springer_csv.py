"""SpringerLink CSV: ten columns, authors run together without a divider, no abstracts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constellary.exchange.bibliography import dates, names, values
from constellary.exchange.bibliography.export import Remark
from constellary.exchange.bibliography.tables import columns, exported, read_table
from constellary.literature.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.exchange.bibliography.export import Export
    from constellary.literature.record import Name

NAME = "SpringerLink CSV"
DATABASE = "SpringerLink"

_TITLES = re.compile(r"\b(?:Prof|Dr|Dipl|Ing|Priv|Doz|Univ|rer|nat|habil|h\.c|Ph\.D|M\.Sc)\b\.?[-\s]*")


def looks_like(head: str) -> bool:
    """Tell whether a file is a table with the columns of SpringerLink."""
    return {"itemtitle", "itemdoi", "contenttype"} <= columns(head)


def read(text: str, file: str) -> Export:
    """Return the records of a SpringerLink CSV."""
    table = read_table(text, file)
    table.remarks.append(
        Remark(
            0,
            "SpringerLink writes authors without a divider; they were divided by their capitals, so look at them",
        )
    )
    return exported(file, NAME, table, _record, database=DATABASE)


def people(text: str) -> tuple[Name, ...]:
    """Return authors who are written one behind the other: a new one begins where a capital follows a small letter.

    A name of one word alone (as `Donald` of `McDonald`) belongs to the one before it.

    Examples
    --------
    >>> list(map(str, people("Jane McDonaldMelissa C. SmithProf. Mo Jamshidi")))
    ['McDonald, Jane', 'Smith, Melissa C.', 'Jamshidi, Mo']
    """
    whole: list[list[str]] = []
    for part in filter(None, divided(text)):
        if whole and (" " not in part.strip() or whole[-1][-1].endswith((" Mc", " Mac"))):
            whole[-1].append(part)
        else:
            whole.append([part])
    found = [names.given_first(_TITLES.sub("", "".join(parts)).strip()) for parts in whole]
    return tuple(name for name in found if name)


def divided(text: str) -> list[str]:
    """Return the parts of a text between a small letter, a closing bracket or a generation and a capital.

    Examples
    --------
    >>> divided("Mo JamshidiJohn SmithSr.B. Yi")
    ['Mo Jamshidi', 'John Smith', 'Sr.', 'B. Yi']
    """
    parts, start = [], 0
    for place in range(1, len(text)):
        before, sign = text[place - 1], text[place]
        closes = before.islower() or before in ")’'" or text[start:place] in {"Sr.", "Jr."}
        if sign.isupper() and closes and not text[start:place].endswith(("O’", "O'", "D’", "D'")):
            parts.append(text[start:place])
            start = place
    return [*parts, text[start:]]


def _record(cells: Mapping[str, str]) -> Record:
    get = cells.get
    return Record(
        title=values.title(get("itemtitle")),
        authors=people(get("authors", "")),
        year=dates.year(get("publicationyear")),
        date=dates.date(get("publicationyear")),
        venue=values.title(get("publicationtitle") or get("bookseriestitle")),
        volume=values.clean(get("journalvolume")),
        issue=values.clean(get("journalissue")),
        doi=values.doi(get("itemdoi")),
        type=values.csl_type(get("contenttype"), (get("contenttype") or "").partition(" ")[0]),
        url=values.clean(get("url")),
        database=DATABASE,
    )
