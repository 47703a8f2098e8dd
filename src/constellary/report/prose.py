"""Words for numbers: how the sentences of the report print shares, estimates and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.report.cells import number, p_value
from constellary.report.inline import evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.statistics.estimates import Estimate, Share

UNDEFINED = "undefined"


def percent(share: float | None, digits: int = 1) -> str:
    """Return a share as a percentage.

    Examples
    --------
    >>> percent(0.3042), percent(None)
    ('30.4%', 'undefined')
    """
    return UNDEFINED if share is None else f"{number(100 * share, digits)}%"


def interval(low: float | None, high: float | None, *, share: bool = True, digits: int = 1) -> str:
    """Return the bounds of an interval, or an empty text where there is none.

    Examples
    --------
    >>> interval(0.2556, 0.3577)
    '25.6 to 35.8'
    """
    if low is None or high is None:
        return ""
    scale = 100 if share else 1
    return f"{number(scale * low, digits)} to {number(scale * high, digits)}"


def of(part: Share, *, key: str = "") -> str:
    """Return "30.4% (94 of 309; 95% interval 25.6 to 35.8)", the count linked to its evidence."""
    count = f"{part.count:,} of {part.n:,}"
    shown = evidence(count, key) if key else count
    bounds = interval(part.low, part.high)
    return f"{percent(part.share)} ({shown}" + (f"; 95% interval {bounds})" if bounds else ")")


def estimate(value: Estimate, digits: int = 2) -> str:
    """Return "3.64 (95% interval 3.31 to 3.96)"."""
    if value.value is None:
        return UNDEFINED
    bounds = interval(value.low, value.high, share=False, digits=digits)
    return number(value.value, digits) + (f" (95% interval {bounds})" if bounds else "")


def p_text(value: float | None) -> str:
    """Return "*p* = .041" or "*p* < .001".

    Examples
    --------
    >>> p_text(0.0414), p_text(0.00001)
    ('*p* = .041', '*p* < .001')
    """
    if value is None:
        return "*p* undefined"
    text = p_value(value)
    return f"*p* {text}" if text[0] in "<>" else f"*p* = {text}"


def inside(label: str) -> str:
    """Return a label as it stands within a sentence: its first word small, unless it is an abbreviation.

    Examples
    --------
    >>> inside("Green manufacturing"), inside("OEM or supplier"), inside("Generation of OEM")
    ('green manufacturing', 'OEM or supplier', 'generation of OEM')
    """
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def listing(items: Sequence[str]) -> str:
    """Return "a, b and c".

    Examples
    --------
    >>> listing(["a", "b", "c"]), listing(["a"]), listing([])
    ('a, b and c', 'a', 'none')
    """
    if not items:
        return "none"
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def plural(count: int, one: str, many: str = "") -> str:
    """Return "1 alliance" or "1,204 alliances".

    Examples
    --------
    >>> plural(1, "alliance"), plural(1204, "alliance")
    ('1 alliance', '1,204 alliances')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
