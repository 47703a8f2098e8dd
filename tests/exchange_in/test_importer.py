"""Whole readings: the open data, references, names, mappings, and what is said of them."""

from __future__ import annotations

import time
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from constellary.data import automotive_files
from constellary.errors import UnknownName, UsageError
from constellary.exchange.importer import read_files
from constellary.study.codebook import Codebook
from constellary.study.derive import build_frames
from constellary.study.frames import Frames
from tests.exchange_in.made import partners_of, refused, told, write

ALLIANCES = "id,announced,purpose,partners\na1,2021,cost,Iberia;Finnair\na2,2022,network,Iberia;Renfe\n"


def test_the_open_data_are_read_whole_and_without_a_word(automotive: Frames) -> None:
    reading = read_files(automotive_files(), automotive.codebook)
    batch = reading.batch
    assert reading.notes == ()
    assert [table.table for table in reading.preview] == [
        "alliances",
        "partners",
        "firms",
        "sources",
        "codings",
    ]
    assert {column.how for table in reading.preview for column in table.columns} == {"name"}
    assert batch.alliances is not None
    assert batch.partners is not None
    assert batch.firms is not None
    frames = build_frames(
        automotive.codebook,
        alliances=batch.alliances,
        partners=batch.partners,
        firms=batch.firms,
        sources=batch.sources,
        codings=batch.codings,
    )
    for table in ("alliances", "partners", "firms", "sources", "codings"):
        assert_frame_equal(getattr(frames, table), getattr(automotive, table))


def test_headers_are_understood_in_six_languages(tmp_path: Path, automotive_book: Codebook) -> None:
    for header in (
        "Alliance ID,Alliance name,Announcement date,Type of deal,Partners",
        "Código,Nombre de la alianza,Fecha de anuncio,Sector,Socios",
        "Kennung,Name der Allianz,Ankündigungsdatum,Branche,Mitglieder",
        "Identifiant,Nom de l'alliance,Date d'annonce,Secteur,Partenaires",
        "Código,Nome da aliança,Data de anúncio,Setor,Parceiros",
        "Identificativo,Nome dell'alleanza,Data di annuncio,Settore,Partecipanti",
    ):
        text = header + "\nx,First,2021,y,A;B\n"
        reading = read_files([write(tmp_path, "t.csv", text)], automotive_book)
        fields = [column.field for column in reading.preview[0].columns]
        assert fields == ["id", "name", "announced", None, "partners"], header
        assert any("no field is called so" in note for note in reading.notes)


def test_headers_are_understood_by_the_codebooks_labels_and_whatever_their_case(
    tmp_path: Path, automotive_book: Codebook
) -> None:
    text = "FIRM , type of Firm,Generation_of_OEM,COUNTRY\nA,oem,Traditional,DE\n"
    reading = read_files([write(tmp_path, "t.csv", text)], automotive_book)
    assert reading.batch.firms is not None
    assert reading.batch.firms.rows() == [("A", "OEM", "traditional", "DE")]
    assert [column.how for column in reading.preview[0].columns] == ["name", "label", "label", "name"]


def test_a_header_that_is_near_to_a_field_is_a_problem_until_it_is_renamed_mapped_or_left_out(
    tmp_path: Path, automotive_book: Codebook
) -> None:
    path = write(tmp_path, "t.csv", "id,year,Motivacion,Remarks\na1,2021,knowledge,x\n")
    error = refused([path], automotive_book)
    assert told(error) == ["None Motivacion [] near-header"]
    for said in ("'motivation' is near", '--map "Motivacion=motivation"', '--map "Motivacion=-"'):
        assert said in str(error)
    assert error.preview[0].ignored == ("Motivacion", "Remarks")
    assert not any("Motivacion" in note for note in error.notes)
    read = read_files([path], automotive_book, mapping={"motivación": "motivation"})
    assert read.batch.alliances is not None
    assert read.batch.alliances["motivation"].to_list() == ["knowledge"]
    left = read_files([path], automotive_book, mapping={"Motivacion": "-"})
    assert left.batch.alliances is not None
    assert left.batch.alliances.columns == ["id", "announced"]
    assert any("'Remarks' (no field is called so)" in note for note in left.notes)


