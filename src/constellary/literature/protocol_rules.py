"""What holds between the parts of a protocol, and the forms of its dates and years."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from constellary.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from constellary.literature.protocol import Protocol, Search

LONGEST_TEXT = 200_000
"""Letters of a search string."""
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_SPAN = re.compile(r"\s*(\d{4})?\s*([-–])?\s*(\d{4})?\s*")


def day(value: object) -> str | None:
    """Return a date as far as it is known; None where it is none.

    Examples
    --------
    >>> day("2024-02"), day("2024-02-30"), day("February")
    ('2024-02', None, None)
    """
    parts = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if parts is None:
        return None
    year, month, day_of_month = (int(part) if part else 1 for part in parts.groups())
    try:
        date(year, month, day_of_month)
    except ValueError:
        return None
    return parts[0]


def span(value: object) -> tuple[int | None, int | None] | None:
    """Return first and last year, both included, None where an end is open; None where it is no span.

    Examples
    --------
    >>> span("2018-2023"), span("2018-"), span("-2023"), span(2020), span("2023-2018")
    ((2018, 2023), (2018, None), (None, 2023), (2020, 2020), None)
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    parts = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if parts is None:
        return None
    first, sign, last = parts.groups()
    if not sign:
        # One year alone; two without a sign between them are none.
        return None if last or not first else (int(first), int(first))
    if not first and not last:
        return None
    start, end = int(first) if first else None, int(last) if last else None
    return None if start is not None and end is not None and start > end else (start, end)


def double(names: Iterable[str]) -> list[str]:
    """Return the names that are there more than once, in order."""
    return [name for name, count in Counter(names).items() if count > 1 and name]


def checked_searches(searches: Sequence[Search]) -> Iterator[str]:
    """Yield what is wrong with the searches that repeat others."""
    by_name = {one.name: one for one in searches}
    for one in searches:
        if not one.updates:
            continue
        if one.updates not in by_name:
            said = UnknownName("search", one.updates, [name for name in by_name if name != one.name])
            yield f"search {one.name}: 'updates': {said}"
            continue
        seen = {one.name}
        at = one.updates
        while at and at not in seen:
            seen.add(at)
            at = by_name[at].updates if at in by_name else ""
        if at:
            yield f"search {one.name}: 'updates' leads back to '{at}'; a search repeats an earlier one."


def checked_boxes(protocol: Protocol) -> Iterator[str]:
    """Yield what is wrong with the boxes that counts are declared for."""
    boxes = [one.box for one in protocol.declared]
    if not boxes:
        return
    known = flow_boxes(protocol)
    for box in dict.fromkeys(boxes):
        if box not in known:
            yield f"declared: {UnknownName('box of the flow', box, known)}"
    for box in double(boxes):
        yield f"declared: '{box}' is there more than once."


def flow_boxes(protocol: Protocol) -> list[str]:
    """Return the keys of all the boxes that the flow of a protocol may have."""
    from constellary.literature.flow_counting import PREFIX, TOLD_ONLY, count
    from constellary.literature.review import Review

    found = [one.box for one in count(Review(protocol=protocol)).counts()]
    found += [
        f"{PREFIX['other' if search.other else 'databases']}identified:{search.name}"
        for search in protocol.searches
    ]
    found += [f"{at}{box}" for at in PREFIX.values() for box in TOLD_ONLY]
    return list(dict.fromkeys([*found, "previous", "total"]))
