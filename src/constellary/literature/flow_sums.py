"""The sums of a flow: that what goes in at each level comes out of it; a figure whose sums fail is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from constellary.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.literature.flow import Count, Flow, Route


class Sum(NamedTuple):
    """One sum of a flow: where it stands, how it reads, whether it holds."""

    where: str
    text: str
    holds: bool


def checks(flow: Flow) -> tuple[Sum, ...]:
    """Return the sums that a flow's numbers must keep, in reading order.

    Examples
    --------
    >>> from constellary.literature.flow import flow
    >>> from constellary.literature.review import Review
    >>> checks(flow(Review()))[0]
    Sum(where='Records screened', text='0 - 0 = 0', holds=True)
    """
    found: list[Sum] = []
    ends = []
    for route in flow.routes:
        sums, text, left = _of_route(route)
        found += sums
        ends.append((text, left))
    text = " + ".join(f"({one})" for one, _ in ends) if len(ends) > 1 else ends[0][0]
    found.append(_equal(flow.included.label, text, sum(left for _, left in ends), flow.included))
    if flow.total is not None and flow.previous is not None:
        before, new = flow.previous.count, flow.included.count
        found.append(_equal(flow.total.label, f"{_n(before)} + {_n(new)}", before + new, flow.total))
    found += [
        Sum(one.label, f"{_n(one.count)}, fewer than none", holds=False)
        for one in flow.counts()
        if one.count < 0
    ]
    return tuple(found)


def demand(flow: Flow) -> None:
    """Refuse a flow whose sums fail.

    Raises
    ------
    InputError
        With each sum that fails.
    """
    wrong = [one for one in checks(flow) if not one.holds]
    if not wrong:
        return
    said = "; ".join(f"{one.where}: {one.text}" for one in wrong)
    told = sorted({one.box for one in flow.counts() if one.origin == "declared"})
    hint = f" Correct what the protocol declares ({', '.join(told)})." if told else ""
    raise InputError(f"The numbers of the flow do not add up, so it is not drawn. {said}.{hint}")


def _of_route(route: Route) -> tuple[list[Sum], str, int]:
    """Return the sums of a column, and what comes out of its last level, as it reads and as a number."""
    found = []
    if route.sources:
        found.append(_parts(route.identified, route.sources))
    left = route.identified.count - sum(one.count for one in route.removed)
    text = _minus(route.identified.count, route.removed)
    for level in route.levels:
        found.append(_equal(level.entered.label, text, left, level.entered))
        if level.reasons:
            found.append(_parts(level.excluded, level.reasons))
        out = (level.excluded, level.open, level.conflicts)
        left = level.entered.count - sum(one.count for one in out)
        text = _minus(level.entered.count, out)
    if left < 0:
        found.append(
            Sum(f"{route.label}, the last level", f"{text} = {_n(left)}, fewer than none", holds=False)
        )
    return found, text, left


def _parts(whole: Count, parts: Sequence[Count]) -> Sum:
    total = sum(one.count for one in parts)
    return _equal(whole.label, " + ".join(_n(one.count) for one in parts), total, whole)


def _minus(start: int, out: Sequence[Count]) -> str:
    shown = [one for one in out if one.count] or out[:1]
    return " - ".join([_n(start), *(_n(one.count) for one in shown)])


def _equal(where: str, text: str, total: int, said: Count) -> Sum:
    holds = total == said.count
    shown = f"{text} = {_n(total)}" if text != _n(total) else text
    return Sum(where, shown if holds else f"{shown}, not {_n(said.count)}", holds=holds)


def _n(number: int) -> str:
    return f"{number:,}"
