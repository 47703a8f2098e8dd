"""The commands that look at a study and keep it, on six alliances of airlines."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest

from constellary.study.checks import run_checks
from constellary.study.codebook_file import parse_codebook
from constellary.study.study import open_study
from tests.cli.conftest import Call


def test_new_makes_a_study_and_says_what_comes_next(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "cars.study"
    done = call("new", path, "--by", "Ana")
    assert done.code == 0
    assert f"constellary import {path} FILE..." in done.out
    with open_study(path) as study:
        assert study.codebook.name == "automotive"
        assert [decision.who for decision in study.history.log()] == ["Ana"]


def test_new_never_writes_over_something(call: Call, airlines: Path) -> None:
    before = airlines.read_bytes()
    done = call("new", airlines)
    assert done.code == 1
    assert "is already there" in done.err
    assert airlines.read_bytes() == before


def test_a_printed_codebook_begins_a_new_study(call: Call, airlines: Path, tmp_path: Path) -> None:
    printed = call("codebook", airlines)
    assert printed.code == 0
    file = tmp_path / "airlines.toml"
    file.write_text(printed.out, encoding="utf-8")
    assert call("new", tmp_path / "second.study", "--codebook", file).code == 0
    with open_study(tmp_path / "second.study") as study:
        assert study.codebook == parse_codebook(printed.out)


def test_all_that_is_wrong_in_a_codebook_is_said(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text('name = "x"\nwrong = 1\n', encoding="utf-8")
    done = call("new", tmp_path / "x.study", "--codebook", file)
    assert done.code == 1
    assert len(done.err.splitlines()) == 3
    assert not (tmp_path / "x.study").exists()


def test_the_log_tells_who_did_what_and_marks_what_is_undone(call: Call, airlines: Path) -> None:
    assert call("undo", airlines, "--why", "wrong file", "--by", "Ana").code == 0
    shown = call("log", airlines).out
    assert "import of the tables (undone)" in shown
    entries = json.loads(call("log", airlines, "--format", "json").out)
    assert [(entry["id"], entry["kind"], entry["undone"]) for entry in entries] == [
        (1, "new", False),
        (2, "import", True),
        (3, "undo", False),
    ]
    assert entries[2]["who"] == "Ana"
    assert entries[2]["why"] == "wrong file"
    (last,) = csv.DictReader(io.StringIO(call("log", airlines, "--last", 1, "--format", "csv").out))
    assert last["kind"] == "undo"


def test_undo_and_redo_take_turns(call: Call, airlines: Path) -> None:
    assert call("alliances", airlines).out.startswith("6 alliances")
    assert call("undo", airlines).code == 0
    assert call("alliances", airlines).out.startswith("0 alliances")
    assert call("redo", airlines).code == 0
    assert call("alliances", airlines).out.startswith("6 alliances")
    done = call("redo", airlines)
    assert (done.code, done.err) == (1, "Error: There is nothing to redo.\n")


def test_one_entry_of_the_log_is_taken_back_alone(call: Call, airlines: Path) -> None:
    assert call("edit", airlines, "alliance", "a1", "purpose=cost", "--by", "Ben").code == 0
    assert call("edit", airlines, "alliance", "a2", "name=Other", "--by", "Cleo").code == 0
    refused = call("undo", airlines, "--decision", "2")
    assert refused.code == 1
    assert "came later and changed the same alliance" in refused.err
    done = call("undo", airlines, "--decision", "3", "--by", "Ana")
    assert done.code == 0
    assert "undo of 3: purpose of a1" in done.out
    assert call("redo", airlines, "--decision", "3").code == 0
    with open_study(airlines, read_only=True) as study:
        assert study.record("alliances", "a1").values["purpose"] == "cost"
        assert study.record("alliances", "a2").values["name"] == "Other"


def test_the_log_is_narrowed_and_shows_what_an_entry_changed(call: Call, airlines: Path) -> None:
    call("edit", airlines, "alliance", "a1", "purpose=cost", "--by", "Ben")
    entries = json.loads(call("log", airlines, "--who", "Ben", "--kind", "edit", "--format", "json").out)
    assert [entry["id"] for entry in entries] == [3]
    detail = json.loads(call("log", airlines, "--detail", "3", "--format", "json").out)
    assert detail == [
        {
            "table": "alliance",
            "key": "a1",
            "happened": "changed",
            "field": "Purpose",
            "before": "Network",
            "after": "Cost",
        }
    ]
    assert "Entry 3 of" in call("log", airlines, "--detail", "3").out
    assert call("log", airlines, "--detail", "3", "--format", "csv").out.startswith("table,key,happened")
    assert call("log", airlines, "--detail", "99").code == 1


def test_an_accepted_finding_is_counted_apart_and_not_held_against_the_study(
    call: Call, airlines: Path
) -> None:
    with open_study(airlines) as study:
        errors = [one for one in run_checks(study.frames()) if one.weight == "error"]
        for finding in errors:
            study.acceptances.accept(finding, who="Ana", why="looked at it")
    assert errors
    done = call("check", airlines, "--strict", "--all")
    assert done.code == 0
    assert f"{len(errors)} accepted" in done.out
    assert "Accepted by Ana: looked at it" in " ".join(done.out.split())
    entries = json.loads(call("check", airlines, "--format", "json").out)
    assert sum(entry["accepted_by"] == "Ana" for entry in entries) == len(errors)
    assert "accepted_because" in call("check", airlines, "--format", "csv").out.splitlines()[0]


def test_check_ends_with_0_unless_it_shall_be_strict(call: Call, airlines: Path) -> None:
    done = call("check", airlines)
    assert done.code == 0
    findings = json.loads(call("check", airlines, "--format", "json").out)
    assert findings
    errors = any(finding["weight"] == "error" for finding in findings)
    assert call("check", airlines, "--strict").code == int(errors)
    rows = list(csv.DictReader(io.StringIO(call("check", airlines, "--format", "csv").out)))
    assert [row["check"] for row in rows] == [finding["check"] for finding in findings]


def test_strict_check_fails_where_an_alliance_has_one_partner(call: Call, airlines: Path) -> None:
    from constellary.study.batch import Batch

    partners = pl.DataFrame({"alliance": ["a1"], "firm": ["Iberia"], "position": [1]})
    with open_study(airlines) as study:
        study.take(Batch(partners=partners.cast({"position": pl.Int32})), who="tester")
    done = call("check", airlines, "--strict")
    assert done.code == 1
    assert "a1 has 1 partner" in done.out
    assert done.err == ""


def test_alliances_are_listed_in_the_order_of_their_announcement(call: Call, airlines: Path) -> None:
    listed = json.loads(call("alliances", airlines, "--format", "json").out)
    assert [item["id"] for item in listed] == ["a1", "a2", "a3", "a4", "a5", "a6"]
    assert listed[0]["partners"] == ["Iberia", "Finnair"]
    assert [source["publisher"] for source in listed[0]["sources"]] == ["Example", "Other"]


def test_alliances_show_the_labels_of_the_variables_asked_for(call: Call, airlines: Path) -> None:
    done = call(
        "alliances", airlines, "--show", "purpose", "--show", "binding", "--where", "purpose = Network"
    )
    assert done.code == 0
    assert "2 alliances" in done.out
    assert "Selection: where purpose = Network" in done.out
    assert "Loose" in done.out
    (first, *_) = csv.DictReader(
        io.StringIO(call("alliances", airlines, "--show", "purpose", "--format", "csv").out)
    )
    assert first["purpose"] == "network"
    assert first["partners"] == "Iberia;Finnair"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--since", "yesterday"), 2, "a date is written 2021, 2021-05 or 2021-05-20"),
        (("--where", "purpose = speed"), 2, "There is no category of 'purpose' 'speed'"),
        (("--where", "porpose = cost"), 2, "Did you mean purpose?"),
        (("--where", "purpose ="), 2, "Error:"),
        (("--show", "kind"), 2, "'kind' is a variable of firms"),
        (("--show", "kinds"), 2, "Did you mean kind?"),
        (("--format", "xml"), 2, "'xml'"),
    ],
)
def test_a_wrong_call_says_what_is_meant(
    arguments: tuple[str, ...], code: int, said: str, call: Call, airlines: Path, state: Path
) -> None:
    done = call("alliances", airlines, *arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert not state.exists()


COMMANDS = (
    ("frequency", "purpose"),
    ("crosstab", "purpose", "depth"),
    ("trend",),
    ("agreement",),
    ("alliances",),
    ("firms",),
    ("check",),
    ("log",),
    ("codebook",),
    ("undo",),
    ("redo",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_what_is_no_study_is_refused_in_a_line(
    command: tuple[str, ...], call: Call, tmp_path: Path, state: Path
) -> None:
    name, *rest = command
    table = tmp_path / "table.csv"
    table.write_text("id,name\n1,x\n", encoding="utf-8")
    for path, said in (
        (tmp_path / "absent.study", "there is no such study"),
        (table, "is not a study file"),
        (tmp_path, "is a folder"),
    ):
        done = call(name, path, *rest)
        assert (done.code, done.out) == (1, "")
        assert said in done.err
        assert len(done.err.splitlines()) <= 2
    assert not state.exists()


@pytest.mark.parametrize("form", ["table", "json", "csv"])
@pytest.mark.parametrize("command", COMMANDS[:6], ids=lambda command: command[0])
def test_each_analysis_is_given_in_each_form_with_a_filter(
    command: tuple[str, ...], form: str, call: Call, airlines: Path
) -> None:
    name, *rest = command
    done = call(
        name, airlines, *rest, "--format", form, "--since", "2019", "--where", "not routes is missing"
    )
    assert done.code == 0, done.err
    if form == "json":
        assert json.loads(done.out)
    elif form == "csv":
        header, *rows = csv.reader(io.StringIO(done.out))
        assert all(len(row) == len(header) for row in rows)
    else:
        assert "Selection: since 2019, where not routes is missing" in done.out


@pytest.mark.parametrize("command", COMMANDS[:6], ids=lambda command: command[0])
def test_an_empty_selection_is_no_fault(
    command: tuple[str, ...], call: Call, airlines: Path, state: Path
) -> None:
    name, *rest = command
    for form in ("table", "json", "csv"):
        done = call(name, airlines, *rest, "--since", "2030", "--format", form)
        assert done.code in {0, 1, 2}, done.err
    assert not state.exists()


def test_names_from_a_file_cannot_steer_the_terminal(call: Call, airlines: Path) -> None:
    with open_study(airlines) as study:
        study.edit("alliances", "a1", {"name": "\x1b]0;owned\x07\x1b[2JEvil"}, who="\x1b[31mred")
    for command in (("alliances",), ("log",)):
        done = call(command[0], airlines)
        assert done.code == 0
        assert "\x1b" not in done.out
        assert "\x07" not in done.out
    assert "Evil" in call("alliances", airlines).out


def test_a_frequency_is_the_count_of_the_codebooks_categories(call: Call, airlines: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(call("frequency", airlines, "purpose", "--format", "csv").out)))
    assert [(row["value"], row["count"]) for row in rows] == [
        ("network", "2"),
        ("cost", "2"),
        ("loyalty", "1"),
    ]


def test_a_crosstab_shows_counts_and_row_shares_together(call: Call, airlines: Path) -> None:
    lines = call("crosstab", airlines, "purpose", "depth").out.splitlines()
    (network,) = [line.split() for line in lines if line.startswith("Network")]
    assert network[:2] == ["Network", "2"]
    assert "".join(network[2:]).startswith("150.0%")


def test_a_trend_of_a_selection_in_time_counts_no_year_outside_it(call: Call, airlines: Path) -> None:
    numbers = json.loads(
        call("trend", airlines, "--since", "2020", "--until", "2021", "--format", "json").out
    )
    assert [row["year"] for row in numbers["numbers"]["yearly"]] == [2020, 2021]


def test_doctor_knows_the_libraries(call: Call) -> None:
    facts = json.loads(call("doctor", "--json").out)
    assert facts["Libraries"]["polars"] == pl.__version__
    assert "constellary" in call("doctor").out


def test_firms_are_ranked_by_a_measure_with_its_definition(call: Call, airlines: Path) -> None:
    done = call("firms", airlines, "--by", "partners", "--top", 2)
    assert done.code == 0
    assert "firms by degree" in done.out
    assert "2 of 6 rows" in done.out
    rows = list(csv.DictReader(io.StringIO(call("firms", airlines, "--by", "degree", "--format", "csv").out)))
    degrees = [int(row["degree"]) for row in rows]
    assert degrees == sorted(degrees, reverse=True)
    assert next(row["rank"] for row in rows) == "1"
    told = json.loads(call("firms", airlines, "--format", "json").out)["numbers"]
    assert told["measure"] == "alliances"
    assert told["definition"]
    assert told["firms"][0]["firm"] == "Iberia"


def test_an_unknown_measure_or_format_names_near_ones(call: Call, airlines: Path, tmp_path: Path) -> None:
    for arguments, near in (
        (("firms", airlines, "--by", "betwenness"), "betweenness"),
        (("export", airlines, "--to", "gexff", "-o", tmp_path / "x"), "gexf"),
        (("report", airlines, "-o", tmp_path / "r", "--formats", "html,doc"), "docx"),
    ):
        done = call(*arguments)
        assert done.code == 2
        assert f"Did you mean {near}" in done.err


def test_the_help_of_report_and_export_names_every_format(call: Call) -> None:
    from constellary.exchange.export import FORMATS as EXPORTED
    from constellary.report.build import FORMATS as REPORTED

    said = " ".join(call("report", "--help").out.split())
    assert f"between them: {', '.join(REPORTED)}." in said
    said = call("export", "--help").out
    assert all(f"\n    {name} " in said for name in EXPORTED)


def test_a_report_of_a_selection_is_written_and_its_place_is_said(
    call: Call, airlines: Path, tmp_path: Path
) -> None:
    done = call("report", airlines, "-o", tmp_path / "report", "--formats", "html", "--since", "2020")
    assert done.code == 0, done.err
    page = tmp_path / "report" / "report.html"
    assert f"Open {page}" in done.out
    assert page.exists()
    assert not (tmp_path / "report" / "report.pdf").exists()


def test_a_report_of_nothing_is_refused(call: Call, airlines: Path, tmp_path: Path) -> None:
    done = call("report", airlines, "-o", tmp_path / "report", "--since", "2030")
    assert done.code == 1
    assert "no alliance" in done.err
    assert not (tmp_path / "report").exists()


def test_a_study_that_may_not_be_written_can_still_be_reported(
    call: Call, airlines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("constellary.cli.report.may_write", lambda _path: False)
    before = airlines.read_bytes()
    assert call("report", airlines, "-o", tmp_path / "report", "--formats", "html").code == 0
    assert airlines.read_bytes() == before


def test_a_trend_outside_the_period_of_the_study_is_said(call: Call, airlines: Path) -> None:
    done = call("trend", airlines, "--since", "2030")
    assert (done.code, done.out) == (2, "")
    assert "There is no time since 2030 in the period of the study, 2019-03-01 to 2022-12-31." in done.err


def test_exports_say_what_they_wrote(call: Call, airlines: Path, tmp_path: Path) -> None:
    done = call("export", airlines, "--to", "sav", "-o", tmp_path / "x")
    assert done.code == 0
    assert [Path(line).name for line in done.out.splitlines()] == ["x-alliances.sav", "x-firms.sav"]
    assert all(Path(line).exists() for line in done.out.splitlines())


def test_an_export_into_a_folder_with_other_things_is_refused(
    call: Call, airlines: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.docx").touch()
    done = call("export", airlines, "--to", "csv", "-o", folder)
    assert done.code == 1
    assert "holds other files (thesis.docx)" in done.err


def test_an_edit_is_held_to_the_codebook_and_can_be_undone(call: Call, airlines: Path) -> None:
    done = call(
        "edit", airlines, "alliance", "a1", "Purpose=Cost", "routes=atlantic; pacific", "--why", "misread"
    )
    assert done.code == 0
    assert "Purpose, routes of a1" in done.out
    with open_study(airlines, read_only=True) as study:
        row = study.frames(where="id = a1").alliances.row(0, named=True)
    assert (row["purpose"], row["routes"]) == ("cost", ["atlantic", "pacific"])
    assert call("undo", airlines).code == 0
    with open_study(airlines, read_only=True) as study:
        assert study.frames(where="id = a1").alliances["purpose"].to_list() == ["network"]


@pytest.mark.parametrize(
    ("fields", "code", "said"),
    [
        (["alliance", "a1", "purpose=profit"], 1, "no category of 'purpose'"),
        (["alliance", "a9", "purpose=cost"], 2, "no alliance 'a9'"),
        (["alliance", "a1", "aim=cost"], 2, "no field to edit 'aim'"),
        (["firm", "Iberia", "kind"], 2, "FIELD=VALUE"),
        (["source", "a1", "url=x"], 2, "source"),
    ],
)
def test_an_edit_that_does_not_fit_says_why(
    call: Call, airlines: Path, fields: list[str], code: int, said: str
) -> None:
    done = call("edit", airlines, *fields)
    assert done.code == code
    assert said in done.err


def test_a_study_declares_published_values_and_prints_them(
    call: Call, airlines: Path, tmp_path: Path
) -> None:
    assert call("published", airlines).code == 1
    file = tmp_path / "earlier.toml"
    file.write_text(
        'title = "Doe (2020)"\nreference = "Doe."\n'
        '[[value]]\nid = "a"\nquantity = "x"\nprinted = "3"\nkind = "count"\n',
        encoding="utf-8",
    )
    done = call("published", airlines, file)
    assert (done.code, "1 values of Doe (2020)" in done.out) == (0, True)
    assert call("published", airlines).out == file.read_text(encoding="utf-8")
    assert "nothing was changed" in call("published", airlines, file).out
    file.write_text("title = 3", encoding="utf-8")
    assert call("published", airlines, file).code == 1


def test_one_variable_is_one(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "one.toml"
    file.write_text(
        'name = "one"\ntitle = "One"\n\n[[variable]]\nname = "purpose"\nlabel = "Purpose"\nlevel = "alliance"\n'
        'kind = "text"\n',
        encoding="utf-8",
    )
    done = call("new", tmp_path / "one.study", "--codebook", file)
    assert "(1 variable of alliances, 0 of firms)" in done.out, done.err


def test_remarks_are_about_what_is_shown(call: Call, airlines: Path) -> None:
    shown = call("crosstab", airlines, "purpose", "depth").out
    assert "Residuals are adjusted" in shown
    assert "Letters name" not in shown
    letters = call("crosstab", airlines, "purpose", "depth", "--table", "letters").out
    assert "Letters name" in letters
    assert "Residuals are adjusted" not in letters
    ranked = call("firms", airlines).out
    assert "Intervals of ranks" in ranked
    assert "Communities come" not in ranked
    everything = call("firms", airlines, "--table", "firms").out
    assert "Communities come" in everything


def test_one_is_counted_in_the_singular(call: Call, airlines: Path) -> None:
    one = ("--where", "id = a1")
    assert ", 1 alliance:" in call("check", airlines, *one).out
    assert "n = 1 alliance, none" in call("frequency", airlines, "purpose", *one).out
