"""Judging: whether two records are of one work, by rules in a fixed order, each with its reason in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from constellary.literature.comparing import (
    Card,
    Finding,
    abstracts,
    authors,
    cut,
    opposed,
    pagings,
    titles,
    values,
    venues,
    within,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from constellary.literature.comparing import Agreement

NOTICES = {
    "correction": "a correction",
    "retraction": "a retraction",
    "concern": "an expression of concern",
    "comment": "a comment",
    "reply": "a reply",
}
KINDS = {
    "conference": "a conference paper",
    "journal": "a journal article",
    "chapter": "a chapter",
    "book": "a book",
    "thesis": "a thesis",
}
TWO_KINDS = (
    {"conference", "journal"},
    {"conference", "thesis"},
    {"thesis", "journal"},
    {"book", "chapter"},
    {"book", "journal"},
)
"""Kinds of publication that bear one title and are two works none the less."""
ACCESSION = "accession number"
_AGREE = ("same", "near")
LONG = 40
"""Letters of a title that hardly two works share."""


class Pair(NamedTuple):
    """Two records, and how far their fields agree; `gap` is the number of years between them."""

    first: Card
    second: Card
    title: Agreement
    who: Agreement
    venue: Agreement
    volume: Agreement
    pages: Agreement
    gap: int | None
    identifier: str | None

    @property
    def placed(self) -> bool:
        """Whether volume and first page are one, and the journal is not another."""
        return self.pages == "same" and self.volume == "same" and self.venue != "differs"


def judge(first: Card, second: Card) -> Finding:
    """Return whether two records are of one work, and why.

    Works that bear one title and are none the less two are kept apart first: a notice and what it is about,
    parts of a series, a preprint and its article. Then identifiers speak, then title, authors and place.
    """
    title = titles(first.title, second.title)
    identifier = _shared_identifier(first, second)
    if title == "differs" and identifier is None and not _one_place(first, second):
        return _titles_apart(first, second)
    pair = Pair(
        first,
        second,
        title,
        authors(first.people, second.people),
        venues(first, second),
        values(first.volume, second.volume),
        pagings(first.pages, second.pages),
        abs(first.year - second.year) if first.year is not None and second.year is not None else None,
        identifier,
    )
    for rule in RULES_IN_ORDER:
        found = rule(pair)
        if found is not None:
            return found
    return Finding("same", "Title, authors and year are one, and nothing speaks against it", 4)


def _titles_apart(first: Card, second: Card) -> Finding:
    a, b = first.title, second.title
    if a.compact[:16] == b.compact[:16]:
        if None not in (a.part, b.part) and a.part != b.part:
            return Finding("apart", "They are different parts of a series")
        if a.digits != b.digits and a.compact.strip("0123456789") == b.compact.strip("0123456789"):
            return Finding("apart", "Their titles bear different numbers")
    return Finding("apart", "The titles differ")


def _shared_identifier(first: Card, second: Card) -> str | None:
    for name, one, other in (
        ("DOI", first.doi, second.doi),
        ("PubMed number", first.pmid, second.pmid),
        (ACCESSION, first.accession, second.accession),
    ):
        if one is not None and one == other:
            return name
    return None


def _one_place(first: Card, second: Card) -> bool:
    """Return whether year, volume and first page are known and one: then another title may be a translation."""
    return (
        first.pages is not None
        and second.pages is not None
        and first.pages[:2] == second.pages[:2]
        and first.volume is not None
        and first.volume == second.volume
        and first.year == second.year
    )


def _notices(pair: Pair) -> Finding | None:
    one, other = pair.first.title.notice, pair.second.title.notice
    if one == other:
        return None
    named = NOTICES[one or other or ""]
    if pair.identifier and _one_place(pair.first, pair.second):
        return Finding("ask", f"One is called {named}, but {pair.identifier}, volume and page are one")
    return Finding("apart", f"One is {named}, the other is not")


def _parts(pair: Pair) -> Finding | None:
    one, other = pair.first.title.part, pair.second.title.part
    if one == other:
        return None
    if None in (one, other) and (pair.identifier or _one_place(pair.first, pair.second)):
        return None  # a database left it out
    return Finding("apart", "They are different parts of a series")


def _kinds(pair: Pair) -> Finding | None:
    kinds = {pair.first.kind, pair.second.kind}
    if len(kinds) == 1 or pair.identifier or _one_place(pair.first, pair.second):
        return None
    if "preprint" in kinds:
        return Finding("apart", "One is a preprint, the other is not")
    if kinds in TWO_KINDS:
        one, other = sorted(kinds)
        return Finding("apart", f"One is {KINDS[one]}, the other {KINDS[other]}")
    return None


def _identifiers(pair: Pair) -> Finding | None:
    name = pair.identifier
    if name is None:
        return None
    if pair.title == "differs":
        return _identifier_alone(pair, name)
    if pair.who == "differs":
        return Finding("ask", f"{name} and title are one, but the authors differ")
    places = {"journals": pair.venue, "volumes": pair.volume, "pages": pair.pages}
    other = [place for place, agreement in places.items() if agreement == "differs"]
    if len(other) > 1:
        return Finding("ask", f"{name} and title are one, but they name different {' and '.join(other)}")
    return Finding("same", f"{name} and title are one", 0)


def _identifier_alone(pair: Pair, name: str) -> Finding:
    if pair.who == "same" and _nearly(pair):
        return Finding("same", f"{name} and authors are one, and so is the page or nearly the title", 1)
    if pair.who == "differs":
        return Finding("apart", f"The {name} is one, but titles and authors differ: one bears it wrongly")
    verdict: Literal["ask", "apart"] = "apart" if name == ACCESSION else "ask"
    return Finding(verdict, f"The {name} is one, but the titles differ")


def _nearly(pair: Pair) -> bool:
    """Return whether titles are much alike, or place and year are one: a database shortened or translated it."""
    from rapidfuzz import fuzz

    one, other = pair.first.title.compact, pair.second.title.compact
    return fuzz.ratio(one, other) >= 80 or (
        pair.pages == "same" and pair.volume != "differs" and pair.gap == 0
    )


def _other_titles(pair: Pair) -> Finding | None:
    """Judge two titles at one place: a slip, a translation, or two abstracts on one page."""
    if pair.title != "differs":
        return None
    if pair.who in _AGREE and pair.venue in _AGREE:
        from rapidfuzz import fuzz

        first, second = pair.first, pair.second
        likeness = fuzz.ratio(first.title.compact, second.title.compact)
        slip = first.title.digits == second.title.digits and not _opposed(first, second)
        if likeness >= 90 and slip and pair.who == "same":
            return Finding("same", "Authors, journal, volume and page are one, and the titles nearly so", 2)
        if likeness >= 75 or (_one_range(pair) and pair.who == "same"):
            return Finding("ask", "Authors, journal, volume and page are one, but the titles differ")
    return Finding("apart", "The titles differ")


def _opposed(first: Card, second: Card) -> bool:
    one, other = set(first.title.words), set(second.title.words)
    return opposed(sorted(one - other), sorted(other - one))


def _common_titles(pair: Pair) -> Finding | None:
    if not (pair.first.title.generic or pair.second.title.generic):
        return None
    issue = values(pair.first.issue, pair.second.issue)
    if (
        pair.title == "same"
        and pair.who != "differs"
        and pair.venue in _AGREE
        and issue != "differs"
        and _one_place(pair.first, pair.second)
    ):
        return Finding("same", "A common title, but journal, volume, issue and page are one", 2)
    return Finding("apart", "Many publications bear this title, and nothing else shows that these are one")


_VERSION = re.compile(r"(?:\.pub\d+|[./]?v\d+)$")


def _two_dois(pair: Pair) -> Finding | None:
    one, other = pair.first.doi, pair.second.doi
    if one is None or other is None or one == other:
        return None
    if pair.title == "same" and pair.who != "differs":
        if _VERSION.sub("", one) == _VERSION.sub("", other):
            return Finding("ask", "The DOIs name two versions of one publication")
        if pair.placed:
            return Finding("ask", "Title, volume and page are one, but the DOIs differ")
    return Finding("apart", "The DOIs differ")


def _at_one_place(pair: Pair) -> Finding | None:
    if not pair.placed:
        return None
    if pair.title == "unknown" and not (pair.who == "same" and pair.venue in _AGREE):
        return Finding("apart", "One has no title")
    if pair.gap is not None and pair.gap > 1:
        return Finding("ask", "Title, volume and page are one, but the years are far apart")
    if pair.who != "differs":
        return Finding("same", "Title, authors, volume and page are one", 1)
    if pair.title == "same" and pair.venue in _AGREE:
        return Finding("same", "Title, journal, volume and page are one", 3)
    return Finding("ask", "Title, volume and page are one, but the authors differ")


def _too_little(pair: Pair) -> Finding | None:
    if pair.who == "differs":
        return Finding("apart", "The authors differ")
    if pair.title == "unknown":
        return Finding("apart", "One has no title, and they do not stand at one place")
    if pair.gap is not None and pair.gap > 1:
        return Finding("apart", "The years are too far apart")
    return None


def _title_alone(pair: Pair) -> Finding | None:
    """Judge records without authors and journal: a long title, or an abstract, has to speak for them."""
    if pair.who != "unknown" or pair.venue in _AGREE:
        return None
    first, second = pair.first, pair.second
    summaries = abstracts(first.abstract, second.abstract)
    if summaries == "same":
        return Finding("same", "Title and abstract are one", 4)
    if pair.venue == "differs" or (pair.title == "near" and cut(first.title, second.title)):
        return Finding("apart", "Only the titles agree")
    if pair.title == "same" and len(first.title.compact) >= LONG and not pair.gap and summaries == "unknown":
        return Finding("same", "The title is long and one, and nothing speaks against it", 5)
    return Finding("ask", "The titles agree, and nothing else shows that they are one")


def _longer_titles(pair: Pair) -> Finding | None:
    """Judge a title that is part of the other: cut, or `study protocol`, `editors' view`, of another work."""
    first, second = pair.first, pair.second
    if (
        pair.title != "near"
        or not cut(first.title, second.title)
        or len(first.title.compact) == len(second.title.compact)
    ):
        return None
    if abstracts(first.abstract, second.abstract) == "same" or (
        pair.volume == "same" and pair.pages == "near"
    ):
        return None
    if pair.who != "same" or "differs" in (pair.venue, pair.volume, pair.pages):
        return Finding("apart", "One title says more than the other")
    return Finding("ask", "Authors and year are one, but one title says more than the other")


def _other_journals(pair: Pair) -> Finding | None:
    if pair.venue != "differs":
        return None
    alike = pair.title == "same" and pair.who == "same" and not pair.gap
    if alike and (pair.volume == pair.pages == "same" or (pair.volume == "unknown" and _one_range(pair))):
        return Finding("same", "Title, authors and pages are one; the series has two names", 3)
    if alike and pair.volume == pair.pages == "unknown":
        return Finding("ask", "Title, authors and year are one, but the journals are called differently")
    if "differs" not in (pair.volume, pair.pages) and "same" in (pair.volume, pair.pages):
        return Finding(
            "ask", "Title, authors and volume or page are one, but the journals are called differently"
        )
    return Finding("apart", "They appeared in different journals")


def _one_range(pair: Pair) -> bool:
    pages = pair.first.pages
    return pages is not None and pages[1] < pages[2] and pages == pair.second.pages


def _other_issues(pair: Pair) -> Finding | None:
    """Keep a column apart that bears one title in every issue."""
    one, other = pair.first.issue, pair.second.issue
    if one is None or other is None or one == other or pair.first.pages or pair.second.pages:
        return None
    if one.isdigit() and other.isdigit() and pair.volume != "unknown":
        return Finding("apart", "They stand in different issues")
    return None


def _other_volumes(pair: Pair) -> Finding | None:
    if pair.volume != "differs":
        return None
    if pair.pages == "same" and pair.title == "same":
        return Finding("same", "Title, authors and page are one; one of the volumes is a slip", 4)
    return Finding("apart", "They stand in different volumes")


def _other_pages(pair: Pair) -> Finding | None:
    first, second = pair.first, pair.second
    if pair.pages == "near" and pair.volume == "same" and first.pages and second.pages:
        if within(first.pages, second.pages):
            return Finding(
                "ask", "Title, authors and volume are one, but one stands within the other's pages"
            )
        return None
    if pair.pages != "differs" or first.pages is None or second.pages is None:
        return None
    if pair.title != "same":
        return Finding("apart", "They stand on different pages")
    if (
        first.pages[0] != second.pages[0]
        and pair.volume == "same"
        and values(first.issue, second.issue) != "differs"
        and first.year == second.year
    ):
        return Finding("same", "Title, authors, journal and volume are one; one gives an article number", 4)
    return Finding("ask", "Title and authors are one, but they stand on different pages")


def _other_years(pair: Pair) -> Finding | None:
    """Judge works of two years in a row: in press and in print, or a title that returns each year."""
    yearly = "conference" in (pair.first.kind, pair.second.kind)
    placed = pair.pages == "same" or not yearly
    if not pair.gap or (pair.title == "same" and pair.venue in _AGREE and placed):
        return None
    return Finding("ask", "Title and authors are one, but not the year, and no place shows that they are one")


RULES_IN_ORDER: tuple[Callable[[Pair], Finding | None], ...] = (
    _notices,
    _parts,
    _kinds,
    _identifiers,
    _other_titles,
    _common_titles,
    _two_dois,
    _at_one_place,
    _too_little,
    _title_alone,
    _longer_titles,
    _other_journals,
    _other_volumes,
    _other_issues,
    _other_pages,
    _other_years,
)
