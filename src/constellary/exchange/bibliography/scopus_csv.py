"""Scopus CSV, of 2013 to today: names of columns have changed little, the way of writing authors twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constellary.exchange.bibliography import dates, names, values
from constellary.exchange.bibliography.export import Export, Remark
from constellary.exchange.bibliography.tables import Row, Table, columns, exported, plain, read_table
from constellary.literature.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from constellary.literature.record import Name

NAME = "Scopus CSV"
DATABASE = "Scopus"

_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+")
_RUN_ON = re.compile(r"(?<=\.)(?=[^\W\d_]{2})")
_NUMBER = re.compile(r" ?\(\d{5,}\)$")
_NONE = re.compile(r"\[no .* available\]", re.IGNORECASE)

LOOKS: Mapping[str, Callable[[str], object]] = {
    "year": re.compile(r"(?:1[4-9]|20)\d\d").fullmatch,
    "citedby": re.compile(r"\d+").fullmatch,
    "doi": re.compile(r"10\.\d").match,
    "link": re.compile(r"https?://").match,
    "references": re.compile(r"\((?:1[4-9]|20)\d\d\)").search,
    "abbreviatedsourcetitle": re.compile(r"(?!(?:Article|Review|Final|Conference Paper|English)$)").match,
    "languageoforiginaldocument": re.compile(r"[^\d.]+").fullmatch,
    "issn": re.compile(r"[\dXx]{4,8}\b").match,
    "pubmedid": re.compile(r"\d{4,9}").fullmatch,
    "documenttype": re.compile(r"[A-Z][A-Za-z ]{3,24}").fullmatch,
    "source": re.compile("Scopus").fullmatch,
    "eid": re.compile(r"2-s2\.0-\d+").fullmatch,
}
"""How the cells of some columns look, whoever published the work; by them a shifted row is set right."""


def looks_like(head: str) -> bool:
    """Tell whether a file is a table with the columns of Scopus."""
    found = columns(head)
    return {"authors", "title", "sourcetitle"} <= found and bool({"eid", "authorsid", "link"} & found)


def read(text: str, file: str) -> Export:
    """Return the records of a Scopus CSV.

    Where rows have a cell more than the header has names, one name is put in: where, the cells of all these
    rows tell by how they look (year, DOI, references, EID ...); of places that fit equally, the last.
    """
    table = read_table(text, file, most=1)
    wide = [row for row in table.rows if len(row.cells) > len(table.names)]
    if not wide:
        return exported(file, NAME, table, _record, database=DATABASE)
    place = missing_name([row.cells for row in wide], table.names)
    name = _name_of(place, table.names)
    rows, remarks = [], []
    for row in table.rows:
        if len(row.cells) <= len(table.names):
            rows.append(Row(row.number, [*row.cells[:place], "", *row.cells[place:]]))
        elif _fits(row.cells, table.names, place) is not None:
            rows.append(row)
        else:
            said = f"row {row.number:,} has {len(row.cells)} cells under {len(table.names)} names; not read"
            remarks.append(Remark(row.number, said, lost=True))
    said = (
        f"{len(wide) - len(remarks):,} rows have one cell more than the header has names; by what the cells hold, a "
        f"name is missing behind '{table.names[place - 1]}', and it was read as '{name}'"
    )
    whole = Table(
        (*table.names[:place], name, *table.names[place:]),
        rows,
        [*table.remarks, Remark(wide[0].number, said), *remarks],
    )
    return exported(file, NAME, whole, _record, database=DATABASE)


def missing_name(rows: Sequence[Sequence[str]], header: Sequence[str]) -> int:
    """Return before which column of the header a name is missing, for rows of one cell more.

    Examples
    --------
    >>> missing_name([["A", "2020", "?", "Scopus", "2-s2.0-8"]], ["Title", "Year", "Source", "EID"])
    2
    """
    best, found = -1, len(header)
    for place in range(len(header) + 1):
        fitting = [fit for row in rows if (fit := _fits(row, header, place)) is not None]
        if sum(fitting) >= best:
            best, found = sum(fitting), place
    return found


def _fits(cells: Sequence[str], header: Sequence[str], place: int) -> int | None:
    """Return how many cells look as their column does, if a name is put in at `place`; None if one does not."""
    number = 0
    for column, name in enumerate(header):
        cell = cells[column + (column >= place)]
        look = LOOKS.get(plain(name))
        if look is not None and cell:
            if not look(cell.strip()):
                return None
            number += 1
    return number


def _name_of(place: int, header: Sequence[str]) -> str:
    """Return a name for the column that the header leaves out: the next number after `Funding Text 1`."""
    before = header[place - 1] if place else ""
    found = re.fullmatch(r"(.*\D)(\d+)", before)
    return f"{found[1]}{int(found[2]) + 1}" if found else f"after {before}"


def people(text: str) -> tuple[Name, ...]:
    """Return the authors in any of the ways in which Scopus has written them.

    Examples
    --------
    >>> list(map(str, people("Vallejo B., Carrillo J.")))
    ['Vallejo, B.', 'Carrillo, J.']
    >>> list(map(str, people("Vallejo, B., Carrillo, J.")))
    ['Vallejo, B.', 'Carrillo, J.']
    >>> list(map(str, people("Vallejo, Bertha (57202138757); Carrillo, Jorge (6701753117)")))
    ['Vallejo, Bertha', 'Carrillo, Jorge']
    """
    if _NONE.fullmatch(text.strip()):
        return ()
    if ";" in text:
        return names.names(_NUMBER.sub("", part) for part in values.listed(text))
    whole: list[str] = []
    for part in values.listed(text, ","):
        follows = _INITIALS.fullmatch(part) or part.rstrip(".").lower() in {"jr", "sr", "ii", "iii"}
        if follows and whole:
            whole[-1] += f", {part}"
        else:
            whole.append(_NUMBER.sub("", part))
    return names.names(whole)


def _authors(cells: Mapping[str, str]) -> tuple[Name, ...]:
    short = people(cells.get("authors", ""))
    full = people(cells.get("authorfullnames", "").rstrip(";") + ";") if "authorfullnames" in cells else ()
    return full if full and len(full) >= len(short) else short


def _record(cells: Mapping[str, str]) -> Record:
    get = cells.get
    year = dates.year(get("year"))
    abstract = get("abstract", "")
    return Record(
        title=values.title(get("title")),
        authors=_authors(cells),
        year=year,
        date=dates.date(get("year")),
        venue=values.clean(get("sourcetitle")),
        volume=values.clean(get("volume")),
        issue=values.clean(get("issue")),
        pages=values.pages(get("pagestart"), get("pageend")) or values.clean(get("artno")),
        doi=values.doi(get("doi")),
        abstract=None if _NONE.fullmatch(abstract.strip()) else values.plain(abstract),
        keywords=values.unique(
            [*values.listed(get("authorkeywords", "")), *values.listed(get("indexkeywords", ""))]
        ),
        type=values.csl_type(get("documenttype"), default="article-journal"),
        editors=people("; ".join(_RUN_ON.split(get("editors", "")))),
        publisher=values.clean(get("publisher")),
        pmid=values.clean(get("pubmedid")),
        issn=values.issn(get("issn")),
        isbn=values.isbn(get("isbn")),
        url=values.clean(get("link")),
        language=values.language(get("languageoforiginaldocument")),
        cited=tuple(values.listed(get("references", ""))),
        times_cited=values.count(get("citedby")),
        accession=values.clean(get("eid")),
        database=DATABASE,
    )
