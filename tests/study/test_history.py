"""The history: any decision that stands alone can be taken back, and undo and redo lead there and back again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from constellary.errors import ConstellaryError, EditConflict, InputError
from constellary.study.codebook import Codebook
from constellary.study.frames import Frames
from constellary.study.present import Present
from constellary.study.schema import ENTITIES
from constellary.study.study import Study, create_study, open_study
from tests.study.conftest import batch_of


def test_one_decision_is_taken_back_alone_and_brought_back(airlines: Study) -> None:
    first = airlines.edit("alliances", "a1", {"purpose": "cost"}, who="ben").id
    airlines.edit("alliances", "a2", {"purpose": "cost"}, who="cleo")
    done = airlines.history.undo(who="ana", decision=first, why="misread")
    assert (done.kind, done.target, done.summary) == ("undo", first, f"undo of {first}: purpose of a1")
    assert airlines.record("alliances", "a1").values["purpose"] == "network"
    assert airlines.record("alliances", "a2").values["purpose"] == "cost"
    with pytest.raises(InputError, match="is taken back already"):
        airlines.history.undo(who="ana", decision=first)
    with pytest.raises(InputError, match="cannot be taken back itself"):
        airlines.history.undo(who="ana", decision=done.id)
    with pytest.raises(InputError, match="There is no decision 99"):
        airlines.history.undo(who="ana", decision=99)
    airlines.history.redo(who="ana", decision=first)
    assert airlines.record("alliances", "a1").values["purpose"] == "cost"
    with pytest.raises(InputError, match="is not taken back"):
        airlines.history.redo(who="ana", decision=first)


def test_what_a_later_decision_rests_on_is_not_taken_back_alone(airlines: Study) -> None:
    first = airlines.edit("alliances", "a1", {"purpose": "cost"}, who="ben").id
    second = airlines.edit("alliances", "a1", {"name": "Other"}, who="cleo").id
    with pytest.raises(EditConflict, match=f"decision {second} .name of a1, by cleo. came later") as caught:
        airlines.history.undo(who="ana", decision=first)
    assert caught.value.decision is not None
    assert caught.value.decision.id == second
    airlines.history.undo(who="ana", decision=second)
    airlines.history.undo(who="ana", decision=first)
    with pytest.raises(EditConflict, match="was changed meanwhile"):
        airlines.history.redo(who="ana", decision=second)


def test_an_undo_that_expects_another_decision_is_refused(airlines: Study) -> None:
    mine = airlines.edit("alliances", "a1", {"purpose": "cost"}, who="ben").id
    with open_study(airlines.path) as other:
        theirs = other.edit("firms", "Renfe", {"era": "old"}, who="cleo").id
    with pytest.raises(EditConflict, match="by cleo") as caught:
        airlines.history.undo(who="ben", expect=mine)
    assert caught.value.decision is not None
    assert caught.value.decision.id == theirs
    assert airlines.history.undo(who="ben", expect=theirs).target == theirs
    with pytest.raises(EditConflict, match="not the next to be brought back"):
        airlines.history.redo(who="ben", expect=mine)
    assert airlines.history.redo(who="ben", expect=theirs).target == theirs


def test_the_next_undo_and_redo_are_told_across_sessions(airlines: Study) -> None:
    airlines.edit("alliances", "a1", {"purpose": "cost"}, who="ben")
    with open_study(airlines.path) as other:
        following = other.history.next_undo()
        assert following is not None
        assert following.summary == "purpose of a1"
        assert other.history.next_redo() is None
        other.history.undo(who="cleo")
    again, before = airlines.history.next_redo(), airlines.history.next_undo()
    assert again is not None
    assert before is not None
    assert (again.id, again.undone, before.id) == (3, True, 2)
    assert airlines.history.latest() == 4


def test_a_passed_over_decision_can_be_brought_back_by_its_number(airlines: Study) -> None:
    airlines.edit("alliances", "a1", {"purpose": "cost"}, who="ben")
    airlines.history.undo(who="ben")
    airlines.edit("alliances", "a2", {"purpose": "cost"}, who="ben")
    assert airlines.history.next_redo() is None
    airlines.history.redo(who="ben", decision=3)
    assert airlines.record("alliances", "a1").values["purpose"] == "cost"
    following = airlines.history.next_undo()
    assert following is not None
    assert following.id == 3


def test_long_logs_are_read_in_pages(airlines: Study) -> None:
    for number in range(7):
        airlines.edit("alliances", "a1", {"name": f"Name {number}"}, who="ben" if number % 2 else "cleo")
    history = airlines.history
    assert [one.id for one in history.page(limit=3)] == [9, 8, 7]
    assert [one.id for one in history.page(limit=3, before=7)] == [6, 5, 4]
    assert [one.id for one in history.page(who="ben")] == [8, 6, 4]
    assert [one.id for one in history.page(kind="import")] == [2]
    assert history.people() == ["ana", "ben", "cleo", "constellary"]


def test_a_decision_is_shown_field_by_field_in_the_words_of_the_codebook(airlines: Study) -> None:
    airlines.edit_alliance(
        "a1", values={"purpose": "cost", "name": None}, partners=["Iberia", "Qantas"], who="ben"
    )
    detail = airlines.history.detail(3)
    assert detail.total == 3
    found = {
        (row.entity, *row.key, row.happened): [(f.label, f.before, f.after) for f in row.fields]
        for row in detail.rows
    }
    assert found == {
        ("alliance", "a1", "changed"): [("Name", "Alliance a1", None), ("Purpose", "Network", "Cost")],
        ("partner", "a1", "Finnair", "removed"): [("Position", "2", None)],
        ("partner", "a1", "Qantas", "added"): [("Position", None, "2")],
    }
    with pytest.raises(InputError, match="There is no decision 44"):
        airlines.history.detail(44)


def test_the_detail_of_a_large_decision_is_bounded(airlines: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("constellary.study.decision_detail.MOST_ROWS", 5)
    monkeypatch.setattr("constellary.study.decision_detail.LONGEST", 4)
    detail = airlines.history.detail(2)
    assert (len(detail.rows), detail.total) == (5, 37)
    shown = [field.after for row in detail.rows for field in row.fields if field.after]
    assert max(map(len, shown)) == 4


def test_an_import_that_was_worked_out_before_another_edit_is_worked_out_again(
    airlines: Study, tiny: Frames, monkeypatch: pytest.MonkeyPatch
) -> None:
    from constellary.study import taking

    plan = taking.plan
    calls: list[int] = []

    def slow(*arguments: Any) -> Any:
        if not calls:
            with open_study(airlines.path) as other:
                other.edit("alliances", "a1", {"purpose": "cost"}, who="cleo")
        calls.append(1)
        return plan(*arguments)

    monkeypatch.setattr(taking, "plan", slow)
    airlines.edit("alliances", "a2", {"purpose": "loyalty"}, who="ben")
    outcome = airlines.take(batch_of(tiny), who="ana")
    assert len(calls) == 2
    assert outcome.counts["alliances"].changed == 2  # what cleo changed meanwhile is seen, not lost
    airlines.history.undo(who="ana")
    assert airlines.record("alliances", "a1").values["purpose"] == "cost"


def test_frames_follow_what_others_decide_without_reading_all_again(
    airlines: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    from constellary.study import present

    airlines.frames()
    monkeypatch.setattr(present, "fetch", None)  # whoever reads a whole table fails
    with open_study(airlines.path) as other:
        other.edit_alliance(
            "a1",
            partners=["Qantas", "Iberia"],
            sources=[{"url": "https://example.org/z"}, {"url": "https://example.org/1"}],
            who="cleo",
        )
        other.rename_firm("Iberia", "IB", who="cleo")
        other.codings.clear("a2", "first", who="cleo")
        other.remove("a3", who="cleo")
    frames = airlines.frames()
    monkeypatch.undo()
    with open_study(airlines.path) as again:
        for table in ("alliances", "partners", "firms", "sources", "codings"):
            assert getattr(frames, table).equals(getattr(again.frames(), table))
    assert frames.partners.filter(pl.col("alliance") == "a1")["firm"].to_list() == ["Qantas", "IB"]


# ---- any order of commands ---------------------------------------------------------------------------------


ALLIANCES = st.sampled_from(["a1", "a2", "a3", "a4"])
FIRMS = st.sampled_from(["Iberia", "Finnair", "Qantas", "Ryanair", "Renfe", "IAG", "New"])
PURPOSES = st.sampled_from(["network", "cost", "loyalty", None])


def rows_of(study: Study) -> str:
    """Return every row under decisions, as one text."""
    with study._database.read() as connection:
        return json.dumps(
            {
                name: sorted(tuple(row) for row in connection.execute(sa.select(table)))
                for name, table in ENTITIES.items()
            },
            sort_keys=True,
            default=str,
        )


class Commands(RuleBasedStateMachine):
    """Every command of a study in any order, with undo and redo of any decision in between."""

    frames: Frames
    folder: Path
    number = 0

    @initialize()
    def begin(self) -> None:
        type(self).number += 1
        self.study = create_study(self.folder / f"{self.number}.study", self.frames.codebook)
        self.empty = rows_of(self.study)
        self.study.take(batch_of(self.frames), who="h")

    def attempt(self, call: Any, *arguments: Any, **more: Any) -> None:
        """Call; what is refused in words changes nothing."""
        before, latest = rows_of(self.study), self.study.history.latest()
        try:
            call(*arguments, **more)
        except ConstellaryError:
            assert rows_of(self.study) == before
            assert self.study.history.latest() == latest

    @rule(key=ALLIANCES, purpose=PURPOSES, partners=st.none() | st.lists(FIRMS, min_size=2, max_size=3))
    def edit_alliance(self, key: str, purpose: str | None, partners: list[str] | None) -> None:
        self.attempt(
            self.study.edit_alliance,
            key,
            values={"purpose": purpose},
            partners=partners,
            new_firms=True,
            who="h",
        )

    @rule(partners=st.lists(FIRMS, min_size=2, max_size=2))
    def add_alliance(self, partners: list[str]) -> None:
        self.attempt(self.study.add_alliance, {}, partners, new_firms=True, who="h")

    @rule(key=ALLIANCES)
    def remove(self, key: str) -> None:
        self.attempt(self.study.remove, key, who="h")

    @rule(one=FIRMS, other=FIRMS)
    def merge(self, one: str, other: str) -> None:
        self.attempt(self.study.merge, one, other, who="h")

    @rule(one=FIRMS, other=FIRMS)
    def rename(self, one: str, other: str) -> None:
        self.attempt(self.study.rename_firm, one, other, who="h")

    @rule(key=ALLIANCES, value=PURPOSES, settled=st.booleans())
    def code(self, key: str, value: str | None, settled: bool) -> None:
        if settled:
            self.attempt(self.study.codings.adjudicate, key, "purpose", value, who="h", why="so")
        else:
            self.attempt(self.study.codings.put, key, "first", {"purpose": value}, who="h")

    @rule(number=st.none() | st.integers(1, 12))
    def undo(self, number: int | None) -> None:
        self.attempt(self.study.history.undo, who="h", decision=number)

    @rule(number=st.none() | st.integers(1, 12))
    def redo(self, number: int | None) -> None:
        self.attempt(self.study.history.redo, who="h", decision=number)

    @precondition(lambda self: hasattr(self, "study"))
    @invariant()
    def what_is_next_is_what_stands_last(self) -> None:
        following = self.study.history.next_undo()
        assert following is None or not following.undone

    @precondition(lambda self: hasattr(self, "study"))
    @invariant()
    def what_is_kept_in_mind_is_what_the_file_holds(self) -> None:
        """The tables that are patched decision by decision are those that are read anew."""
        fresh = Present(self.study._database, self.frames.codebook).tables()
        kept = self.study._present.tables()
        assert all(kept[name].equals(fresh[name]) for name in fresh)

    def teardown(self) -> None:
        if not hasattr(self, "study"):
            return
        history, end, steps = self.study.history, rows_of(self.study), 0
        while history.next_undo() is not None:
            history.undo(who="h")
            steps += 1
        assert json.loads(rows_of(self.study)) == json.loads(self.empty)
        for _ in range(steps):
            history.redo(who="h")
        assert rows_of(self.study) == end
        with open_study(self.study.path) as again:  # the log, read anew, says the same
            assert [one.id for one in again.history.log() if one.undone] == [
                one.id for one in history.log() if one.undone
            ]
        self.study.close()
        self.study.path.unlink()


def test_undoing_all_leads_to_the_start_and_redoing_all_to_the_end(
    tmp_path: Path, tiny: Frames, tiny_book: Codebook
) -> None:
    assert tiny.codebook is tiny_book
    Commands.frames, Commands.folder = tiny, tmp_path
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Commands, settings=settings(max_examples=25, stateful_step_count=15, deadline=None)
    )
