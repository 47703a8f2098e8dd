"""Reference lists against examples that others printed, hostile text, and what the processor gets wrong."""

from __future__ import annotations

import pytest

from constellary.errors import UnknownName
from constellary.literature.citing import citations
from constellary.literature.record import Name, Record
from constellary.literature.works import Work
from constellary.report.citations.reference_list import reference_list
from constellary.report.citations.styles import STYLES
from constellary.report.inline import parse

GRADY = Record(
    id="grady",
    title="Emotions in storybooks: A comparison of storybooks that represent ethnic and racial groups in the United "
    "States",
    authors=(
        Name("Grady", "J. S."),
        Name("Her", "M."),
        Name("Moreno", "G."),
        Name("Perez", "C."),
        Name("Yelinek", "J."),
    ),
    year=2019,
    venue="Psychology of Popular Media Culture",
    volume="8",
    issue="3",
    pages="207-217",
    doi="10.1037/ppm0000185",
)
GLASS = Record(
    id="glass",
    title="Red States, Blue States, and Divorce: Understanding the Impact of Conservative Protestantism on Regional "
    "Variation in Divorce Rates",
    authors=(Name("Glass", "Jennifer"), Name("Levchak", "Philip")),
    year=2014,
    venue="American Journal of Sociology",
    volume="119",
    issue="4",
    pages="1002-1046",
)
CHEN = Record(
    id="chen",
    title="Addressing uncertainties through improved reserve product design",
    authors=(Name("Chen", "Yonghong"),),
    year=2023,
    venue="IEEE Transactions on Power Systems",
    volume="38",
    issue="4",
    pages="3911-3923",
    doi="10.1109/tpwrs.2022.3200697",
)
HALPERN = Record(
    id="halpern",
    title="Solid-organ transplantation in HIV-infected patients",
    authors=(Name("Halpern", "Scott D."), Name("Ubel", "Peter A."), Name("Caplan", "Arthur L.")),
    year=2002,
    date="2002-07-25",
    venue="N Engl J Med",
    volume="347",
    issue="4",
    pages="284-287",
)
TODD = Record(
    id="todd",
    title="Induction from self-selected concordances and self-correction",
    authors=(Name("Todd", "Richard Watson"),),
    year=2001,
    date="2001-03",
    venue="System",
    volume="29",
    issue="1",
    pages="91-102",
)
PRINTED = {
    # American Psychological Association, apastyle.apa.org, journal article references, first example.
    "apa": (
        GRADY,
        (
            "Grady, J. S., Her, M., Moreno, G., Perez, C., & Yelinek, J. (2019). Emotions in "
            "storybooks: A comparison of storybooks that represent ethnic and racial groups in the "
            "United States. Psychology of Popular Media Culture, 8(3), 207–217. "
            "https://doi.org/10.1037/ppm0000185"
        ),
    ),
    # International Journal of Arts Management, style guide after the Chicago Manual, 'Issue Number but not a Month'.
    "chicago": (
        GLASS,
        (
            "Glass, Jennifer, and Philip Levchak. 2014. “Red States, Blue States, and Divorce: "
            "Understanding the Impact of Conservative Protestantism on Regional Variation in Divorce "
            "Rates.” American Journal of Sociology 119 (4): 1002–46."
        ),
    ),
    # Robert Gordon University, Harvard templates, journal articles accessed online; with a full stop at the end.
    "harvard": (
        CHEN,
        (
            "Chen, Y. (2023) ‘Addressing uncertainties through improved reserve product design’, IEEE"
            " Transactions on Power Systems, 38(4), pp. 3911–3923. Available at: "
            "https://doi.org/10.1109/tpwrs.2022.3200697."
        ),
    ),
    # National Library of Medicine, samples of formatted references, standard journal article; with an en dash.
    "vancouver": (
        HALPERN,
        (
            "1. Halpern SD, Ubel PA, Caplan AL. Solid-organ transplantation in HIV-infected patients."
            " N Engl J Med. 2002 Jul 25;347(4):284–7."
        ),
    ),
    # Nash Library of Gannon University, IEEE citation guide, example 1.
    "ieee": (
        TODD,
        (
            "[1] R. W. Todd, “Induction from self-selected concordances and self-correction,” System,"
            " vol. 29, no. 1, pp. 91–102, Mar. 2001."
        ),
    ),
}


def work(record: Record) -> Work:
    return Work(record.id, (record,), record, {})


@pytest.mark.parametrize("style", STYLES)
def test_a_reference_reads_as_the_style_prints_it(style: str) -> None:
    record, printed = PRINTED[style]
    (found,) = reference_list([work(record)], style)
    assert found.text == printed


