"""Against print: this study's numbers beside those that an earlier one published.

Two shares differ beyond sampling error when the score interval of their difference (Newcombe 1998,
method 10, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I) leaves out zero even after
the printed value is moved by half a unit of its last digit. That is about chance alone: samples that were
gathered in two ways differ for other reasons too.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Literal

from constellary.statistics.intervals import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.report.published import Published, PublishedValue

Verdict = Literal["beyond", "within", "untested"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One published value beside this study's.

    Attributes
    ----------
    value
        As published.
    ours
        This study's number: a share in 0..1 where the printed one is a percentage or a count of a known n.
    n
        The units that `ours` is a share of; None where it is no share.
    printed
        The published number on the same scale as `ours`.
    difference, low, high
        `ours` less `printed`, with its interval; None where it is not known.
    verdict
        Whether the difference is beyond sampling error; `untested` where that cannot be said.
    alone
        Whether only this study's uncertainty is in the interval, since the printed value has none.
    """

    value: PublishedValue
    ours: float
    n: int | None
    printed: float
    difference: float
    low: float | None
    high: float | None
    verdict: Verdict
    alone: bool = False


def compare(published: Published, results: Mapping[str, object], *, level: float = 0.95) -> list[Comparison]:
    """Return the published values that point to a number of this study, compared, in their order.

    Parameters
    ----------
    published
        What was printed.
    results
        The content of `results.json`.
    level
        Of the intervals.
    """
    found = []
    for value in published.values:
        printed = value.value
        # A pointer to the share of an object is one to the object, which knows its count.
        target = resolve(results, value.ours.removesuffix("/share")) if value.ours else None
        if printed is None or target is None:
            continue
        if value.of:
            comparison = _shares(value, printed, _units(target), _units(resolve(results, value.of)), level)
        else:
            comparison = _estimate(value, printed, target)
        if comparison is not None:
            found.append(comparison)
    return found


def keys_of(pointer: str) -> list[str]:
    """Return the keys that a JSON pointer goes through.

    Examples
    --------
    >>> keys_of("/frequency/a~1b/n")
    ['frequency', 'a/b', 'n']
    """
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def resolve(results: object, pointer: str) -> object:
    """Return what a JSON pointer points to; None where there is nothing.

    Examples
    --------
    >>> resolve({"frequency": {"a/b": [1, 2]}}, "/frequency/a~1b/1")
    2
    """
    here = results
    for key in keys_of(pointer):
        if isinstance(here, dict):
            here = here.get(key)
        elif isinstance(here, list) and key.isdecimal() and int(key) < len(here):
            here = here[int(key)]
        else:
            return None
    return here


def _units(target: object) -> int | None:
    """Return a number of units: a count itself, or the `count`, `n` or `alliances` of an object."""
    if isinstance(target, dict):
        target = next((target[key] for key in ("count", "n", "alliances") if key in target), None)
    return target if isinstance(target, int) and not isinstance(target, bool) else None


def _shares(
    value: PublishedValue, printed: float, count: int | None, n: int | None, level: float
) -> Comparison | None:
    if count is None or not n:
        return None
    share, half = count / n, value.half_unit
    if value.kind == "count":
        if value.n is None:
            return None
        printed, half = printed / value.n, 0.0
    if value.n is None:
        return Comparison(value, share, n, printed, share - printed, None, None, "untested")
    low, high = difference_interval(count, n, round(printed * value.n), value.n, level)
    beyond = low - half > 0 or high + half < 0
    return Comparison(value, share, n, printed, share - printed, low, high, "beyond" if beyond else "within")


def _estimate(value: PublishedValue, printed: float, target: object) -> Comparison | None:
    """Compare a number that is no share: a count of what was gathered, or a mean with its interval."""
    if isinstance(target, int | float) and not isinstance(target, bool):
        return Comparison(value, float(target), None, printed, target - printed, None, None, "untested")
    if not isinstance(target, dict):
        return None
    ours, low, high = target.get("value"), target.get("low"), target.get("high")
    if not isinstance(ours, int | float):
        return None
    if not (isinstance(low, int | float) and isinstance(high, int | float)):
        return Comparison(value, ours, None, printed, ours - printed, None, None, "untested")
    beyond = printed + value.half_unit < low or printed - value.half_unit > high
    verdict: Verdict = "beyond" if beyond else "within"
    return Comparison(
        value, ours, None, printed, ours - printed, low - printed, high - printed, verdict, alone=True
    )


def difference_interval(
    count: int, n: int, other_count: int, other_n: int, level: float = 0.95
) -> tuple[float, float]:
    """Return the score interval of a difference of two independent shares (Newcombe 1998, method 10).

    Examples
    --------
    Newcombe's Table II, 56/70 against 48/80:

    >>> low, high = difference_interval(56, 70, 48, 80)
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    first, second = count / n, other_count / other_n
    one, two = wilson(count, n, level), wilson(other_count, other_n, level)
    if one is None or two is None:
        raise ValueError("a share of no units has no interval")
    below = sqrt((first - one[0]) ** 2 + (two[1] - second) ** 2)
    above = sqrt((one[1] - first) ** 2 + (second - two[0]) ** 2)
    return first - second - below, first - second + above
