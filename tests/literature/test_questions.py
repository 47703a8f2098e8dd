"""What is still to be decided about pairs of records, and how two are shown beside each other."""

from __future__ import annotations

from constellary.literature.questions import beside, questions
from constellary.literature.record import Name, Record
from constellary.literature.review import Match, Review


def asked(*matches: Match, names: str = "abcd") -> list[tuple[str, str]]:
    authors = (Name("Kim", "S."),)
    records = tuple(Record(title="Alliances of firms", authors=authors, id=name) for name in names)
    review = Review(records=records, matches=matches)
    return [(one.first.id, one.second.id) for one in questions(review)]


def ask(first: str, second: str) -> Match:
    return Match(first, second, "ask", "rules", "Not clear")


def same(first: str, second: str) -> Match:
    return Match(first, second, "same", "rules", "One")


def apart(first: str, second: str, who: str = "Bertha") -> Match:
    return Match(first, second, "apart", who, "")


def test_questions_come_in_the_order_of_intake() -> None:
    assert asked(ask("b", "d"), ask("a", "c")) == [("a", "c"), ("b", "d")]


def test_of_several_questions_between_two_works_the_first_is_asked() -> None:
    assert asked(ask("a", "c"), ask("b", "c"), same("a", "b")) == [("a", "c")]


def test_a_question_whose_records_are_of_one_work_is_settled() -> None:
    assert asked(ask("a", "c"), same("a", "b"), same("b", "c")) == []


def test_what_a_person_holds_apart_is_settled_for_the_whole_works() -> None:
    assert asked(ask("a", "c"), apart("b", "d"), same("a", "b"), same("c", "d")) == []
    assert asked(ask("a", "c"), apart("b", "d", "rules"), same("a", "b"), same("c", "d")) == [("a", "c")]


def test_a_record_torn_from_one_of_two_that_a_person_parted_is_asked_about_once() -> None:
    assert asked(ask("b", "c"), apart("a", "c"), same("a", "b")) == [("b", "c")]
    assert asked(ask("b", "d"), apart("a", "c"), apart("b", "c"), same("a", "b"), same("c", "d")) == []


def test_a_doubt_about_the_very_works_that_a_person_parted_is_settled() -> None:
    records = (
        Record(title="On batteries", id="a"),
        Record(title="On batteries", id="b"),
        Record(title="Cars", id="c"),
    )
    matches = (same("a", "b"), apart("a", "c"), ask("b", "c"))
    assert questions(Review(records=records, matches=matches)) == ()


def test_beside_each_other_stand_the_fields_that_either_tells() -> None:
    first = Record(
        title="Alliances", authors=(Name("Kim", "S."),), volume="12", pages="221-8", doi="10.1000/abcdef"
    )
    second = Record(title="ALLIANCES.", authors=(Name("Kim", "Sun"),), volume="13", pages="221-228")
    assert [(line.field, line.agreement) for line in beside(first, second)] == [
        ("title", "same"),
        ("authors", "same"),
        ("volume", "differs"),
        ("pages", "same"),
        ("doi", "one"),
        ("type", "same"),
    ]
