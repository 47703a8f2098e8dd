"""Dates as people write them, kept as exact as they are given.

`2021`, `May 2021` and `20.05.2021` become `2021`, `2021-05` and `2021-05-20`. What can be read in two ways
is refused with both readings, unless the other dates of its column leave one.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Order = Literal["day", "month"]
"""Which number comes first in 03/04/2021."""

EARLIEST, LATEST = 1800, 2200

_MONTHS = (
    "january jan enero ene januar jänner janvier janv janeiro gennaio gen",
    "february feb febrero februar feber février fevrier févr fevereiro fev febbraio febb",
    "march mar marzo märz mrz maerz mars março",
    "april apr abril abr avril avr aprile",
    "may mayo mai maio maggio mag",
    "june jun junio juni juin junho giugno giu",
    "july jul julio juli juillet juil julho luglio lug",
    "august aug agosto ago août aout",
    "september sep sept septiembre setiembre septembre setembro set settembre sett",
    "october oct octubre oktober okt octobre outubro out ottobre ott",
    "november nov noviembre novembre novembro",
    "december dec diciembre dic dezember dez décembre déc dezembro dicembre",
)
_YEAR = re.compile(r"^(\d{4})(?:\.0)?$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$")
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?(?:Z|[+-]\d{2}:?\d{2}|UTC))?$")
_YEAR_FIRST = re.compile(r"^(\d{4})[./](\d{1,2})(?:[./](\d{1,2}))?\.?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_CJK = re.compile(r"^(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?$")
_DOTTED = re.compile(r"^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$")
_SLASHED = re.compile(r"^(\d{1,2})\s?([/-])\s?(\d{1,2})\s?\2\s?(\d{4})$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})[./-](\d{4})$")
_SHORT_YEAR = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{2})$")
_SERIAL = re.compile(r"^[2-6]\d{4}(?:\.0)?$")
_QUARTER = re.compile(
    r"^(?:q[1-4]|[1-4]q|[1-4]\. ?quartal|t[1-4])\b.*\d{4}$|^\d{4}\W*(?:q|t)[1-4]$", re.IGNORECASE
)
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_NOISE = frozenset(
    [
        "de",
        "del",
        "di",
        "of",
        "the",
        "den",
        "le",
        "el",
        "il",
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "º",
        "ª",
        "o",
        "a",
    ]
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A date that was read (`iso`), or why it was not (`fault`); `order` says what decided it, if it did."""

    iso: str = ""
    fault: str = ""
    order: Order | None = None
    ambiguous: bool = False


def read_date(text: str, order: Order | None = None) -> Reading:
    """Return the reading of one date.

    Parameters
    ----------
    text
        As it stands in the file, without spaces around it.
    order
        What comes first in 03/04/2021, where the column tells; None: refuse it.

    Examples
    --------
    >>> read_date("20 May 2021").iso, read_date("mayo de 2021").iso, read_date("20/05/2021").iso
    ('2021-05-20', '2021-05', '2021-05-20')
    >>> read_date("03/04/2021").fault
    'it is 3 April or 4 March; write 2021-04-03 or 2021-03-04'
    >>> read_date("31.04.2021").fault
    'there is no such day: April 2021 has 30 days'
    """
    plain = _CLOCK.sub("", text.strip())
    for pattern in (_YEAR, _ISO, _YEAR_FIRST, _COMPACT, _CJK):
        if found := pattern.match(plain):
            year, month, day = (int(part) if part else None for part in [*found.groups(), None, None][:3])
            return _checked(year or 0, month, day)
    if found := _DOTTED.match(plain):
        return _checked(int(found[3]), int(found[2]), int(found[1]))
    if found := _SLASHED.match(plain):
        return _two_orders(int(found[1]), int(found[3]), int(found[4]), order)
    if found := _MONTH_YEAR.match(plain):
        return _checked(int(found[2]), int(found[1]), None)
    if reading := _in_words(plain):
        return reading
    return Reading(fault=_why_not(plain))


def order_of(texts: Iterable[str]) -> Order | None:
    """Return what comes first in the dates of a column, as far as those that can be read in one way tell.

    Examples
    --------
    >>> order_of(["20/05/2021", "03/04/2021"]), order_of(["03/04/2021"]), order_of(["20/05/2021", "05/20/2021"])
    ('day', None, None)
    """
    seen: set[Order] = set()
    for text in texts:
        found = _SLASHED.match(text.strip())
        if found:
            reading = _two_orders(int(found[1]), int(found[3]), int(found[4]), None)
            if reading.order:
                seen.add(reading.order)
    return seen.pop() if len(seen) == 1 else None


def _two_orders(first: int, second: int, year: int, order: Order | None) -> Reading:
    """Read a date whose day and month may stand in either order."""
    by_day, by_month = _checked(year, second, first), _checked(year, first, second)
    if by_day.fault and by_month.fault:
        return by_day
    if by_day.iso == by_month.iso:
        return by_day
    if by_month.fault:
        return Reading(by_day.iso, order="day")
    if by_day.fault:
        return Reading(by_month.iso, order="month")
    if order:
        return by_day if order == "day" else by_month
    readings = [f"{day} {_english(month)}" for day, month in ((first, second), (second, first))]
    return Reading(
        fault=f"it is {readings[0]} or {readings[1]}; write {by_day.iso} or {by_month.iso}", ambiguous=True
    )


def _checked(year: int, month: int | None, day: int | None) -> Reading:
    if not EARLIEST <= year <= LATEST:
        return Reading(fault=f"the year {year} is outside {EARLIEST} to {LATEST}")
    if month is None:
        return Reading(f"{year:04d}")
    if not 1 <= month <= 12:
        return Reading(fault=f"there is no month {month}")
    if day is None:
        return Reading(f"{year:04d}-{month:02d}")
    try:
        return Reading(dt.date(year, month, day).isoformat())
    except ValueError:
        following = dt.date(year + month // 12, month % 12 + 1, 1)
        days = (following - dt.timedelta(days=1)).day
        return Reading(fault=f"there is no such day: {_english(month)} {year} has {days} days")


def _in_words(text: str) -> Reading | None:
    """Read `20 May 2021`, `May 20, 2021`, `20. Mai 2021`, `mayo de 2021`; None where no month is named."""
    words = [_bare(word) for word in _WORDS.findall(text[:60])]
    months = [_MONTH_OF[word] for word in words if word in _MONTH_OF]
    numbers = [word for word in words if word.isdecimal()]
    if len(months) != 1 or any(
        not word.isdecimal() and word not in _MONTH_OF and word not in _NOISE for word in words
    ):
        return None
    years = [int(number) for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if len(number) <= 2]
    if len(years) != 1 or len(days) > 1 or len(years) + len(days) != len(numbers):
        return None
    return _checked(years[0], months[0], days[0] if days else None)


def _why_not(text: str) -> str:
    if _SHORT_YEAR.match(text):
        return "write the year with four digits, best as 2021-05-20"
    if _QUARTER.match(text):
        return "a quarter is no date here; write the year, or the month as 2021-05"
    if _SERIAL.match(text):
        day = dt.date(1899, 12, 30) + dt.timedelta(days=int(float(text)))
        return f"it looks like a spreadsheet's day number ({day.isoformat()}); format the column as a date"
    return "expected a date: 2021, 2021-05, 2021-05-20, 20.05.2021 or 20 May 2021"


def _english(month: int) -> str:
    return _MONTHS[month - 1].split(maxsplit=1)[0].capitalize()


def _bare(word: str) -> str:
    split = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in split if not unicodedata.combining(sign))


_MONTH_OF = {_bare(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
