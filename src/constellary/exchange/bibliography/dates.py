"""Years and dates as exports write them."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache

from constellary.exchange.bibliography.vocabulary import MONTHS

_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_NUMBERS = re.compile(r"\s*((?:1[4-9]|20)\d\d)[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_COMPACT = re.compile(r"\s*((?:1[4-9]|20)\d\d)(\d\d)(\d\d)\s*")
_SPAN = re.compile(r"[A-Za-z]\.?\s*[-/\u2013]\s*[A-Za-z]")
_TWO_DAYS = re.compile(r"\b\d{1,2}\s*[-\u2013]\s*\d{1,2}\b")
_WORD = re.compile(r"[^\W\d_]{3,}")
_DAY = re.compile(r"(?<![\d:])([12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:])")


@lru_cache(maxsize=4096)
def year(text: str | None) -> int | None:
    """Return the first year, 1400 to 2099, that stands as four digits in a text.

    Examples
    --------
    >>> year("2019//"), year("10 15"), year("12019")
    (2019, None, None)
    """
    found = _YEAR.search(text) if text else None
    return int(found[0]) if found else None


@lru_cache(maxsize=65536)
def date(text: str | None, known_year: int | None = None) -> str | None:
    """Return a date as far as it is known: `2020`, `2020-05` or `2020-05-17`; None where no year is known.

    A span of days gives its month, a span of months or a season its year; what stands in numbers is read with the
    year first, and else left at the year, since 5/7 is a day in May or in July.

    Parameters
    ----------
    text
        The date, with or without its year.
    known_year
        The year where `text` has none.

    Examples
    --------
    >>> date("2018 Apr 30"), date("MAY 15", 2017), date("MAR-APR", 2011), date("2019/05//"), date("24-27 Sept. 2019")
    ('2018-04-30', '2017-05-15', '2011', '2019-05', '2019-09')
    """
    text = text[:200] if text else ""
    if found := _NUMBERS.match(text) or _COMPACT.fullmatch(text):
        return _checked(int(found[1]), int(found[2]), int(found[3] or 0))
    number = year(text) or known_year
    if number is None:
        return None
    months = {MONTHS[word] for word in map(str.lower, _WORD.findall(text)) if word in MONTHS}
    if len(months) != 1 or _SPAN.search(text):
        return str(number)
    day = None if _TWO_DAYS.search(text) else _DAY.search(_YEAR.sub(" ", text))
    return _checked(number, months.pop(), int(day[1]) if day else 0)


def _checked(number: int, month: int, day: int) -> str:
    """Return the date as far as the calendar allows it."""
    if not 1 <= month <= 12:
        return str(number)
    if not 1 <= day <= monthrange(number, month)[1]:
        return f"{number}-{month:02}"
    return f"{number}-{month:02}-{day:02}"