@pytest.mark.parametrize("style", STYLES)
def test_the_markup_says_what_the_text_says(style: str) -> None:
    for found in reference_list([work(record) for record, _ in PRINTED.values()], style):
        assert "".join(span.text for span in parse(found.markup)) == found.text


def test_journals_are_in_italics_and_addresses_are_links() -> None:
    spans = parse(reference_list([work(GRADY)])[0].markup)
    assert [span.text for span in spans if span.style == "emphasis"] == [
        "Psychology of Popular Media Culture",
        "8",
    ]
    assert spans[-1].link == "https://doi.org/10.1037/ppm0000185"


HOSTILE = Record(
    id="h",
    title="<script>alert(1)</script> *bold* [x](https://evil.example) {table:x} \ue000\x1b[31m & <i>it</i> \\",
    authors=(Name("*]('<b>", "\u202eX"),),
    year=2020,
    venue="J {figure:y} **",
    url="javascript:alert(1)",
    volume="1" * 10_000,
)


@pytest.mark.parametrize("style", STYLES)
def test_hostile_text_is_text(style: str) -> None:
    (found,) = reference_list([work(HOSTILE)], style)
    spans = parse(found.markup)
    assert "".join(span.text for span in spans) == found.text
    assert not any(span.reference or span.link for span in spans)
    assert not set("\ue000\ue001\ue002\x1b\u202e") & set(found.text)
    assert "script>alert" in found.text.lower()
    assert "<i>" not in found.text


@pytest.mark.parametrize("style", STYLES)
def test_a_record_that_says_nothing_is_still_listed(style: str) -> None:
    (found,) = reference_list([work(Record(id="nothing"))], style)
    assert found.text.lower().count("[without title]") == 1


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("apa", "Global EV outlook: Trends. (2023). IEA."),
        ("chicago", "Global EV Outlook: Trends. 2023. IEA."),
        ("harvard", "Global EV outlook: Trends (2023) IEA."),
    ],
)
def test_a_title_without_author_stands_once(style: str, printed: str) -> None:
    record = Record(id="iea", title="Global EV outlook: Trends", year=2023, type="report", publisher="IEA")
    assert reference_list([work(record)], style)[0].text == printed


def test_titles_of_other_languages_keep_their_case() -> None:
    record = Record(
        id="g", title="Las alianzas de la industria", authors=(Name("Gómez", "A."),), year=2020, language="es"
    )
    assert "Las alianzas de la industria" in reference_list([work(record)], "chicago")[0].text


def test_works_of_one_author_and_year_have_the_letters_of_the_running_text() -> None:
    records = [
        Record(id=key, title=title, authors=(Name("Čirjevskis", "Andrejs"),), year=2021, venue="JOItmC")
        for key, title in (("one", "Synergy"), ("two", "Competences"))
    ]
    works = [work(record) for record in records]
    assert citations(works) == {"one": "Čirjevskis (2021b)", "two": "Čirjevskis (2021a)"}
    found = reference_list(
        [*works, work(GLASS), work(Record(id="z", title="Z", authors=(Name("Zed", "Z."),), year=1990))]
    )
    assert [one.work for one in found] == ["two", "one", "glass", "z"]
    assert [one.text[:29] for one in found[:2]] == [
        "Čirjevskis, A. (2021a). Compe",
        "Čirjevskis, A. (2021b). Syner",
    ]


def test_numbered_styles_keep_the_order_and_number_it() -> None:
    found = reference_list([work(GRADY), work(CHEN)], "ieee")
    assert [one.text[:8] for one in found] == ["[1] J. S", "[2] Y. C"]


def test_initials_without_points_are_initials() -> None:
    record = Record(id="p", title="T", authors=(Name("Powell", "WW"),), year=2004, venue="J")
    assert reference_list([work(record)])[0].text == "Powell, W. W. (2004). T. J."


def test_the_same_list_twice_is_the_same() -> None:
    works = [work(record) for record, _ in PRINTED.values()]
    assert reference_list(works) == reference_list(works)


def test_an_unknown_style_is_met_with_those_that_ship() -> None:
    with pytest.raises(UnknownName, match="apa, chicago, harvard, ieee, vancouver"):
        reference_list([], "mla9")


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("Иван", "Иванов, И. (2020)."),
        ("Иван Ильич", "Иванов, И. И. (2020)."),
        ("健", "Иванов健. (2020)."),
        ("محمد", "Иванов محمد. (2020)."),
        ("ana maria", "Иванов, A. M. (2020)."),
    ],
)
def test_given_names_of_any_script_are_shortened_only_where_there_are_capitals(
    given: str, printed: str
) -> None:
    cited = reference_list([work(Record(id="r", title="T", authors=(Name("Иванов", given),), year=2020))])
    assert cited[0].text.startswith(printed)
