"""Evidence: which alliances stand behind a bar, a cell, a sentence or a firm.

An `EvidenceBook` is filled while the sections are written: `add` returns the key under which a figure's
mark, a table's cell or a link in the text points to the list. The page embeds the lists once.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from constellary.study.frames import Frames

ANCHOR = "#evidence-"


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """A title in words ("Motivation: Knowledge") and the sorted ids of the alliances behind it."""

    title: str
    alliances: tuple[str, ...]


@dataclass(slots=True)
class EvidenceBook:
    """All evidence lists of one report, by key, in the order in which they were added."""

    lists: dict[str, EvidenceList] = field(default_factory=dict)

    def add(self, *parts: str, title: str, alliances: Iterable[str]) -> str:
        """Add a list and return its key; the same title and alliances again give the same key.

        `parts` make the key readable (`"motivation", "knowledge"` -> `motivation-knowledge`). Where two
        different lists would get one key, the later gets a number behind it.

        Examples
        --------
        >>> book = EvidenceBook()
        >>> book.add("firm", "Škoda", title="Škoda", alliances=["b", "a"])
        'firm-skoda'
        >>> book.add("firm", "Skoda", title="Skoda", alliances=["c"])
        'firm-skoda-2'
        """
        entry = EvidenceList(title, tuple(sorted(set(alliances))))
        stem = slug(*parts)
        key, count = stem, 1
        while key in self.lists and self.lists[key] != entry:
            count += 1
            key = f"{stem}-{count}"
        self.lists[key] = entry
        return key

    def __iter__(self) -> Iterator[str]:
        return iter(self.lists)

    def __contains__(self, key: object) -> bool:
        return key in self.lists


def slug(*parts: str) -> str:
    """Return parts as one key of ASCII letters, digits and hyphens.

    Examples
    --------
    >>> slug("place", "Rest of world")
    'place-rest-of-world'
    >>> slug("firm", "比亚迪")
    'firm-u6bd4u4e9au8fea'
    """
    words = []
    for part in parts:
        folded = unicodedata.normalize("NFKD", part).lower()
        kept = "".join(char for char in folded if not unicodedata.combining(char))
        coded = re.sub(r"[^\x00-\x7f]", lambda match: f"u{ord(match[0]):x}", kept.replace("×", " x "))
        words += re.findall(r"[a-z0-9]+", coded)
    return "-".join(words) or "none"


def anchor(key: str) -> str:
    """Return the link that opens a list."""
    return f"{ANCHOR}{key}"


def alliance_rows(frames: Frames) -> list[dict[str, Any]]:
    """Return what the page shows of each alliance, in the order of `frames.alliances`.

    One dict an alliance: `id`, `name`, `announced`, `partners` (names in order), `codes` (label of the
    variable, label of its value; missing left out), `summary` (the first open text, empty if none),
    `sources` (url, publisher, published).
    """
    partners: dict[str, list[str]] = {}
    for alliance, firm in frames.partners.select("alliance", "firm").iter_rows():
        partners.setdefault(alliance, []).append(firm)
    sources: dict[str, list[tuple[str, str, str]]] = {}
    for alliance, *rest in frames.sources.select("alliance", "url", "publisher", "published").iter_rows():
        url, publisher, published = (value or "" for value in rest)
        sources.setdefault(alliance, []).append((url, publisher, published))
    coded = [v for v in frames.codebook.of_level("alliance") if v.kind in {"single", "multiple"}]
    texts = [v.name for v in frames.codebook.of_level("alliance") if v.kind == "text"]
    labels = {variable.name: frames.codebook.labels(variable.name) for variable in coded}
    return [
        {
            "id": row["id"],
            "name": row["name"] or row["id"],
            "announced": row["announced"] or "",
            "partners": partners.get(row["id"], []),
            "codes": [
                (variable.label, text)
                for variable in coded
                if (text := shown(row[variable.name], labels[variable.name]))
            ],
            "summary": next((row[name] for name in texts if row[name]), ""),
            "sources": sources.get(row["id"], []),
        }
        for row in frames.alliances.iter_rows(named=True)
    ]


def shown(value: str | list[str] | None, labels: Mapping[str, str]) -> str:
    """Return a coded value by its label, several joined by commas, missing as an empty text."""
    values = [value] if isinstance(value, str) else value or []
    return ", ".join(labels.get(one, one) for one in values)
