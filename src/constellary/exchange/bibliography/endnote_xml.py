"""EndNote XML, read as a stream: entities and document types are refused, styles within texts joined."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from constellary.errors import InputError
from constellary.exchange.bibliography import dates, values
from constellary.exchange.bibliography.export import Entry, Export
from constellary.exchange.bibliography.limits import NESTING, check_fields, check_records
from constellary.exchange.bibliography.names import names
from constellary.literature.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from constellary.literature.record import Raw

NAME = "EndNote XML"

_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
_LOOKS = re.compile(r"<records>\s*<record>|<record>\s*<(?:database|source-app|ref-type|rec-number)\b")


def looks_like(head: str) -> bool:
    """Tell whether a file is XML with the records of EndNote."""
    return head.lstrip("\ufeff \t\r\n").startswith("<") and bool(_LOOKS.search(head))


def read(text: str, file: str) -> Export:
    """Return the records of EndNote XML; `line` is the number of the record, since all may stand on one line.

    Raises
    ------
    InputError
        It is no whole XML, declares entities or a document type, or is nested too deeply.
    """
    entries = []
    for number, element in enumerate(_records(text, file), 1):
        raw = _raw(element)
        check_fields(len(raw), file, number)
        entries.append(Entry(_record(raw)._replace(file=file, line=number, format=NAME), raw))
        check_records(number, file)
    if not entries:
        raise InputError(f"{file} is XML without any record of EndNote. Export it again, with its records.")
    found = {entry.record.database for entry in entries}
    return Export(file, NAME, found.pop() if len(found) == 1 else None, tuple(entries))


def _records(text: str, file: str) -> Iterator[Element]:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    # The text is decoded already: what the declaration says of its encoding no longer holds.
    source = io.BytesIO(_DECLARATION.sub("", text, count=1).encode())
    depth = 0
    above: list[Element] = []
    try:
        for event, element in iterparse(source, ("start", "end"), forbid_dtd=True):
            if event == "start":
                depth += 1
                above.append(element)
                if depth > NESTING:
                    raise InputError(
                        f"{file} is nested more than {NESTING} levels deep, which EndNote never writes."
                    )
                continue
            depth -= 1
            above.pop()
            if element.tag == "record":
                yield element
                if above:
                    above[-1].clear()
    except DefusedXmlException:
        raise InputError(
            f"{file} declares a document type or entities, which a list of references does not need and by which "
            "files do harm. Export it again from EndNote."
        ) from None
    except ParseError as error:
        line, column = error.position
        raise InputError(
            f"{file}, line {line:,}, column {column + 1:,}: the XML cannot be read from here on "
            f"({str(error).partition(':')[0]}); the file is cut off or damaged. Export it again from EndNote."
        ) from None


def _raw(record: Element) -> Raw:
    """Return the texts of a record by their paths, those of styles joined, attributes behind an @."""
    found: list[tuple[str, str]] = []

    def visit(element: Any, path: str) -> None:
        found.extend((f"{path}@{name}", value) for name, value in element.attrib.items() if value)
        if all(child.tag == "style" for child in element):
            text = "".join(element.itertext())
            if text.strip():
                found.append((path, text))
            return
        if element.text and element.text.strip():
            found.append((path, element.text))
        for child in element:
            visit(child, f"{path}.{child.tag}" if path else child.tag)
            if child.tail and child.tail.strip():
                found.append((path, child.tail))

    visit(record, "")
    return tuple(found)


def _record(raw: Raw) -> Record:
    told: dict[str, list[str]] = {}
    for path, text in raw:
        told.setdefault(path, []).append(text.replace("\r\n", "\n").replace("\r", "\n"))

    def get(*paths: str) -> str | None:
        return next((values.clean(told[path][0]) for path in paths if path in told), None)

    def every(path: str) -> list[str]:
        return told.get(path, [])

    year = dates.year(get("dates.year"))
    number = get("isbn")
    notes = [values.plain(text) for path in ("notes", "research-notes") for text in every(path)]
    words = [word for text in every("keywords.keyword") for word in re.split(r"[;\n]", text)]
    return Record(
        title=values.title(get("titles.title")),
        authors=names(every("contributors.authors.author")),
        year=year,
        date=dates.date(get("dates.pub-dates.date"), year) if year else None,
        venue=values.title(
            get("periodical.full-title", "titles.secondary-title", "alt-periodical.full-title")
        ),
        volume=get("volume"),
        issue=get("number", "issue"),
        pages=values.pages(get("pages")),
        doi=values.doi(get("electronic-resource-num")) or values.doi(get("urls.related-urls.url")),
        abstract=values.plain(next(iter(every("abstract")), None)),
        keywords=values.unique(words),
        type=values.csl_type(get("ref-type@name"), default="document"),
        editors=names(every("contributors.secondary-authors.author")),
        publisher=get("publisher"),
        place=get("pub-location"),
        edition=get("edition"),
        issn=values.issn(number),
        isbn=values.isbn(number),
        url=get("urls.related-urls.url", "urls.web-urls.url"),
        language=values.language(get("language")),
        accession=get("accession-num"),
        database=get("remote-database-name"),
        notes=tuple(note for note in notes if note),
    )
