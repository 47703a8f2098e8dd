"""Which tables are of references and which of alliances, where both have a title and a year."""

from __future__ import annotations

from pathlib import Path

import pytest

from constellary.data import automotive_folder
from constellary.exchange.bibliography.recognising import are_exports
from tests.needs import literature


@pytest.mark.parametrize(
    "text",
    [
        "id,name,announced,partners\n1,a,2020,b;c\n",
        "Title;Year;Partners\na;2020;b|c\n",
        "alliance,title,date,firm\n1,A,2020,F\n",
        "Título,Año,Socio 1,Socio 2\nA,2020,F,G\n",
        "title,year,partner_1,partner_2\nA,2020,F,G\n",
    ],
)
def test_a_table_of_alliances_is_no_export_of_references(text: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    assert not are_exports([path])


@pytest.mark.parametrize(
    "text",
    [
        "title,year,journal\nAlliances,2020,Research Policy\n",
        "Title;Authors;Year;Company\nA;Vallejo B.;2020;Ford\n",
        "title,abstract,partner\nA,Firms ally.,x\n",
    ],
)
def test_a_table_of_references_is_an_export(text: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    assert are_exports([path])


def test_the_tables_of_the_example_are_of_alliances() -> None:
    assert not are_exports(sorted(automotive_folder().iterdir()))


@pytest.mark.parametrize(
    "name",
    ["screening/Nagtegaal_2019.csv", "asreview_demo/generic_semicolon.csv", "scopus/litstudy/scopus.csv"],
)
def test_real_tables_of_references_are_exports(name: str) -> None:
    assert are_exports([literature(name)])
