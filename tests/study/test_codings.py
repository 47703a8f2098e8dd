"""Codings, notes, adjudications and accepted findings: small decisions of their own rows."""

from __future__ import annotations

import polars as pl
import pytest

from constellary.errors import InputError, ProblemsFound, UnknownName
from constellary.study.acceptances import divided
from constellary.study.checks import Finding, run_checks
from constellary.study.frames import Frames
from constellary.study.study import Study


def coding(study: Study, alliance: str, coder: str) -> list[tuple[object, ...]]:
    codings = study.frames().codings
    return (
        codings.filter((pl.col("alliance") == alliance) & (pl.col("coder") == coder))
        .select("variable", "value", "sure")
        .rows()
    )


def test_a_coder_codes_by_value_or_label_and_may_be_unsure(airlines: Study) -> None:
    decision = airlines.codings.put(
        "a5",
        "third",
        {"purpose": "Cost", "depth": None, "routes": ["pacific", "atlantic"]},
        {"purpose": False, "depth": True},
        who="third",
    )
    assert decision is not None
    assert (decision.kind, decision.summary) == ("coding", "purpose, depth, routes of a5 coded by third")
    assert coding(airlines, "a5", "third") == [
        ("depth", None, True),
        ("purpose", "cost", False),
        ("routes", "pacific;atlantic", None),
    ]
    assert airlines.codings.put("a5", "third", {"routes": "pacific; atlantic"}, who="third") is None
    assert airlines.record("alliances", "a5").values["purpose"] is None  # a coding settles nothing


def test_codings_that_do_not_fit_are_all_told_and_none_is_kept(airlines: Study) -> None:
    with pytest.raises(ProblemsFound) as caught:
        airlines.codings.put("a5", "third", {"purpose": "x", "kind": "flag", "depth": "equity"}, who="third")
    assert [problem.column for problem in caught.value.problems] == ["purpose", "kind"]
    assert coding(airlines, "a5", "third") == []
    with pytest.raises(UnknownName, match="no alliance 'a9'"):
        airlines.codings.put("a9", "third", {"purpose": "cost"}, who="third")
    with pytest.raises(InputError, match="A coder has a name"):
        airlines.codings.put("a5", " ", {"purpose": "cost"}, who="third")


def test_codings_are_cleared_and_come_back(airlines: Study, tiny: Frames) -> None:
    assert airlines.codings.clear("a1", "first", ["depth"], who="first") is None
    assert airlines.codings.clear("a1", "first", who="first") is not None
    assert coding(airlines, "a1", "first") == []
    assert coding(airlines, "a1", "second") == [("purpose", "network", True)]
    airlines.history.undo(who="first")
    assert airlines.frames().codings.equals(tiny.codings)


def test_a_note_belongs_to_a_coder_and_an_alliance(airlines: Study) -> None:
    airlines.codings.note("a1", "first", "  see page 2 ")
    airlines.codings.note("a1", "second", "and page 3", who="ana")
    assert airlines.codings.note("a1", "first", "see page 2") is None
    assert [(note.coder, note.text) for note in airlines.codings.notes()] == [
        ("first", "see page 2"),
        ("second", "and page 3"),
    ]
    airlines.codings.note("a1", "first", "")
    assert airlines.codings.notes("first") == []
    airlines.history.undo(who="first")
    assert len(airlines.codings.notes("first")) == 1


def test_an_adjudication_is_the_alliances_own_value_too_in_one_decision(airlines: Study) -> None:
    before = airlines.history.latest()
    airlines.codings.adjudicate("a2", "purpose", "Loyalty", who="ana", why="the release says so")
    assert airlines.history.latest() == before + 1
    assert airlines.record("alliances", "a2").values["purpose"] == "loyalty"
    found = airlines.codings.adjudications()
    assert [(one.alliance, one.variable, one.value, one.who, one.why) for one in found] == [
        ("a2", "purpose", "loyalty", "ana", "the release says so")
    ]
    with pytest.raises(InputError, match="settled so already"):
        airlines.codings.adjudicate("a2", "purpose", "loyalty", who="ana", why="the release says so")
    airlines.codings.adjudicate("a2", "routes", ["pacific", "rail"], who="ana", why="map")
    assert airlines.record("alliances", "a2").values["routes"] == ("pacific", "rail")
    airlines.history.undo(who="ana")
    airlines.history.undo(who="ana")
    assert airlines.codings.adjudications() == []
    assert airlines.record("alliances", "a2").values["purpose"] == "network"


@pytest.mark.parametrize("why", ["", "  "])
def test_an_adjudication_needs_a_reason(airlines: Study, why: str) -> None:
    with pytest.raises(InputError, match="needs its reason"):
        airlines.codings.adjudicate("a2", "purpose", "cost", who="ana", why=why)


def test_a_finding_is_accepted_with_a_reason_and_the_acceptance_withdrawn(airlines: Study) -> None:
    findings = run_checks(airlines.frames())
    chosen = findings[0]
    with pytest.raises(InputError, match="Say why"):
        airlines.acceptances.accept(chosen, who="ana", why=" ")
    airlines.acceptances.accept(chosen, who="ana", why="so it was")
    still, accepted = divided(run_checks(airlines.frames()), airlines.acceptances.all())
    assert [(finding, one.who, one.why) for finding, one in accepted] == [(chosen, "ana", "so it was")]
    assert len(still) == len(findings) - 1
    with pytest.raises(InputError, match="accepted already"):
        airlines.acceptances.accept(chosen, who="ana", why="so it was")
    airlines.acceptances.withdraw(chosen.check, chosen.subject, who="ana")
    assert airlines.acceptances.all() == []
    with pytest.raises(InputError, match="no such acceptance"):
        airlines.acceptances.withdraw(chosen.check, chosen.subject, who="ana")
    airlines.history.undo(who="ana")
    assert len(airlines.acceptances.all()) == 1


def test_the_subject_of_a_finding_does_not_change_with_its_words(airlines: Study) -> None:
    one = Finding("no-source", "doubt", "a3 has no source.", ("a3",))
    assert one.subject == Finding("no-source", "error", "said otherwise", ("a3",)).subject
    found = [(finding.check, finding.subject) for finding in run_checks(airlines.frames())]
    assert len(found) == len(set(found))