@pytest.mark.parametrize(
    ("header", "near"),
    [
        ("motivatoin", "motivation"),
        ("Annoucement date", "announced"),
        ("Partnr 3", "partner_3"),
        ("Status2", "status"),
        ("Notes", None),
        ("Coder", None),
        ("Forms", "form"),
    ],
)
def test_what_is_near_is_told_by_the_letters(
    header: str, near: str | None, tmp_path: Path, automotive_book: Codebook
) -> None:
    path = write(tmp_path, "t.csv", f"id,partners,{header}\na1,A;B,\n")
    if near is None:
        read_files([path], automotive_book)
    else:
        assert f"'{near}' is near" in str(refused([path], automotive_book))


def test_a_header_with_the_accents_of_its_label_is_understood(
    tmp_path: Path, automotive_book: Codebook
) -> None:
    for header in ("Motivatión", "MOTIVATIÖN", "Motivatio\u0301n"):
        path = write(tmp_path, "t.csv", f"id,year,{header}\na1,2021,knowledge\n")
        reading = read_files([path], automotive_book)
        assert reading.preview[0].columns[2].field == "motivation"


def test_a_column_near_to_a_field_that_another_column_is_stays_a_note(
    tmp_path: Path, automotive_book: Codebook
) -> None:
    path = write(tmp_path, "t.csv", "id,year,motivation,Motivation notes\na1,2021,knowledge,x\n")
    reading = read_files([path], automotive_book)
    assert any("'Motivation notes' (no field is called so; 'motivation' is near)" in n for n in reading.notes)


def test_a_mapping_says_what_a_header_means(tmp_path: Path, tiny_book: Codebook) -> None:
    path = write(tmp_path, "t.csv", "Nr;Wann;Wozu;Wer;Purpose\n1;2021;cost;A;x\n1;2021;cost;B;y\n")
    mapping = {"Nr": "id", "wann": "announced", "Wozu": "purpose", "Wer": "firm", "purpose": "-"}
    reading = read_files([path], tiny_book, mapping=mapping)
    assert partners_of(reading) == {"1": ["A", "B"]}
    assert [column.how for column in reading.preview[0].columns][:4] == ["mapped"] * 4
    assert reading.preview[0].columns[4].how == "you asked to ignore it"
    with pytest.raises(UnknownName, match=r"no field 'purpos'\. Did you mean purpose"):
        read_files([path], tiny_book, mapping={"Wozu": "purpos"})
    with pytest.raises(UsageError, match="No table has the header 'Weshalb'"):
        read_files([path], tiny_book, mapping=mapping | {"Weshalb": "purpose"})
    with pytest.raises(UsageError, match="mapped to 'id' and to 'name'"):
        read_files([path], tiny_book, mapping={"NR": "id", "nr": "name"})


def test_no_files_are_a_wrong_call(tiny_book: Codebook) -> None:
    with pytest.raises(UsageError, match="at least one file"):
        read_files([], tiny_book)


def test_categories_are_read_by_value_or_label_and_near_ones_are_named(
    tmp_path: Path, automotive_book: Codebook
) -> None:
    text = "id,form,place\n1,Joint Venture,china\n2,joint-venture,n/a\n3,joint ventures,–\n4,merger_acquisition,USA\n"
    error = refused([write(tmp_path, "t.csv", text)], automotive_book)
    assert told(error) == ["4 form [joint ventures] unknown-category"]
    assert "did you mean 'Joint venture'?" in str(error)
    reading = read_files([write(tmp_path, "t.csv", text.replace("ventures", "venture"))], automotive_book)
    assert reading.batch.alliances is not None
    assert reading.batch.alliances["form"].to_list() == ["joint_venture"] * 3 + ["merger_acquisition"]
    assert reading.batch.alliances["place"].to_list() == ["China", None, None, "USA"]
    assert any("taken as missing in 2 cells" in note for note in reading.notes)


