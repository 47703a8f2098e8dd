"""What colours and shapes say: an index for each firm, and the legend."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.report.sky.palette import COLOURS, OTHERS
from constellary.report.sky.view import COMMUNITY, NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.report.scene import Shape
    from constellary.study.frames import Frames

SHAPES: tuple[Shape, ...] = ("circle", "square", "diamond", "triangle")
CIRCLE = 0
MISSING = 0
PAIR = 2
LEADING = 2
"""Firms by which the legend names a community."""
LONGEST = 24


@dataclass(frozen=True, slots=True)
class Look:
    """What colour, or shape, says.

    Attributes
    ----------
    title
        Of the variable; empty: nothing is said.
    index
        Firm -> index of its colour or shape.
    label
        Firm -> what is said of it; a firm without a value is absent.
    legend
        (text, index), in order: only what is seen among the firms that are shown.
    """

    title: str
    index: dict[str, int]
    label: dict[str, str]
    legend: tuple[tuple[str, int], ...]


def colours(
    whole: Frames,
    shown: Sequence[str],
    name: str,
    communities: Mapping[str, int] | None = None,
    leading: Mapping[int, Sequence[str]] | None = None,
) -> Look:
    """Return the colours of the firms that are shown, fixed by the whole study.

    Categories take colours by their order in the codebook; of more than there are colours, the most
    frequent. Communities take them by size; pairs and what comes after is grey.

    Parameters
    ----------
    whole, shown
        The study, and the firms that are shown.
    name
        A firm variable or grouping, `community` or `none`.
    communities
        Firm -> its community.
    leading
        Community -> its firms with most alliances, by which people know it.
    """
    if name == COMMUNITY:
        return _community_colours(shown, communities or {}, leading or {})
    if name == NOTHING:
        return Look("", dict.fromkeys(shown, 1), {}, ())
    return _look(whole, shown, name, range(1, COLOURS + 1), missing=MISSING, others=OTHERS)


def shapes(whole: Frames, shown: Sequence[str], name: str) -> Look:
    """Return the shapes of the firms that are shown; without a value, or a shape for it, a circle."""
    if name == NOTHING:
        return Look("", dict.fromkeys(shown, CIRCLE), {}, ())
    return _look(whole, shown, name, range(1, len(SHAPES)), missing=CIRCLE, others=CIRCLE)


def _look(
    whole: Frames, shown: Sequence[str], name: str, indices: range, *, missing: int, others: int
) -> Look:
    item = whole.codebook.find(name)
    values: dict[str, str | None] = dict(whole.firms.select("firm", name).iter_rows())
    chosen = list(item.values)
    if len(chosen) > len(indices):
        counts = Counter(value for value in values.values() if value is not None)
        first = sorted(chosen, key=lambda value: (-counts[value], chosen.index(value)))[: len(indices)]
        chosen = [value for value in chosen if value in first]
    place = dict(zip(chosen, indices, strict=False))
    labels = {category.value: category.label for category in item.categories}
    index: dict[str, int] = {}
    label: dict[str, str] = {}
    seen: set[str] = set()
    for firm in shown:
        value = values.get(firm)
        if value is None:
            index[firm] = missing
            seen.add("missing")
        else:
            index[firm] = place.get(value, others)
            label[firm] = labels.get(value, value)
            seen.add("own" if value in place else "other")
    used = {values[firm] for firm in label}
    legend = [(labels[value], place[value]) for value in chosen if value in used]
    if missing == others and {"other", "missing"} <= seen:
        legend.append(("another, or not coded", others))
    else:
        legend += [("another", others)] if "other" in seen else []
        legend += [("not coded", missing)] if "missing" in seen else []
    return Look(item.label, index, label, tuple(legend))


def _community_colours(
    shown: Sequence[str], communities: Mapping[str, int], leading: Mapping[int, Sequence[str]]
) -> Look:
    sizes = Counter(communities.values())
    large = sorted(
        (number for number, size in sizes.items() if size > PAIR), key=lambda number: (-sizes[number], number)
    )
    place = {number: index for index, number in enumerate(large[:COLOURS], 1)}
    index = {firm: place.get(communities.get(firm, 0), OTHERS) for firm in shown}
    label = {firm: f"community {communities[firm]}" for firm in shown if firm in communities}
    used = set(index.values())
    legend = [
        (" ".join([str(number), ", ".join(map(shortened, leading.get(number, ())[:LEADING]))]).strip(), at)
        for number, at in place.items()
        if at in used
    ]
    legend += [("smaller", OTHERS)] if OTHERS in used else []
    return Look("Community", index, label, tuple(legend))


def shortened(name: str) -> str:
    """Return a name as a legend has room for it.

    Examples
    --------
    >>> shortened("Ford"), shortened("Gesellschaft mit beschränkter Haftung")
    ('Ford', 'Gesellschaft mit beschr…')
    """
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
