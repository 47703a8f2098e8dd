"""Matching: which records of a review are of one work, which somebody must look at, and which stay apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from constellary.literature.blocking import pairs
from constellary.literature.comparing import Card, Finding, card_of
from constellary.literature.judging import judge
from constellary.literature.record import FIELDS
from constellary.literature.review import Match

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from constellary.literature.record import Record

RULES = "rules"
"""Who decides where no person did."""
ALIKE = "Every field is the same"
MOST_CHECKED = 400
"""Pairs of records judged before two groups are joined; larger groups hold copies of few different records."""
MOST_RIVALS = 50
WEAK = 4
"""Strength from which on a finding says no more than that nothing speaks against it."""
_IGNORED = frozenset(("times_cited", "notes"))
_SAID = tuple(name for name in FIELDS if name not in _IGNORED)


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found among records.

    Attributes
    ----------
    same
        Pairs to merge, each new link once: a chain of them gathers a work.
    ask
        Pairs for a person to decide, one between any two works.
    compared
        How many pairs were looked at.
    """

    same: tuple[Match, ...]
    ask: tuple[Match, ...]
    compared: int

    @property
    def all(self) -> tuple[Match, ...]:
        """Both, the merges first."""
        return self.same + self.ask


class _Link(NamedTuple):
    """A finding about two records, by number, the one that was taken in first in front."""

    first: int
    second: int
    finding: Finding


def explain(first: Record, second: Record) -> Match:
    """Return what the rules hold of two records, and why; nothing else of the study is looked at.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> one, two = Record(title="Alliances of car makers", id="a"), Record(title="Batteries", id="b")
    >>> explain(one, two).verdict, explain(one, two).why
    ('apart', 'The titles differ')
    """
    if _said(first) == _said(second) and _tells(first):
        return Match(first.id, second.id, "same", RULES, ALIKE)
    found = judge(card_of(first), card_of(second))
    return Match(first.id, second.id, found.verdict, RULES, found.why)


def find_matches(records: Sequence[Record], known: Iterable[Match] = ()) -> Matches:
    """Return which records are of one work and which pairs somebody must look at.

    Parameters
    ----------
    records
        In the order in which they were taken in. Which are gathered does not depend on it.
    known
        What is held already. It is not repeated; what persons decided always stands: records that a person
        holds apart are not joined, through no chain either.

    Returns
    -------
    Matches
        What is new. Records that are neither `same` nor asked about are apart; `explain` tells why.

    Notes
    -----
    Two groups are joined only where no record of one speaks against a record of the other. Where a link
    would do that, it becomes a question.
    """
    return _Matching(records, tuple(known)).run()


def _said(record: Record) -> tuple[object, ...]:
    return tuple(getattr(record, name) for name in _SAID)


def _tells(record: Record) -> bool:
    """Whether a record says enough for that a second one with the same words is a copy of it."""
    identified = record.title or record.doi or record.accession or record.pmid
    return bool(identified or (record.venue and record.pages))