def test_ambiguous_dates_are_settled_by_their_column_alone(tmp_path: Path, tiny_book: Codebook) -> None:
    settled = write(tmp_path, "a.csv", "id,announced\na,03/04/2021\nb,20/05/2021\n")
    reading = read_files([settled], tiny_book)
    assert reading.batch.alliances is not None
    assert reading.batch.alliances["announced"].to_list() == ["2021-04-03", "2021-05-20"]
    assert any("read with the day first" in note for note in reading.notes)
    open_ = write(tmp_path, "b.csv", "id,announced\nc,03/04/2021\n")
    assert told(refused([settled, open_], tiny_book)) == ["2 announced [03/04/2021] date"]


def test_rows_have_to_name_an_alliance_that_is_there(tmp_path: Path, tiny_book: Codebook) -> None:
    files = [
        write(tmp_path, "alliances.csv", "id,name,year\na1,First deal,2021\na2,Second,2022\n"),
        write(tmp_path, "partners.csv", "alliance,firm\na1,A\nFIRST DEAL,B\nold,C\na9,D\n,E\n"),
        write(tmp_path, "sources.csv", "alliance,url\na3,https://a.org\n"),
        write(
            tmp_path,
            "codings.csv",
            "alliance,variable,coder,value\na1,aim,c,cost\na1,purpose,c,costs\nx,purpose,c,cost\n",
        ),
    ]
    error = refused(files, tiny_book, known_alliances={"old"})
    assert told(error) == [
        "5 alliance [a9] unknown-alliance",
        "6 alliance [] empty",
        "2 alliance [a3] unknown-alliance",
        "2 variable [aim] unknown-variable",
        "3 value [costs] unknown-category",
        "4 alliance [x] unknown-alliance",
    ]
    assert [Path(problem.file).name for problem in error.problems] == [
        *["partners.csv"] * 2,
        "sources.csv",
        *["codings.csv"] * 3,
    ]


def test_alliances_may_be_named_by_their_name(tmp_path: Path, tiny_book: Codebook) -> None:
    files = [
        write(tmp_path, "alliances.csv", "name,year\nFirst deal,2021\nSecond,2022\n"),
        write(tmp_path, "partners.csv", "alliance,firm\nFirst deal,A\nfirst deal,B\n"),
    ]
    reading = read_files(files, tiny_book)
    assert partners_of(reading) == {"first-deal-2021": ["A", "B"]}
    assert any("named by their name" in note for note in reading.notes)
    assert any(
        "1 alliance has no partner in these files, such as alliance 'Second'" in note
        for note in reading.notes
    )


def test_a_name_leads_to_the_firm_that_has_it(tmp_path: Path, tiny_book: Codebook) -> None:
    files = [
        write(tmp_path, "t.csv", "id,year,partners\na1,2021,IB;finnair;QF\na2,2021,Iberia;AY;Old\n"),
        write(
            tmp_path,
            "firms.csv",
            "firm,aliases,parent\nIberia,IB; Iberia Lineas,IAG\nFinnair,AY\nAny,AY\n".replace(
                "AY\n", "AY,\n"
            ),
        ),
    ]
    reading = read_files(files, tiny_book, known_firms={"qantas": "Qantas", "qf": "Qantas", "old": "New"})
    assert partners_of(reading) == {"a1": ["Iberia", "Finnair", "Qantas"], "a2": ["Iberia", "AY", "New"]}
    assert reading.batch.firms is not None
    # Qantas and New are in the study; a row here would empty what it knows of them.
    assert reading.batch.firms["firm"].to_list() == ["Iberia", "Finnair", "Any", "AY", "IAG"]
    assert any("'AY' could be 'Any' or 'Finnair'" in note for note in reading.notes)
    assert any("4 names were read as the firm that has them" in note for note in reading.notes)


def test_two_names_of_one_firm_in_an_alliance_are_a_problem(tmp_path: Path, tiny_book: Codebook) -> None:
    files = [
        write(tmp_path, "t.csv", "id,year,partners\na1,2021,IB;Finnair;Iberia\n"),
        write(tmp_path, "firms.csv", "firm,aliases\nIberia,IB\n"),
    ]
    error = refused(files, tiny_book)
    assert told(error) == ["2 partners [Iberia] duplicate-partner"]
    assert "written 'IB'" in str(error)


