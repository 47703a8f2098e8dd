"""SPSS and Stata: what is written is read back by pyreadstat and by PSPP."""

from __future__ import annotations

import re
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.exchange.export import export
from constellary.exchange.writers.coded import MOST_TAGS, alliance_columns, firm_columns, valid_names
from constellary.study.frames import Frames
from tests.needs import needs


def opened(frames: Frames, folder: Path, kind: str, **options: Any) -> tuple[Any, Any, Any, Any]:
    """Return alliances and firms of a written file, each as data and dictionary."""
    read = {"sav": pyreadstat.read_sav, "dta": pyreadstat.read_dta}[kind]
    alliances, firms = export(frames, folder / f"study.{kind}", kind)
    return (
        *read(alliances, output_format="polars", **options),
        *read(firms, output_format="polars", **options),
    )


@pytest.fixture(scope="module")
def spss(automotive: Frames, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any, Any, Any]:
    return opened(automotive, tmp_path_factory.mktemp("sav"), "sav", user_missing=True)


@pytest.fixture(scope="module")
def stata(automotive: Frames, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any, Any, Any]:
    return opened(automotive, tmp_path_factory.mktemp("dta"), "dta")


def test_spss_has_a_row_a_unit_and_labels(spss: tuple[Any, Any, Any, Any], automotive: Frames) -> None:
    data, meta, firms, about = spss
    assert (data.height, firms.height) == (automotive.alliances.height, automotive.firms.height)
    assert meta.file_label == "Automotive alliances"
    assert meta.column_names_to_labels["form"] == "Form"
    assert meta.variable_value_labels["place"] == {
        1: "USA",
        2: "Europe",
        3: "China",
        4: "Rest of world",
        9: "Missing",
    }
    assert about.variable_value_labels["type"] == {1: "OEM", 2: "OES", 3: "ICT", 4: "Other", 9: "Missing"}


def test_spss_codes_missing_as_user_missing(spss: tuple[Any, Any, Any, Any], automotive: Frames) -> None:
    data, meta, *_ = spss
    assert meta.missing_ranges["place"] == [{"lo": 9, "hi": 9}]
    assert (data["place"] == 9).sum() == automotive.alliances["place"].null_count()
    back = (
        data["place"]
        .cast(pl.Int32)
        .replace_strict(
            {1: "USA", 2: "Europe", 3: "China", 4: "Rest of world", 9: None}, return_dtype=pl.String
        )
    )
    assert back.to_list() == automotive.alliances["place"].to_list()


def test_spss_knows_levels_of_measurement_and_dates(
    spss: tuple[Any, Any, Any, Any], automotive: Frames
) -> None:
    data, meta, *_ = spss
    assert (meta.variable_measure["form"], meta.variable_measure["partners_band"]) == ("nominal", "ordinal")
    assert meta.variable_measure["size"] == "scale"
    assert data["announced"].to_list() == automotive.alliances["announced"].to_list()
    exact = [
        date.fromisoformat(text) if text and len(text) == 10 else None
        for text in automotive.alliances["announced"]
    ]
    assert data["announced_day"].to_list() == exact


def test_free_tags_become_columns_up_to_the_cap(spss: tuple[Any, Any, Any, Any], automotive: Frames) -> None:
    data, meta, *_ = spss
    tags = automotive.alliances["technology"].explode().drop_nulls().value_counts(sort=True)
    dummies = [name for name in data.columns if re.fullmatch("technology_[0-9]+", name)]
    assert len(dummies) == MOST_TAGS < tags.height
    assert meta.column_names_to_labels["technology_1"] == f"Technology: {tags['technology'][0]}"
    assert (data["technology_1"] == 1).sum() == tags["count"][0]
    assert any("at most 60 tags" in note for note in meta.notes)


