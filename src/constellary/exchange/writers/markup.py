"""A small writer of XML on the standard library's: it escapes, indents and closes."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from constellary.exchange.writers.texts import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Shown = str | int | float | bool


class Markup:
    """Writes elements one after another, so that a large graph is never held as a tree.

    Examples
    --------
    >>> page = Markup()
    >>> with page.element("graph", {"mode": "static"}):
    ...     page.leaf("node", {"id": 'AT&T "x"'})
    >>> print(page.content().decode())
    <?xml version="1.0" encoding="utf-8"?>
    <graph mode="static">
      <node id='AT&amp;T "x"'/>
    </graph>
    <BLANKLINE>
    """

    def __init__(self) -> None:
        self._text = io.StringIO()
        self._xml = XMLGenerator(self._text, "utf-8", short_empty_elements=True)
        self._depth = 0
        self._xml.startDocument()

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, Shown] | None = None) -> Iterator[None]:
        """Open an element, and close it at the end of the block."""
        self._indent()
        self._xml.startElement(name, _shown(attributes or {}))
        self._xml.ignorableWhitespace("\n")
        self._depth += 1
        yield
        self._depth -= 1
        self._indent()
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def leaf(
        self, name: str, attributes: Mapping[str, Shown] | None = None, text: Shown | None = None
    ) -> None:
        """Write an element that holds nothing or text."""
        self._indent()
        self._xml.startElement(name, _shown(attributes or {}))
        if text is not None:
            self._xml.characters(xml_text(shown(text)))
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def content(self) -> bytes:
        """Return the document in UTF-8."""
        return self._text.getvalue().encode()

    def _indent(self) -> None:
        self._xml.ignorableWhitespace("  " * self._depth)


def shown(value: Shown) -> str:
    """Return a value as XML Schema writes it: `true`, `1.5`, text as it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)


def _shown(attributes: Mapping[str, Shown]) -> AttributesImpl[str]:
    return AttributesImpl({name: xml_text(shown(value)) for name, value in attributes.items()})