def test_positions_are_kept_or_follow_the_rows(tmp_path: Path, tiny_book: Codebook) -> None:
    known = {"a1", "a2"}
    given = write(tmp_path, "a.csv", "alliance,firm,position\na1,A,2\na1,B,1\na2,C,1.0\n")
    assert partners_of(read_files([given], tiny_book, known_alliances=known)) == {
        "a1": ["B", "A"],
        "a2": ["C"],
    }
    absent = read_files(
        [write(tmp_path, "n.csv", "alliance,firm\na2,C\na1,B\na1,A\n")], tiny_book, known_alliances=known
    )
    some = read_files(
        [write(tmp_path, "s.csv", "alliance,firm,position\na1,C,\na1,B,1\na1,A,5\n")],
        tiny_book,
        known_alliances=known,
    )
    assert absent.batch.partners is not None
    assert some.batch.partners is not None
    assert absent.batch.partners.rows() == [("a1", "B", 1), ("a1", "A", 2), ("a2", "C", 1)]
    assert some.batch.partners.rows() == [("a1", "B", 1), ("a1", "A", 2), ("a1", "C", 3)]
    bad = write(tmp_path, "b.csv", "alliance,firm,position\na1,A,1\na1,B,1\na1,C,first\na1,D,0\n")
    assert told(refused([bad], tiny_book, known_alliances=known)) == [
        "3 position [1] duplicate-position",
        "4 position [first] position",
        "5 position [0] position",
    ]


def test_partners_of_an_alliance_come_from_one_table(tmp_path: Path, tiny_book: Codebook) -> None:
    alliances = write(tmp_path, "alliances.csv", ALLIANCES)
    same = write(tmp_path, "partners.csv", "alliance,firm\na1,Finnair\na1,Iberia\n")
    assert partners_of(read_files([alliances, same], tiny_book))["a1"] == ["Iberia", "Finnair"]
    other = write(tmp_path, "other.csv", "alliance,firm\na1,Qantas\na1,Iberia\n")
    assert told(refused([alliances, other], tiny_book)) == ["2 firm [] partners-differ"]


def test_tables_of_other_columns_are_joined_unless_the_study_would_lose(
    tmp_path: Path, tiny_book: Codebook
) -> None:
    first = write(tmp_path, "a.csv", "id,purpose\na1,cost\n")
    second = write(tmp_path, "b.csv", "id,depth\na1,equity\na2,codeshare\n")
    reading = read_files([first, second], tiny_book)
    assert reading.batch.alliances is not None
    assert reading.batch.alliances.rows() == [("a1", "cost", "equity"), ("a2", None, "codeshare")]
    error = refused([first, second], tiny_book, known_alliances={"a2"})
    assert [problem.kind for problem in error.problems] == ["columns"]
    conflict = write(tmp_path, "c.csv", "id,purpose\na1,network\n")
    error = refused([first, conflict], tiny_book)
    assert told(error) == ["2 purpose [network] conflict"]
    assert "a.csv, row 2" in error.problems[0].message


def test_a_coding_says_one_thing(tmp_path: Path, tiny_book: Codebook) -> None:
    text = (
        "alliance,variable,coder,value,sure\na1,Purpose,x,Cost,yes\na1,purpose,x,cost,yes\na1,purpose,y,,no\n"
        "a1,purpose,y,cost,\na1,depth,,equity,y\na1,routes,x,b; a;b,y\na1,kind,x,flag,perhaps\n"
    )
    error = refused([write(tmp_path, "t.csv", text)], tiny_book, known_alliances={"a1"})
    assert told(error) == [
        "5 value [cost] duplicate-coding",
        "6 coder [] empty",
        "8 sure [perhaps] yes-no",
        "8 variable [kind] unknown-variable",
    ]
    good = "\n".join(line for number, line in enumerate(text.splitlines()) if number not in (4, 5, 7))
    reading = read_files([write(tmp_path, "g.csv", good)], tiny_book, known_alliances={"a1"})
    assert reading.batch.codings is not None
    assert reading.batch.codings.rows() == [
        ("a1", "purpose", "x", "cost", True),
        ("a1", "purpose", "y", None, False),
        ("a1", "routes", "x", "b;a", True),
    ]


