"""The values of bibliographic exports, in one form: names, dates, identifiers, pages, languages, plain text.

Every database writes the same facts in its own way. The functions here know the ways and nothing of formats;
what they cannot make out is None, and the reader keeps the text as it stood in `raw`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from constellary.exchange.bibliography.vocabulary import LANGUAGES, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]{1,500}(?:<\d[^\s\"<>]{1,60}>[^\s\"<>]{0,500}){0,3}")
"""Those that Wiley gave until 2000 hold an angle of their own: `<293::AID-SMJ982>`."""
_RESOLVED = re.compile(r"doi\.org/10\.|doi:", re.IGNORECASE)
_ISSN = re.compile(r"(?<!\d)(\d{4})-?(\d{3}[\dXx])(?![\dXx])")
_ISBN = re.compile(r"(?<![\d-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\dXx])")
_RANGE = re.compile(
    r"([A-Za-z]{0,3})(\d{1,9})\s*[-\u2010-\u2015\u2212]{1,2}\s*([A-Za-z]{0,3})(\d{1,9})([A-Za-z]?)"
)
_MARKUP = re.compile(
    r"</?(?:(?:jats|mml|xhtml|ce|sb):[\w.-]{1,40}|abstract|a|bold|br|b|dd|div|dl|dt|em|h[1-6]|inf|italic|i|label"
    r"|list|li|ol|p|section|sec|sc|small|span|strong|sub|sup|title|tt|ul|u)(?:\s[^<>]{0,2000}=[^<>]{0,2000})?\s{0,9}/?>",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"</?(?:jats:)?(?:abstract|br|div|h[1-6]|list|li|ol|p|section|sec|title|ul)[\s/>]", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_CLOSING = {")": "(", "]": "[", "}": "{"}


def clean(text: str | None) -> str | None:
    r"""Return a text on one line without spaces around it; None where nothing is left.

    Examples
    --------
    >>> clean("  Strategic\n   alliances "), clean(" ")
    ('Strategic alliances', None)
    """
    if not text or text.isalnum():
        return text or None
    return " ".join(text.split()) or None


def plain(text: str | None) -> str | None:
    r"""Return a text without HTML or JATS markup; paragraphs are divided by a line feed. None where nothing is left.

    A `<` that begins no tag of these languages stays, as in `p < 0.05`.

    Examples
    --------
    >>> plain("<jats:p>Alliances &amp; CO<sub>2</sub>, p < .05.</jats:p><jats:p>Two.</jats:p>")
    'Alliances & CO2, p < .05.\nTwo.'
    """
    if not text:
        return None
    if "<" in text:
        text = _MARKUP.sub(lambda tag: "\n" if _BLOCK.match(tag[0]) else "", text)
    if "&" in text:
        text = unescape(text)
    if "\n" not in text and "\r" not in text:
        return _single_spaced(text) or None
    lines = (" ".join(line.split()) for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line) or None


def _single_spaced(text: str) -> str:
    """Return a long text without needless spaces; most have none, and then it is not taken apart."""
    if "  " in text or "\t" in text or "\xa0" in text:
        return " ".join(text.split())
    return text.strip()


def title(text: str | None) -> str | None:
    r"""Return a title on one line, in its own case, without markup; None where nothing is left.

    Examples
    --------
    >>> title("Alliances in the <i>auto</i>\n   industry")
    'Alliances in the auto industry'
    """
    if not text:
        return None
    if "<" in text or "&" in text:
        text = plain(text) or ""
    return " ".join(text.split()) or None if "\n" in text else _single_spaced(text) or None


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts on one line each, every one once whatever its case, in the order in which they first stand.

    The asterisk by which databases mark main headings is taken off.

    Examples
    --------
    >>> unique(["Alliances", "*Trust", "ALLIANCES", ""])
    ('Alliances', 'Trust')
    """
    texts = list(texts)
    whole = "\n".join(texts)  # what is in none of them is looked for once
    spaced = "  " in whole or "\t" in whole or "\xa0" in whole
    shown = list(filter(None, map(_single_spaced if spaced else str.strip, texts)))
    if "*" in whole:
        shown = list(filter(None, [text.lstrip("*") for text in shown]))
    folded = list(map(str.casefold, shown))
    if len(set(folded)) == len(shown):
        return tuple(shown)
    first = dict(zip(reversed(folded), reversed(shown), strict=True))
    return tuple([first[one] for one in dict.fromkeys(folded)])


def listed(text: str, divider: str = ";") -> list[str]:
    """Return the parts of a list in one text, without empty ones.

    Examples
    --------
    >>> listed("trust; learning;; ")
    ['trust', 'learning']
    """
    return [part for part in map(str.strip, text.split(divider)) if part]


