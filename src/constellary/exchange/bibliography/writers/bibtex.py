r"""BibTeX, for LaTeX and reference managers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constellary.exchange.bibliography.writers.decided import noted
from constellary.exchange.writers.bibtex import latex, verbatim
from constellary.exchange.writers.texts import ascii_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from constellary.exchange.bibliography.writers.decided import Decided
    from constellary.literature.record import Name, Record

KINDS = {
    "article-journal": ("article", None),
    "chapter": ("incollection", None),
    "paper-conference": ("inproceedings", None),
    "book": ("book", None),
    "report": ("techreport", None),
    "thesis": ("phdthesis", None),
    "article": ("unpublished", None),
    "article-magazine": ("article", "Magazine article"),
    "article-newspaper": ("article", "Newspaper article"),
    "dataset": ("dataset", None),
    "webpage": ("online", None),
    "document": ("misc", None),
}
"""Kind in CSL -> kind of entry, and what its field `type` says where the entry does not tell."""

PUBLISHERS = {"report": "institution", "thesis": "school"}
VENUES = {"chapter": "booktitle", "paper-conference": "booktitle", "book": "series", "report": "series"}

_NO_KEY = re.compile(r"[^A-Za-z0-9:._+/-]+")
_LIGATURES = re.compile(r"-(?=-)|'(?=')|`(?=`)")


def write(records: Sequence[Record], decided: Decided | None = None) -> bytes:
    r"""Return the records as BibTeX in UTF-8, LaTeX's signs escaped; decisions are paragraphs of the note.

    The key of an entry is the id of its record.

    Examples
    --------
    >>> from constellary.literature.record import Name, Record
    >>> one = Record(id="vallejo2020-3fa2c1", title="R&D", authors=(Name("Vallejo", "B."), Name("OECD")), year=2020)
    >>> print(write([one]).decode(), end="")
    @article{vallejo2020-3fa2c1,
      title = {{R\&D}},
      author = {Vallejo, B. and {OECD}},
      year = {2020},
    }
    """
    entries = []
    taken: set[str] = set()
    for record in records:
        kind, said = KINDS.get(record.type, ("misc", None))
        lines = [f"@{kind}{{{_key(record, taken)},"]
        lines += [
            f"  {name} = {{{value}}}," for name, value in _fields(noted(record, decided), said) if value
        ]
        entries.append("\n".join([*lines, "}", ""]))
    return "\n".join(entries).encode("utf-8", "replace")


def _key(record: Record, taken: set[str]) -> str:
    bare = _NO_KEY.sub("", ascii_text(record.id)) or "record"
    key, number = bare, 1
    while key in taken:
        number += 1
        key = f"{bare}-{number}"
    taken.add(key)
    return key


def _fields(record: Record, said: str | None) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{_text(record.title)}}}" if record.title else ""
    yield "author", " and ".join(map(_name, record.authors))
    yield "editor", " and ".join(map(_name, record.editors))
    yield from _dates(record)
    yield "type", said or ""
    yield VENUES.get(record.type, "journal"), _text(record.venue)
    yield "volume", _text(record.volume)
    yield "number", _text(record.issue)
    yield (
        "pages",
        (record.pages or "").replace("-", "--") if _plain_range(record.pages) else _text(record.pages),
    )
    yield PUBLISHERS.get(record.type, "publisher"), _text(record.publisher)
    yield "address", _text(record.place)
    yield "edition", _text(record.edition)
    yield "doi", verbatim(record.doi or "")
    yield "pmid", _text(record.pmid)
    yield "issn", _text(record.issn)
    yield "isbn", _text(record.isbn)
    yield "url", verbatim(record.url or "")
    yield "language", _text(record.language)
    yield "abstract", "\n\n".join(_text(line) for line in (record.abstract or "").split("\n"))
    words = "; ".join(_text(word.replace(";", ",")) for word in record.keywords)
    yield "keywords", f"{words};" if "," in words and ";" not in words else words
    yield "note", "\n\n".join(map(_text, record.notes))
    yield "database", _text(record.database)
    yield "accession", _text(record.accession)
    yield "times-cited", "" if record.times_cited is None else str(record.times_cited)
    yield "cited-references", "\n   ".join(f"{_text(one)}." for one in record.cited)


def _dates(record: Record) -> Iterator[tuple[str, str]]:
    yield "year", "" if record.year is None else str(record.year)
    if record.date and record.date[:4] == str(record.year):
        for name, part in zip(("month", "day"), record.date.split("-")[1:], strict=False):
            yield name, str(int(part))
    else:
        yield "date", record.date or ""


def _plain_range(pages: str | None) -> bool:
    return bool(re.fullmatch(r"[A-Za-z0-9]+-[A-Za-z0-9]+", pages or ""))


def _text(text: str | None) -> str:
    """Return text as LaTeX, in which hyphens and quotation marks side by side stay what they are."""
    return _LIGATURES.sub(r"\g<0>{}", latex(text)) if text else ""


def _name(name: Name) -> str:
    """Return a name as BibTeX divides it; what holds a comma, `and` or no given name stands in braces."""
    family = _text(name.family)
    if not name.given:
        return f"{{{family}}}"
    family = f"{{{family}}}" if re.search(r",|\band\b|[{}\\]", family, re.IGNORECASE) else family
    given = _text(name.given)
    before, comma, generation = given.rpartition(", ")
    if comma and generation in {"Jr.", "Sr.", "II", "III", "IV"} and "," not in before:
        return f"{family}, {generation}, {before}"
    given = f"{{{given}}}" if re.search(r",|\band\b|[{}\\]", given, re.IGNORECASE) else given
    return f"{family}, {given}"
