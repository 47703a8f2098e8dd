"""The text of a work for who reads it: in parts, the protocol's words marked, and no longer than a page bears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.literature.highlight import Part, marked

if TYPE_CHECKING:
    from constellary.literature.protocol import Protocol
    from constellary.literature.record import Record

LONGEST = 20_000
"""Letters of an abstract that a page of its own shows; ten times what abstracts have."""
SHORT = 5_000
"""Letters of an abstract that a page of several shows."""
KEYWORDS = 60
"""Keywords that are shown."""


def title_of(record: Record, protocol: Protocol) -> list[Part]:
    """Return a title in parts."""
    return marked(record.title or "Without title", protocol.terms, protocol.against)


def abstract_of(record: Record, protocol: Protocol, most: int = LONGEST) -> list[list[Part]]:
    """Return the paragraphs of an abstract, each in parts; what is beyond `most` letters is left out, and marked so.

    Examples
    --------
    >>> from constellary.literature.protocol import Protocol
    >>> from constellary.literature.record import Record
    >>> abstract_of(Record(abstract="Alliances matter."), Protocol(), most=9)
    [[Part(text='Alliances …', kind='')]]
    """
    text = record.abstract or ""
    if len(text) > most:
        text = f"{text[:most].rstrip()} …"
    return [marked(part, protocol.terms, protocol.against) for part in text.split("\n") if part.strip()]


def keywords_of(record: Record, protocol: Protocol) -> list[list[Part]]:
    """Return keywords, each in parts."""
    return [marked(word, protocol.terms, protocol.against) for word in record.keywords[:KEYWORDS]]