class _Matching:
    """One run: groups of records by number, and what stands between them."""

    def __init__(self, records: Sequence[Record], known: tuple[Match, ...]) -> None:
        self.records = records
        self.place = {record.id: number for number, record in enumerate(records)}
        self.known = [m for m in known if m.first in self.place and m.second in self.place]
        self.lead = list(range(len(records)))
        self.members: dict[int, list[int]] = {}
        self.held_apart = {
            frozenset((self.place[m.first], self.place[m.second])): m.who
            for m in self.known
            if m.verdict == "apart" and m.who != RULES
        }
        self.parted = {number for pair in self.held_apart for number in pair}
        # A person vouches for these: that they contradict others of their group was seen.
        self.vouched = {
            self.place[name] for m in self.known if m.verdict == "same" and m.who != RULES for name in m[:2]
        }
        self.judged: dict[tuple[int, int], Finding] = {}
        self.cards: dict[int, Card] = {}

    def run(self) -> Matches:
        same: list[Match] = []
        for match in sorted(self.known, key=lambda m: m.who == RULES):
            if match.verdict == "same":
                self._join(self.place[match.first], self.place[match.second])
        different = self._copies(same)
        self.cards = {number: card_of(self.records[number]) for number in different}
        links, asked = self._judged_pairs(different)
        links, doubtful = self._unambiguous(links)
        asked += doubtful
        torn: list[_Link] = []
        for link in self._in_order(links):
            held = self._held(link.first, link.second)
            against = held or self._against(link)
            if against is None:
                if self._join(link.first, link.second):
                    same.append(self._match(link, "same"))
            else:
                question = link._replace(finding=Finding("ask", f"{link.finding.why}; but {against}"))
                (torn if held else asked).append(question)
        return Matches(tuple(same), tuple(self._questions(asked, torn)), len(self.judged))

    def _copies(self, same: list[Match]) -> list[int]:
        """Join records that say the same in every field; return one of each, and all that say next to nothing."""
        first_of: dict[tuple[object, ...], list[int]] = {}
        different = []
        for number, record in enumerate(self.records):
            if not _tells(record):
                different.append(number)
                continue
            copies = first_of.setdefault(_said(record), [])
            link = None
            for copy in copies:
                link = _Link(copy, number, Finding("same", ALIKE, 0))
                if not self._held(copy, number):
                    if self._join(copy, number):
                        same.append(self._match(link, "same"))
                    break
            else:
                copies.append(number)
                different.append(number)
        return different

    def _judged_pairs(self, different: list[int]) -> tuple[list[_Link], list[_Link]]:
        links, asked = [], []
        cards = [self.cards[number] for number in different]
        for one, other in pairs(cards):
            first, second = different[one], different[other]
            found = judge(cards[one], cards[other])
            self.judged[first, second] = found
            if found.verdict == "same":
                links.append(_Link(first, second, found))
            elif found.verdict == "ask":
                asked.append(_Link(first, second, found))
        return links, asked

    def _unambiguous(self, links: list[_Link]) -> tuple[list[_Link], list[_Link]]:
        """Divide links into those that can be followed, and weak ones of a record that fits two works.

        Where little is known of a record it may agree with several that are apart from each other; which of
        them it is must not hang on which is met first.
        """
        partners: dict[int, list[int]] = {}
        for link in links:
            partners.setdefault(link.first, []).append(link.second)
            partners.setdefault(link.second, []).append(link.first)
        followed, doubtful = [], []
        for link in links:
            other = None
            if link.finding.strength >= WEAK:
                other = self._rival(link.first, link.second, partners) or self._rival(
                    link.second, link.first, partners
                )
            if other is None:
                followed.append(link)
            else:
                names = (self.records[number].id for number in other)
                why = "{}; but {} fits {} as well, which is apart".format(link.finding.why, *names)
                doubtful.append(link._replace(finding=Finding("ask", why)))
        return followed, doubtful

    def _rival(self, one: int, other: int, partners: dict[int, list[int]]) -> tuple[int, int] | None:
        """Return `one` and another record that it is linked to and `other` is apart from; None: there is none."""
        for third in partners[one][:MOST_RIVALS]:
            if self._root(third) != self._root(other) and self._contradict(other, third):
                return one, third
        return None

    def _contradict(self, one: int, other: int) -> Finding | None:
        """Return why two records cannot be in one group: they are apart, or bear two DOIs; None: they can."""
        pair = (one, other) if one < other else (other, one)
        cards = self.cards[pair[0]], self.cards[pair[1]]
        found = self.judged.get(pair)
        if found is None:
            found = self.judged[pair] = judge(*cards)
        dois = {card.doi for card in cards} - {None}
        return found if found.verdict == "apart" or len(dois) > 1 else None

    def _in_order(self, links: list[_Link]) -> list[_Link]:
        """Return links in an order that follows from what the records say alone, the surest first."""
        keys = {
            number: tuple((value is None, str(value)) for value in _said(self.records[number]))
            for link in links
            for number in link[:2]
        }
        rank = {number: place for place, number in enumerate(sorted(keys, key=keys.__getitem__))}
        return sorted(
            links,
            key=lambda link: (link.finding.strength, *sorted((rank[link.first], rank[link.second]))),
        )

    def _root(self, number: int) -> int:
        lead = self.lead
        while lead[number] != number:
            lead[number] = lead[lead[number]]
            number = lead[number]
        return number

    def _group(self, root: int) -> list[int]:
        return self.members.get(root) or [root]

    def _join(self, first: int, second: int) -> bool:
        one, other = sorted((self._root(first), self._root(second)))
        if one == other:
            return False
        self.members[one] = self._group(one) + self._group(other)
        self.members.pop(other, None)
        self.lead[other] = one
        return True

    def _held(self, first: int, second: int) -> str | None:
        """Return who holds apart two records of the groups of these two, in words; None: nobody."""
        one, other = self._root(first), self._root(second)
        if not self.held_apart or one == other:
            return None
        left, right = ([n for n in self._group(root) if n in self.parted] for root in (one, other))
        for a in left:
            for b in right:
                if who := self.held_apart.get(frozenset((a, b))):
                    return f"{who} holds {self.records[a].id} and {self.records[b].id} apart"
        return None

    def _against(self, link: _Link) -> str | None:
        """Return what speaks against joining the groups of two records; None: nothing."""
        one, other = self._root(link.first), self._root(link.second)
        if one == other:
            return None
        for first, second in self._between(one, other):
            found = self._contradict(first, second)
            if found is not None:
                names = f"{self.records[first].id} and {self.records[second].id}"
                return f"of {names}, which it would join: {found.why[:1].lower()}{found.why[1:]}"
        return None

    def _between(self, one: int, other: int) -> Iterator[tuple[int, int]]:
        left, right = (
            [n for n in self._group(root) if n in self.cards and n not in self.vouched]
            for root in (one, other)
        )
        count = 0
        for first in left:
            for second in right:
                yield (first, second) if first < second else (second, first)
                count += 1
                if count >= MOST_CHECKED:
                    return

    def _questions(self, asked: list[_Link], torn: list[_Link]) -> Iterator[Match]:
        """Yield one question between any two groups that nobody parted or asked about before.

        What a person's `apart` tore from one of its two sides is asked although the person parted the groups:
        the record may belong to the other side. Once a second pair of them is parted, that is clear too.
        """
        pending, parted = set(), Counter[frozenset[int]]()
        pairs_known = {frozenset((self.place[m.first], self.place[m.second])) for m in self.known}
        for match in self.known:
            groups = frozenset((self._root(self.place[match.first]), self._root(self.place[match.second])))
            if match.verdict == "ask":
                pending.add(groups)
            elif match.verdict == "apart" and match.who != RULES:
                parted[groups] += 1
        for links, most in ((torn, 1), (asked, 0)):
            for link in self._in_order(links):
                groups = frozenset((self._root(link.first), self._root(link.second)))
                pair = frozenset((link.first, link.second))
                if (
                    len(groups) == 2
                    and groups not in pending
                    and parted[groups] <= most
                    and pair not in pairs_known
                ):
                    pending.add(groups)
                    yield self._match(link, "ask")

    def _match(self, link: _Link, verdict: Literal["same", "ask"]) -> Match:
        first, second = sorted((link.first, link.second))
        return Match(self.records[first].id, self.records[second].id, verdict, RULES, link.finding.why)
