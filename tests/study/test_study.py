"""The study file: what goes in comes out, every change can be undone, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from constellary.errors import InputError, StudyError, UnknownName
from constellary.study.batch import Batch
from constellary.study.codebook import Codebook
from constellary.study.derive import table_schema
from constellary.study.frames import Frames
from constellary.study.history import RowChange
from constellary.study.migrations import MIGRATIONS, Migration, migrate
from constellary.study.schema import APPLICATION_ID, ENTITIES, SCHEMA_VERSION, metadata
from constellary.study.study import Study, create_study, open_study

NEXT = SCHEMA_VERSION + 1


def batch_of(frames: Frames) -> Batch:
    entered = list(table_schema(frames.codebook, "alliances"))
    firms = list(table_schema(frames.codebook, "firms"))
    return Batch(
        frames.alliances.select(entered),
        frames.partners,
        frames.firms.select(firms),
        frames.sources,
        frames.codings,
    )


def same(first: Frames, second: Frames) -> bool:
    return all(
        getattr(first, name).equals(getattr(second, name))
        for name in ("alliances", "partners", "firms", "sources", "codings")
    )


@pytest.fixture
def study(tmp_path: Path, tiny: Frames) -> Iterator[Study]:
    made = create_study(tmp_path / "tiny.study", tiny.codebook)
    made.take(batch_of(tiny), who="ana", why="first import", summary="six alliances")
    yield made
    made.close()


def test_what_was_taken_in_is_what_is_read(study: Study, tiny: Frames) -> None:
    assert same(study.frames(), tiny)


def test_the_open_data_go_in_and_come_out_equal(tmp_path: Path, automotive: Frames) -> None:
    with create_study(tmp_path / "automotive.study", automotive.codebook) as made:
        made.take(batch_of(automotive), who="ana")
    with open_study(tmp_path / "automotive.study", read_only=True) as again:
        assert same(again.frames(), automotive)


def test_taking_the_same_batch_twice_changes_nothing(study: Study, tiny: Frames) -> None:
    outcome = study.take(batch_of(tiny), who="ana")
    assert outcome.decision is None
    assert {count.added + count.changed + count.removed for count in outcome.counts.values()} == {0}


def test_columns_that_a_batch_does_not_have_stay(study: Study) -> None:
    study.take(Batch(alliances=pl.DataFrame({"id": ["a1"], "purpose": ["cost"]})), who="ana")
    row = study.frames().alliances.row(0, named=True)
    assert (row["purpose"], row["name"], row["depth"]) == ("cost", "Alliance a1", "codeshare")


def test_the_partners_of_an_alliance_are_replaced_as_a_whole(study: Study) -> None:
    partners = pl.DataFrame({"alliance": ["a2", "a2"], "firm": ["Iberia", "Newcomer"], "position": [1, 2]})
    outcome = study.take(Batch(partners=partners), who="ana")
    frames = study.frames(where="id = a2")
    assert frames.partners["firm"].to_list() == ["Iberia", "Newcomer"]
    assert "Newcomer" in frames.firms["firm"]
    assert (outcome.counts["partners"].added, outcome.counts["partners"].removed) == (1, 2)


def test_undo_and_redo_go_back_and_forth_over_imports_and_edits(study: Study, tiny: Frames) -> None:
    study.edit("alliances", "a1", {"purpose": "cost", "routes": ["pacific"]}, who="ben", why="misread")
    edited = study.frames()
    assert edited.alliances.row(0, named=True)["routes"] == ["pacific"]
    study.history.undo(who="ana", why="it was right")
    assert same(study.frames(), tiny)
    study.history.undo(who="ana")
    assert study.frames().alliances.is_empty()
    with pytest.raises(InputError, match="nothing to undo"):
        study.history.undo(who="ana")
    study.history.redo(who="ana")
    assert same(study.frames(), tiny)
    study.history.redo(who="ana")
    assert same(study.frames(), edited)
    with pytest.raises(InputError, match="nothing to redo"):
        study.history.redo(who="ana")


def test_a_new_decision_ends_what_could_be_redone(study: Study) -> None:
    study.edit("alliances", "a1", {"purpose": "cost"}, who="ben")
    study.history.undo(who="ben")
    study.edit("alliances", "a1", {"purpose": "loyalty"}, who="ben")
    with pytest.raises(InputError, match="nothing to redo"):
        study.history.redo(who="ben")
    assert [(entry.kind, entry.undone) for entry in study.history.log()] == [
        ("new", False),
        ("import", False),
        ("edit", True),
        ("undo", False),
        ("edit", False),
    ]


def test_the_log_says_who_when_and_why(study: Study) -> None:
    entry = study.history.log()[1]
    assert (entry.who, entry.why, entry.summary, entry.kind) == (
        "ana",
        "first import",
        "six alliances",
        "import",
    )
    assert entry.at.endswith("+00:00")


def test_a_row_knows_its_history(study: Study) -> None:
    study.edit("alliances", "a1", {"name": "Renamed"}, who="ben", why="typo")
    story = study.history.of_row("alliance", ["a1"])
    assert [decision.kind for decision, _ in story] == ["import", "edit"]
    before, after = story[1][1].before, story[1][1].after
    assert before is not None
    assert after is not None
    assert (before[1], after[1]) == ("Alliance a1", "Renamed")


@pytest.mark.parametrize(
    ("table", "key", "values", "said"),
    [
        ("alliances", "a1", {"purpose": "profit"}, "no category of 'purpose'"),
        ("alliances", "a1", {"announced": "05/2021"}, "a date is written"),
        ("alliances", "a1", {"routes": "atlantic"}, "takes a list"),
        ("alliances", "a1", {"routes": ["a;b"]}, "';' separates"),
        ("alliances", "a1", {"purpose": "network"}, "nothing would change"),
        ("alliances", "a1", {"year": "2020"}, "no field to edit 'year'"),
        ("alliances", "a9", {"name": "x"}, "no alliance 'a9'"),
        ("firms", "Iberia", {"kind": 3}, "takes a text"),
        ("sources", "a1", {"url": "x"}, "no table to edit"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused_and_changes_nothing(
    study: Study, tiny: Frames, table: str, key: str, values: dict[str, object], said: str
) -> None:
    with pytest.raises((InputError, UnknownName), match=said):
        study.edit(table, key, values, who="ben")
    assert same(study.frames(), tiny)


def test_positions_of_sources_stay_when_more_come(study: Study) -> None:
    more = pl.DataFrame(
        {
            "alliance": ["a1", "a1"],
            "url": ["https://example.net/3", "https://example.com/1"],
            "publisher": ["New", "Changed"],
            "published": [None, None],
        }
    )
    study.take(Batch(sources=more), who="ana")
    assert study.frames(where="id = a1").sources["url"].to_list() == [
        "https://example.org/1",
        "https://example.com/1",
        "https://example.net/3",
    ]


def test_settings_are_decisions_too(study: Study) -> None:
    study.set("published", "title = 'x'", who="ana", summary="published values")
    assert study.setting("published") == "title = 'x'"
    study.history.undo(who="ana")
    assert study.setting("published") is None


def test_layouts_are_kept(study: Study) -> None:
    study.layouts.put("abc", {"Iberia": (0.5, -1.25)})
    assert study.layouts.get("abc") == {"Iberia": (0.5, -1.25)}
    assert study.layouts.get("other") is None


# ---- the file ----------------------------------------------------------------------------------------


def test_the_file_says_what_it_is_and_every_table_is_strict(study: Study) -> None:
    study.close()
    with sqlite3.connect(study.path) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert raw.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        strict = dict(
            raw.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
        )
        assert raw.execute("SELECT version, name FROM migration").fetchall() == [
            (step.version, step.name) for step in MIGRATIONS
        ]
    raw.close()
    assert {name: strict[name] for name in metadata.tables} == dict.fromkeys(metadata.tables, 1)


def test_one_file_is_all_there_is_after_closing(study: Study) -> None:
    study.close()
    assert [path.name for path in study.path.parent.iterdir()] == ["tiny.study"]


def test_writing_is_durable_and_logged_ahead(study: Study) -> None:
    with study._database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2  # FULL


def test_a_number_of_numpy_is_refused_and_not_stored_as_bytes(study: Study) -> None:
    with pytest.raises(sa.exc.SQLAlchemyError), study._database.write() as connection:
        connection.exec_driver_sql("INSERT INTO partner VALUES ('a1', 'x', ?)", (np.int64(3),))


def test_an_error_inside_a_write_leaves_the_study_as_it_was(study: Study, tiny: Frames) -> None:
    class Stop(Exception):
        pass

    def begin_and_stop() -> None:
        with study._database.write() as connection:
            connection.exec_driver_sql("DELETE FROM partner")
            raise Stop

    with pytest.raises(Stop):
        begin_and_stop()
    assert same(study.frames(), tiny)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not a study file"),
        (b"id,name\n", "is not a study file"),
        (b"SQLite format 3\x00" + b"\x00" * 200, "damaged|not a Constellary study"),
    ],
)
def test_a_file_that_is_no_study_is_refused_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x.study"
    path.write_bytes(content)
    with pytest.raises(StudyError, match=said):
        open_study(path)
    assert path.read_bytes() == content


def test_an_absent_study_and_a_foreign_database_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="there is no such study"):
        open_study(tmp_path / "absent.study")
    with sqlite3.connect(tmp_path / "other.db") as raw:
        raw.execute("CREATE TABLE t (a)")
    raw.close()
    with pytest.raises(StudyError, match="not a Constellary study"):
        open_study(tmp_path / "other.db")
    with pytest.raises(StudyError, match="is a folder"):
        open_study(tmp_path)


def test_a_study_of_a_newer_version_is_refused(study: Study) -> None:
    study.close()
    with sqlite3.connect(study.path) as raw:
        raw.execute("PRAGMA user_version = 99")
    raw.close()
    with pytest.raises(StudyError, match="newer Constellary"):
        open_study(study.path)


def test_a_new_study_does_not_replace_what_is_there(study: Study, tiny_book: Codebook) -> None:
    with pytest.raises(InputError, match="is already there"):
        create_study(study.path, tiny_book)
    with pytest.raises(InputError, match="no such folder"):
        create_study(study.path.parent / "absent" / "x.study", tiny_book)


def test_a_migration_keeps_a_copy_and_is_recorded(study: Study, tiny: Frames) -> None:
    def add_column(connection: sa.Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE extra (a TEXT) STRICT")

    kept = migrate(study._database, (*MIGRATIONS, Migration(NEXT, "extra table", add_column)))
    assert kept is not None
    assert kept.name == f"tiny.study.v{SCHEMA_VERSION}.bak"
    assert study._database.version == NEXT
    with sqlite3.connect(kept) as raw:
        assert raw.execute("SELECT count(*) FROM alliance").fetchone() == (6,)
        assert raw.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    raw.close()
    with study._database.read() as connection:
        steps = connection.exec_driver_sql("SELECT version, name FROM migration ORDER BY version").fetchall()
    assert [tuple(step) for step in steps][-1] == (NEXT, "extra table")


def test_a_migration_that_fails_leaves_the_old_file(study: Study, tiny: Frames) -> None:
    def fail(connection: sa.Connection) -> None:
        connection.exec_driver_sql("DROP TABLE partner")
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        migrate(study._database, (*MIGRATIONS, Migration(NEXT, "bad", fail)))
    assert study._database.version == SCHEMA_VERSION
    assert same(study.frames(), tiny)


def test_what_was_acknowledged_survives_the_end_of_the_process(study: Study) -> None:
    study.close()
    script = textwrap.dedent(f"""
        from pathlib import Path
        from constellary.study.study import open_study
        study = open_study(Path({str(study.path)!r}))
        for number in range(100_000):
            study.edit("alliances", "a1", {{"name": f"name {{number}}"}}, who="kill")
            print(number, flush=True)
    """)
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _ in range(20):
        line = process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    rest = process.stdout.read().split()
    process.wait()
    process.stdout.close()
    acknowledged = int(rest[-1]) if rest else int(line)
    with open_study(study.path) as again:
        name = again.frames(where="id = a1").alliances["name"][0]
        assert int(name.split()[1]) in (acknowledged, acknowledged + 1)
        assert len(again.history.log()) - 3 in (acknowledged, acknowledged + 1)


def test_opening_and_closing_leaves_no_file_open(study: Study) -> None:
    study.close()
    folder = Path("/proc/self/fd")
    if not folder.exists():
        pytest.skip("counts open files by /proc, which this system does not have")
    before = len(list(folder.iterdir()))
    for _ in range(20):
        with open_study(study.path) as again:
            again.frames()
    assert len(list(folder.iterdir())) <= before  # fewer where an earlier test left one to the collector


names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(rows=st.dictionaries(names, st.tuples(names, st.none() | names), min_size=1, max_size=5))
def test_any_text_goes_in_and_out_and_undo_takes_it_back(
    tmp_path_factory: pytest.TempPathFactory, tiny_book: Codebook, rows: dict[str, tuple[str, str | None]]
) -> None:
    with create_study(tmp_path_factory.mktemp("any") / "any.study", tiny_book) as made:
        frame = pl.DataFrame(
            [(key, name, tag) for key, (name, tag) in rows.items()],
            schema=["id", "name", "routes"],
            orient="row",
            schema_overrides={"routes": pl.String},
        )
        frame = frame.with_columns(
            pl.col("routes").map_elements(lambda tag: [tag], return_dtype=pl.List(pl.String))
        )
        made.take(Batch(alliances=frame), who="h")
        back = made.frames().alliances.select("id", "name", "routes")
        assert back.equals(frame.sort("id"))
        made.history.undo(who="h")
        assert made.frames().alliances.is_empty()


def test_the_tables_under_decisions_are_these() -> None:
    assert sorted(ENTITIES) == [
        "acceptance",
        "adjudication",
        "alliance",
        "choice",
        "coding",
        "firm",
        "match",
        "note",
        "partner",
        "passage",
        "record",
        "record_note",
        "resolution",
        "screening",
        "setting",
        "source",
    ]


def test_a_change_without_a_row_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="before or after"):
        _ = RowChange(None, None).row


def test_a_merge_makes_one_firm_of_two_and_can_be_undone(study: Study, tiny: Frames) -> None:
    study.merge("Ryanair", "Iberia", who="ana", why="example")
    frames = study.frames()
    assert "Ryanair" not in frames.firms["firm"]
    row = frames.firms.filter(pl.col("firm") == "Iberia").row(0, named=True)
    assert row["aliases"] == ["IB", "Ryanair"]
    assert (row["kind"], row["era"]) == ("flag", "old")  # what the target has stays
    members = dict(frames.partners.group_by("alliance").agg(pl.col("firm").sort()).iter_rows())
    assert members["a3"] == ["Iberia", "Renfe"]
    assert members["a6"] == ["Iberia"]  # both were partners: the target stays once
    study.history.undo(who="ana")
    assert same(study.frames(), tiny)


def test_firms_that_the_merged_one_owns_go_with_it(study: Study) -> None:
    study.merge("IAG", "Qantas", who="ana")
    assert study.frames().firms.filter(pl.col("firm") == "Iberia")["parent"].to_list() == ["Qantas"]
    with pytest.raises(UnknownName, match="no firm 'IAG'"):
        study.merge("IAG", "Qantas", who="ana")
    with pytest.raises(InputError, match="with itself"):
        study.merge("Qantas", "Qantas", who="ana")


def test_an_alliance_goes_with_all_that_hangs_on_it(study: Study, tiny: Frames) -> None:
    study.remove("a1", who="ana", why="out of scope")
    frames = study.frames()
    for table, column in (
        ("alliances", "id"),
        ("partners", "alliance"),
        ("sources", "alliance"),
        ("codings", "alliance"),
    ):
        assert "a1" not in getattr(frames, table)[column]
    assert frames.firms.equals(tiny.firms)
    study.history.undo(who="ana")
    assert same(study.frames(), tiny)
    with pytest.raises(UnknownName, match="no alliance 'a9'"):
        study.remove("a9", who="ana")


def test_a_preview_counts_and_writes_nothing(study: Study, tiny: Frames) -> None:
    counts = study.preview(Batch(alliances=pl.DataFrame({"id": ["a1", "new"], "purpose": ["cost", "cost"]})))
    assert (counts["alliances"].added, counts["alliances"].changed) == (1, 1)
    assert same(study.frames(), tiny)
