from __future__ import annotations

from pathlib import Path

import pytest

from constellary.cli.demo import build
from constellary.data import automotive_files
from constellary.study.study import open_study
from tests.cli.conftest import Call


@pytest.fixture
def empty(call: Call, tmp_path: Path) -> Path:
    path = tmp_path / "cars.study"
    assert call("new", path).code == 0
    return path


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_files_are_taken_in_with_who_and_why(call: Call, empty: Path, tmp_path: Path) -> None:
    table = write(tmp_path / "mine.csv", "id,name,announced,partners\nx1,One,2021-05,Ford; VW\n")
    done = call("import", empty, table, "--by", "Ana", "--why", "first delivery")
    assert done.code == 0, done.err
    assert "1 row of alliances (CSV, UTF-8, comma)" in done.out
    assert "Done as entry 2 of the log" in done.out
    with open_study(empty) as study:
        last = study.history.log()[-1]
        assert (last.who, last.why, last.summary) == ("Ana", "first delivery", "import of mine.csv")
        assert study.known_alliances() == ["x1"]


def test_the_same_files_twice_change_nothing_the_second_time(call: Call, empty: Path, tmp_path: Path) -> None:
    table = write(tmp_path / "mine.csv", "id,name,announced,partners\nx1,One,2021-05,Ford; VW\n")
    assert call("import", empty, table).code == 0
    done = call("import", empty, table)
    assert done.code == 0
    assert "nothing was changed" in done.out
    with open_study(empty) as study:
        assert len(study.history.log()) == 2


def test_a_dry_run_shows_every_column_and_writes_nothing(call: Call, empty: Path, tmp_path: Path) -> None:
    table = write(tmp_path / "mine.csv", 'id;Nombre;Fecha;Socios;Extra\nx1;Uno;2021-05;"Ford;VW";1\n')
    before = empty.read_bytes()
    done = call("import", empty, table, "--dry-run", "--map", "Socios=partners")
    assert done.code == 0, done.err
    assert done.out.endswith("Nothing was written (--dry-run).\n")
    assert "(not read)" in done.out
    for header in ("Nombre", "Fecha", "Socios", "Extra"):
        assert header in done.out
    assert empty.read_bytes() == before


def test_everything_that_is_wrong_is_said_with_its_place_and_nothing_is_written(
    call: Call, empty: Path, tmp_path: Path, state: Path
) -> None:
    table = write(
        tmp_path / "bad.csv",
        "id,name,announced,partners,form\n"
        "x1,One,03/04/2021,Ford; VW,joint_venture\n"
        "x2,Two,soon,Ford; VW,marriage\n"
        "x3,Three,2021,Ford; VW,agreement\n",
    )
    done = call("import", empty, table)
    assert done.code == 1
    for said in ("row 2", "'03/04/2021'", "row 3", "'soon'", "column 'form'", "'marriage'"):
        assert said in done.err
    assert "3 problems" in done.err
    assert "nothing was written" in done.err
    assert "Traceback" not in done.err
    with open_study(empty) as study:
        assert study.known_alliances() == []
        assert len(study.history.log()) == 1
    assert not state.exists()


def test_a_table_with_very_many_bad_rows_gets_a_summary(call: Call, empty: Path, tmp_path: Path) -> None:
    rows = "".join(f"x{number},soon,Ford; VW\n" for number in range(3000))
    done = call("import", empty, write(tmp_path / "bad.csv", f"id,announced,partners\n{rows}"))
    assert done.code == 1
    assert "3,000 problems" in done.err
    assert len(done.err.splitlines()) < 40


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("absent.csv",), 1, "absent.csv"),
        (("--map", "x"), 2, "'x' is not HEADER=FIELD"),
        ((), 2, "Missing argument"),
    ],
)
def test_a_wrong_call_is_said_in_few_lines(
    arguments: tuple[str, ...], code: int, said: str, call: Call, empty: Path, state: Path
) -> None:
    given = [*arguments, "x.csv"] if "--map" in arguments else arguments
    done = call("import", empty, *given)
    assert done.code == code
    assert said in done.err
    assert not state.exists()


def test_the_demo_study_holds_the_open_data_and_is_kept_when_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "automotive.study"
    build(path, fresh=False)
    with open_study(path) as study:
        assert len(study.known_alliances()) == 787
        assert study.setting("published") is not None
        study.edit("alliances", "volkswagen-bosch-2022", {"name": "Mine"}, who="me")
    build(path, fresh=False)
    assert "is kept" in capsys.readouterr().out
    with open_study(path) as study:
        assert study.history.log()[-1].kind == "edit"
    build(path, fresh=True)
    with open_study(path) as study:
        assert study.history.log()[-1].kind == "import"


def test_the_demo_does_not_replace_what_is_no_study(tmp_path: Path) -> None:
    from constellary.errors import StudyError

    path = write(tmp_path / "automotive.study", "precious")
    for fresh in (False, True):
        with pytest.raises(StudyError, match="is not a study file"):
            build(path, fresh=fresh)
    assert path.read_text(encoding="utf-8") == "precious"


def test_the_open_data_are_where_the_demo_takes_them() -> None:
    assert all(path.exists() for path in automotive_files())
