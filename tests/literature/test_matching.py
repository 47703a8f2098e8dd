"""Which records are of one work: the rules one by one, what persons decide, and sets that others labelled."""

from __future__ import annotations

import json
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.labelled import SETS, Score, answered, labelled, record_of, scored
from constellary.errors import InputError
from constellary.exchange.bibliography.reading import read_export
from constellary.literature.deciding import decided
from constellary.literature.matching import explain, find_matches
from constellary.literature.record import Name, Record
from constellary.literature.review import Match
from constellary.literature.works import gathered
from tests.needs import literature

TITLE = "Alliances of car makers and the diffusion of electric vehicles"


def record(name: str = "", **fields: object) -> Record:
    """Return a record of an article; `fields` say what is other."""
    usual: dict[str, object] = {
        "id": name,
        "title": TITLE,
        "authors": (Name("Kim", "S."), Name("Lee", "J.")),
        "year": 2018,
        "venue": "Journal of Industry Studies",
        "volume": "97",
        "issue": "3",
        "pages": "150-171",
    }
    return Record(**(usual | fields))  # type: ignore[arg-type]


def verdict(first: dict[str, object], second: dict[str, object]) -> str:
    there, back = (
        explain(record("a", **first), record("b", **second)),
        explain(record("b", **second), record("a", **first)),
    )
    assert (there.verdict, there.why) == (back.verdict, back.why), "it must not depend on the order"
    return there.verdict


PLACELESS: dict[str, object] = {"volume": None, "issue": None, "pages": None}

Fields = dict[str, object]
Two = tuple[Fields, Fields]

