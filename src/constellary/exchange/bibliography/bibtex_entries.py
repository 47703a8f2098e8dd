"""The entries of a BibTeX file: kind, key and fields as they stand, macros put in."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from constellary.exchange.bibliography.export import Remark
from constellary.exchange.bibliography.limits import check_fields, check_records

_START = re.compile(r"@[ \t]*([A-Za-z]+)\s*([{(])")
_KEY = re.compile(r"\s*([^\s,={}\"#]*)\s*(?:,|(?=[})]))")
_FIELD = re.compile(
    r"""[\s,]*+([^\s={}",\#@]++)\s*+=\s*+
    (?:
        \{([^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+)\}
      | "([^"{}]*+)"
      | ([0-9]++)
    )\s*+(?=[,})])""",
    re.VERBOSE,
)
_BETWEEN = re.compile(r"""\}\s*+,[\s,]*+([^\s={}",#@]++)\s*+=\s*+\{""")
"""From the brace that closes the value of a field to the one that opens the next."""
_NAME = re.compile(r"\s*(?:,\s*)*([^\s={}\",#@]+)\s*=\s*")
_END = re.compile(r"\s*(?:,\s*)*[})]")
_WORD = re.compile(r"[^\s,{}\"#()=]+")
_BRACES = re.compile(r"[{}]")
_QUOTE = re.compile(r'[{}"]')
_ENTRY = re.compile(r"@[ \t]*[A-Za-z]+[ \t]*\{[^\s{}=,]*,")
_LINE_START = re.compile(r"\n[ \t]*" + _ENTRY.pattern)
MOST_CONCATENATED = 1_000_000
"""Characters of a value that is joined of macros: a macro of macros grows without end otherwise."""


class BibEntry(NamedTuple):
    """An entry as it stands: its kind and the names of its fields in the letters of the file, values in LaTeX."""

    line: int
    kind: str
    key: str
    fields: list[tuple[str, str]]


class _BrokenError(ValueError):
    """An entry cannot be read from here; the text says what is wrong."""


class Entries:
    """Reads the entries of a text, one after the other.

    Attributes
    ----------
    found
        Entries in the order of the file.
    remarks
        Those that could not be read, with the lines at which they begin.
    cut_at
        Line of the last entry where the file ends within it, else 0.
    """

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.found: list[BibEntry] = []
        self.remarks: list[Remark] = []
        self.cut_at = 0
        self.macros: dict[str, str] = {}
        self._pairs: dict[int, int] | None = None
        self._begun: set[int] = set()
        self._passed: list[tuple[int, int]] = []
        self._odd_until = 0
        self._read()
        if not self.cut_at:
            self._swallowed()

    def _read(self) -> None:
        text, place, line, counted = self.text, 0, 1, 0
        while start := _START.search(text, place):
            line += text.count("\n", counted, start.start())
            counted = start.start()
            self._begun.add(counted)
            kind = start[1].lower()
            try:
                place = self._one(start, kind, line)
            except _BrokenError as error:
                following = _LINE_START.search(text, start.end())
                rest = text[start.start() :]
                open_ = str(error).endswith("never closed") or rest.count("{") > rest.count("}")
                if following is None and open_:
                    self.cut_at = line
                    return
                said = f"an entry @{kind} begins here that cannot be read: {error}"
                self.remarks.append(Remark(line, said, lost=True))
                place = following.start() if following else start.end()

    def _swallowed(self) -> None:
        """Name the entries that stand within a value of the one before, as where a brace is missing there."""
        line, counted = 1, 0
        ends = [end for _, end in self._passed]
        for found in _ENTRY.finditer(self.text):
            place = found.start()
            if place in self._begun or self.text[max(place - 200, 0) : place].rstrip(" \t")[-1:] != "\n":
                continue
            comment = bisect_right(ends, place)
            if comment == len(ends) or place < self._passed[comment][0]:
                line, counted = line + self.text.count("\n", counted, place), place
                said = (
                    "an entry begins here within a value of the one before it, which lacks a brace; it "
                    "was read as part of that value"
                )
                self.remarks.append(Remark(line, said, lost=True))
        self.remarks.sort(key=lambda remark: remark.line)

    def _one(self, start: re.Match[str], kind: str, line: int) -> int:
        """Read what begins here and return where it ends."""
        if kind in {"comment", "preamble"}:
            end = self._closing(start.end() - 1, within=kind) + 1
            self._passed.append((start.start(), end))
            return end
        if kind == "string":
            fields, place = self._fields(start.end(), line)
            self.macros.update((name.lower(), value) for name, value in fields)
            return place
        key = _KEY.match(self.text, start.end())
        place = key.end() if key else start.end()
        fields, place = self._split(place, line) or self._fields(place, line)
        self.found.append(BibEntry(line, start[1], key[1] if key else "", fields))
        check_records(len(self.found), self.file)
        return place

    def _split(self, place: int, line: int) -> tuple[list[tuple[str, str]], int] | None:
        """Return the fields of an entry and where it ends, if all values are in braces and the next begins a line.

        That is how databases write it, and it is split in a fraction of the time that reading field by field takes.
        The braces of every value must be even, which also shows that it was split nowhere within one.
        """
        if place < self._odd_until:
            return None
        text = self.text
        end = text.find("@", place)
        while end > 0 and text[end - 1] != "\n":
            end = text.find("@", end + 1)
        end = len(text) if end < 0 else end
        before, *pieces = _BETWEEN.split("}," + text[place:end])
        if not before and pieces:
            whole = pieces[-1].rstrip()
            last = whole[:-1].rstrip(", \t\n")
            if whole[-1:] == last[-1:] == "}":
                behind = len(pieces[-1]) - len(whole)
                pieces[-1] = last[:-1]
                texts = pieces[1::2]
                nested = [  # all that are not {so} or without braces, as most are
                    one
                    for one in texts
                    if "{" in one[1:] or "}" in one[:-1] or (one[:1] == "{") != (one[-1:] == "}")
                ]
                if all(map(_is_even, nested)):
                    check_fields(len(texts), self.file, line)
                    return list(zip(pieces[::2], texts, strict=True)), end - behind
        self._odd_until = end  # or a file in one line would be split again for each entry
        return None

    def _fields(self, place: int, line: int) -> tuple[list[tuple[str, str]], int]:
        text = self.text
        fields: list[tuple[str, str]] = []
        while True:
            while field := _FIELD.match(text, place):
                fields.append(field.group(1, field.lastindex))  # type: ignore[arg-type]  # a name and a value
                place = field.end()
            if end := _END.match(text, place):
                check_fields(len(fields), self.file, line)
                return fields, end.end()
            if name_ := _NAME.match(text, place):
                value, place = self._value(name_.end())
                fields.append((name_[1], value))
            else:
                raise _BrokenError(self._why(place))

    def _why(self, place: int) -> str:
        shown = " ".join(self.text[place : place + 60].split())[:30]
        return (
            f"a field, a comma or the closing brace was expected at '{shown}'"
            if shown
            else "it is never closed"
        )

    def _value(self, place: int) -> tuple[str, int]:
        """Return a value in braces, quotation marks or macros, or several joined by #."""
        text, parts = self.text, []
        while True:
            sign = text[place : place + 1]
            if sign == "{":
                end = self._closing(place)
                parts.append(text[place + 1 : end])
                place = end + 1
            elif sign == '"':
                end = self._quoted(place)
                parts.append(text[place + 1 : end])
                place = end + 1
            elif word := _WORD.match(text, place):
                parts.append(self.macros.get(word[0].lower(), word[0]))
                place = word.end()
            else:
                raise _BrokenError(self._why(place))
            while text[place : place + 1].isspace():
                place += 1
            if text[place : place + 1] != "#":
                break
            place += 1
            while text[place : place + 1].isspace():
                place += 1
        if sum(map(len, parts)) > MOST_CONCATENATED:
            raise _BrokenError(f"a value has more than {MOST_CONCATENATED:,} characters")
        return "".join(parts), place

    def _closing(self, place: int, *, within: str = "") -> int:
        """Return where the brace or bracket that opens here is closed; entries within a comment do not matter."""
        if self.text[place] == "(":
            end = self.text.find(")", place)
            if end < 0:
                raise _BrokenError("its bracket is never closed")
            return end
        if self._pairs is None:
            self._pairs = self._paired()
        end = self._pairs.get(place, -1)
        if end < 0:
            raise _BrokenError("its brace is never closed")
        if within != "comment" and _LINE_START.search(self.text, place, end):
            raise _BrokenError("a brace is never closed within it, and the next entry begins")
        return end

    def _paired(self) -> dict[int, int]:
        """Return opening -> closing brace of the whole text, in one pass; a brace without its other has no place."""
        open_at: list[int] = []
        pairs: dict[int, int] = {}
        for brace in _BRACES.finditer(self.text):
            if brace[0] == "{":
                open_at.append(brace.start())
            elif open_at:
                pairs[open_at.pop()] = brace.start()
        return pairs

    def _quoted(self, place: int) -> int:
        """Return where the quotation mark is that closes this one, those within braces left out."""
        at = place + 1
        while found := _QUOTE.search(self.text, at):
            if found[0] == '"':
                return found.start()
            if found[0] == "}":
                raise _BrokenError("a quotation mark is never closed")
            at = self._closing(found.start()) + 1
        raise _BrokenError("a quotation mark is never closed")


def _is_even(value: str) -> bool:
    """Tell whether every brace in a value has its other."""
    before, *parts = value.split("{")
    depth = 0
    for part in parts:
        depth += 1 - part.count("}")
        if depth < 0:
            return False
    return depth == 0 and "}" not in before
