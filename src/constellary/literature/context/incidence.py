"""Incidence: which work names which keyword, cites which reference, has which author; the network's raw material."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from constellary.errors import UnknownName
from constellary.literature.context.citations import References, cited_by, references
from constellary.literature.context.spellings import Spellings
from constellary.literature.context.tallies import author_key
from constellary.literature.context.topics import keywords
from constellary.literature.record import cited_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from constellary.literature.works import Work
    from constellary.study.frames import Frames


class Kind(NamedTuple):
    """A kind of network: its title, what is tied and by what, what a tie means, and what counts as occurring."""

    title: str
    node: str
    tie: str
    meaning: str
    counted: str


KINDS = {
    "keywords": Kind(
        "Keyword co-occurrence",
        "keyword",
        "work",
        "Two keywords are tied when a work has both; the weight is the number of such works.",
        "works that have the keyword",
    ),
    "cocitation": Kind(
        "Co-citation",
        "reference",
        "work",
        "Two references are tied when a work cites both; the weight is the number of such works.",
        "works that cite it",
    ),
    "coupling": Kind(
        "Bibliographic coupling",
        "work",
        "reference",
        "Two works are tied when they cite the same reference; the weight is the number of references they share.",
        "references that it shares with others",
    ),
    "authors": Kind(
        "Co-authorship",
        "author",
        "work",
        "Two authors are tied when they wrote a work together; the weight is the number of such works.",
        "works by the author",
    ),
}


class Event(NamedTuple):
    """What ties nodes: a work, or in coupling a reference; `name` in words, the year as text, the keys of its nodes."""

    id: str
    name: str
    year: int | None
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class Incidence:
    """Nodes and what ties them.

    Attributes
    ----------
    kind
        One of `KINDS`.
    events
        What ties.
    labels, spellings
        Key of a node -> the name by which it is shown, all different, and its other spellings.
    missing
        Works that say nothing of this.
    """

    kind: str
    events: tuple[Event, ...]
    labels: Mapping[str, str]
    spellings: Mapping[str, tuple[str, ...]]
    missing: int

    @property
    def often(self) -> Counter[str]:
        """How often each node occurs."""
        return Counter(key for event in self.events for key in event.nodes)

    def kept(self, least: int, most: int) -> tuple[frozenset[str], int]:
        """Return the nodes that occur often enough, and how often that is.

        Where there are more than `most`, `least` is raised; where this would leave none, those that tie most
        are taken, by name where they tie alike.
        """
        often = self.often
        counts = sorted(often.values(), reverse=True)
        if len(counts) > most and counts[most] >= least:
            raised = counts[most] + 1
            if counts[0] >= raised:
                least = raised
        enough = [key for key in often if often[key] >= least]
        if len(enough) > most:
            ties: Counter[str] = Counter()
            for event in self.events:
                for key in event.nodes:
                    ties[key] += len(event.nodes) - 1
            enough = sorted(enough, key=lambda key: (-ties[key], self.labels[key]))[:most]
        return frozenset(enough), least


def incidence(works: Sequence[Work], kind: str) -> Incidence:
    """Return the incidence of a kind.

    Raises
    ------
    UnknownName
        If there is no such kind.
    """
    if kind not in KINDS:
        raise UnknownName("network", kind, list(KINDS))
    return {"keywords": _keywords, "cocitation": _cocitation, "coupling": _coupling, "authors": _authors}[
        kind
    ](works)


def _events(works: Sequence[Work], nodes: Mapping[str, tuple[str, ...]]) -> tuple[Event, ...]:
    return tuple(
        Event(work.id, _said(work), work.record.year, nodes[work.id]) for work in works if nodes[work.id]
    )


def _said(work: Work) -> str:
    return f"{cited_as(work.record)}: {work.record.title or 'without title'}"


def _keywords(works: Sequence[Work]) -> Incidence:
    found = keywords(works)
    events = _events(works, found.of)
    keys = {key for event in events for key in event.nodes}
    labels = _distinct({key: found.spellings.shown(key) for key in sorted(keys)})
    others = {key: found.spellings.others(key) for key in keys}
    return Incidence("keywords", events, labels, others, len(works) - len(events))


def _authors(works: Sequence[Work]) -> Incidence:
    spellings, of = Spellings(), dict[str, tuple[str, ...]]()
    for work in works:
        for name in work.record.authors:
            if key := author_key(name):
                spellings.add(key, str(name))
        of[work.id] = tuple(dict.fromkeys(filter(None, map(author_key, work.record.authors))))
    events = _events(works, of)
    keys = {key for event in events for key in event.nodes}
    labels = _distinct({key: spellings.shown(key) for key in sorted(keys)})
    others = {key: spellings.others(key) for key in keys}
    return Incidence("authors", events, labels, others, len(works) - len(events))


def _cocitation(works: Sequence[Work]) -> Incidence:
    found = references(works)
    events = _events(works, found.of)
    labels = _reference_labels(found)
    return Incidence("cocitation", events, labels, {}, len(works) - len(events))


def _coupling(works: Sequence[Work]) -> Incidence:
    found = references(works)
    labels = _reference_labels(found)
    events = tuple(
        Event(labels[key], found.cited[key].text, found.cited[key].year, tuple(ids))
        for key, ids in sorted(cited_by(found).items())
        if len(ids) > 1
    )
    names = _distinct({work.id: cited_as(work.record) for work in works})
    missing = sum(not keys for keys in found.of.values())
    return Incidence("coupling", events, names, {}, missing)


def _reference_labels(found: References) -> dict[str, str]:
    """Return references by author, year and source; those that agree in these are told apart by all they say."""
    often = Counter(one.label for one in found.cited.values())
    return _distinct(
        {key: one.label if often[one.label] == 1 else one.in_full for key, one in sorted(found.cited.items())}
    )


def _distinct(labels: Mapping[str, str]) -> dict[str, str]:
    """Return labels that are all different: a second one of the same text gets a number behind it.

    Examples
    --------
    >>> _distinct({"x": "Smith (2020)", "y": "Smith (2020)"})
    {'x': 'Smith (2020)', 'y': 'Smith (2020) [2]'}
    """
    taken, found = set(labels.values()), dict[str, str]()
    used: set[str] = set()
    for key, label in labels.items():
        name, number = label, 2
        while name in used or (name != label and name in taken):
            name, number = f"{label} [{number}]", number + 1
        used.add(name)
        found[key] = name
    return found


def frames_of(found: Incidence, kept: Iterable[str]) -> Frames:
    """Return frames in which what ties is an alliance and what is tied a firm, of the nodes that are kept."""
    from constellary.study.codebook import Codebook
    from constellary.study.derive import build_frames

    nodes = set(kept)
    held = [(event, [key for key in event.nodes if key in nodes]) for event in found.events]
    held = [(event, keys) for event, keys in held if keys]
    return build_frames(
        Codebook(found.kind, KINDS[found.kind].title, ()),
        alliances=pl.DataFrame(
            [(event.id, event.name, None if event.year is None else f"{event.year:04}") for event, _ in held],
            schema={"id": pl.String, "name": pl.String, "announced": pl.String},
            orient="row",
        ),
        partners=pl.DataFrame(
            [
                (event.id, found.labels[key], place)
                for event, keys in held
                for place, key in enumerate(keys, 1)
            ],
            schema={"alliance": pl.String, "firm": pl.String, "position": pl.Int32},
            orient="row",
        ),
        firms=pl.DataFrame(
            [(found.labels[key], list(found.spellings.get(key, ()))) for key in sorted(nodes)],
            schema={"firm": pl.String, "aliases": pl.List(pl.String)},
            orient="row",
        ),
    )