def test_an_alliance_without_tags_is_missing_in_all_of_them(tiny: Frames, tmp_path: Path) -> None:
    data, meta, firms, _ = opened(tiny, tmp_path, "sav", user_missing=True)
    assert meta.column_names_to_labels["routes_1"] == "Routes: atlantic"
    assert data["routes_1"].to_list() == [1, 1, 9, 0, 0, 9]
    assert firms["alliances"].to_list() == [2, 0, 4, 1, 2, 2, 2]  # IAG, a parent, signs nothing


def test_pspp_reads_it_and_tabulates_as_polars_does(automotive: Frames, tmp_path: Path) -> None:
    pspp = needs("pspp")
    export(automotive, tmp_path / "study.sav", "sav")
    (tmp_path / "run.sps").write_text(
        "get file='study-alliances.sav'.\n"
        "crosstabs motivation by focus /cells=count /statistics=chisq.\n"
        "frequencies place.\n"
    )
    run = [pspp, "-o", "out.csv", "run.sps"]
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    shown = (tmp_path / "out.csv").read_text()
    counts = automotive.alliances.group_by("motivation", "focus").len()
    for value, label in automotive.codebook.labels("motivation").items():
        row = dict(counts.filter(motivation=value)["focus", "len"].iter_rows())
        cells = ",".join(str(row.get(focus, 0)) for focus in automotive.codebook.labels("focus"))
        assert f"{label},Count,{cells}" in shown
    missing = automotive.alliances["place"].null_count()
    assert f"Missing,Missing,{missing}," in shown


def test_stata_has_the_same_codes_and_real_missing(
    stata: tuple[Any, Any, Any, Any], automotive: Frames
) -> None:
    data, meta, firms, about = stata
    assert meta.file_label == "Automotive alliances"
    assert meta.column_names_to_labels["motivation"] == "Motivation"
    assert data["place"].null_count() == automotive.alliances["place"].null_count()
    assert list(about.variable_value_labels["generation"].values()) == ["Traditional", "Emergent"]
    assert data["year"].to_list() == automotive.alliances["year"].to_list()
    assert firms["firm"].to_list() == automotive.firms["firm"].to_list()


def test_the_files_say_a_fixed_time(
    spss: tuple[Any, Any, Any, Any], stata: tuple[Any, Any, Any, Any]
) -> None:
    for meta in (spss[1], spss[3], stata[1], stata[3]):
        assert meta.creation_time == datetime(2000, 1, 1)


def test_a_label_cannot_lead_the_time_stamp_astray(tiny: Frames, tmp_path: Path) -> None:
    titled = Frames(
        **{
            **vars(tiny),
            "codebook": type(tiny.codebook)("x", "</label><timestamp>é", tiny.codebook.variables),
        }
    )
    _, meta, *_ = opened(titled, tmp_path, "dta")
    assert meta.file_label == "</label><timestamp>é"
    assert meta.creation_time == datetime(2000, 1, 1)


@pytest.mark.parametrize(("kind", "most"), [("sav", 32_767), ("dta", 2_045)])
def test_long_text_is_cut_between_characters(kind: str, most: int, tiny: Frames, tmp_path: Path) -> None:
    long = Frames(**{**vars(tiny), "alliances": tiny.alliances.with_columns(name=pl.lit("é" * 20_000))})
    data, *_ = opened(long, tmp_path, kind)
    text = data["name"][0]
    assert most - 4 <= len(text.encode()) <= most
    assert text.removesuffix("…") == "é" * len(text.removesuffix("…"))


@given(st.lists(st.text(min_size=1)))
def test_names_are_valid_in_both_programs(names: list[str]) -> None:
    valid = valid_names(names)
    assert len({name.lower() for name in valid}) == len(names)
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,31}", name) for name in valid)


def test_every_variable_of_the_codebook_is_there(automotive: Frames) -> None:
    names = {column.name for column in (*alliance_columns(automotive), *firm_columns(automotive))}
    book = automotive.codebook
    assert {item.name for item in (*book.variables, *book.groupings)} <= names  # type: ignore[attr-defined]
