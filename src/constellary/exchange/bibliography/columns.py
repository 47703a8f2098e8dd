"""Columns of tables that no database made: by which names people call them, and how they list authors in a cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constellary.exchange.bibliography import names
from constellary.exchange.readers.limits import CELL_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from constellary.literature.record import Name

SYNONYMS = {
    "title": "title primarytitle titleprimary articletitle documenttitle itemtitle papertitle ti t1",
    "authors": "author authors authornames firstauthors firstauthor creator creators au aunames authorsnames",
    "year": "year publicationyear pubyear yearpublished yearofpublication py yr",
    "date": "date publicationdate pubdate issued datepublished",
    "venue": "journal journaltitle journalname sourcetitle publicationtitle booktitle secondarytitle containertitle "
    "venue periodical journalbook publication so jo t2 conference source",
    "volume": "volume vol vl",
    "issue": "issue number issuenumber no is",
    "pages": "pages page pagerange pp",
    "first": "startpage pagestart firstpage sp bp",
    "last": "endpage pageend lastpage ep",
    "doi": "doi do di itemdoi doiurl digitalobjectidentifier",
    "abstract": "abstract abstractnote abstracttext summary ab notesabstract n2",
    "keywords": "keywords keyword authorkeywords tags subjects kw de",
    "type": "type typeofreference documenttype entrytype itemtype publicationtype referencetype ty dt",
    "publisher": "publisher pu pb",
    "place": "placepublished place publisherlocation city cy pi",
    "edition": "edition et",
    "editors": "editor editors secondaryauthors ed",
    "issn": "issn sn issnisbn issns",
    "isbn": "isbn",
    "url": "url urls link ur links externalurl sourcelinkout",
    "language": "language languages la",
    "notes": "note notes n1 comments",
    "pmid": "pmid pubmedid pubmed",
    "accession": "accessionnumber accession eid ut utuniquewosid lensid publicationid",
    "times_cited": "citedby timescited citations citationcount tc timescitedwoscore citingworkscount",
    "cited": "references citedreferences cr",
    "database": "database databasename nameofdatabase db",
}
"""What a column holds -> by which names it is known (letters and digits alone), the likeliest first."""

FIELDS = {name: field for field, synonyms in SYNONYMS.items() for name in synonyms.split()}
MISSING = frozenset(("na", "n/a", "nan", "null", "none", "-", "[]", "unknown"))

_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_AND = " and "
_LONGEST = 60
"""Characters of a short name; a regular expression is not let loose on more."""
_STOP = re.compile(r"(?<=[A-Z]{2})\.$")
"""Ends the last name of a list, as PubMed writes it: `Vallejo B, Roe KT.`"""
_SHORT = re.compile(r"(?:[^\W\d_]\.\s?-?)+\s*[^\W\d_]+[^,]*|[^,]*[^\W\d_]{2,}\s+(?:[A-Z]\.?[- ]?){1,4}")


def fields(cells: Mapping[str, str]) -> dict[str, str]:
    """Return field -> text of the first column that holds it and is filled; words for 'missing' are left out.

    Examples
    --------
    >>> fields({"ti": "Alliances", "py": "2020", "so": "NA"})
    {'title': 'Alliances', 'year': '2020'}
    """
    found: dict[str, tuple[int, str]] = {}
    for name, text in cells.items():
        field = FIELDS.get(name)
        if field is None or not text.strip() or text.strip().lower() in MISSING:
            continue
        rank = SYNONYMS[field].split().index(name)
        if field not in found or rank < found[field][0]:
            found[field] = (rank, text)
    return {field: text for field, (_, text) in found.items()}


def items(text: str) -> list[str]:
    r"""Return the items of a list in a cell: as Python writes one, by semicolons, bars, line feeds, else by commas.

    Examples
    --------
    >>> items("['Pippi', \"Nord's wind\"]"), items("trust; learning"), items("trust, learning")
    (['Pippi', "Nord's wind"], ['trust', 'learning'], ['trust', 'learning'])
    """
    stripped = text.strip()
    listed = stripped.startswith("[") and stripped.endswith("]") and len(stripped) < CELL_CHARACTERS
    if listed and (quoted := _QUOTED.findall(stripped)):
        return [re.sub(r"\\(.)", r"\1", one or other) for one, other in quoted]
    for divider in (";", "|", "\n", ","):
        if divider in stripped:
            return _filled(stripped.split(divider))
    return _filled([stripped])


def people(text: str) -> tuple[Name, ...]:
    """Return the authors in a cell, whichever way they are divided.

    Examples
    --------
    >>> for cell in ("Zhai, Q. J. and Yue, X. Y.", "Zhai QJ, Yue XY", "['Zhai, Q. J.', 'Yue, X. Y.']"):
    ...     print(*people(cell), sep=" / ")
    Zhai, Q. J. / Yue, X. Y.
    Zhai, QJ / Yue, XY
    Zhai, Q. J. / Yue, X. Y.
    """
    stripped = text.strip()
    if stripped.startswith("[") and stripped.endswith("]"):
        return names.names(items(stripped))
    for divider in (";", "|", "\n"):
        if divider in stripped:
            return names.names(_filled(stripped.split(divider)))
    stripped = " ".join(stripped.split())
    if _AND in stripped:
        parts = _filled(stripped.split(_AND))
        last = parts.pop()
        return names.names([*(one for part in parts for one in _by_commas(part.rstrip(","))), last])
    return names.names(_by_commas(stripped))


def _by_commas(text: str) -> list[str]:
    """Return several short names that commas divide (`Smith J, Doe A`), or the one that a comma is within."""
    parts = _filled(text.split(","))
    several = len(parts) > 1 and all(len(part) <= _LONGEST and _SHORT.fullmatch(part) for part in parts)
    return [_STOP.sub("", part) for part in parts] if several else [text]


def _filled(parts: Iterable[str]) -> list[str]:
    return [part for part in map(str.strip, parts) if part]
