"""Dates as a sentence has them, as exact as they are known."""

from __future__ import annotations

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def spoken(moment: str) -> str:
    """Return an ISO date in words; what is no date stays as it is.

    Examples
    --------
    >>> spoken("2021"), spoken("2021-05"), spoken("2021-05-02"), spoken("soon"), spoken("2021-13")
    ('2021', 'May 2021', '2 May 2021', 'soon', '2021-13')
    """
    parts = moment.split("-")
    if not 2 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return moment
    month = int(parts[1])
    if not 1 <= month <= len(MONTHS):
        return moment
    day = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{day}{MONTHS[month - 1]} {parts[0]}"


def at(moment: str) -> str:
    """Return a moment of the history in words: `2024-06-01T10:02:33+00:00` -> `1 June 2024, 10:02 UTC`.

    Examples
    --------
    >>> at("2024-06-01T10:02:33+00:00")
    '1 June 2024, 10:02 UTC'
    """
    day, _, time = moment.partition("T")
    return f"{spoken(day)}, {time[:5]} UTC" if time else spoken(day)
