"""What a header means: the fields of each table, and the names that people give them.

A header is compared without case, accents and punctuation to, in this order, what the person said
(`mapping`), the fields' own names, the codebook's names and labels, and the synonyms in `synonyms.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from constellary.errors import UnknownName, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.study.codebook import Codebook

Kind = Literal["alliances", "partners", "firms", "sources", "codings"]
KINDS: tuple[Kind, ...] = ("codings", "sources", "partners", "firms", "alliances")
"""From the most particular to the least: on a tie the earlier wins."""

OWN: dict[Kind, tuple[str, ...]] = {
    "alliances": ("id", "name", "announced", "alliance", "firm", "position", "partners", "sources"),
    "partners": ("alliance", "firm", "position"),
    "firms": ("firm", "aliases", "parent"),
    "sources": ("alliance", "url", "publisher", "published"),
    "codings": ("alliance", "variable", "coder", "value", "sure"),
}
IGNORE = "-"
DERIVED = "(derived)"
"""Stands for a column that a study works out itself: size, groupings."""

LONGEST_HEADER = 200
"""Characters; a longer cell is a text, no header."""

NEAR = 0.75
NEAR_SYNONYM = 0.85
"""Likeness, from 0 to 1, from which a header is near to a field's name or label, or to one of its many synonyms."""
LONG_SYNONYM = 6
"""Letters; shorter synonyms come near to words of other meaning: `coder` to `code`."""

How = Literal["mapped", "name", "label", "synonym", "running number", "derived"]
RUNNING: How = "running number"
"""How *No.* and its like mean an id: only beside columns that show what table it is."""

_NUMBERED = re.compile(r"^(?P<stem>.+?) ?(?P<number>[0-9]{1,2}|\b[a-h])$")
_PARTNER = re.compile(r"^partner_([1-9][0-9]?)$")


@dataclass(frozen=True, slots=True)
class Match:
    """A field that a header can mean, how that was found, and how strong it is (less is stronger)."""

    field: str
    how: How
    strength: int


@dataclass(frozen=True)
class Vocabulary:
    """The fields of each table by normalised header, for one codebook and one mapping."""

    known: Mapping[Kind, Mapping[str, Match]]
    fields: Mapping[Kind, frozenset[str]]
    stems: frozenset[str]
    firm_variables: frozenset[str]
    years: frozenset[str]
    mapping: Mapping[str, str]
    mapped_headers: Mapping[str, str]

    def match(self, kind: Kind, header: str) -> Match | None:
        """Return what the header means in a table of that kind, or None."""
        if len(header) > LONGEST_HEADER:
            return None
        plain = normalise(header)
        if plain in self.mapping:
            field = self.mapping[plain]
            fits = field in self.fields[kind] or (kind == "alliances" and numbered(field))
            return Match(field, "mapped", -1) if fits else None
        if found := self.known[kind].get(plain):
            return found
        return self._partner(plain) if kind == "alliances" else None

    def ignored(self, header: str) -> bool:
        """Tell whether the person asked to ignore that header."""
        return self.mapping.get(normalise(header)) == IGNORE

    def near(self, kind: Kind, header: str) -> str | None:
        """Return the field that a header which means nothing comes near to, as one with a slip of the pen does."""
        plain = normalise(header)
        if len(header) > LONGEST_HEADER or plain in self.mapping:
            return None
        if kind == "alliances" and (place := _NUMBERED.match(plain)):
            stem = get_close_matches(place["stem"], self.stems, n=1, cutoff=NEAR_SYNONYM)
            if stem and (partner := self._partner(f"{stem[0]} {place['number']}")):
                return partner.field
        known = {name: match for name, match in self.known[kind].items() if match.field != DERIVED}
        own = [name for name, match in known.items() if match.how in ("name", "label")]
        long = [name for name in known if len(name) >= LONG_SYNONYM]
        found = get_close_matches(plain, own, n=1, cutoff=NEAR) or get_close_matches(
            plain, long, n=1, cutoff=NEAR_SYNONYM
        )
        return known[found[0]].field if found else None

    def _partner(self, plain: str) -> Match | None:
        found = _NUMBERED.match(plain)
        if not found or found["stem"] not in self.stems:
            return None
        place = found["number"]
        number = int(place) if place.isdecimal() else ord(place) - ord("a") + 1
        return Match(f"partner_{number}", "synonym", 50) if number else None


def numbered(field: str) -> int | None:
    """Return the number of a field `partner_1`, `partner_2` ..., or None for any other field."""
    found = _PARTNER.match(field)
    return int(found[1]) if found else None