SAME: dict[str, Two] = {
    "capitals and a full stop": ({"title": TITLE.upper()}, {"title": TITLE + "."}),
    "given names in full": ({}, {"authors": (Name("Kim", "Sun"), Name("Lee", "Jo"))}),
    "no authors in one": ({}, {"authors": ()}),
    "an abbreviated last page": ({}, {"pages": "150-71"}),
    "an abbreviated journal": ({}, {"venue": "J. Ind. Stud."}),
    "an acronym": (
        {"venue": "Americas Conference on Information Systems", "type": "paper-conference"},
        {"venue": "AMCIS 2018 Proceedings", "type": "paper-conference"},
    ),
    "in press and in print": (
        {"year": 2019, "doi": "10.1080/12460125"},
        {"year": 2018, "volume": None, "issue": None, "pages": "1-17"},
    ),
    "a remark of the database": ({"title": f"{TITLE}. [Review] [33 refs]"}, {}),
    "a later erratum mentioned": ({"title": f"{TITLE}.[Erratum appears in J Ind. 2019;98:7 Note: X [added]]"}, {}),
    "a translated title in brackets": ({"title": f"[{TITLE}]. [French]"}, {}),
    "an article number beside pages": ({"pages": "e1804"}, {}),
    "a Greek letter spelled": ({"title": "Drivers and β-blockers"}, {"title": "Drivers and beta-blockers"}),
    "a slip of the pen": ({"title": TITLE.replace("vehicles", "vehicels")}, {}),
    "a journal and a series": (
        {"venue": "Annals of the Academy", "doi": None},
        {"venue": "Natural Products and Therapy"},
    ),
    "a DOI and little else": ({"doi": "10.1000/abcdef"}, {"doi": "10.1000/abcdef", "venue": None, **PLACELESS}),
    "the retracted article itself": (
        {"title": f"RETRACTED: {TITLE}", "doi": "10.1000/abcdef"},
        {"doi": "10.1000/abcdef"},
    ),
    "one notice called in two ways": (
        {"title": f"{TITLE} (vol 97, pg 150, 2018)", "doi": "10.1000/abcdef", "pages": "9", "volume": "98"},
        {"title": f"Corrigendum to “{TITLE}” [J. Ind. Stud. 97 (2018) 150]", "doi": "10.1000/abcdef", **PLACELESS},
    ),
    "one DOI and a translated title at one place": (
        {"doi": "10.1000/abcdef"},
        {"doi": "10.1000/abcdef", "title": "Alianzas de fabricantes de automóviles"},
    ),
    "a meeting with two names": (
        {"venue": "European Conference on Alliances", "volume": None, "issue": None},
        {"venue": "Proceedings of the 11th Symposium on Firms", "volume": None, "issue": None},
    ),
    "a letter lost from a name": (
        {"authors": (Name("Hiessl", "C."),), "pages": None},
        {"authors": (Name("Hiess", "C."),), "pages": None},
    ),
    "two editorials of one page": ({"title": "Editorial"}, {"title": "EDITORIAL."}),
    "the same abstract where nothing else is told": (
        {"authors": (), "year": None, "venue": None, **PLACELESS, "abstract": "We follow alliances. " * 9},
        {"authors": (), "year": None, "venue": None, **PLACELESS, "abstract": "We follow ALLIANCES. " * 9 + "(C) 2018"},
    ),
}  # fmt: skip
APART: dict[str, Two] = {
    "a corrigendum": ({}, {"title": f"Corrigendum to “{TITLE}”"}),
    "a corrigendum with the article's own DOI": (
        {"doi": "10.1000/abcdef"},
        {"title": f"Erratum: {TITLE}", "doi": "10.1000/abcdef", "pages": "616", "volume": "98"},
    ),
    "a correction in the manner of the Web of Science": ({}, {"title": f"{TITLE} (vol 97, pg 150, 2018)"}),
    "a retraction": ({}, {"title": f'Retraction notice to "{TITLE}"'}),
    "a reply": ({}, {"title": f"{TITLE}: Reply"}),
    "a comment": ({}, {"title": f'Comment on "{TITLE}"'}),
    "an editors' response": ({}, {"title": f"EDITORS' RESPONSE: {TITLE}"}),
    "a preprint": ({}, {"type": "article", "venue": "arXiv", **PLACELESS}),
    "a preprint by its server": ({}, {"venue": "SSRN Electronic Journal", **PLACELESS}),
    "a preprint by its DOI": ({}, {"venue": None, **PLACELESS, "doi": "10.21203/rs.3.rs-12345"}),
    "part one and part two": ({"title": f"{TITLE}, part I"}, {"title": f"{TITLE}, part II"}),
    "numbers": ({"title": f"{TITLE} 1", **PLACELESS}, {"title": f"{TITLE} 2", **PLACELESS}),
    "letters of parts": ({"title": f"{TITLE}. Part A: data"}, {"title": f"{TITLE}. Part B: data"}),
    "years in the title": ({"title": f"{TITLE} in 2017", **PLACELESS}, {"title": f"{TITLE} in 2018"}),
    "a conference paper": ({}, {"type": "paper-conference", "venue": "Congress on Alliances", **PLACELESS}),
    "a thesis": ({}, {"type": "thesis", "venue": None, **PLACELESS}),
    "two editorials": ({"title": "Editorial", **PLACELESS}, {"title": "Editorial", **PLACELESS, "language": "en"}),
    "a column that returns": (
        {"title": "Remarks from the editor of this journal", "issue": "1", "pages": None},
        {"title": "Remarks from the editor of this journal", "issue": "2", "pages": None},
    ),
    "editorials of two issues": ({"title": "Editorial", "issue": "1"}, {"title": "Editorial", "issue": "2"}),
    "other authors": ({}, {"authors": (Name("Rossi", "M."),), "venue": "Other", "pages": "1-2"}),
    "words that mean the opposite": (
        {"title": "Interindustry alliances of firms", "pages": "1-9"},
        {"title": "Intraindustry alliances of firms", "pages": "11-19"},
    ),
    "another journal": ({"volume": None}, {"venue": "Zoology", "volume": None, "pages": "7-9"}),
    "another place": ({}, {"volume": "12", "pages": "7-9"}),
    "two DOIs": ({"doi": "10.1000/abcdef", **PLACELESS}, {"doi": "10.1000/ghijkl", **PLACELESS}),
    "a DOI that one bears wrongly": (
        {"doi": "10.1000/abcdef"},
        {"doi": "10.1000/abcdef", "title": "On batteries", "authors": (Name("Rossi", "M."),)},
    ),
    "years far apart": ({"year": 2012, **PLACELESS}, {"year": 2018, **PLACELESS}),
}  # fmt: skip
ASK: dict[str, Two] = {
    "one DOI, other journal, volume and pages": (
        {"doi": "10.1000/abcdef"},
        {"doi": "10.1000/abcdef", "venue": "Zoology", "volume": "4", "pages": "1101-1109"},
    ),
    "pages within the other's, without DOI": ({}, {"pages": "155-156"}),
    "other pages of the volume": ({}, {"pages": "7-20", "issue": "1"}),
    "one DOI, two titles": (
        {"doi": "10.1000/abcdef", **PLACELESS},
        {"doi": "10.1000/abcdef", "title": "Alianzas de automotrices", **PLACELESS},
    ),
    "a longer title": ({**PLACELESS}, {"title": f"{TITLE}: protocol of a study", **PLACELESS}),
    "two years in a row without a place": ({"year": 2017, "venue": None, **PLACELESS}, {**PLACELESS}),
    "the opposite on one page": (
        {"title": "Effects of hypertension on drivers"},
        {"title": "Effects of hypotension on drivers", "pages": "150"},
    ),
    "years far apart at one place": ({"year": 2012}, {}),
    "a short title and nothing else": (
        {"title": "Car alliances", "authors": (), "year": None, "venue": None, **PLACELESS},
        {"title": "Car alliances", "authors": (), "venue": None, **PLACELESS},
    ),
    "versions": ({"doi": "10.1002/14651858.cd002273.pub2"}, {"doi": "10.1002/14651858.cd002273.pub3"}),
    "two DOIs at one place": ({"doi": "10.1000/abcdef"}, {"doi": "10.2307/2556"}),
    "a translated title at one place": ({}, {"title": "Alianzas de fabricantes de automóviles"}),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_one_work_told_in_two_ways_is_merged(name: str) -> None:
    assert verdict(*SAME[name]) == "same"


@pytest.mark.parametrize("name", APART)
def test_two_works_that_look_alike_stay_apart(name: str) -> None:
    assert verdict(*APART[name]) == "apart"


@pytest.mark.parametrize("name", ASK)
def test_what_is_not_clear_is_asked(name: str) -> None:
    assert verdict(*ASK[name]) == "ask"


def test_every_reason_is_a_sentence_without_its_full_stop() -> None:
    for first, second in [*SAME.values(), *APART.values(), *ASK.values()]:
        why = explain(record("a", **first), record("b", **second)).why
        assert why[0].isupper()
        assert not why.endswith(".")


def works(records: list[Record], known: list[Match] | None = None) -> set[frozenset[str]]:
    known = known or []
    lead = gathered([one.id for one in records], [*known, *find_matches(records, known).same])
    groups: dict[str, set[str]] = {}
    for one, first in lead.items():
        groups.setdefault(first, set()).add(one)
    return {frozenset(group) for group in groups.values()}


def test_a_chain_does_not_join_two_dois_but_asks() -> None:
    dois = {"a": "10.1000/abcdef", "b": None, "c": "10.1000/ghijkl"}
    found = find_matches([record(name, doi=doi) for name, doi in dois.items()])
    assert [len(found.same), len(found.ask)] == [1, 1]
    assert "DOIs differ" in found.ask[0].why
    found = find_matches([record(name, doi=doi, **PLACELESS) for name, doi in dois.items()])
    assert {frozenset(one[:2]) for one in found.ask} == {frozenset("ab"), frozenset("bc")}


def test_a_record_that_fits_two_works_is_asked_about_whichever_comes_first() -> None:
    works_apart = [record("a", volume="12", pages="1-9"), record("b", volume="13", pages="20-31")]
    vague = record("c", **PLACELESS)
    for records in ([*works_apart, vague], [vague, *works_apart], [works_apart[1], vague, works_apart[0]]):
        found = find_matches(records)
        assert found.same == ()
        assert {frozenset(one[:2]) for one in found.ask} == {frozenset("ac"), frozenset("bc")}
        assert all("as well" in one.why for one in found.ask)


def test_more_copies_of_a_title_than_are_all_compared_still_find_each_other() -> None:
    records = [record(f"r{number}", publisher=f"Press {number}") for number in range(200)]
    found = find_matches(records)
    assert len(works(records)) == 1
    assert found.compared < 200 * 199 / 2


def test_records_that_say_next_to_nothing_are_not_copies_of_each_other() -> None:
    empty = [Record(id=name, type="document") for name in "ab"]
    assert find_matches(empty).all == ()
    assert explain(*empty).verdict == "apart"


def test_a_chain_of_rules_does_not_join_what_a_person_holds_apart() -> None:
    records = [record("a"), record("b", pages="150"), record("c", issue=None)]
    assert works(records) == {frozenset("abc")}
    held = Match("a", "c", "apart", "Bertha", "two printings")
    groups = works(records, [held])
    assert not any({"a", "c"} <= group for group in groups)
    asked = find_matches(records, [held]).ask
    assert ["Bertha holds" in one.why for one in asked] == [True]


def test_copies_that_a_person_holds_apart_stay_apart_and_are_not_asked_again() -> None:
    records = [record("a"), record("b"), record("c")]
    held = Match("a", "b", "apart", "Bertha", "")
    found = find_matches(records, [held])
    assert not any({match.first, match.second} == {"a", "b"} for match in found.all)
    assert not any({"a", "b"} <= group for group in works(records, [held]))


def test_what_is_known_is_not_said_again() -> None:
    records = [record("a"), record("b"), record("c", pages="155-156")]
    first = find_matches(records)
    assert [len(first.same), len(first.ask)] == [1, 1]
    assert find_matches(records, first.all).all == ()


def test_a_persons_same_stands_whatever_the_rules_think() -> None:
    records = [record("a"), record("b", title="On batteries", authors=(), **PLACELESS)]
    assert works(records, [Match("a", "b", "same", "Bertha", "")]) == {frozenset("ab")}


def test_what_a_person_joined_in_spite_of_two_dois_takes_further_records_of_either() -> None:
    records = [
        record("a", doi="10.1000/abcdef"),
        record("b", doi="10.2307/2556"),
        record("c", doi="10.1000/abcdef", issue=None),
        record("d", doi=None, issue=None),
    ]
    assert works(records, [Match("a", "b", "same", "Bertha", "")]) == {frozenset("abcd")}


def test_apart_within_a_work_turns_the_links_between_into_questions() -> None:
    records = [record("a"), record("b", pages="150"), record("c", issue=None)]
    known = list(find_matches(records).all)
    changed = decided(records, known, Match("c", "a", "apart", "Bertha", "two printings"))
    assert changed[0] == Match("a", "c", "apart", "Bertha", "two printings")
    after = {(one.first, one.second): one for one in [*known, *changed]}
    lead = gathered([one.id for one in records], after.values())
    assert lead["a"] != lead["c"]
    assert find_matches(records, list(after.values())).same == ()


def test_decisions_of_persons_that_contradict_each_other_are_refused() -> None:
    records = [record("a"), record("b"), record("c")]
    known = [Match("a", "b", "same", "Bertha", ""), Match("b", "c", "apart", "Jorge", "")]
    with pytest.raises(InputError, match="join b and c, which Jorge holds apart"):
        decided(records, known, Match("a", "c", "same", "Bertha", ""))
    known = [Match("a", "b", "same", "Bertha", ""), Match("b", "c", "same", "Jorge", "")]
    with pytest.raises(InputError, match="joined by what persons decided"):
        decided(records, known, Match("a", "c", "apart", "Bertha", ""))


WORDS = st.sampled_from(("alliances", "Ford", "part", "I", "II", "electric", "2018", "reply", "of", "α"))
RECORDS = st.builds(
    Record,
    title=st.none() | st.lists(WORDS, max_size=7).map(" ".join),
    authors=st.lists(st.builds(Name, WORDS, WORDS), max_size=2).map(tuple),
    year=st.none() | st.integers(2017, 2019),
    venue=st.none() | WORDS,
    volume=st.none() | st.sampled_from("12"),
    pages=st.none() | st.sampled_from(("1-9", "3-4", "e7", "12-20")),
    doi=st.none() | st.sampled_from(("10.1000/abcdef", "10.1000/ghijkl")),
)


@settings(max_examples=200, deadline=None)
@given(RECORDS, RECORDS)
def test_which_of_two_comes_first_changes_no_verdict(first: Record, second: Record) -> None:
    one, other = explain(first, second), explain(second, first)
    assert (one.verdict, one.why) == (other.verdict, other.why)


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORDS, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_no_group(drawn: list[Record], chance: random.Random) -> None:
    records = [one._replace(id=f"r{number}") for number, one in enumerate(drawn)]
    shuffled = records.copy()
    chance.shuffle(shuffled)
    assert works(shuffled) == works(records)


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORDS.filter(lambda one: one.title or one.doi or (one.venue and one.pages)), max_size=10))
def test_a_list_with_itself_once_more_gives_the_same_works(drawn: list[Record]) -> None:
    records = [one._replace(id=f"r{number}") for number, one in enumerate(drawn)]
    twice = [*records, *(one._replace(id=f"{one.id}x") for one in records)]
    once = {frozenset(name for one in group for name in (one, f"{one}x")) for group in works(records)}
    assert works(twice) == once


