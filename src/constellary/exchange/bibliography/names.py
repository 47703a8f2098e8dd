"""Names of authors and editors as exports write them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from constellary.literature.record import Name

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 1000
"""Characters of a name that is taken apart; a longer one is a list or an accident and stays whole."""

_INITIALS = re.compile(r"(?:[^\W\d_]\.[- ]?)+|[A-ZÀ-ÖØ-Þ]{1,3}|(?:[A-ZÀ-ÖØ-Þ]-[A-ZÀ-ÖØ-Þ])")
_LEADING = re.compile(r"((?:[^\W\d_]{1,2}\.[- ]*)+)(?=[^\W\d_]{2})")
_ASIDE = re.compile(r"\s*(?:[\[({<][^\[\](){}<>]*[\])}>]|\S+@\S+)")
_ENDINGS = frozenset((*"])}>,; ", ""))
"""With which a given name does not end that needs no second look."""

_PARTICLES = frozenset(
    (
        "af",
        "al",
        "av",
        "d",
        "da",
        "dal",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "la",
        "las",
        "le",
        "les",
        "los",
        "ten",
        "ter",
        "van",
        "vd",
        "von",
        "zu",
        "zum",
        "zur",
    )
)
_NOBODY = frozenset(
    (
        "[anonymous]",
        "anonymous",
        "anon",
        "anon.",
        "[no author name available]",
        "no author name available",
        "no author",
        "none",
        "null",
        "nan",
        "undefined",
        "[not available]",
        "et al",
        "et al.",
    )
)


@lru_cache(maxsize=65536)
def name(text: str) -> Name | None:
    """Return a name as most databases write it: family name first, or an institution; None for nobody.

    `Vallejo, Bertha`, `Vallejo B` and `Vallejo B.` are divided; a name that begins with initials (`G. Kalbe`) is
    read with the family name last. What shows no order (`OECD`, `World Bank`) stays whole, as a family name.

    Examples
    --------
    >>> name("Vallejo, Bertha"), name("van den Hoven J")
    (Name(family='Vallejo', given='Bertha'), Name(family='van den Hoven', given='J'))
    >>> name("A. S. Z. Belloum"), name("World Bank")
    (Name(family='Belloum', given='A. S. Z.'), Name(family='World Bank', given=''))
    >>> name("[Anonymous]") is None
    True
    """
    family, comma, given = text.partition(", ")
    if (
        comma
        and given[-1:] not in _ENDINGS
        and given not in _NOBODY
        and text.isprintable()
        and "  " not in text
        and " ," not in text
        and "@" not in text
        and text[0] != " "
    ):
        return Name(family, given)
    text = " ".join(text.split()).rstrip(",;")
    if not text or text.lower() in _NOBODY:
        return None
    if len(text) > LONGEST:
        return Name(text)
    if "@" in text or text[-1] in "])}>":
        text = _ASIDE.sub("", text).strip(" ,;") or text
    return _divided(text)


def _divided(text: str) -> Name | None:
    """Return a name that is on one line and somebody's: at its comma, or by the initials at either end."""
    family, comma, given = map(str.strip, text.partition(","))
    if comma:
        return Name(family or given, "" if given.lower() in _NOBODY or not family else given)
    if found := _LEADING.match(text):
        return given_first(text) if found.end() < len(text) else Name(text)
    family, _, given = text.rpartition(" ")
    if family and _INITIALS.fullmatch(given) and not family.isupper():
        return Name(family, given)
    return Name(text)


@lru_cache(maxsize=65536)
def given_first(text: str) -> Name | None:
    """Return a name that is written as it is spoken, given name first; None for nobody.

    Particles in lower case belong to the family name, as in BibTeX.

    Examples
    --------
    >>> given_first("Rens van de Schoot"), given_first("OECD")
    (Name(family='van de Schoot', given='Rens'), Name(family='OECD', given=''))
    """
    if "," in text:
        return name(text)
    words = text.split()
    if not words or text.strip().lower() in _NOBODY:
        return None
    if len(text) > LONGEST:
        return Name(" ".join(words))
    first = len(words) - 1
    while first > 1 and words[first - 1] in _PARTICLES:
        first -= 1
    return Name(" ".join(words[first:]), " ".join(words[:first]))


def names(texts: Iterable[str]) -> tuple[Name, ...]:
    """Return the names in their order, without those of nobody.

    Examples
    --------
    >>> names(["Carrillo, J.", "[Anonymous]"])
    (Name(family='Carrillo', given='J.'),)
    """
    return tuple([found for found in map(name, texts) if found is not None])
