"""Records as they are stored: what they say of the publication as one JSON object, the file's tags as another."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from constellary.literature.record import FIELDS, LISTS, NAMES, Name, Record, first_author

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.literature.record import Raw
    from constellary.study.decisions import Row

LETTERS = 6
"""Letters of an id that tell it from others."""
FIELDS_AT = 7
"""Place of the fields in a row of the table."""
_EID = re.compile(r"\beid=(2-s2\.0-\d+)")


def fields_text(record: Record) -> str:
    """Return what a record says of its publication, as it is stored; what it does not say is left out."""
    said: dict[str, Any] = {}
    for name in FIELDS:
        value = getattr(record, name)
        if value is not None and value != ():
            said[name] = value
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def record_of(row: Sequence[Any]) -> Record:
    """Return a stored record of its id, search, format, file, line and fields; the file's tags are not read."""
    name, search, form, file, line, fields = row
    said: dict[str, Any] = json.loads(fields)
    for field in NAMES:
        if field in said:
            said[field] = tuple(Name(*one) for one in said[field])
    for field in LISTS:
        if field in said:
            said[field] = tuple(said[field])
    return Record(**said, id=name, search=search, format=form, file=file, line=line)


def same_publication(first: str, second: str) -> bool:
    """Whether two stored records say the same, but for how often it was cited, which changes by the day."""
    if first == second:
        return True
    said: list[dict[str, Any]] = [json.loads(text) for text in (first, second)]
    for one in said:
        one.pop("times_cited", None)
    return said[0] == said[1]


def raw_text(raw: Raw) -> str:
    """Return the file's tags as they are stored."""
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":"))


def raw_of(text: str) -> Raw:
    """Return what `raw_text` stored."""
    return tuple((tag, value) for tag, value in json.loads(text))


def origin_of(record: Record, raw: Raw) -> str:
    """Return by what a record is known again when its search is run anew.

    That is the database's own identifier, else the PubMed number; without any, what the file says of it.
    """
    where = (record.database or record.format).casefold()
    if record.accession:
        return f"{where}|{record.accession}"
    if eid := _EID.search(record.url or ""):  # in RIS, Scopus names its identifier in the address alone
        return f"{where}|{eid[1]}"
    if record.pmid:
        return f"pmid|{record.pmid}"
    return f"{where}|{contents_of(raw)}"


def contents_of(raw: Raw) -> str:
    """Return a digest of all that a file says of a record."""
    return f"sha256:{hashlib.sha256(raw_text(raw).encode()).hexdigest()[:32]}"


def id_of(record: Record, search: str, origin: str, letters: int = LETTERS) -> str:
    """Return the name of a record in the study: first author, year, and letters that tell it from others.

    Examples
    --------
    >>> id_of(Record(authors=(Name("Vallejo", "B."),), year=2020), "wos", "web of science|WOS:1")
    'vallejo2020-f5c802'
    """
    digest = hashlib.sha256(f"{search}\x1f{origin}".encode()).hexdigest()
    plain = unicodedata.normalize("NFKD", first_author(record)).encode("ascii", "ignore").decode()
    word = re.sub("[^a-z0-9]", "", plain.lower())[:20] or "record"
    return f"{word}{record.year or ''}-{digest[:letters]}"


def stored(record: Record, raw: Raw, *, position: int, origin: str) -> Row:
    """Return a record as a row of its table."""
    return (
        record.id,
        position,
        origin,
        record.search,
        record.format,
        record.file,
        record.line,
        fields_text(record),
        raw_text(raw),
    )
