"""Editing by hand: one decision each, held to the codebook, all problems at once, conflicts told."""

from __future__ import annotations

import polars as pl
import pytest

from constellary.errors import EditConflict, InputError, ProblemsFound, UnknownName
from constellary.study.editing_alliance import next_id
from constellary.study.frames import Frames
from constellary.study.study import Study, open_study


def test_a_record_is_an_alliance_with_its_partners_and_sources(airlines: Study) -> None:
    record = airlines.record("alliances", "a1")
    assert record.values["purpose"] == "network"
    assert record.values["routes"] == ("atlantic",)
    assert "id" not in record.values
    assert "year" not in record.values
    assert record.partners == ("Iberia", "Finnair")
    assert [source.url for source in record.sources] == ["https://example.org/1", "https://example.com/1"]
    assert airlines.record("firms", "Iberia").values["aliases"] == ("IB",)
    with pytest.raises(UnknownName, match="Did you mean Iberia"):
        airlines.record("firms", "Ibera")


def test_a_revision_changes_with_anything_of_the_record_and_with_nothing_else(airlines: Study) -> None:
    seen = [airlines.record("alliances", "a1").revision]
    airlines.edit("alliances", "a2", {"name": "Other"}, who="ben")
    assert airlines.record("alliances", "a1").revision == seen[0]
    for change in (
        {"values": {"name": "Renamed"}},
        {"partners": ["Finnair", "Iberia"]},
        {"sources": [{"url": "https://example.org/new"}]},
    ):
        airlines.edit_alliance("a1", who="ben", **change)
        seen.append(airlines.record("alliances", "a1").revision)
    assert len(set(seen)) == 4
    for _ in range(3):
        airlines.history.undo(who="ben")
        seen.pop()
        assert airlines.record("alliances", "a1").revision == seen[-1]


def test_fields_partners_and_sources_are_one_decision(airlines: Study, tiny: Frames) -> None:
    decision = airlines.edit_alliance(
        "a1",
        values={"purpose": "Cost", "routes": ["pacific", "pacific"], "depth": None},
        partners=["Newcomer", "Iberia"],
        sources=[
            {"url": "https://example.com/1", "publisher": "Named", "published": "2019-06"},
            {"url": "https://example.org/1"},
            {"url": "", "publisher": ""},
        ],
        new_firms=True,
        who="ben",
        why="read again",
    )
    assert decision.summary == "purpose, routes, depth, partners, sources of a1"
    record = airlines.record("alliances", "a1")
    assert (record.values["purpose"], record.values["routes"]) == ("cost", ("pacific",))
    assert record.values["depth"] is None
    assert record.partners == ("Newcomer", "Iberia")
    assert [(one.url, one.publisher) for one in record.sources] == [
        ("https://example.com/1", "Named"),
        ("https://example.org/1", None),
    ]
    assert "Newcomer" in airlines.frames().firms["firm"]
    airlines.history.undo(who="ben")
    assert airlines.frames().firms.equals(tiny.firms)
    assert airlines.frames().sources.equals(tiny.sources)


def test_all_problems_are_told_at_once_each_with_its_field(airlines: Study) -> None:
    before = airlines.history.latest()
    with pytest.raises(ProblemsFound) as caught:
        airlines.edit_alliance(
            "a1",
            values={"purpose": "profit", "announced": "May 2021", "colour": "red"},
            partners=["Iberia", "Iberia", "Nobody"],
            sources=[{"url": "javascript:alert(1)"}, {"url": "https://example.org/", "published": "soon"}],
            who="ben",
        )
    found = [(problem.column, problem.row) for problem in caught.value.problems]
    assert found == [
        ("purpose", None),
        ("announced", None),
        ("colour", None),
        ("partners", None),
        ("partners", None),
        ("sources", 1),
        ("sources", 2),
    ]
    assert airlines.history.latest() == before


def test_an_edit_that_changes_nothing_is_no_decision(airlines: Study) -> None:
    record = airlines.record("alliances", "a2")
    with pytest.raises(InputError, match="nothing would change"):
        airlines.edit_alliance(
            "a2",
            values=record.values,
            partners=record.partners,
            sources=[{"url": one.url, "published": one.published} for one in record.sources],
            who="ben",
        )


def test_of_two_edits_of_one_revision_the_second_is_told_who_was_first(airlines: Study) -> None:
    mine = airlines.record("alliances", "a1").revision
    with open_study(airlines.path) as other:
        other.edit_alliance(
            "a1", partners=["Iberia", "Qantas"], who="cleo", why="press release", revision=mine
        )
    with pytest.raises(EditConflict, match=r"meanwhile by cleo \(decision 3: partners of a1\)") as caught:
        airlines.edit_alliance("a1", values={"name": "Mine"}, who="ben", revision=mine)
    assert caught.value.record is not None
    assert caught.value.record.partners == ("Iberia", "Qantas")
    assert caught.value.decision is not None
    assert (caught.value.decision.who, caught.value.decision.why) == ("cleo", "press release")
    airlines.edit_alliance("a1", values={"name": "Mine"}, who="ben", revision=caught.value.record.revision)
    airlines.remove("a1", who="cleo")
    with pytest.raises(EditConflict, match="taken out of the study meanwhile by cleo") as gone:
        airlines.edit_alliance("a1", values={"name": "x"}, who="ben", revision=mine)
    assert gone.value.record is None