def test_titles_made_to_stall_a_pattern_are_read_at_once() -> None:
    for text in ("." * 9999, "[" * 9999, "(" * 9999, "[a, " * 3000, "(" * 500 + ")" * 500, "<a " * 3000):
        start = time.process_time()
        explain(record("a", title=text, venue=text, pages=text), record("b", title=f"{text}x"))
        assert time.process_time() - start < 20


# What others labelled.


@pytest.mark.parametrize(
    ("name", "least"),
    # The best that was published for these sets is .9961, .9375 and .9968 (bib-dedupe 0.11, which was tuned on
    # them). Labels of haematology are partly wrong: errata and their articles are labelled the same. The rules
    # were written with the first three in view; stroke was kept from them and gave .9920 when first tried.
    [("cytology_screening", 0.988), ("haematology", 0.92), ("special_cases", 1.0), ("stroke", 0.988)],
)
def test_the_rules_agree_with_a_labelled_set(name: str, least: float) -> None:
    of = labelled(literature(f"dedup/{name}"))
    score = scored(of, find_matches(of.records).same)
    assert score.f1 >= least
    assert score.wrong == 0


def test_over_all_labelled_sets_f1_is_988_with_at_most_a_hundred_questions() -> None:
    alone, settled, asked = Score(0, 0, 0), Score(0, 0, 0), 0
    for name in SETS:
        of = labelled(literature(f"dedup/{name}"))
        found = find_matches(of.records)
        alone += scored(of, found.same)
        settled += scored(of, answered(of, found.same, found.ask))
        asked += len(found.ask)
    assert alone.f1 >= 0.988
    assert settled.f1 >= 0.994
    assert alone.wrong <= 1
    assert asked <= 100


