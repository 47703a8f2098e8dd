"""Dates in six languages and the usual local forms; what can be read in two ways is refused."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.exchange.readers.dates import order_of, read_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021", "2021"),
        ("2021.0", "2021"),
        ("2021-05", "2021-05"),
        ("2021-5", "2021-05"),
        ("2021/05", "2021-05"),
        ("05/2021", "2021-05"),
        ("5.2021", "2021-05"),
        ("2021-05-20", "2021-05-20"),
        ("2021-5-2", "2021-05-02"),
        ("20210520", "2021-05-20"),
        ("2021/05/20", "2021-05-20"),
        ("2021-05-20 13:00:00", "2021-05-20"),
        ("2021-05-20T13:00:00Z", "2021-05-20"),
        ("20.05.2021", "2021-05-20"),
        ("03.04.2021", "2021-04-03"),
        ("20. 5. 2021", "2021-05-20"),
        ("20/05/2021", "2021-05-20"),
        ("05/20/2021", "2021-05-20"),
        ("20-05-2021", "2021-05-20"),
        ("04/04/2021", "2021-04-04"),
        ("May 2021", "2021-05"),
        ("MAY 2021", "2021-05"),
        ("20 May 2021", "2021-05-20"),
        ("20th of May, 2021", "2021-05-20"),
        ("May 20, 2021", "2021-05-20"),
        ("20-May-2021", "2021-05-20"),
        ("Sept. 2021", "2021-09"),
        ("20 de mayo de 2021", "2021-05-20"),
        ("setiembre de 2021", "2021-09"),
        ("20. Mai 2021", "2021-05-20"),
        ("März 2021", "2021-03"),
        ("1er août 2021", "2021-08-01"),
        ("décembre 2021", "2021-12"),
        ("1º de março de 2021", "2021-03-01"),
        ("20 maggio 2021", "2021-05-20"),
        ("dicembre 2021", "2021-12"),
        ("2021年5月20日", "2021-05-20"),
    ],
)
def test_a_date_is_kept_as_exact_as_it_is_written(text: str, iso: str) -> None:
    assert read_date(text).iso == iso


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("03/04/2021", "it is 3 April or 4 March; write 2021-04-03 or 2021-03-04"),
        ("30.02.2021", "there is no such day: February 2021 has 28 days"),
        ("2021-02-30", "there is no such day: February 2021 has 28 days"),
        ("2021-13", "there is no month 13"),
        ("31/12/1066", "the year 1066 is outside 1800 to 2200"),
        ("40/40/2021", "there is no month 40"),
        ("20.05.21", "write the year with four digits, best as 2021-05-20"),
        ("Q3 2021", "a quarter is no date here; write the year, or the month as 2021-05"),
        ("44336", "it looks like a spreadsheet's day number (2021-05-20); format the column as a date"),
        ("May or June 2021", "expected a date: 2021, 2021-05, 2021-05-20, 20.05.2021 or 20 May 2021"),
        ("soon", "expected a date: 2021, 2021-05, 2021-05-20, 20.05.2021 or 20 May 2021"),
        ("0", "expected a date: 2021, 2021-05, 2021-05-20, 20.05.2021 or 20 May 2021"),
    ],
)
def test_what_is_no_date_is_told_with_what_to_write(text: str, said: str) -> None:
    assert read_date(text).fault == said
    assert read_date(text).iso == ""


def test_the_other_dates_of_a_column_decide_the_order() -> None:
    assert order_of(["20/05/2021", "03/04/2021"]) == "day"
    assert order_of(["05/20/2021", "03/04/2021"]) == "month"
    assert order_of(["03/04/2021", "04/04/2021"]) is None
    assert order_of(["20/05/2021", "05/20/2021"]) is None
    assert read_date("03/04/2021", "day").iso == "2021-04-03"
    assert read_date("03/04/2021", "month").iso == "2021-03-04"


@given(st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31)))
def test_every_day_is_read_in_every_plain_form(day: dt.date) -> None:
    month = calendar.month_name[day.month]
    for text in (
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day:%Y%m%d}",
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.isoformat()} 00:00:00",
    ):
        assert read_date(text).iso == day.isoformat()
    for order, text in (("day", f"{day:%d/%m/%Y}"), ("month", f"{day:%m/%d/%Y}")):
        assert read_date(text, order).iso == day.isoformat()  # type: ignore[arg-type]  # the two orders


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    reading = read_date(text)
    assert bool(reading.iso) != bool(reading.fault)
