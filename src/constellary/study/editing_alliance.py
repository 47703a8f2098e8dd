"""Editing alliances: fields, partners and sources together, as one decision; all problems at once."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from constellary.errors import InputError, Problem, ProblemsFound
from constellary.study.decisions import RowChange
from constellary.study.editing import DATE, LONGEST, Planned, changed_row, checked_values, new_row
from constellary.study.names import tidy
from constellary.study.rows import all_keys, missing_firms, one_row, rows_where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlalchemy as sa

    from constellary.study.codebook import Codebook
    from constellary.study.decisions import Changes, Row

MOST_PARTNERS = 1_000
MOST_SOURCES = 1_000
NUMBERED = re.compile(r"(.*?)(\d+)")


@dataclass(frozen=True, slots=True)
class AllianceEdit:
    """What is to become of an alliance; None leaves partners or sources as they are.

    Attributes
    ----------
    values
        Field -> text, several texts, or None for missing.
    partners
        Names of firms, in order.
    sources
        Each `url`, and perhaps `publisher` and `published`, in order.
    new_firms
        Whether partners that are no firm yet are added; otherwise they are refused.
    """

    values: Mapping[str, object]
    partners: Sequence[str] | None = None
    sources: Sequence[Mapping[str, str | None]] | None = None
    new_firms: bool = False


def edit_alliance(connection: sa.Connection, codebook: Codebook, key: str, wanted: AllianceEdit) -> Planned:
    """Return the edit of an alliance.

    Raises
    ------
    UnknownName
        If there is no such alliance.
    ProblemsFound
        If anything does not fit; the `column` of a problem is the field, `partners`, or `sources`.
    InputError
        If nothing would change.
    """
    before = one_row(connection, "alliances", key)
    checked, partners, sources = _checked(connection, codebook, wanted, key)
    changes: Changes = {}
    said = []
    row = changed_row(codebook, "alliances", before, checked)
    if row is not None:
        changes["alliance"] = [row]
        said += [
            name for name in checked if changed_row(codebook, "alliances", before, {name: checked[name]})
        ]
    if partners is not None:
        _add(changes, "partner", _changes(rows_where(connection, "partners", alliance=key), partners, 2))
        said += ["partners"] if "partner" in changes else []
        _add(changes, "firm", _new_firms(connection, codebook, partners))
    if sources is not None:
        _add(changes, "source", _changes(rows_where(connection, "sources", alliance=key), sources, 2))
        said += ["sources"] if "source" in changes else []
    if not said:
        raise InputError(f"{key}: nothing would change.")
    return Planned(changes, f"{', '.join(said)} of {key}")


def add_alliance(
    connection: sa.Connection, codebook: Codebook, key: str | None, wanted: AllianceEdit
) -> tuple[str, Planned]:
    """Return the id of a new alliance, and the edit that adds it.

    Raises
    ------
    ProblemsFound
        As for `edit_alliance`; too few or too many partners are a problem too.
    """
    known = all_keys(connection, "alliances")
    chosen = tidy(key) if key else next_id(known)
    problems = []
    if chosen in set(known):
        problems.append(Problem(f"There is an alliance '{chosen}' already.", column="id", kind="id-taken"))
    if not chosen or len(chosen) > 200 or any(ord(letter) < 32 for letter in chosen):
        problems.append(Problem("An id is 1 to 200 letters in one line.", column="id", kind="invalid-id"))
    full = AllianceEdit(wanted.values, wanted.partners or (), wanted.sources or (), wanted.new_firms)
    checked, partners, sources = _checked(connection, codebook, full, chosen, problems)
    changes: Changes = {"alliance": [RowChange(None, new_row(codebook, "alliances", chosen, checked))]}
    _add(changes, "partner", [RowChange(None, row) for row in partners or ()])
    _add(changes, "source", [RowChange(None, row) for row in sources or ()])
    _add(changes, "firm", _new_firms(connection, codebook, partners or []))
    return chosen, Planned(changes, f"{chosen} added")


def next_id(known: Sequence[str]) -> str:
    """Return a fresh id in the pattern of those that there are: the commonest stem with the next number.

    Examples
    --------
    >>> next_id(["a1", "a2", "a10", "b7"])
    'a11'
    >>> next_id(["AAD-0007", "AAD-0008"])
    'AAD-0009'
    >>> next_id([])
    'alliance-1'
    """
    taken = set(known)
    numbered = [match for key in known if (match := NUMBERED.fullmatch(key)) is not None]
    stems = Counter(match[1] for match in numbered)
    # Ids that end in a year or a chance number are no pattern.
    stem, count = max(stems.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    if count <= len(known) // 2:
        stem, width, number = "alliance-", 1, 0
    else:
        own = [match[2] for match in numbered if match[1] == stem]
        number = max(int(digits) for digits in own)
        width = max((len(digits) for digits in own if digits.startswith("0")), default=1)
    while f"{stem}{number + 1:0{width}d}" in taken:
        number += 1
    return f"{stem}{number + 1:0{width}d}"


def _checked(
    connection: sa.Connection,
    codebook: Codebook,
    wanted: AllianceEdit,
    key: str,
    problems: Sequence[Problem] = (),
) -> tuple[dict[str, object], list[Row] | None, list[Row] | None]:
    """Return what fits, as it is kept.

    Raises
    ------
    ProblemsFound
        If anything does not fit.
    """
    checked, wrong = checked_values(codebook, "alliances", wanted.values)
    found = [*problems, *wrong]
    partners = sources = None
    if wanted.partners is not None:
        names = [tidy(name) for name in wanted.partners if tidy(name)]
        found += _wrong_partners(connection, codebook, names, new_firms=wanted.new_firms)
        partners = [(key, name, place) for place, name in enumerate(names, 1)]
    if wanted.sources is not None:
        given = [_source(source) for source in wanted.sources]
        kept = [source for source in given if any(source)]
        found += _wrong_sources(kept)
        sources = [(key, *source, place) for place, source in enumerate(kept, 1)]
    if found:
        raise ProblemsFound(found, what=key)
    return checked, partners, sources


def _wrong_partners(
    connection: sa.Connection, codebook: Codebook, names: list[str], *, new_firms: bool
) -> list[Problem]:
    least, most = codebook.partners
    found = []
    if len(names) < least:
        found.append(f"An alliance has at least {least} partners; here are {len(names)}.")
    most = MOST_PARTNERS if most is None else most
    if len(names) > most:
        return [_partner(f"An alliance has at most {most:,} partners; here are {len(names):,}.")]
    found += [f"{name} is named twice." for name, times in Counter(names).items() if times > 1]
    found += [f"A name has at most {LONGEST:,} letters." for name in names if len(name) > LONGEST]
    if not new_firms:
        for name in missing_firms(connection, names):
            found.append(f"There is no firm '{name}' yet. Choose one that there is, or say that it is new.")
    return [_partner(message) for message in found]


def _partner(message: str) -> Problem:
    return Problem(message, column="partners", kind="invalid-partner")


def _source(given: Mapping[str, str | None]) -> tuple[str, str | None, str | None]:
    texts = [tidy(given.get(name) or "") for name in ("url", "publisher", "published")]
    return texts[0], texts[1] or None, texts[2] or None


def _wrong_sources(sources: list[tuple[str, str | None, str | None]]) -> list[Problem]:
    found = [
        (place, f"{url} is named twice.", url)
        for place, (url, _, _) in enumerate(sources)
        if url and url in [other for other, _, _ in sources[:place]]
    ]
    if len(sources) > MOST_SOURCES:
        return [_bad_source(f"An alliance has at most {MOST_SOURCES:,} sources.", 0, "")]
    for place, (url, publisher, published) in enumerate(sources):
        if not is_web_address(url):
            found.append((place, "An address begins with https:// or http://, and names a host.", url))
        if published is not None and not DATE.fullmatch(published):
            found.append((place, "A date is written 2021, 2021-05 or 2021-05-20.", published))
        if publisher is not None and len(publisher) > LONGEST:
            found.append((place, f"A publisher's name has at most {LONGEST:,} letters.", ""))
    return [_bad_source(message, place, value) for place, message, value in sorted(found)]


def _bad_source(message: str, place: int, value: str) -> Problem:
    return Problem(message, row=place + 1, column="sources", value=value[:60], kind="invalid-source")


def is_web_address(text: str) -> bool:
    """Return whether a text is an address of the web that can be a link.

    Examples
    --------
    >>> is_web_address("https://example.org/a"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    if len(text) > LONGEST or any(letter.isspace() or ord(letter) < 32 for letter in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _new_firms(connection: sa.Connection, codebook: Codebook, partners: list[Row]) -> list[RowChange]:
    return [
        RowChange(None, new_row(codebook, "firms", name, {}))
        for name in missing_firms(connection, [firm for _, firm, _ in partners])
    ]


def _changes(before: list[Row], after: list[Row], width: int) -> list[RowChange]:
    """Return what makes one list of rows of another, by their keys."""
    old = {row[:width]: row for row in before}
    new = {row[:width]: row for row in after}
    gone = [RowChange(row, None) for key, row in old.items() if key not in new]
    return gone + [RowChange(old.get(key), row) for key, row in new.items() if old.get(key) != row]


def _add(changes: Changes, entity: str, found: list[RowChange]) -> None:
    if found:
        changes[entity] = found