def vocabulary(codebook: Codebook, mapping: Mapping[str, str] | None = None) -> Vocabulary:
    """Return the vocabulary of a codebook.

    Parameters
    ----------
    codebook
        Its variables are fields of the alliances, of the firms, and of tables with one firm a row.
    mapping
        Header -> field, or `-` to ignore the column.

    Raises
    ------
    UnknownName
        If the mapping names a field that there is not.
    UsageError
        If it says two things of one header.
    """
    known = {kind: _known(kind, codebook) for kind in KINDS}
    plain: dict[str, str] = {}
    for header, field in (mapping or {}).items():
        key = normalise(header)
        if plain.get(key, field) != field:
            raise UsageError(f"The header '{header}' is mapped to '{plain[key]}' and to '{field}'.")
        plain[key] = field
    stems = frozenset(normalise(stem) for stem in _synonyms()["stems"]["partner"])
    fields = {kind: frozenset(match.field for match in known[kind].values()) - {DERIVED} for kind in KINDS}
    every = sorted(frozenset().union(*fields.values()))
    for field in plain.values():
        if field != IGNORE and field not in every and not numbered(field):
            raise UnknownName("field", field, [*every, "partner_1"])
    return Vocabulary(
        known=known,
        fields=fields,
        stems=stems,
        years=frozenset(normalise(name) for name in _announcement_years(codebook)),
        firm_variables=frozenset(variable.name for variable in codebook.of_level("firm")),
        mapping=plain,
        mapped_headers={normalise(header): header for header in mapping or {}},
    )


def _known(kind: Kind, codebook: Codebook) -> dict[str, Match]:
    """Return normalised header -> match, the strongest first."""
    found: dict[str, Match] = {}

    def put(header: str, field: str, how: How, strength: int) -> None:
        found.setdefault(normalise(header), Match(field, how, strength))

    variables = {
        "alliances": (*codebook.of_level("alliance"), *codebook.of_level("firm")),
        "partners": codebook.of_level("firm"),
        "firms": codebook.of_level("firm"),
    }.get(kind, ())
    for field in OWN[kind]:
        put(field, field, "name", 0)
    for variable in variables:
        put(variable.name, variable.name, "name", 0)
    for variable in variables:
        put(variable.label, variable.name, "label", 1)
    for name in _derived(kind, codebook):
        put(name, DERIVED, "derived", 2)
    for name in _synonyms()["running"]["id"] if kind == "alliances" else ():
        put(name, "id", RUNNING, 90)
    for field, names in _synonyms()[kind].items():
        for strength, name in enumerate(names, 10):
            put(name, field, "synonym", strength)
    return found


def _derived(kind: Kind, codebook: Codebook) -> list[str]:
    """Return what the columns are called that a study works out itself."""
    years = _announcement_years(codebook)
    names = [
        name
        for grouping in codebook.groupings
        if grouping.name not in years
        for name in (grouping.name, grouping.label)
    ]
    return [*names, "size", "number of partners"] if kind == "alliances" else names


def _announcement_years(codebook: Codebook) -> list[str]:
    """Return what the year of an announcement is called.

    It is derived where the date is there too, and else all that is known of the date.
    """
    names = ["year"]
    for grouping in codebook.groupings:
        if grouping.method == "year" and grouping.of == "announced":
            names += [grouping.name, grouping.label]
    return names


@cache
def _synonyms() -> dict[str, dict[str, list[str]]]:
    path = files("constellary.exchange.readers") / "synonyms.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def beside_names() -> frozenset[str]:
    """Return the normalised names of sheets and resources that are no tables of a study and need no word."""
    return frozenset(normalise(name) for name in _synonyms()["tables"]["beside"])


@cache
def table_names() -> dict[str, Kind]:
    """Return normalised name of a sheet, file or resource -> the kind of table that it suggests."""
    return {normalise(name): kind for kind in KINDS for name in _synonyms()["tables"][kind]}


@cache
def alliance_names() -> frozenset[str]:
    """Return the normalised headers that only tables of a study have: of partners, firms and alliances."""
    said = _synonyms()
    lists = [said["alliances"][field] for field in ("alliance", "partners", "firm")]
    lists += [said["partners"]["alliance"], said["stems"]["partner"]]
    return frozenset(normalise(name) for names in lists for name in names) - {"id", "title"}


@lru_cache(maxsize=20_000)
def normalise(header: str) -> str:
    """Return a header in lower case, without accents and punctuation, words one space apart.

    Examples
    --------
    >>> normalise("  Date_of-Announcement: "), normalise("Año"), normalise("Schlüssel"), normalise("PARTNER1")
    ('date of announcement', 'ano', 'schlussel', 'partner1')
    """
    bare = header.casefold().replace("°", "o")
    if not bare.isascii():
        split = unicodedata.normalize("NFKD", bare)
        bare = "".join(sign for sign in split if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare).split())
