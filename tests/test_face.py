"""The public face: what a notebook calls, on a study and on frames, and how results show themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import constellary as cy
from constellary.data import automotive_files
from constellary.result import Result
from constellary.study.frames import Frames
from constellary.study.study import Study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    from constellary.exchange.importer import read_files

    made = cy.new(tmp_path_factory.mktemp("face") / "automotive.study")
    made.take(read_files(automotive_files(), made.codebook).batch, who="ana")
    return made


def test_the_open_data_come_in_by_the_importer_as_the_fixture_has_them(
    study: Study, automotive: Frames
) -> None:
    found = study.frames()
    for name in ("alliances", "partners", "firms", "sources", "codings"):
        assert getattr(found, name).equals(getattr(automotive, name)), name


def test_files_can_be_read_without_a_study(automotive: Frames) -> None:
    found = cy.read(*automotive_files())
    assert found.alliances.equals(automotive.alliances)
    assert found.partners.equals(automotive.partners)


RESULTS: dict[str, Callable[[Study | Frames], Result]] = {
    "frequency": lambda source: cy.frequency(source, "motivation"),
    "crosstab": lambda source: cy.crosstab(source, "motivation", "focus"),
    "alliances_per_firm": cy.alliances_per_firm,
    "partners_per_alliance": cy.partners_per_alliance,
    "trend": cy.trend,
    "compare_firms": cy.compare_firms,
    "rival_pairs": cy.rival_pairs,
    "agreement": cy.agreement,
    "constellation": cy.constellation,
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_study_and_its_frames_give_the_same_result_which_shows_itself(
    study: Study, automotive: Frames, name: str
) -> None:
    of_study, of_frames = RESULTS[name](study), RESULTS[name](automotive)
    assert isinstance(of_study, Result)
    assert of_study.numbers() == of_frames.numbers()
    assert of_study._repr_html_().startswith("<h4>")
    assert of_study.title in str(of_study)
    assert all("evidence" not in table.columns for table in of_study.tables().values())


def test_a_selection_narrows_any_analysis(study: Study) -> None:
    whole, part = (
        cy.frequency(study, "motivation"),
        cy.frequency(study, "motivation", since="2021", where="place = China"),
    )
    assert 0 < part.n < whole.n
    assert "place = China" in part.selection


def test_text_of_the_data_is_escaped_where_a_notebook_shows_it(tiny: Frames) -> None:
    import polars as pl

    from constellary.result import frame_html

    assert "<script>" not in frame_html(pl.DataFrame({"<script>": ["<script>alert(1)</script>"]}))


def test_firms_are_compared_in_measures_and_not_in_ranks_or_numbers_of_groups(automotive: Frames) -> None:
    from constellary.constellation.measures import COMPARED

    assert cy.compare_firms(automotive).measures["measure"].to_list() == ["alliances", *COMPARED]


def test_a_codebook_without_a_comparison_says_so(tiny: Frames) -> None:
    from dataclasses import replace

    from constellary.study.codebook import Design

    bare = replace(tiny, codebook=replace(tiny.codebook, design=Design()))
    with pytest.raises(cy.UsageError, match="declares no comparison"):
        cy.compare_firms(bare)
    with pytest.raises(cy.UsageError, match="rivals"):
        cy.rival_pairs(bare)


def test_exports_are_drawn_as_the_report_draws_them(study: Study, tmp_path: Path) -> None:
    import networkx as nx

    cy.export(study, tmp_path / "sky.gexf", "gexf")
    graph = nx.read_gexf(tmp_path / "sky.gexf")
    assert graph.number_of_nodes() == 527
    looks = [data["viz"] for _, data in graph.nodes(data=True)]
    assert all({"position", "size", "color"} <= set(look) for look in looks)
    assert len({look["color"]["r"] for look in looks}) > 1


def test_a_codebook_for_another_industry_makes_a_study(tmp_path: Path) -> None:
    book = tmp_path / "book.toml"
    book.write_text(
        '[[variable]]\nname = "aim"\nlevel = "alliance"\nkind = "single"\nlabel = "Aim"\n', encoding="utf-8"
    )
    text = 'name = "airlines"\ntitle = "Airlines"\n' + book.read_text(encoding="utf-8")
    book.write_text(text, encoding="utf-8")
    with cy.new(tmp_path / "airlines.study", codebook=book) as made:
        assert [variable.name for variable in made.codebook.variables] == ["aim"]


def test_frames_become_pandas_frames(study: Study) -> None:
    firms = cy.constellation(study, where="place = China").firms
    frame = firms.select("firm", "type", "alliances", "betweenness").to_pandas()
    assert list(frame["firm"]) == firms["firm"].to_list()
    assert frame["alliances"].sum() == firms["alliances"].sum()
