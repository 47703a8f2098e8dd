"""Addresses for the benchmark of pages: of each kind of page some, on varied alliances, firms and filters."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import numpy as np

from constellary.report.chapters import chapters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from constellary.study.frames import Frames

EACH = 20
PLAIN = ("log", "checks", "coding", "import", "give", "jobs")
LISTS = ("alliances", "firms", "sources")
SEED = 7


def addresses(frames: Frames, decisions: int, each: int = EACH) -> dict[str, list[str]]:
    """Return kind of page -> addresses to ask one after the other; the first is that without a filter.

    Alliances and firms are drawn at random, and the one with most sources or alliances is among them.
    """
    generator = np.random.default_rng(SEED)
    filters = list(itertools.islice(varied(frames), each))
    book = frames.codebook
    variables = [item.name for item in book.variables if item.level == "alliance" and item.values]
    alliances = frames.alliances["id"].to_list()
    firms = frames.firms["firm"].to_list()
    largest = frames.partners["firm"].value_counts(sort=True)["firm"][0]
    longest = frames.partners["alliance"].value_counts(sort=True)["alliance"][0]
    asked = {
        "constellation": _filtered("constellation", filters),
        "scene (API)": _filtered("api/v1/scene", filters),
        "figures": _filtered("figures", filters),
        "a chapter": [
            f"/figures/{chapter.key}?{query}"
            for chapter, query in zip(itertools.cycle(chapters(book.design, book)), filters, strict=False)
        ],
        "a frequency": [
            f"/figures/frequency/{variable}?{query}"
            for variable, query in zip(itertools.cycle(variables), filters, strict=False)
        ],
        "against": _filtered("against", filters),
    }
    for name in LISTS:
        asked[name] = _lists(name, filters)
    asked["an alliance"] = [
        f"/alliances/{quote(one, safe='')}" for one in _some(generator, alliances, longest, each)
    ]
    asked["a firm"] = [f"/firms/{quote(one, safe='')}" for one in _some(generator, firms, largest, each)]
    asked["a decision"] = [f"/log/{1 + number % decisions}" for number in range(each)]
    for name in PLAIN:
        asked[name] = [f"/{name}"] * each
    return asked


def _filtered(path: str, filters: Sequence[str]) -> list[str]:
    return [f"/{path}?{query}".rstrip("?") for query in filters]


def _lists(name: str, filters: Sequence[str]) -> list[str]:
    """Half with a filter, and half searched or turned to another page."""
    ways = ["", "page=2", "q=motor", "q=1", "page=3"]
    found = [f"/{name}?{query}" for query in filters[::2]]
    found += [f"/{name}?{way}" for way in itertools.islice(itertools.cycle(ways), len(filters) - len(found))]
    return [address.rstrip("?") for address in found]


def _some(generator: np.random.Generator, keys: Sequence[str], busiest: str, each: int) -> list[str]:
    drawn = generator.choice(len(keys), size=min(each - 1, len(keys)), replace=False)
    return [busiest, *(keys[place] for place in drawn)]


def varied(frames: Frames) -> Iterator[str]:
    """Yield filters without end: none, then periods, values of variables, and both."""
    years = frames.alliances["year"].drop_nulls().unique().sort().to_list()
    values = [
        (f"v.{item.name}", value)
        for item in frames.codebook.variables
        if item.level == "alliance"
        for value in item.values[:4]
    ]
    yield ""
    for number in itertools.count():
        since = years[number % len(years)]
        facet = values[(number * 3) % len(values)]
        if number % 3 == 0:
            yield urlencode([("since", since), ("until", years[-1])])
        elif number % 3 == 1:
            yield urlencode([facet])
        else:
            yield urlencode([("since", years[0]), ("until", since), facet])
