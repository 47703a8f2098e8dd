"""BibTeX and BibLaTeX, of Web of Science, Scopus, Zotero, Google Scholar, JabRef and by hand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from constellary.errors import InputError
from constellary.exchange.bibliography import dates, values
from constellary.exchange.bibliography.bibtex_entries import Entries
from constellary.exchange.bibliography.bibtex_values import people, text_of, verbatim_of
from constellary.exchange.bibliography.export import Entry, Export
from constellary.literature.record import Record

if TYPE_CHECKING:
    from constellary.exchange.bibliography.bibtex_entries import BibEntry

NAME = "BibTeX"

_LOOKS = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]\s*[^\s{}()@=]*\s*(?:,|=|\})", re.MULTILINE)
_OTHERS = re.compile(r"^[ \t]*@(?:comment|preamble|string)\s*[{(]", re.IGNORECASE | re.MULTILINE)
_CITED_BY = re.compile(r"cited[ -]by:? *(\d+);?\s*", re.IGNORECASE)
_EID = re.compile(r"\beid=(2-s2\.0-\d+)")


def looks_like(head: str) -> bool:
    """Tell whether a file has an entry `@kind{key,`."""
    return bool(_LOOKS.search(head) or _OTHERS.search(head))


def read(text: str, file: str) -> Export:
    """Return the entries of a BibTeX file.

    `raw` begins with `ENTRYTYPE` and `ID`; values stand as in the file, macros put in, their outer braces left out.

    Raises
    ------
    InputError
        It has no entry, or ends within one.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    read_ = Entries(text, file)
    if read_.cut_at:
        raise InputError(
            f"{file} ends in the middle of the entry that begins in line {read_.cut_at:,}: its braces are not closed. "
            "Export it again, or close the entry in an editor."
        )
    if not read_.found and not read_.remarks:
        raise InputError(f"{file} is BibTeX without any entry. Export it again, with its records.")
    entries = tuple([_entry(one, file) for one in read_.found])
    named = {entry.record.database for entry in entries}
    database = named.pop() if len(named) == 1 else None
    return Export(file, NAME, database, entries, tuple(read_.remarks))


def _entry(entry: BibEntry, file: str) -> Entry:
    told = {_key(name): value for name, value in reversed(entry.fields) if value}  # of several, the first
    raw = [("ENTRYTYPE", entry.kind), ("ID", entry.key), *entry.fields]
    return Entry(_record(entry, told, file), tuple([pair for pair in raw if pair[1]]))


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """Return the name of a field as it is looked up: Author-Keywords and author_keywords are one."""
    return name.lower().replace("_", "-")


def _record(entry: BibEntry, told: dict[str, str], file: str) -> Record:
    get = told.get
    year, date = _dates(told)
    number, note = _note(told)
    accession, database = _origin(entry.key, told)
    return Record(
        title=_title(told),
        authors=people(told["author"]) if "author" in told else (),
        year=year,
        date=date,
        venue=_line(
            get("journal") or get("journaltitle") or get("booktitle") or get("series") or get("howpublished")
        ),
        volume=_line(get("volume")),
        issue=_line(get("number") or get("issue")),
        pages=values.pages(_line(get("pages")))
        or _line(get("article-number") or get("art-number") or get("eid")),
        doi=values.doi(verbatim_of(told["doi"])) if "doi" in told else None,
        abstract=values.plain(_paragraph(told["abstract"])) if "abstract" in told else None,
        keywords=_keywords(told),
        type=_kind(entry.kind.lower(), told),
        editors=people(told["editor"]) if "editor" in told else (),
        publisher=_often(get("publisher") or get("institution") or get("school") or get("organization")),
        place=_often(get("address") or get("location")),
        edition=_line(get("edition")),
        pmid=_line(get("pmid") or get("pubmed-id")),
        issn=values.issn(get("issn"), get("eissn")),
        isbn=values.isbn(get("isbn")),
        url=verbatim_of(told["url"]) or None if "url" in told else None,
        language=values.language(_line(get("language") or get("langid"))),
        cited=_cited(told),
        times_cited=values.count(get("times-cited")) if "times-cited" in told else number,
        accession=accession,
        database=database,
        notes=note,
        file=file,
        line=entry.line,
        format=NAME,
    )


