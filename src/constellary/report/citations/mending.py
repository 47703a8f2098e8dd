"""What the citation processor leaves undone or does twice, put right in its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from constellary.report.citations.formatter import BOLD, END, ITALIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.report.citations.styles import Style


def mended(text: str, item: Mapping[str, Any], style: Style) -> str:
    """Return an entry as its style wants it.

    The case of labels, the place of a comma or full stop at a closing quotation mark, and the space after a
    number are not minded by the processor. Where there is no author, it prints the title in the author's place
    and once more in its own; a term of an empty field it prints alone.
    """
    for wrong, right in style.mends:
        text = text.replace(wrong, right)
    if "author" not in item and "editor" not in item:
        text = _once(text, item["title"])
    if "edition" not in item and not item["title"].endswith("dition"):
        text = re.sub(r"\s+Edition\.$", "", text)
    if style.inside:
        text = re.sub(r"([”’])([.,])", r"\2\1", text)
        text = re.sub(r"([.?!])[.,]([”’])", r"\1\2", text)
    # Month and day stand without spaces where the style divides parts of a date by a delimiter.
    text = re.sub(r"\b(\d{4})([A-Z][a-z]{2})(\d{1,2})?(?=[;.: ])", _date, text)
    if style.numbered:
        text = re.sub(r"^(\[\d+\]|\d+\.)(?=\S)", r"\1 ", text)
    text = re.sub(r"\s+([,.;])", r"\1", text.strip())
    text = re.sub(rf"([?!]{END}?)\.(?=\s|$)", r"\1", text)
    text = re.sub(r"[,;:]$", ".", text)
    return re.sub(rf"\.({END}?)\.(?!\.)", r".\1", text)


def _once(text: str, title: str) -> str:
    """Take out the title where it stands a second time."""
    words = re.escape(title)
    said = re.compile(rf"[{ITALIC}{BOLD}“‘]*{words}[{END}.,”’]*", re.IGNORECASE)
    places = list(said.finditer(text))
    if len(places) < 2 or places[0].start() > 0:
        return text
    second = places[1]
    return text[: second.start()] + text[second.end() :].lstrip()


def _date(match: re.Match[str]) -> str:
    return " ".join(part for part in match.groups() if part)