def test_the_test_cases_of_others_come_out_as_they_say_or_are_asked() -> None:
    cases = json.loads(literature("dedup/test_cases.json").read_text(encoding="utf-8"))["cases"]
    asked = []
    for case in cases:
        found = explain(record_of(case["record_a"], "a"), record_of(case["record_b"], "b")).verdict
        if found == "ask":
            asked.append(case["id"])
        else:
            assert (found == "same") == case["expected_duplicate"], case["id"]
    assert len(cases) == 25
    assert len(asked) <= 4


def test_one_export_in_three_formats_is_fifty_works() -> None:
    names = ("wos_plaintext.txt", "wos_tab_delimited_win_utf8.txt", "wos_tab_delimited_win_utf16.txt")
    exports = [read_export(literature(f"wos/wosfile/{name}")) for name in names]
    records = [
        entry.record._replace(id=f"{number}-{place}")
        for number, export in enumerate(exports)
        for place, entry in enumerate(export.entries)
    ]
    assert len(records) == 150
    found = find_matches(records)
    assert len({*gathered([one.id for one in records], found.same).values()}) == 50
    assert found.ask == ()


@pytest.mark.parametrize(
    ("name", "merged"),
    # Looked through by hand: a conference paper listed under two session codes and a chapter listed under its
    # series; a record listed twice, and one journal spelled in two ways; records of nothing but one title
    # and one abstract.
    [
        ("ris/wostools/scopus.ris", 2),
        ("wos/bibliometrixData/scopusCollection.csv", 2),
        ("wos/wostools/bit-pattern-savedrecs.txt", 0),
        ("wos/bibliometrixData/scientometrics_text.txt", 0),
        ("springer/litstudy/springer_notebook.csv", 0),
        ("ieee/litstudy/ieee_1.csv", 0),
        ("scopus/litstudy/scopus.csv", 0),
        ("screening/Nagtegaal_2019.csv", 14),
    ],
)
def test_the_export_of_one_database_holds_hardly_any_duplicates(name: str, merged: int) -> None:
    records = [
        entry.record._replace(id=str(number))
        for number, entry in enumerate(read_export(literature(name)).entries)
    ]
    assert len(find_matches(records).same) == merged
