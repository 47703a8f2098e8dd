"""Declared counts of a flow: numbers that are told, as from a printed diagram, in the place of counted ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from constellary.errors import UnknownName
from constellary.literature.protocol_rules import flow_boxes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.literature.flow import Count, Flow, Level, Origin, Route
    from constellary.literature.protocol import Declared, Protocol


def declare(flow: Flow, protocol: Protocol) -> Flow:
    """Return a flow with what the protocol declares in the place of what was counted.

    From the first declared number of a column on, a number that is not declared is what the declared ones leave for
    it, since counted and printed numbers seldom belong together; it is marked as derived.

    Raises
    ------
    UnknownName
        If a count is declared for a box that the flow does not have.
    """
    told = {one.box: one for one in protocol.declared}
    if not told:
        return flow
    known = flow_boxes(protocol)
    for box in told:
        if box not in known:
            raise UnknownName("box of the flow", box, known)
    last = flow.included.box if len(flow.routes) == 1 else ""
    routes = tuple(_route(route, told, last) for route in flow.routes)
    included = _told(flow.included, told)
    passed = sum(route.passed for route in routes)
    if included.origin == "counted" and passed != included.count:
        included = _derived(included, passed)
    previous = None if flow.previous is None else _told(flow.previous, told)
    total = flow.total
    if total is not None and previous is not None:
        total = _told(total, told)
        if total.origin == "counted" and previous.count + included.count != total.count:
            total = _derived(total, previous.count + included.count)
    return replace(flow, routes=routes, included=included, previous=previous, total=total)


def _route(route: Route, told: Mapping[str, Declared], last: str) -> Route:
    identified, sources = _identified(route, told)
    heard = identified.origin != "counted"
    removed = tuple(_told(one, told) for one in route.removed)
    if heard:
        removed = tuple(_derived(one, 0) if one.origin == "counted" else one for one in removed)
    heard = heard or any(one.origin != "counted" for one in removed)
    left = identified.count - sum(one.count for one in removed)
    levels: list[Level] = []
    boxes = [level.entered.box for level in route.levels] + [last]
    for level, after in zip(route.levels, boxes[1:], strict=True):
        found = _level(level, told, told.get(after), left if heard else None)
        heard = heard or found.entered.origin != "counted" or found.excluded.origin != "counted"
        left = found.passed
        levels.append(found)
    duplicates = route.duplicates
    if removed[0].origin != "counted":
        duplicates = (_derived(duplicates[0], 0), _derived(duplicates[1], 0))
    return replace(
        route,
        identified=identified,
        sources=sources,
        removed=removed,
        levels=tuple(levels),
        duplicates=duplicates,
    )


def _identified(route: Route, told: Mapping[str, Declared]) -> tuple[Count, tuple[Count, ...]]:
    """Return the records identified and those of each source; sources that nothing is told of are left out."""
    whole = _told(route.identified, told)
    sources = tuple(_told(one, told) for one in route.sources)
    heard = [one for one in sources if one.origin != "counted"]
    if whole.origin == "counted":
        total = sum(one.count for one in sources)
        return (_derived(whole, total) if heard else whole), sources
    if heard:
        return whole, tuple(heard)
    return whole, tuple(_derived(one, whole.count) for one in sources) if len(sources) == 1 else ()


def _level(level: Level, told: Mapping[str, Declared], after: Declared | None, left: int | None) -> Level:
    """Return a level with its declared numbers; `left` is what came out of the one before, where that is told."""
    entered = _told(level.entered, told)
    if entered.origin == "counted" and left is not None:
        entered = _derived(entered, left)
    excluded = _told(level.excluded, told)
    reasons = tuple(_told(one, told) for one in level.reasons)
    heard = tuple(one for one in reasons if one.origin != "counted")
    if excluded.origin == "counted" and heard:
        excluded = _derived(excluded, sum(one.count for one in heard))
    if excluded.origin == "counted" and entered.origin != "counted":
        excluded = _derived(excluded, entered.count - after.count if after is not None else 0)
    if entered.origin == "counted" and excluded.origin == "counted":
        return level
    if excluded.origin != "counted":
        reasons = heard
    still, torn = level.open, level.conflicts
    if entered.origin != "counted":
        still, torn = _derived(still, 0), _derived(torn, 0)
    passed = entered.count - excluded.count - still.count - torn.count
    return replace(
        level,
        entered=entered,
        excluded=excluded,
        reasons=reasons,
        open=still,
        conflicts=torn,
        passed=passed,
    )


def _told(count: Count, told: Mapping[str, Declared]) -> Count:
    one = told.get(count.box)
    return count if one is None else replace(count, count=one.count, origin="declared", note=one.note)


def _derived(count: Count, number: int) -> Count:
    origin: Origin = "derived"
    return replace(count, count=number, origin=origin)