def test_an_edit_that_rests_on_a_row_changed_meanwhile_writes_nothing(
    airlines: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = airlines.history.record

    def slow(*arguments: object, **more: object) -> object:
        with open_study(airlines.path) as other:
            other.edit("alliances", "a1", {"name": "Theirs"}, who="cleo")
        return record(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(airlines.history, "record", slow)
    with pytest.raises(EditConflict, match="a1: was changed meanwhile by cleo") as caught:
        airlines.edit("alliances", "a1", {"name": "Mine"}, who="ben")
    assert caught.value.record is not None
    assert caught.value.record.values["name"] == "Theirs"
    assert airlines.history.latest() == 3


def test_a_new_alliance_gets_the_next_id_and_brings_new_firms_only_when_told(airlines: Study) -> None:
    with pytest.raises(ProblemsFound, match="There is no firm 'Newcomer' yet"):
        airlines.add_alliance({}, ["Iberia", "Newcomer"], who="ben")
    key = airlines.add_alliance(
        {"name": "New", "purpose": "cost"},
        ["Iberia", "Newcomer"],
        [{"url": "https://example.org/n"}],
        new_firms=True,
        who="ben",
    )
    assert key == "a7"
    assert airlines.record("alliances", "a7").partners == ("Iberia", "Newcomer")
    with pytest.raises(ProblemsFound) as caught:
        airlines.add_alliance({"purpose": "x"}, ["Iberia"], id="a1", who="ben")
    assert [problem.column for problem in caught.value.problems] == ["id", "purpose", "partners"]


def test_fresh_ids_follow_the_pattern_of_the_study() -> None:
    assert next_id(["siro-2020", "abc-2021", "x"]) == "alliance-1"
    assert next_id(["alliance-1", "b", "c", "d"]) == "alliance-2"
    assert next_id(["9", "10"]) == "11"


def test_a_firm_is_added_edited_and_renamed_with_all_that_names_it(airlines: Study, tiny: Frames) -> None:
    airlines.add_firm("Vueling", {"parent": "IAG", "kind": "Low cost"}, who="ben")
    airlines.edit_firm("Vueling", {"era": "new", "aliases": ["VY"]}, who="ben")
    airlines.rename_firm("IAG", "International Airlines Group", who="ben", why="its full name")
    airlines.rename_firm("Iberia", "IB", who="ben")
    frames = airlines.frames()
    row = frames.firms.filter(pl.col("firm") == "IB").row(0, named=True)
    assert (row["aliases"], row["parent"], row["kind"]) == (
        ["Iberia"],
        "International Airlines Group",
        "flag",
    )
    assert frames.partners.filter(pl.col("firm") == "IB").height == 4
    assert "Iberia" not in frames.partners["firm"]
    assert airlines.record("firms", "Vueling").values["parent"] == "International Airlines Group"
    for _ in range(4):
        airlines.history.undo(who="ben")
    assert airlines.frames().firms.equals(tiny.firms)
    assert airlines.frames().partners.equals(tiny.partners)


@pytest.mark.parametrize(
    ("name", "values", "column"),
    [
        ("Iberia", {}, "firm"),
        (" ", {}, "firm"),
        ("a\nb", {}, "firm"),
        ("Vueling", {"kind": "zeppelin"}, "kind"),
        ("Vueling", {"parent": "Vueling"}, "parent"),
    ],
)
def test_a_new_firm_that_does_not_fit_is_refused(
    airlines: Study, name: str, values: dict[str, object], column: str
) -> None:
    with pytest.raises(ProblemsFound) as caught:
        airlines.add_firm(name, values, who="ben")
    assert [problem.column for problem in caught.value.problems] == [column]


def test_firms_do_not_own_each_other_in_a_circle(airlines: Study) -> None:
    with pytest.raises(ProblemsFound, match="circle"):
        airlines.edit_firm("IAG", {"parent": "Iberia"}, who="ben")


def test_an_alliance_takes_its_judgements_with_it_and_brings_them_back(airlines: Study) -> None:
    airlines.codings.note("a2", "first", "unsure", who="first")
    airlines.codings.adjudicate("a2", "purpose", "cost", who="ana", why="page 2")
    airlines.remove("a2", who="ben")
    assert airlines.codings.notes() == []
    assert airlines.codings.adjudications() == []
    airlines.history.undo(who="ben")
    assert len(airlines.codings.notes()) == len(airlines.codings.adjudications()) == 1
