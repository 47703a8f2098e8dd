r"""The inline markup of running text, read into spans that each format prints in its own way.

>>> parse("*Most* firms, [94 of them](#few), see {table:firms}, pay 5 \\* 3.")
... # doctest: +NORMALIZE_WHITESPACE
(Span(text='Most', style='emphasis', link='', reference=''),
 Span(text=' firms, ', style='plain', link='', reference=''),
 Span(text='94 of them', style='plain', link='#few', reference=''),
 Span(text=', see ', style='plain', link='', reference=''),
 Span(text='', style='plain', link='', reference='table:firms'),
 Span(text=', pay 5 * 3.', style='plain', link='', reference=''))
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Style = Literal["plain", "emphasis", "strong"]

TOKEN = re.compile(
    r"""
      \\(?P<escaped>[\\*\[\]{}])
    | \*\*(?P<strong>(?:\\.|[^*\\])+)\*\*
    | \*(?P<emphasis>(?:\\.|[^*\\])+)\*
    | \[(?P<label>(?:\\.|[^\]\\])+)\]\((?P<link>[^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)
    | \{(?P<reference>(?:figure|table|section):[a-z0-9_-]+)\}
    """,
    re.VERBOSE,
)
SPECIAL = re.compile(r"[\\*\[\]{}]")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text of one style.

    `link` is `#KEY` (an evidence list), an http(s) address, or empty. `reference` is `figure:KEY`,
    `table:KEY` or `section:KEY`, with an empty text: the format prints the number.
    """

    text: str
    style: Style = "plain"
    link: str = ""
    reference: str = ""


def parse(text: str) -> tuple[Span, ...]:
    """Return the spans of a text with inline markup; what is no markup stays as it stands."""
    spans: list[Span] = []
    place = 0
    for match in TOKEN.finditer(text):
        add_plain(spans, text[place : match.start()])
        place = match.end()
        if match["escaped"]:
            add_plain(spans, match["escaped"])
        elif match["strong"]:
            spans.append(Span(unescape(match["strong"]), "strong"))
        elif match["emphasis"]:
            spans.append(Span(unescape(match["emphasis"]), "emphasis"))
        elif match["label"]:
            spans.append(Span(unescape(match["label"]), link=allowed(match["link"])))
        else:
            spans.append(Span("", reference=match["reference"]))
    add_plain(spans, text[place:])
    return tuple(spans)


def add_plain(spans: list[Span], text: str) -> None:
    """Append plain text, joined to plain text before it."""
    if not text:
        return
    if spans and spans[-1] == Span(spans[-1].text) and spans[-1].text:
        spans[-1] = Span(spans[-1].text + text)
    else:
        spans.append(Span(text))


def unescape(text: str) -> str:
    """Take the backslashes away."""
    return re.sub(r"\\([\\*\[\]{}])", r"\1", text)


def plain(text: str) -> str:
    r"""Return text from outside so that none of it reads as markup.

    Examples
    --------
    >>> plain("5*4 [x]")
    '5\\*4 \\[x\\]'
    """
    return SPECIAL.sub(lambda match: "\\" + match[0], text)


def evidence(text: str, key: str) -> str:
    """Return a link to an evidence list; `text` is plain.

    Examples
    --------
    >>> evidence("94 alliances", "motivation-knowledge")
    '[94 alliances](#motivation-knowledge)'
    """
    return f"[{plain(text)}](#{key})"


def allowed(link: str) -> str:
    """Return a link if it is one that a report may carry (#key, http, https), else an empty text."""
    if link.startswith("#") or re.match(r"https?://[^\s<>\"'\\]+\Z", link, re.IGNORECASE):
        return link
    return ""


def text_of(text: str, numbers: Mapping[str, str]) -> str:
    """Return a text without its markup; references become their numbers."""
    return "".join(
        numbers.get(span.reference, span.reference) if span.reference else span.text for span in parse(text)
    )
