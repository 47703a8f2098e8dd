"""A reference list: works as a citation style prints them, as plain text and with the report's inline markup."""

from __future__ import annotations

import re
import unicodedata
import warnings
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from constellary.exchange.bibliography.csl import to_csl
from constellary.literature.citing import alphabetical, citations
from constellary.report.citations import formatter
from constellary.report.citations.mending import mended
from constellary.report.citations.styles import DEFAULT, processor, style_named
from constellary.report.inline import plain
from constellary.report.web_address import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from constellary.literature.record import Record
    from constellary.literature.works import Work
    from constellary.report.citations.formatter import Run
    from constellary.report.citations.styles import Style

KEPT = (
    "type",
    "title",
    "author",
    "editor",
    "issued",
    "container-title",
    "volume",
    "issue",
    "page",
    "publisher",
    "publisher-place",
    "edition",
    "DOI",
    "URL",
    "language",
)
"""Variables that go to the processor; what a database adds (abstract, keywords, source) is not cited."""
UNTITLED = "[Without title]"
LONGEST = 2_000
"""Letters of one variable."""

_TAG = re.compile(
    r"</?(?:i|b|em|strong|sub|sup|span|sc|scp|u|p|br|italic|bold)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\]+")
_INITIALS = re.compile(r"[^\W\d_]{2,4}")
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
_TURN = Lock()


@dataclass(frozen=True, slots=True)
class Cited:
    """A work in a reference list.

    Attributes
    ----------
    work
        Its id.
    text
        As plain text.
    markup
        With the inline markup of the report: emphasis, and addresses as links.
    """

    work: str
    text: str
    markup: str


def reference_list(works: Iterable[Work], style: str = DEFAULT) -> tuple[Cited, ...]:
    """Return works as a citation style prints them.

    Parameters
    ----------
    works
        In the order in which a numbered style is to number them; other styles put them in the order of
        authors, years and titles.
    style
        `apa`, `chicago`, `harvard`, `ieee` or `vancouver`.

    Raises
    ------
    UnknownName
        If the style does not ship.

    Examples
    --------
    >>> from constellary.literature.record import Name, Record
    >>> from constellary.literature.works import Work
    >>> record = Record(id="v", title="Alliances", authors=(Name("Vallejo", "Bertha"),), year=2020, venue="IJATM")
    >>> print(reference_list([Work("v", (record,), record, {})])[0].markup)
    Vallejo, B. (2020). Alliances. *IJATM*.
    """
    chosen = style_named(style)
    listed = list(works) if chosen.numbered else _sorted(works)
    letters = {} if chosen.numbered else _letters(listed)
    items = [
        {**item_of(work.record), "id": f"r{number}", **letters.get(work.id, {})}
        for number, work in enumerate(listed)
    ]
    entries = _processed(items, chosen)
    return tuple(
        Cited(work.id, "".join(run.text for run in runs), markup(runs))
        for work, runs in zip(listed, entries, strict=True)
    )


def item_of(record: Record) -> dict[str, Any]:
    """Return what the processor is given of a record: cleaned of markup and of signs that cannot be seen."""
    item = {key: value for key, value in to_csl(record).items() if key in KEPT}
    item["title"] = item.get("title") or UNTITLED
    for key, value in item.items():
        if isinstance(value, str):
            item[key] = clean(value)
    for key in ("author", "editor"):
        if key in item:
            item[key] = [_person(person) for person in item[key]]
    if item.get("DOI") or not web_address(item.get("URL", "")):
        item.pop("URL", None)
    if str(item.get("language", "en")).startswith("en"):
        item["language"] = "en"  # titles of other languages keep their case
    return item


def clean(text: str) -> str:
    """Return text on one line, without tags and without signs that cannot be seen.

    Examples
    --------
    >>> clean("On <i>Alliances</i>  of firms < 5")
    'On Alliances of firms < 5'
    """
    shown = (
        sign if not sign.isspace() else " "
        for sign in _TAG.sub("", text[:LONGEST])
        if sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf", "Co", "Cs", "Cn")
    )
    return " ".join("".join(shown).split())


def markup(runs: Sequence[Run]) -> str:
    """Return runs of text with the report's inline markup; nothing in them reads as markup of their own."""
    parts = []
    for run in runs:
        if run.style == "plain":
            parts.append(_linked(run.text))
        elif run.text.strip():
            mark = "*" if run.style == "emphasis" else "**"
            parts.append(f"{mark}{plain(run.text)}{mark}")
    return "".join(parts)


def _linked(text: str) -> str:
    parts, place = [], 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(".,;")
        parts.append(plain(text[place : match.start()]))
        known = web_address(address) and "(" not in address and ")" not in address
        parts.append(f"[{plain(address)}]({address})" if known else plain(address))
        place = match.start() + len(address)
    return "".join([*parts, plain(text[place:])])


def _person(person: dict[str, str]) -> dict[str, str]:
    named = {key: clean(value) for key, value in person.items()}
    given = named.get("given", "")
    if _INITIALS.fullmatch(given) and given.isupper():  # 'WW', as Web of Science writes initials
        named["given"] = " ".join(f"{letter}." for letter in given)
    elif given and given.upper() == given.lower():  # a script without capitals has no initials either
        script = unicodedata.name(given[0], "")
        between = "" if script.startswith(_UNSPACED) else " "
        return {"family": f"{named.get('family', '')}{between}{given}".strip()}
    elif given and not any(part[0].isupper() for part in given.replace(".", " ").split()):
        named["given"] = given.title()
    return named


def _sorted(works: Iterable[Work]) -> list[Work]:
    def key(work: Work) -> tuple[Any, ...]:
        record = work.record
        names = [alphabetical(str(name)) for name in record.authors] or [alphabetical(record.title or "")]
        return (names, record.year is None, record.year or 0, alphabetical(record.title or ""), work.id)

    return sorted(works, key=key)


def _letters(works: Sequence[Work]) -> dict[str, dict[str, str]]:
    """Return the letters after the year by which works are told apart, the same as in running text."""
    found = {}
    for work, said in citations(works).items():
        if match := re.search(r"\((?:\d{4}|n\.d\.)([a-z]+)\)$", said):
            found[work] = {"year-suffix": match[1]}
    return found


def _processed(items: Sequence[dict[str, Any]], style: Style) -> list[tuple[Run, ...]]:
    """Return each item as runs of text; one at a time, since a style is changed while it works."""
    if not items:
        return []
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.source.json import CiteProcJSON

    with _TURN, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = CitationStylesBibliography(processor(style.name), CiteProcJSON(items), formatter)
        for item in items:
            made.register(Citation([CitationItem(item["id"])]))
        texts = [str(entry) for entry in made.bibliography()]
    return [formatter.runs(mended(text, item, style)) for text, item in zip(texts, items, strict=True)]
