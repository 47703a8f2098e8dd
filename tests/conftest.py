"""Fixtures that every room uses: the open data, and a study small enough to check by hand."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from constellary.data import automotive_codebook, automotive_folder
from constellary.study.codebook import (
    Category,
    Codebook,
    Comparison,
    Design,
    Group,
    Grouping,
    Rivals,
    Variable,
)
from constellary.study.codebook_file import read_codebook
from constellary.study.derive import build_frames
from constellary.study.frames import Frames


def _read(name: str) -> pl.DataFrame:
    return pl.read_csv(automotive_folder() / f"{name}.csv", infer_schema=False)


@pytest.fixture(scope="session")
def automotive_book() -> Codebook:
    return read_codebook(automotive_codebook())


@pytest.fixture(scope="session")
def automotive(automotive_book: Codebook) -> Frames:
    """The open automotive data, read by Polars alone so that no test here leans on our importer."""
    alliances = _read("alliances").with_columns(pl.col("technology").str.split(";"))
    firms = _read("firms").with_columns(pl.col("aliases").str.split(";"))
    codings = _read("codings").with_columns(
        pl.col("sure").replace_strict({"y": True, "n": False}, default=None, return_dtype=pl.Boolean)
    )
    return build_frames(
        automotive_book,
        alliances=alliances,
        partners=_read("partners").with_columns(pl.col("position").cast(pl.Int32)),
        firms=firms,
        sources=_read("sources"),
        codings=codings,
    )


@pytest.fixture(scope="session")
def demo_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo study, made as `constellary demo` makes it; copy it, and leave this file as it is."""
    from constellary.cli.demo import build

    path = tmp_path_factory.mktemp("demo") / "automotive.study"
    build(path, fresh=False)
    return path


@pytest.fixture(scope="session")
def next_decision(demo_study: Path) -> int:
    """The number of the first decision after those of the demo study."""
    from constellary.study.study import open_study

    with open_study(demo_study, read_only=True) as study:
        return study.history.latest() + 1


@pytest.fixture(scope="session")
def tiny_book() -> Codebook:
    """Another industry: airlines, so that nothing can lean on the automotive codebook."""
    return Codebook(
        name="airlines",
        title="Airline alliances",
        variables=(
            Variable(
                "purpose",
                "alliance",
                "single",
                "Purpose",
                "Why?",
                (Category("network", "Network"), Category("cost", "Cost"), Category("loyalty", "Loyalty")),
            ),
            Variable(
                "depth",
                "alliance",
                "single",
                "Depth",
                "",
                (Category("codeshare", "Codeshare"), Category("equity", "Equity")),
            ),
            Variable("routes", "alliance", "multiple", "Routes"),
            Variable(
                "kind",
                "firm",
                "single",
                "Kind",
                "",
                (
                    Category("flag", "Flag carrier"),
                    Category("low_cost", "Low cost"),
                    Category("rail", "Rail"),
                ),
            ),
            Variable("era", "firm", "single", "Era", "", (Category("old", "Old"), Category("new", "New"))),
        ),
        groupings=(
            Grouping(
                "binding",
                "alliance",
                "Binding",
                "depth",
                "categories",
                (
                    Group("tight", "Tight", members=("equity",)),
                    Group("loose", "Loose", members=("codeshare",)),
                ),
            ),
            Grouping(
                "mix",
                "alliance",
                "Mix",
                "kind",
                "partners",
                (
                    Group("air", "Air only", exactly=frozenset({"air"})),
                    Group("air_rail", "Air and rail", exactly=frozenset({"air", "ground"})),
                    Group("ground", "No airline", without=frozenset({"air"})),
                ),
                classes={"air": ("flag", "low_cost"), "ground": ("rail",)},
            ),
            Grouping("year", "alliance", "Year", "announced", "year"),
        ),
        period=("2019-03-01", "2022-12-31"),
        design=Design(
            firm_type="kind",
            firm_generation="era",
            form="binding",
            motivation="purpose",
            focus="depth",
            industries="mix",
            crosstabs=(("purpose", "depth"),),
            comparison=Comparison("era", "old", "new"),
            rivals=Rivals("kind", ("flag", "low_cost")),
        ),
    )


@pytest.fixture(scope="session")
def tiny(tiny_book: Codebook) -> Frames:
    """Six alliances of six firms; one firm without kind, one alliance without purpose, one without a date."""
    members = {
        "a1": ["Iberia", "Finnair"],
        "a2": ["Iberia", "Finnair", "Qantas"],
        "a3": ["Ryanair", "Renfe"],
        "a4": ["Iberia", "Renfe"],
        "a5": ["Qantas", "Mystery"],
        "a6": ["Iberia", "Ryanair"],
    }
    return build_frames(
        tiny_book,
        alliances=pl.DataFrame(
            {
                "id": list(members),
                "name": [f"Alliance {key}" for key in members],
                "announced": ["2019-05-01", "2020", "2020-07", "2021-01-31", "2022-02", None],
                "purpose": ["network", "network", "cost", "loyalty", None, "cost"],
                "depth": ["codeshare", "equity", "codeshare", "codeshare", "equity", "codeshare"],
                "routes": [["atlantic"], ["atlantic", "pacific"], None, ["rail"], ["pacific"], None],
            },
            schema_overrides={"routes": pl.List(pl.String)},
        ),
        partners=pl.DataFrame(
            [(key, firm, number) for key, firms in members.items() for number, firm in enumerate(firms, 1)],
            schema={"alliance": pl.String, "firm": pl.String, "position": pl.Int32},
            orient="row",
        ),
        firms=pl.DataFrame(
            {
                "firm": ["Iberia", "Finnair", "Qantas", "Ryanair", "Renfe", "IAG"],
                "aliases": [["IB"], None, None, None, None, None],
                "parent": ["IAG", None, None, None, None, None],
                "kind": ["flag", "flag", "flag", "low_cost", "rail", None],
                "era": ["old", "old", "old", "new", None, None],
            }
        ),
        sources=pl.DataFrame(
            {
                "alliance": ["a1", "a1", "a2"],
                "url": ["https://example.org/1", "https://example.com/1", "https://example.org/2"],
                "publisher": ["Example", "Other", None],
                "published": ["2019-05-02", None, "2020"],
            }
        ),
        codings=pl.DataFrame(
            [
                (key, "purpose", coder, value, True)
                for key, first, second in [
                    ("a1", "network", "network"),
                    ("a2", "network", "cost"),
                    ("a3", "cost", "cost"),
                    ("a4", "loyalty", "loyalty"),
                ]
                for coder, value in (("first", first), ("second", second))
            ],
            schema=["alliance", "variable", "coder", "value", "sure"],
            orient="row",
        ),
    )