def doi(text: str | None) -> str | None:
    """Return the first DOI in a text, in lower case, without resolver, prefix and what punctuation follows it.

    Examples
    --------
    >>> doi("https://doi.org/10.1016/S0048-7333(02)00101-4."), doi("no DOI")
    ('10.1016/s0048-7333(02)00101-4', None)
    >>> doi("10.1002/(SICI)1097-0266(199804)19:4&lt;293::AID-SMJ982&gt;3.0.CO;2-M</a>")
    '10.1002/(sici)1097-0266(199804)19:4<293::aid-smj982>3.0.co;2-m'
    """
    if not text:
        return None
    if "%" in text and _RESOLVED.search(text):
        text = unquote(text)
    if "&lt;" in text:
        text = unescape(text)
    found = _DOI.search(text)
    if found is None or ((start := found.start()) and text[start - 1].isdigit()):
        return None
    name = found[0].lower()
    if name[-1].isalnum():
        return name
    while name[-1] in ".,;:'" or (
        name[-1] in _CLOSING and name.count(_CLOSING[name[-1]]) < name.count(name[-1])
    ):
        name = name[:-1]
    return name if name[-1] != "/" else None


def issn(*texts: str | None) -> str | None:
    """Return the first ISSN in the texts, as `1234-567X`.

    Examples
    --------
    >>> issn("03064530 (ISSN)"), issn("9780321125217")
    ('0306-4530', None)
    """
    for text in texts:
        if text and (found := _ISSN.search(text)):
            return f"{found[1]}-{found[2].upper()}"
    return None


def isbn(*texts: str | None) -> str | None:
    """Return the first ISBN in the texts, without hyphens.

    Examples
    --------
    >>> isbn("0028-0836; 978-3-540-25659-5")
    '9783540256595'
    """
    for text in texts:
        if text and (found := _ISBN.search(text)):
            return found[0].replace("-", "").replace(" ", "").upper()
    return None


def pages(first: str | None, last: str | None = None) -> str | None:
    """Return pages as `123-145`, with the last page in full; an article number, or what is no range, as it stands.

    Examples
    --------
    >>> pages("349-69"), pages("42", "47"), pages("e747", "e752"), pages("093903"), pages("No", "Specified")
    ('349-369', '42-47', 'e747-e752', '093903', None)
    """
    if (
        first
        and last
        and first.isdecimal()
        and last.isdecimal()
        and len(first) <= len(last)
        and first != last
    ):
        return f"{first}-{last}"
    first, last = clean(first), clean(last)
    if first is None or (first, last) == ("No", "Specified"):
        return last if first is None else None
    if last is not None and last != first and "-" not in first:
        first = f"{first}-{last}"
    found = _RANGE.fullmatch(first)
    if found is None:
        return first.replace("\u2013", "-")
    letters, start, other, end, tail = found.groups()
    if len(end) < len(start) and other in ("", letters):
        end = start[: len(start) - len(end)] + end
    if start == end and not tail and other in ("", letters):
        return letters + start
    return f"{letters}{start}-{other or letters}{end}{tail}"


@lru_cache(maxsize=4096)
def language(text: str | None) -> str | None:
    """Return a language in two letters (ISO 639-1) where it is known, else as printed, in lower case.

    Of several, the first.

    Examples
    --------
    >>> language("English"), language("ger"), language("pt-BR"), language("Esperanto")
    ('en', 'de', 'pt', 'esperanto')
    """
    word = clean(text)
    if word is None:
        return None
    word = word.lower()
    first = re.split(r"[;,/_(]|\sand\s|-(?=[a-z]{2}\b)", word, maxsplit=1)[0].strip()
    return LANGUAGES.get(word) or LANGUAGES.get(first) or first or word


@lru_cache(maxsize=4096)
def csl_type(*words: str | None, default: str = "document") -> str:
    """Return the kind of publication as CSL names it, from the first word that is known.

    Examples
    --------
    >>> csl_type("JOUR"), csl_type(None, "Proceedings Paper"), csl_type("Article; Early Access"), csl_type("Map")
    ('article-journal', 'paper-conference', 'article-journal', 'document')
    """
    for word in words:
        if not word:
            continue
        for part in (word, *word.split(";")):
            if kind := TYPES.get(" ".join(part.lower().split())):
                return kind
    return default


def count(text: str | None) -> int | None:
    """Return the first whole number in a text; None where there is none.

    Examples
    --------
    >>> count("Cited By :15"), count("")
    (15, None)
    """
    found = _DIGITS.search(text.replace(",", "")) if text else None
    return int(found[0]) if found and len(found[0]) <= 9 else None