def test_two_columns_for_one_field_are_a_problem_where_neither_is_nearer(
    tmp_path: Path, tiny_book: Codebook
) -> None:
    error = refused([write(tmp_path, "t.csv", "id,Purpose,purpose\na1,cost,cost\n")], tiny_book)
    assert "'Purpose' and 'purpose' both mean 'purpose'" in str(error)
    assert error.total == 1
    assert not any("not read" in note for note in error.notes)
    reading = read_files([write(tmp_path, "t.csv", "id,Date,Announced,Year\na1,x,2021-05,2021\n")], tiny_book)
    assert reading.batch.alliances is not None
    assert reading.batch.alliances.rows() == [("a1", "2021-05")]
    assert [column.how for column in reading.preview[0].columns][1::2] == [
        "another column is 'announced'",
        "the study derives it",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty"),
        ("\n  \n", "The file is empty"),
        ("foo,bar\n1,2\n", "No row is a header that is understood; the first row holds 'foo', 'bar'"),
        ("id,announced,purpose\n", "there are no rows below the header"),
        ("%PDF-1.7 whatever", "The file is a PDF"),
        ("<!DOCTYPE html><table>", "The file is a web page"),
    ],
)
def test_files_without_a_table_are_told_as_what_they_are(
    text: str, said: str, tmp_path: Path, tiny_book: Codebook
) -> None:
    assert said in str(refused([write(tmp_path, "t.csv", text)], tiny_book))


def test_all_files_are_read_before_anything_is_said(tmp_path: Path, tiny_book: Codebook) -> None:
    files = [
        tmp_path / "absent.csv",
        tmp_path,
        write(tmp_path, "b.csv", "foo,bar\n1,2\n"),
        write(tmp_path, "c.csv", "id,purpose\na1,fun\n"),
    ]
    error = refused(files, tiny_book)
    assert [Path(problem.file).name for problem in error.problems] == [
        "absent.csv",
        tmp_path.name,
        "b.csv",
        "c.csv",
    ]
    assert str(error).startswith("4 problems in 4 files; nothing was written.")
    assert [table.table for table in error.preview] == ["alliances"]


def test_a_hundred_thousand_bad_rows_give_a_summary(tmp_path: Path, tiny_book: Codebook) -> None:
    lines = [f"a{number},2021-13-{number % 40},fun{number},A" for number in range(100_000)]
    path = write(tmp_path, "t.csv", "id,announced,purpose,partners\n" + "\n".join(lines))
    start = time.process_time()
    error = refused([path], tiny_book)
    assert time.process_time() - start < 5
    assert error.total == 200_000
    assert len(error.problems) == 1_000
    text = str(error)
    assert len(text) < 6_000
    assert text.startswith(f"200,000 problems in {path}; nothing was written.")
    assert "99,990 x date in column 'announced'" in text
    assert "99,990 x unknown-category in column 'purpose'" in text


def test_progress_is_told_in_steps(tmp_path: Path, tiny_book: Codebook) -> None:
    said: list[str] = []
    path = write(tmp_path, "t.csv", ALLIANCES)
    read_files([path], tiny_book, progress=said.append)
    assert said == [
        f"opening {path}",
        "reading the values of 2 rows of alliances",
        "checking references and names",
    ]


def test_an_empty_list_and_an_absent_column_are_not_the_same(tmp_path: Path, tiny_book: Codebook) -> None:
    reading = read_files([write(tmp_path, "t.csv", "id,routes\na1,b; a\na2,\n")], tiny_book)
    assert reading.batch.alliances is not None
    assert reading.batch.alliances.schema == {"id": pl.String, "routes": pl.List(pl.String)}
    assert reading.batch.alliances["routes"].to_list() == [["b", "a"], None]
