"""`constellary screen`: keys from a pipe, blind to others, each decision written at once."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from constellary.exchange.bibliography.export import Entry, Export
from constellary.literature.record import Name, Record
from constellary.literature.review import Review
from constellary.literature.screening import standings
from constellary.study.study import open_study
from tests.cli.conftest import Call

PLAN = """
include = ["It is about alliances."]
terms = ["allianc*"]
[[stage]]
name = "title"
label = "Title and abstract"
question = "May it be about alliances?"
screeners = 2
reasons = [{ name = "topic", label = "Other topic" }, { name = "kind", label = "Other kind" }]
"""


@pytest.fixture
def study(call: Call, tmp_path: Path) -> Path:
    path = tmp_path / "review.study"
    assert call("new", path).code == 0
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN, encoding="utf-8")
    assert call("protocol", path, "--set", plan).code == 0
    entries = tuple(
        Entry(
            Record(
                title=f"Work {at} on alliances",
                authors=(Name("Vallejo", "B."),),
                year=2020,
                doi=f"10.1/{at}",
                abstract="Firms ally.\x1b[2J\nThey do." if at == 0 else None,
                accession=f"W{at}",
                database="Web of Science",
                line=at + 1,
            ),
            (("UT", f"W{at}"),),
        )
        for at in range(4)
    )
    with open_study(path) as found:
        found.literature.take([Export("a.txt", "RIS", None, entries)], who="tester")
    return path


class Typing:
    """Runs `screen` with keys on standard input."""

    def __init__(self, call: Call, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.call, self.study, self.patch = call, study, monkeypatch

    def __call__(self, keys: str, *options: str) -> str:
        self.patch.setattr("sys.stdin", io.StringIO(keys))
        done = self.call("screen", self.study, *options)
        assert done.code == 0, done.err
        return done.out

    def review(self) -> Review:
        with open_study(self.study, read_only=True) as found:
            return found.literature.review()

    def verdicts(self, who: str) -> list[tuple[str, str | None]]:
        found = {one.record: one for one in self.review().screenings if one.screener == who}
        return [
            (found[one.id].verdict, found[one.id].reason) for one in self.review().records if one.id in found
        ]


@pytest.fixture
def typing(call: Call, study: Path, monkeypatch: pytest.MonkeyPatch) -> Typing:
    return Typing(call, study, monkeypatch)


def test_one_key_decides_and_a_digit_gives_the_reason(typing: Typing) -> None:
    out = typing("ie2m", "--who", "ann")
    assert typing.verdicts("ann") == [("include", None), ("exclude", "kind"), ("maybe", None)]
    assert "3 decided now; 1 left for ann." in out
    assert "Work 0 on alliances" in out
    assert "- It is about alliances." in out
    assert "2 Other kind" in out


def test_text_of_a_file_cannot_move_the_cursor(typing: Typing) -> None:
    out = typing("q", "--who", "ann")
    assert "Firms ally." in out
    assert "\x1b[2J" not in out


def test_one_may_go_back_skip_note_and_ask_for_help(typing: Typing) -> None:
    out = typing("iue1nRead the appendix.\nsmx?q", "--who", "ann")
    # The first was included, taken back and excluded; the second got a note and was skipped; the third is a maybe.
    assert typing.verdicts("ann") == [("exclude", "topic"), ("maybe", None)]
    assert [one.text for one in typing.review().notes] == ["Read the appendix."]
    assert "takes its verdict out" in out


def test_a_wrong_key_for_the_reason_asks_again_and_u_leaves_the_exclusion(typing: Typing) -> None:
    typing("e9zu" + "i", "--who", "ann")
    assert typing.verdicts("ann") == [("include", None)]


def test_what_is_decided_is_written_when_one_is_interrupted(
    typing: Typing, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = iter("ii")

    def key() -> str:
        found = next(keys, "")
        if not found:
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr("constellary.cli.screening_desk.read_key", key)
    assert typing.call("screen", typing.study, "--who", "ann").code == 130
    assert len(typing.verdicts("ann")) == 2


def test_screeners_do_not_see_each_other_and_conflicts_are_resolved_with_a_reason(typing: Typing) -> None:
    typing("iiii", "--who", "ann")
    out = typing("e1iii", "--who", "bob")
    assert "ann" not in out
    assert "0 of 4 decided" in out
    shown = typing("e1It is on airlines.\n", "--conflicts", "--who", "cleo")
    assert "ann said include" in shown
    assert "bob said exclude: Other topic" in shown
    assert "1 resolved; 0 left." in shown
    (resolution,) = typing.review().resolutions
    assert (resolution.verdict, resolution.reason, resolution.why) == (
        "exclude",
        "topic",
        "It is on airlines.",
    )


def test_a_resolution_without_a_reason_is_not_kept(typing: Typing) -> None:
    typing("iiii", "--who", "ann")
    typing("e1iii", "--who", "bob")
    shown = typing("i\nq", "--conflicts", "--who", "cleo")
    assert "a resolution needs its reason" in shown
    assert not typing.review().resolutions


def test_the_state_and_the_agreement_are_shown(typing: Typing) -> None:
    typing("iiii", "--who", "ann")
    typing("e1ie2i", "--who", "bob")
    said = json.loads(typing("", "--list", "--format", "json"))
    assert said["stages"] == [
        {
            "stage": "title",
            "label": "Title and abstract",
            "screeners": 2,
            "works": 4,
            "open": 0,
            "conflict": 2,
        }
        | {"excluded": 0, "included": 2}
    ]
    assert [(one["screener"], one["decided"]) for one in said["screeners"]] == [("ann", 4), ("bob", 4)]
    assert "50.0%" in typing("", "--agreement")


def test_verdicts_come_from_a_spreadsheet_as_one_entry(typing: Typing, tmp_path: Path) -> None:
    names = [one.id for one in typing.review().records]
    table = tmp_path / "verdicts.csv"
    table.write_text(
        f"record;verdict;reason\n{names[0]};Included;\nhttps://doi.org/10.1/1;exclude;Other kind\n{names[2]};maybe;\n",
        encoding="utf-8",
    )
    assert "3 verdicts at 'Title and abstract' by bob" in typing("", "--from", str(table), "--who", "bob")
    assert typing.verdicts("bob") == [("include", None), ("exclude", "kind"), ("maybe", None)]
    assert "nothing was changed" in typing("", "--from", str(table), "--who", "bob")
    with open_study(typing.study, read_only=True) as found:
        assert found.history.log()[-1].summary.startswith("3 records screened")


def test_a_spreadsheet_with_mistakes_changes_nothing_and_all_are_named(
    typing: Typing, tmp_path: Path
) -> None:
    names = [one.id for one in typing.review().records]
    table = tmp_path / "verdicts.csv"
    table.write_text(
        f"record,verdict,reason\nnobody,include,\n{names[0]},perhaps,\n{names[1]},exclude,\n"
        f"{names[2]},exclude,tpic\n{names[3]},include,\n{names[3]},include,\n",
        encoding="utf-8",
    )
    done = typing.call("screen", typing.study, "--from", table, "--who", "bob")
    assert done.code == 1
    for part in (
        "id or DOI 'nobody'",
        "'perhaps' is no verdict",
        "needs its reason",
        "Did you mean topic",
        "decided twice",
    ):
        assert part in done.err
    assert not typing.review().screenings


def test_nothing_left_says_what_to_do_next(typing: Typing) -> None:
    typing("iiii", "--who", "ann")
    assert "Nothing waits for you" in typing("", "--who", "ann")
    typing("iiii", "--who", "bob")
    assert {one.outcome for one in standings(typing.review())} == {"included"}


def test_a_long_queue_is_put_in_the_order_that_is_learnt_from_what_is_decided(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.study"
    assert call("new", path).code == 0
    entries = tuple(
        Entry(
            Record(
                title=f"{'Alliances of car makers' if at % 50 == 7 else 'Growth of cells in plants'} {at}",
                accession=f"W{at}",
                database="Web of Science",
                line=at + 1,
            ),
            (("UT", f"W{at}"),),
        )
        for at in range(510)
    )
    with open_study(path) as found:
        found.literature.take([Export("a.txt", "RIS", None, entries)], who="tester")
    typing = Typing(call, path, monkeypatch)
    # The eighth is the first on alliances; what follows the tenth decision is in the order learnt from it.
    out = typing("eeeeeee" + "i" + "ee" + "q", "--who", "ann")
    assert out.rstrip().endswith("10 decided now; 500 left for ann.")
    last = out[out.rindex("10 of 510 decided") :]
    assert "Alliances of car makers 57" in last
    plain = typing("q", "--who", "ann", "--no-rank")
    assert "Growth of cells in plants 10" in plain