def _line(source: str | None) -> str | None:
    """Return a value as text on one line."""
    if source is None:
        return None
    if source[:1] == "{" and source.find("}") == len(source) - 1:
        source = source[1:-1]
    if "\\" in source or "{" in source or "$" in source or "--" in source or "~" in source or "''" in source:
        source = text_of(source)
    return " ".join(source.split()) or None


_often = lru_cache(maxsize=4096)(_line)
"""The same, for what is the same in many entries."""


def _title(told: dict[str, str]) -> str | None:
    if "title" not in told:
        return None
    whole = text_of(told["title"])
    if "subtitle" in told:
        whole = f"{whole}: {text_of(told['subtitle'])}"
    return values.title(whole)


def _paragraph(source: str) -> str:
    """Return an abstract without the line ends at which it was wrapped; a blank line divides paragraphs."""
    text = text_of(source)
    lines = text.split("\n")
    if "" in lines[1:-1]:
        return "\n".join(part.replace("\n", " ") for part in text.split("\n\n"))
    return " ".join(map(str.strip, lines))


def _dates(told: dict[str, str]) -> tuple[int | None, str | None]:
    said = _line(told.get("date"))
    year = dates.year(_line(told.get("year")) or said)
    month = _line(told.get("month"))
    if month and month.isdigit():
        day = _line(told.get("day"))
        month = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day and day.isdigit() else "")
    return year, dates.date(said or month, year)


def _keywords(told: dict[str, str]) -> tuple[str, ...]:
    """Return keywords: by semicolons as databases write them, else by commas as reference managers do."""
    names = ("author-keywords", "keywords", "keyword", "keywords-plus")
    found: list[str] = []
    for text in (_line(told[name]) or "" for name in names if name in told):
        found += (
            text.split(";")
            if ";" in text or "author-keywords" in told or "unique-id" in told
            else text.split(",")
        )
    return values.unique(found) if found else ()


def _cited(told: dict[str, str]) -> tuple[str, ...]:
    if "cited-references" in told:  # Web of Science: one a line, a full stop behind each
        text = told["cited-references"]
        if text[:1] == "{" and text[-1] == "}":
            text = text[1:-1]
        if "\\" in text or "{" in text or "}" in text:
            text = text_of(text)
        text = text.strip().removesuffix(".")
        parts = text.split(".\n   ")
        if (
            text.count("\n") == text.count("  ") == len(parts) - 1
        ):  # as it mostly is: no line and no space is left
            return tuple(parts)
        return tuple([" ".join(part.split()) for part in text.split(".\n") if part])
    return tuple(values.listed(_line(told.get("references")) or ""))


def _note(told: dict[str, str]) -> tuple[int | None, tuple[str, ...]]:
    """Return how often a work is cited, which Scopus writes into the note, and the other notes."""
    found: list[str] = []
    number = None
    for name in ("note", "annote", "annotation", "comment"):
        parts = [_line(part) or "" for part in told[name].split("\n\n")] if name in told else []
        for part in parts:
            cited = _CITED_BY.match(part) if name == "note" else None
            text = part
            if cited:
                number = int(cited[1])
                text = part[cited.end() :]
            if text:
                found.append(text)
    return number, tuple(found)


def _origin(key: str, told: dict[str, str]) -> tuple[str | None, str | None]:
    """Return the database's own identifier and the database, as far as the entry tells."""
    if "database" in told or "accession" in told:
        return _line(told.get("accession")), _line(told.get("database"))
    identifier = _line(told.get("unique-id"))
    if identifier is None and key.startswith(("ISI:", "WOS:")):
        identifier = key
    if identifier:
        return identifier.replace("ISI:", "WOS:", 1), "Web of Science"
    source = _line(told.get("source"))
    eid = _EID.search(told.get("url", ""))
    if source == "Scopus" or eid:
        return (eid[1] if eid else None), "Scopus"
    return None, source if source in {"PubMed", "Embase", "ProQuest", "EBSCOhost"} else None


def _kind(kind: str, told: dict[str, str]) -> str:
    """Return the kind as CSL names it: by the entry, but for what databases say more exactly."""
    said = told.get("document-type") or (
        told.get("type") if kind in {"article", "misc", "conference"} else None
    )
    exact = values.csl_type(_line(said), default="") if said else ""
    if kind == "article" and exact in {"", "document"}:
        return "article-journal"
    return exact or values.csl_type(kind)
