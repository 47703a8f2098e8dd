"""Conditions: `place = China and motivation in (knowledge, services)`.

A condition names a variable, a grouping, or one of `id`, `name`, `announced`, `year`, `size`, `firm`. Where
a partner is meant (`firm`, or a firm variable) it holds if any partner fits; for multiple choice, if any
value fits. Values may be written by value or by label, in any case, with or without quotes; a quote within
such quotes is doubled. A missing value fits nothing but `is missing`.

Grammar::

    condition  = conjunction { "or" conjunction }
    conjunction = negation { "and" negation }
    negation   = "not" negation | "(" condition ")" | comparison
    comparison = NAME ("=" | "!=" | "<" | "<=" | ">" | ">=") VALUE
               | NAME ["not"] "in" "(" VALUE { "," VALUE } ")"
               | NAME "is" ["not"] "missing"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from constellary.errors import UsageError

LONGEST = 2_000
DEEPEST = 50
KEYWORDS = frozenset({"and", "or", "not", "in", "is", "missing"})
TOKEN = re.compile(
    r"""\s*(?:(?P<quoted>"(?:[^"]|"")*"|'(?:[^']|'')*')|(?P<sign><=|>=|!=|=|<|>|\(|\)|,)|(?P<word>[^\s()=<>!,"']+))"""
)

Sign = Literal["=", "!=", "<", "<=", ">", ">=", "in", "missing"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`name sign values`; `in` has many values, `missing` none."""

    name: str
    sign: Sign
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Both:
    """All parts hold (`and`) or at least one (`or`)."""

    word: Literal["and", "or"]
    parts: tuple[Condition, ...]


Condition = Comparison | Not | Both


def parse_condition(text: str) -> Condition:
    """Return the condition that a text says.

    Raises
    ------
    UsageError
        If it cannot be understood; the message shows the place.

    Examples
    --------
    >>> parse_condition("place = Rest of world")
    Comparison(name='place', sign='=', values=('Rest of world',))
    >>> parse_condition('firm = "The ""new"" Saab"').values
    ('The "new" Saab',)
    """
    if len(text) > LONGEST:
        raise UsageError(f"A condition of more than {LONGEST:,} characters is not read.")
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str, int]] = []
        self.next = 0
        self.depth = 0
        position = 0
        while text[position:].strip():
            match = TOKEN.match(text, position)
            if match is None:
                raise self.error("this cannot be read", position)
            kind = str(match.lastgroup)
            self.tokens.append((kind, match[kind], match.start(kind)))
            position = match.end()

    def whole(self) -> Condition:
        found = self.joined("or")
        if self.next < len(self.tokens):
            raise self.error("'and' or 'or' is expected", self.tokens[self.next][2])
        return found

    def joined(self, word: Literal["and", "or"]) -> Condition:
        part = self.negation if word == "and" else lambda: self.joined("and")
        parts = [part()]
        while self.take(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Both(word, tuple(parts))

    def negation(self) -> Condition:
        self.depth += 1
        if self.depth > DEEPEST:
            raise UsageError(f"A condition nested more than {DEEPEST} deep is not read.")
        try:
            if self.take("not"):
                return Not(self.negation())
            if self.take("("):
                found = self.joined("or")
                self.need(")")
                return found
            return self.comparison()
        finally:
            self.depth -= 1

    def comparison(self) -> Condition:
        name = self.word("the name of a variable")
        if self.take("is"):
            opposite = self.take("not")
            self.need("missing")
            found = Comparison(name, "missing")
            return Not(found) if opposite else found
        opposite = self.take("not")
        if self.take("in"):
            self.need("(")
            values = [self.value()]
            while self.take(","):
                values.append(self.value())
            self.need(")")
            listed = Comparison(name, "in", tuple(values))
            return Not(listed) if opposite else listed
        for sign in ("=", "!=", "<=", ">=", "<", ">"):
            if not opposite and self.take(sign):
                return Comparison(name, sign, (self.value(),))
        raise self.error(f"after '{name}', one of = != < <= > >= in is expected", self.place())

    def value(self) -> str:
        kind, text, _ = self.peek()
        if kind == "quoted":
            self.next += 1
            return text[1:-1].replace(text[0] * 2, text[0])
        words = []
        while self.peek()[0] == "word" and self.peek()[1].lower() not in KEYWORDS:
            words.append(self.peek()[1])
            self.next += 1
        if not words:
            raise self.error(
                "a value is expected; put it in quotes if it holds 'and', 'or' or a sign", self.place()
            )
        return " ".join(words)

    def word(self, what: str) -> str:
        kind, text, _ = self.peek()
        if kind != "word" or text.lower() in KEYWORDS:
            raise self.error(f"{what} is expected", self.place())
        self.next += 1
        return text

    def take(self, text: str) -> bool:
        kind, found, _ = self.peek()
        if kind != "quoted" and found.lower() == text:
            self.next += 1
            return True
        return False

    def need(self, text: str) -> None:
        if not self.take(text):
            raise self.error(f"'{text}' is expected", self.place())

    def peek(self) -> tuple[str, str, int]:
        return self.tokens[self.next] if self.next < len(self.tokens) else ("end", "", len(self.text))

    def place(self) -> int:
        return self.peek()[2]

    def error(self, message: str, position: int) -> UsageError:
        return UsageError(
            f"The condition cannot be understood: {message}.\n  {self.text}\n  {' ' * position}^"
        )
