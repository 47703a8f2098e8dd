"""Normalising: one form for what databases print in many, so that like can be compared with like."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.literature.record import Name

Pages = tuple[str, int, int]
"""Letters before the number (`s`, `e`), first page and last page; a single page or article number twice."""


class _Signs(dict[int, str | None]):
    """What becomes of a sign: letters and digits stay, Greek letters are spelled, all else divides words."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        value: str | None = " "
        if sign in "'\u2019\u2018`\u00b4\u02bc" or unicodedata.combining(sign):
            value = None
        elif "\u03b1" <= sign <= "\u03c9":
            value = unicodedata.name(sign).rsplit(" ", 1)[-1].lower()
        elif sign.isalnum():
            value = sign
        elif sign == "&":
            value = " and "
        self[code] = value
        return value


_SIGNS = _Signs()


def fold(text: str) -> str:
    """Return text in lower case, without accents, marks and signs, its words divided by one space.

    Examples
    --------
    >>> fold("L’alliance Citroën–PSA: β-test & more")
    'lalliance citroen psa beta test and more'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return " ".join(text.casefold().translate(_SIGNS).split())


_MARKUP = re.compile(r"</?[a-z][a-z0-9:]{0,11}(?: [^<>]{0,200})?/?>", re.IGNORECASE)


def plain(text: str) -> str:
    """Return text without the markup and the escapes that databases leave in it.

    Examples
    --------
    >>> plain("Effects of CO<sub>2</sub> &amp; tax")
    'Effects of CO2 & tax'
    """
    if "&" in text:
        text = html.unescape(text)
    return _MARKUP.sub("", text) if "<" in text else text


_NUMBER = re.compile(r"([a-z]*)\s*0*(\d{1,9})(?!\d)")
_RANGE = re.compile(
    r"([a-z]{0,8})\.?\s*0*(\d{1,9})([a-z]?)\s*[-\u2010-\u2015]+\s*([a-z]{0,8})\.?\s*0*(\d{1,9})"
)
_NO_PAGES = re.compile(r"no\.? pagination|n\.?[/ ]?p\.?[ag]?|unpaginated|in press|none|unknown|-+|ahead.*")


@lru_cache(maxsize=65536)
def pages_of(text: str | None) -> Pages | None:
    """Return pages as numbers; None where there are none, or none that can be read.

    A last page that is abbreviated is completed; one before the first is a slip and stays as it is.

    Examples
    --------
    >>> pages_of("221-8"), pages_of("S14--S19"), pages_of("e12724"), pages_of("no pagination")
    (('', 221, 228), ('s', 14, 19), ('e', 12724, 12724), None)
    """
    if not text:
        return None
    lowered = text[:100].casefold().strip()
    if _NO_PAGES.fullmatch(lowered):
        return None
    found = _RANGE.search(lowered)
    if found is None:
        single = _NUMBER.search(lowered)
        return (single[1], int(single[2]), int(single[2])) if single else None
    letters, start, _, _, end = found.groups()
    if len(end) < len(start):
        end = start[: len(start) - len(end)] + end
    return letters, int(start), int(end)


@lru_cache(maxsize=65536)
def number_of(text: str | None) -> str | None:
    """Return a volume or issue as its first number, letters where it has none; None where nothing is said.

    Examples
    --------
    >>> number_of("Vol. 12"), number_of("4 (1) (no pagination)"), number_of("Suppl 2"), number_of("2-3")
    ('12', '4', 'suppl2', '2')
    """
    folded = fold(text[:100]) if text else ""
    if folded in ("", "nan", "na", "n a", "none", "null"):
        return None
    if folded[:1] == "s" and (found := re.match(r"s(?:upp?l?[a-z]*)? ?(\d*)", folded)):
        return f"suppl{found[1]}"
    found = re.search(r"\d+", folded)
    return (found[0].lstrip("0") or "0") if found else folded


_SMALL = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "in",
        "on",
        "de",
        "la",
        "le",
        "les",
        "des",
        "du",
        "et",
        "der",
        "die",
        "das",
        "und",
        "fur",
        "für",
        "y",
        "e",
        "a",
        "an",
    ]
)
_TAIL = re.compile(r"\W*(?:\[[^\]]*\]|\([^()]*\))\s*$")


@lru_cache(maxsize=65536)
def venue_words(text: str | None) -> tuple[str, ...]:
    """Return the words of a journal's or proceedings' name that tell it from others.

    Left out are small words, and what follows in brackets or after `:`, `.Conference`: places and editions.

    Examples
    --------
    >>> venue_words("The Journal of Finance (Online)"), venue_words("CMAJ : Canadian Medical Association journal")
    (('journal', 'finance'), ('cmaj',))
    """
    if not text:
        return ()
    head = re.split(r"\s*(?::|=|\.\s?Conference)", plain(text[:500]), maxsplit=1)[0]
    head = _TAIL.sub("", head) or head
    words = fold(head).split()
    return tuple(word for word in words if word not in _SMALL) or tuple(words)


class People(NamedTuple):
    """Who wrote it, as words: `first` those of the first author's family name, `all` those of every name.

    `families` leaves given names out, `initials` has the first letters of the first author's given names.
    """

    first: frozenset[str]
    families: frozenset[str]
    all: frozenset[str]
    number: int


NOBODY = People(frozenset(), frozenset(), frozenset(), 0)
_UNKNOWN = frozenset(("anonymous", "anon", "unknown", "et", "al", "others", "na", "jr", "sr", "iii"))


def people_of(names: Sequence[Name]) -> People:
    """Return the authors as words; single letters are left out, as initials are written in many ways."""
    families: set[str] = set()
    everything: set[str] = set()
    first: frozenset[str] = frozenset()
    for name in names[:60]:
        family = _words(name.family)
        if not family:
            continue
        first = first or family
        families |= family
        everything |= family
        if name.given:
            everything |= _words(name.given)
    return People(first, frozenset(families), frozenset(everything), len(names)) if first else NOBODY


@lru_cache(maxsize=65536)
def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in fold(text).split() if len(word) > 1 and word not in _UNKNOWN)
