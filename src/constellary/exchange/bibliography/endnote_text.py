"""EndNote's export in the style 'EndNote Export', and refer before it: tags of a percent sign and one more.

The tags are those of the style that EndNote ships; %0 names the kind of a record and opens it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constellary.errors import InputError
from constellary.exchange.bibliography import dates, ris_vendors, values
from constellary.exchange.bibliography.export import Entry, Export, Remark
from constellary.exchange.bibliography.names import names
from constellary.exchange.bibliography.tagged import Tags, cut, gathered, lines_of
from constellary.literature.record import Record

if TYPE_CHECKING:
    from constellary.exchange.bibliography.tagged import Chunk

NAME = "EndNote text"
AGAIN = "Export it again from EndNote in the style 'EndNote Export'."

_LOOKS = re.compile(r"\s*(?:%0 \S|%T \S|%[A-Z] .*\n(?:.*\n){0,60}?%T \S)")
_FIELD = re.compile(r"\n\n{0,3}(%[0-9A-Z@!#$&()*+<=>?\[~^\]|])(?: |(?=\n)|\Z)")
_KINDS = Tags(opens=re.compile(r"\n%0 "), opening="%0", closing="\0", closes=re.compile(r"\0"), field=_FIELD)
_BLANK = Tags(
    opens=re.compile(r"\n(?=\n%[A-Z] )"), opening="", closing="\0", closes=re.compile(r"\0"), field=_FIELD
)
"""For refer, where a blank line divides records."""
NOTHING = (None,)


def looks_like(head: str) -> bool:
    """Tell whether a file is in this format: it begins with %0 or %T, or with another tag that %T follows soon."""
    return bool(_LOOKS.match(head))


def read(text: str, file: str) -> Export:
    """Return what an EndNote text export holds. Nothing in the format tells whether the last record is whole.

    Raises
    ------
    InputError
        It has no record, or is beyond the limits.
    """
    text = lines_of(text, file)
    before, chunks = cut(text, _KINDS, file) if _KINDS.opens.search(text) else cut("\n" + text, _BLANK, file)
    chunks = [chunk._replace(fields=tuple([field for field in chunk.fields if field[0]])) for chunk in chunks]
    if not chunks:
        raise InputError(f"{file} has no record. {AGAIN}")
    lead = before.strip()
    remarks = (Remark(1, f"what stands before the first record is left out: '{lead[:60]}'"),) if lead else ()
    entries = tuple([Entry(_record(chunk, file), chunk.fields) for chunk in chunks])
    found = {entry.record.database for entry in entries}
    return Export(file, NAME, found.pop() if len(found) == 1 else None, entries, remarks)


def _record(chunk: Chunk, file: str) -> Record:
    """Return a record of its fields."""
    told = gathered(chunk.fields)
    get = told.get
    kind = values.csl_type(get("%0", NOTHING)[0], default="article-journal" if "%J" in told else "document")
    year = dates.year(get("%D", NOTHING)[0]) or dates.year(get("%8", NOTHING)[0])
    serial = get("%@", ())
    words = [word for text in get("%K", ()) for word in text.replace(";", "\n").split("\n")]
    return Record(
        title=values.title(get("%T", NOTHING)[0]),
        authors=names(get("%A", ())),
        year=year,
        venue=values.title((get("%J") or get("%B") or get("%S") or NOTHING)[0]),
        volume=values.clean(get("%V", NOTHING)[0]),
        issue=values.clean(get("%N", NOTHING)[0]),
        pages=values.pages(get("%P", NOTHING)[0]),
        doi=values.doi(get("%R", NOTHING)[0]) or values.doi(get("%U", NOTHING)[0]),
        abstract=values.plain(get("%X", NOTHING)[0]),
        keywords=values.unique(words),
        type=kind,
        date=dates.date(get("%8", NOTHING)[0], year),
        editors=names(get("%E", ())),
        publisher=values.clean(get("%I", NOTHING)[0]),
        place=values.clean(get("%C", NOTHING)[0]),
        edition=ris_vendors.edition(get("%7", NOTHING)[0]),
        issn=values.issn(*serial),
        isbn=values.isbn(*serial),
        url=values.clean(get("%U", NOTHING)[0]),
        language=values.language(get("%G", NOTHING)[0]),
        accession=values.clean(get("%M", NOTHING)[0]),
        database=values.clean((get("%~") or get("%W") or NOTHING)[0]),
        notes=tuple([note for text in get("%Z", ()) if (note := values.plain(text))]),
        file=file,
        line=chunk.line,
        format=NAME,
    )
