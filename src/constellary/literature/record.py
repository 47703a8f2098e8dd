"""A record: a bibliographic reference as one export of one database gives it.

The fields are what is searched, compared and shown. Beside them stands everything that the file said, tag
by tag in its order, so that nothing is lost where a field has no place for it.
"""

from __future__ import annotations

from typing import NamedTuple

Raw = tuple[tuple[str, str], ...]
"""What a file said of a record: tag and text, in the file's order; a tag that is repeated stands repeatedly."""


class Name(NamedTuple):
    """An author or editor; an institution, or a name that cannot be divided, has a family name alone.

    Examples
    --------
    >>> str(Name("Vallejo", "Bertha")), str(Name("OECD"))
    ('Vallejo, Bertha', 'OECD')
    """

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


class Record(NamedTuple):
    """A bibliographic reference; what a file does not say is None, or an empty tuple.

    Attributes
    ----------
    id
        Its name in the study: first author, year and six letters (`vallejo2020-3fa2c1`); empty before it is
        taken in.
    type
        As CSL names them: `article-journal`, `chapter`, `paper-conference`, `book`, `report`, `thesis`,
        `article` (a preprint), `article-magazine`, `article-newspaper`, `dataset`, `webpage`, `document`.
    title
        As printed, in the case of the file, on one line.
    authors, editors
        In their order.
    year
        Of publication, four digits.
    date
        As far as known: `2020`, `2020-05` or `2020-05-17`.
    venue
        Journal, proceedings, book or series in which it appeared.
    volume, issue, pages
        As printed; pages as `123-145`, or an article number.
    publisher, place, edition
        As printed.
    doi
        Lower case, without resolver or prefix.
    pmid, issn, isbn, url
        The first where there are several; raw has all.
    language
        Two letters (ISO 639-1) where it is known, else as printed, in lower case.
    abstract
        Without markup; paragraphs divided by a line feed.
    keywords
        Those of the authors first, then those of the database, each once.
    cited
        Cited references, as printed, one each.
    times_cited
        How often it was cited, as the database counts.
    accession
        The database's own identifier (`WOS:000540872300001`, `2-s2.0-85085...`).
    database
        Which database it comes from, as its name is printed: `Web of Science`, `Scopus`, `PubMed`,
        `OpenAlex` ...; None where the file does not tell.
    notes
        What somebody noted in it.
    file, line
        Where it was read: the name of the file and the line at which the record begins, from 1; in JSON and
        spreadsheets, the number of the record or row.
    search
        Name of the search of the protocol that found it; empty where it came otherwise.
    format
        Name of the format it was read from.
    """

    title: str | None = None
    authors: tuple[Name, ...] = ()
    year: int | None = None
    venue: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    doi: str | None = None
    abstract: str | None = None
    keywords: tuple[str, ...] = ()
    type: str = "article-journal"
    date: str | None = None
    editors: tuple[Name, ...] = ()
    publisher: str | None = None
    place: str | None = None
    edition: str | None = None
    pmid: str | None = None
    issn: str | None = None
    isbn: str | None = None
    url: str | None = None
    language: str | None = None
    cited: tuple[str, ...] = ()
    times_cited: int | None = None
    accession: str | None = None
    database: str | None = None
    notes: tuple[str, ...] = ()
    id: str = ""
    file: str = ""
    line: int = 0
    search: str = ""
    format: str = ""


FIELDS = tuple(name for name in Record._fields if name not in ("id", "file", "line", "search", "format"))
"""What a record says of its publication."""
NAMES = ("authors", "editors")
LISTS = ("keywords", "cited", "notes")


def first_author(record: Record) -> str:
    """Return who a record is called by: the first author's family name, else the first word of its title.

    Examples
    --------
    >>> first_author(Record(authors=(Name("Vallejo", "B."),)))
    'Vallejo'
    """
    if record.authors:
        return record.authors[0].family
    return (record.title or "").split(" ", 1)[0]


def cited_as(record: Record) -> str:
    """Return a record as it is cited in running text, by author and year.

    Examples
    --------
    >>> cited_as(Record(authors=(Name("Carrillo", "J."), Name("Vallejo", "B.")), year=2020))
    'Carrillo and Vallejo (2020)'
    """
    names = [name.family for name in record.authors]
    if len(names) > 2:
        who = f"{names[0]} et al."
    else:
        who = " and ".join(names) or f"'{(record.title or 'without title')[:40]}'"
    return f"{who} ({record.year if record.year is not None else 'n.d.'})"
