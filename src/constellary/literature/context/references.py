"""Cited references: the strings of Web of Science and Scopus, read far enough to know the same one again."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from constellary.literature.context.spellings import folded

if TYPE_CHECKING:
    from constellary.literature.record import Record

DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>\[\],;]+", re.ASCII)
YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)", re.ASCII)
IN_BRACKETS = re.compile(r"\((1[5-9]\d\d|20\d\d)[a-z]?\)", re.ASCII)
VOLUME = re.compile(r"^v(?:ol\.?\s*)?\s*(\w+)$", re.ASCII | re.IGNORECASE)
PAGE = re.compile(r"^p\s*(\w+)$", re.ASCII | re.IGNORECASE)
SCOPUS_PLACE = re.compile(r"(?:^|\s)(\d+)(?:\s*\([^)]*\))?$", re.ASCII)
SCOPUS_PAGES = re.compile(r"\bpp?\.\s*(\w+)", re.ASCII | re.IGNORECASE)
INITIALS = re.compile(r"^(?:[A-Z]{1,4}|(?:[A-Z]\.?-?){1,4})$")
LONGEST = 2_000
"""Letters of a reference that are looked at."""
LETTERS = 4
"""Letters of the first author's name that are compared: exports write the rest of it in many ways."""


class Cited(NamedTuple):
    """A cited reference.

    Attributes
    ----------
    doi
        Lower case; None where the string gives none.
    place
        First letters of the author, year, volume and first page as one text; None where one of them is missing.
    author, year, source
        As printed, for showing; None where they were not found.
    text
        The whole string.
    """

    doi: str | None
    place: str | None
    author: str | None
    year: int | None
    source: str | None
    text: str

    @property
    def label(self) -> str:
        """How it is shown: author, year and source, or the beginning of the string."""
        known = [self.author, None if self.year is None else str(self.year), self.source]
        said = " ".join(part for part in known if part)
        return said if self.author and self.year is not None else self.text[:60]

    @property
    def in_full(self) -> str:
        """All that the string says, without its DOI."""
        found = DOI.search(self.text)
        return re.sub(
            r"[\s,;:\[(]*(?:doi)?[\s:]*$",
            "",
            self.text[: found.start()] if found else self.text,
            flags=re.IGNORECASE,
        )


@lru_cache(maxsize=100_000)
def read_cited(text: str) -> Cited:
    """Return what a cited reference says of itself.

    Examples
    --------
    >>> found = read_cited("Ahuja G, 2000, ADMIN SCI QUART, V45, P425, DOI 10.2307/2667105")
    >>> found.doi, found.place, found.label
    ('10.2307/2667105', 'ahuj 2000 45 425', 'Ahuja G 2000 ADMIN SCI QUART')
    >>> read_cited("Ahuja, G., Collaboration networks (2000) Adm. Sci. Q., 45 (3), pp. 425-455").place
    'ahuj 2000 45 425'
    """
    text = " ".join(text[:LONGEST].split())
    found = DOI.search(text)
    doi = found.group().rstrip(".)").lower() if found else None
    parts = [part.strip() for part in (text[: found.start()] if found else text).split(",")]
    bracketed = IN_BRACKETS.search(text)
    if bracketed and not (len(parts) > 1 and YEAR.fullmatch(parts[1])):
        return _scopus(text, doi, bracketed)
    return _web_of_science(text, doi, parts)


def _web_of_science(text: str, doi: str | None, parts: list[str]) -> Cited:
    dated = next((number for number, part in enumerate(parts[:3]) if YEAR.fullmatch(part)), None)
    if dated is None:
        return Cited(doi, None, None, None, None, text)
    author = " ".join(parts[:dated]) or None
    year = int(parts[dated])
    rest = parts[dated + 1 :]
    source = rest[0] if rest and rest[0] and not (VOLUME.match(rest[0]) and len(rest[0]) < 6) else None
    volume = next((match.group(1) for part in rest if (match := VOLUME.match(part))), None)
    page = next((match.group(1) for part in rest if (match := PAGE.match(part))), None)
    return Cited(doi, place_of(author, year, volume, page), author, year, source, text)


def _scopus(text: str, doi: str | None, bracketed: re.Match[str]) -> Cited:
    author = text.split(",", 1)[0].strip() or None
    year = int(bracketed.group(1))
    after = text[bracketed.end() :].strip()
    source = after.split(",", 1)[0].strip() or None
    volume = None
    for part in after.split(",")[1:3]:
        if match := SCOPUS_PLACE.search(part.strip()):
            volume = match.group(1)
            break
    pages = SCOPUS_PAGES.search(after)
    page = pages.group(1) if pages else None
    return Cited(doi, place_of(author, year, volume, page), author, year, source, text)


def place_of(author: str | None, year: int | None, volume: str | None, page: str | None) -> str | None:
    """Return where something was published, as one text; None where it is not wholly known.

    Examples
    --------
    >>> place_of("van Raan A.F.J.", 2004, "58", "S123"), place_of("OECD", 2004, None, "1")
    ('vanr 2004 58 s123', None)
    """
    if not author or year is None or not volume or not page:
        return None
    words = author.split()
    while len(words) > 1 and INITIALS.match(words[-1]) and len(words[-1].replace(".", "")) <= LETTERS:
        words.pop()
    name = folded("".join(words)).replace(" ", "")[:LETTERS]
    return f"{name} {year} {folded(volume)} {folded(page)}" if name else None


def own_place(record: Record) -> str | None:
    """Return where a record itself was published, as `place` of those that cite it."""
    author = record.authors[0].family if record.authors else None
    page = re.split(r"[-–+ ]", record.pages, maxsplit=1)[0] if record.pages else None
    return place_of(author, record.year, record.volume, page)
