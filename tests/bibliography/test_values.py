"""The values of exports in one form, as the vendors of the folder and their manuals write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.exchange.bibliography import dates, values
from constellary.exchange.bibliography.names import given_first, name
from constellary.literature.record import Name


@pytest.mark.parametrize(
    ("text", "family", "given_name"),
    [
        ("Vallejo, Bertha", "Vallejo", "Bertha"),
        ("Vallejo B", "Vallejo", "B"),
        ("Eloubeidi M.A.", "Eloubeidi", "M.A."),
        ("Powell, WW", "Powell", "WW"),
        ("van den Hoven, null", "van den Hoven", ""),
        ("van der Meer JW", "van der Meer", "JW"),
        ("G. Kalbe", "Kalbe", "G."),
        ("J.-P. Dupont", "Dupont", "J.-P."),
        ("Smith, John, Jr.", "Smith", "John, Jr."),
        ("OECD", "OECD", ""),
        ("UNITED NATIONS", "UNITED NATIONS", ""),
        ("World Health Organization", "World Health Organization", ""),
        ("O'Connor,J", "O'Connor", "J"),
        ("Müller , Jörg", "Müller", "Jörg"),
        ("Owen-Smith,  J", "Owen-Smith", "J"),
        ("Bauer, Aaron M. [a@b.org]", "Bauer", "Aaron M."),
        ("Kim, J (김정)", "Kim", "J"),
        ("Li, ", "Li", ""),
        ("李伟", "李伟", ""),
    ],
)
def test_names_are_divided_as_databases_write_them(text: str, family: str, given_name: str) -> None:
    assert name(text) == Name(family, given_name)


@pytest.mark.parametrize(
    "text", ["", " ", "[Anonymous]", "Anon.", "[No author name available]", "null", ",", " ;"]
)
def test_nobody_is_no_name(text: str) -> None:
    assert name(text) is None


def test_names_as_they_are_spoken_keep_their_particles() -> None:
    assert given_first("Rens van de Schoot") == Name("van de Schoot", "Rens")
    assert given_first("Schoot, Rens van de") == Name("Schoot", "Rens van de")
    assert given_first("Ludwig van Beethoven") == Name("van Beethoven", "Ludwig")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.1016/j.jclinepi.2022.10.009", "10.1016/j.jclinepi.2022.10.009"),
        ("https://doi.org/10.1186/S13643-021-01583-Y", "10.1186/s13643-021-01583-y"),
        (
            "doi:10.1002/(SICI)1097-0266(199804)19:4<293::AID-SMJ982>3.0.CO;2-M",
            "10.1002/(sici)1097-0266(199804)19:4<293::aid-smj982>3.0.co;2-m",
        ),
        ("http://dx.doi.org/10.1016%2FS0048-7333%2802%2900101-4", "10.1016/s0048-7333(02)00101-4"),
        ('<a href="https://doi.org/10.1000/182">10.1000/182</a>', "10.1000/182"),
        ("<10.1000/182>", "10.1000/182"),
        ("(see 10.1000/182).", "10.1000/182"),
        ("10.1109/eScience.2019.00063,", "10.1109/escience.2019.00063"),
        ("10.1000/", None),
        ("2010.12345/x is none", None),
        ("", None),
    ],
)
def test_a_doi_is_found_in_what_stands_around_it(text: str, found: str | None) -> None:
    assert values.doi(text) == found


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("1319", "1346", "1319-1346"),
        ("283-98", None, "283-298"),
        ("e747-e752", None, "e747-e752"),
        ("E174; discussion E174", None, "E174; discussion E174"),
        ("D561", "D565", "D561-D565"),
        ("1375339", "1375339", "1375339"),
        ("12–15", None, "12-15"),
        ("S105", "", "S105"),
        ("", "99", "99"),
        (None, None, None),
    ],
)
def test_pages_are_shown_in_full(first: str | None, last: str | None, shown: str | None) -> None:
    assert values.pages(first, last) == shown


@pytest.mark.parametrize(
    ("text", "year", "shown"),
    [
        ("2012/07/01", None, "2012-07-01"),
        ("2019//", None, "2019"),
        ("2019/05//undefined", None, "2019-05"),
        ("2019///nan", None, "2019"),
        ("2018 Apr 30", None, "2018-04-30"),
        ("20180330", None, "2018-03-30"),
        ("MAY 15", 2017, "2017-05-15"),
        ("SEP", 2018, "2018-09"),
        ("MAR-APR", 2011, "2011"),
        ("Spring 2019", None, "2019"),
        ("1 Jan.-Feb. 2019", None, "2019"),
        ("24-27 Sept. 2019", None, "2019-09"),
        ("30 May-2 June 2016", None, "2016"),
        ("15 Feb.1, 2015", None, "2015-02-15"),
        ("May 17, 2020", None, "2020-05-17"),
        ("05/07/2020", None, "2020"),
        ("2020-13-40", None, "2020"),
        ("2021-02-30", None, "2021-02"),
        ("2020-05-17T10:00:00Z", None, "2020-05-17"),
        ("in press", None, None),
        (None, 2020, "2020"),
    ],
)
def test_dates_are_known_as_far_as_they_are_said(
    text: str | None, year: int | None, shown: str | None
) -> None:
    assert dates.date(text, year) == shown


@given(st.dates(min_value=date(1400, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_of_the_calendar_is_read_in_three_ways(day: date) -> None:
    assert (
        dates.date(day.isoformat())
        == dates.date(f"{day:%Y%m%d}")
        == dates.date(f"{day:%B} {day.day}, {day.year}")
    )
    assert dates.date(day.isoformat()) == day.isoformat()


def test_markup_is_taken_off_and_mathematics_is_not() -> None:
    assert values.plain("<jats:title>Abstract</jats:title><jats:p>p &lt; .05</jats:p>") == "Abstract\np < .05"
    assert values.plain("for a<b and c>d, n < 30") == "for a<b and c>d, n < 30"
    assert values.title("H<sub>2</sub>O &amp; <i>trust</i>") == "H2O & trust"
    assert values.plain(" \n ") is None


@given(st.text(max_size=60))
def test_what_is_made_plain_once_stays_as_it_is_unless_it_hid_markup(text: str) -> None:
    once = values.plain(text)
    if once is not None and "<" not in once and "&" not in once:
        assert values.plain(once) == once


def test_languages_numbers_and_kinds_have_one_form() -> None:
    assert [values.language(text) for text in ("English", "eng", "en-US", "German; English", "Klingon")] == [
        "en", "en", "en", "de", "klingon",
    ]  # fmt: skip
    assert values.issn(None, "03064530 (ISSN)") == "0306-4530"
    assert values.isbn("978-3-540-25659-5 (print)") == "9783540256595"
    assert values.count("Times Cited:  1,234") == 1234
    assert values.csl_type("Proceedings Paper") == "paper-conference"
