"""The list of works: searched, narrowed, sorted, a page at a time."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from constellary.errors import UnknownName
from constellary.literature.record import cited_as, first_author
from constellary.literature.screening import standings
from constellary.workbench.review.told import reason_label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from constellary.literature.review import Review
    from constellary.literature.screening import Standing

PAGE = 50
FOUND = {
    "included": "Included",
    "excluded": "Excluded",
    "conflict": "In conflict",
    "open": "Open",
    "rule": "Out by rule",
}
"""State -> its name; what a rule put out is not among the excluded."""
SORTS: dict[str, tuple[str, Callable[[Standing], Any]]] = {
    "author": ("Authors", lambda one: (folded(first_author(one.work.record)), one.work.record.year or 0)),
    "title": ("Title", lambda one: folded(one.work.record.title or "")),
    "venue": ("Venue", lambda one: folded(one.work.record.venue or "")),
    "year": ("Year", lambda one: one.work.record.year),
    "records": ("Records", lambda one: len(one.work.records)),
}
"""Name of an order -> its column, and what is compared; None comes last."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of the list; empty or None: all. `sort` begins with a minus where it descends."""

    q: str = ""
    state: str = ""
    stage: str = ""
    search: str = ""
    year: int | None = None
    sort: str = ""
    page: int = 1

    @property
    def query(self) -> dict[str, str | int | None]:
        """The pairs of its address."""
        return {
            "q": self.q,
            "state": self.state,
            "stage": self.stage,
            "search": self.search,
            "year": self.year,
            "sort": self.sort,
            "page": self.page if self.page > 1 else None,
        }

    @property
    def narrow(self) -> bool:
        """Whether it asks for less than all."""
        return bool(self.q or self.state or self.stage or self.search or self.year is not None)

    def on(self, page: int) -> Asking:
        """Return the same on another page."""
        return replace(self, page=page)


def read_asking(pairs: Mapping[str, str]) -> Asking:
    """Return what an address asks for; what is no number is nothing asked.

    Examples
    --------
    >>> read_asking({"year": "2020", "page": "x"})
    Asking(q='', state='', stage='', search='', year=2020, sort='', page=1)
    """

    def number(name: str) -> int | None:
        text = pairs.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None

    texts = {name: pairs.get(name, "")[:300].strip() for name in ("q", "state", "stage", "search", "sort")}
    return Asking(**texts, year=number("year"), page=max(1, number("page") or 1))


def folded(text: str) -> str:
    """Return text as it is searched and sorted: accents and case do not count.

    Examples
    --------
    >>> folded("Škoda  ÉTUDE")
    'skoda etude'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def state_of(standing: Standing) -> str:
    """Return the state under which a work is listed."""
    return "rule" if standing.rule else standing.outcome


def found_works(review: Review, ask: Asking) -> list[Standing]:
    """Return the works that are asked for, in the order asked for; else in that of their intake.

    Raises
    ------
    UnknownName
        If there is no such state or order.
    """
    if ask.state and ask.state not in FOUND:
        raise UnknownName("state", ask.state, list(FOUND))
    found = [one for one in standings(review) if _fits(one, ask)]
    words = folded(ask.q).split()
    if words:
        texts = _texts(review)
        found = [one for one in found if all(word in texts[one.work.id] for word in words)]
    if not ask.sort:
        return found
    name = ask.sort.removeprefix("-")
    if name not in SORTS:
        raise UnknownName("order", name, list(SORTS))
    by = SORTS[name][1]
    known = [one for one in found if by(one) not in (None, "")]
    return sorted(known, key=by, reverse=ask.sort.startswith("-")) + [
        one for one in found if by(one) in (None, "")
    ]


def _fits(one: Standing, ask: Asking) -> bool:
    if ask.state and state_of(one) != ask.state:
        return False
    if ask.stage and one.at != ask.stage:
        return False
    if ask.search and all(record.search != ask.search for record in one.work.records):
        return False
    return ask.year is None or one.work.record.year == ask.year


def _texts(review: Review) -> dict[str, str]:
    kept = review.memory.get("works searched")
    if kept is None:
        review.memory["works searched"] = kept = {one.work.id: _text(one) for one in standings(review)}
    return kept  # type: ignore[return-value]


def _text(one: Standing) -> str:
    record = one.work.record
    names = " ".join(map(str, record.authors))
    parts = (one.work.id, record.title, names, record.venue, record.abstract, record.doi, *record.keywords)
    return folded(" ".join(str(part) for part in (*parts, record.year) if part))


@dataclass(frozen=True, slots=True)
class Row:
    """A work as the list shows it; `at` is the label of the stage, `why` that of the reason."""

    standing: Standing
    cited: str
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: what it is called, how it is sorted now, and the order that it asks for next."""

    label: str
    sorted: str
    ask: Asking


def records_view(review: Review, ask: Asking, size: int = PAGE) -> dict[str, Any]:
    """Return what the page of the records shows, so many works at a time."""
    found = found_works(review, ask)
    last = max(1, -(-len(found) // size))
    ask = ask.on(min(ask.page, last))
    start = (ask.page - 1) * size
    labels = {stage.name: stage.label for stage in review.protocol.stages}
    rows = [_row(one, labels, review) for one in found[start : start + size]]
    states = Counter(map(state_of, standings(review)))
    years = Counter(one.work.record.year for one in standings(review) if one.work.record.year is not None)
    return {
        "ask": ask,
        "rows": rows,
        "total": len(found),
        "all": len(standings(review)),
        "records": len(review.records),
        "first": start + 1 if rows else 0,
        "last": start + len(rows),
        "before": ask.on(ask.page - 1) if ask.page > 1 else None,
        "after": ask.on(ask.page + 1) if ask.page < last else None,
        "heads": {name: _head(name, ask) for name in SORTS},
        "states": [(name, label, states[name]) for name, label in FOUND.items()],
        "stages": [(stage.name, stage.label) for stage in review.protocol.stages],
        "searches": _searches(review),
        "years": sorted(years.items(), reverse=True),
    }


def _searches(review: Review) -> list[tuple[str, str, int]]:
    counts = Counter(record.search for record in review.records)
    known = {one.name: f"{one.database} ({one.name})" for one in review.protocol.searches}
    return [(name, known.get(name, name), number) for name, number in counts.items() if name]


def _row(one: Standing, labels: Mapping[str, str], review: Review) -> Row:
    last = one.stages[-1] if one.stages else None
    why = reason_label(review.protocol, last.stage, last.reason) if last is not None else ""
    return Row(one, cited_as(one.work.record), labels.get(one.at or "", ""), why)


def _head(name: str, ask: Asking) -> Head:
    label = SORTS[name][0]
    now = ask.sort.removeprefix("-") == name
    descending = ask.sort.startswith("-")
    first = f"-{name}" if name in ("year", "records") else name
    turned = (name if descending else f"-{name}") if now else first
    state = "" if not now else "descending" if descending else "ascending"
    return Head(label, state, replace(ask, sort=turned, page=1))
