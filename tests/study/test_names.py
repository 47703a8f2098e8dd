"""Names of firms that are nearly alike: nobody wins in silence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from constellary.errors import UnknownName
from constellary.study.batch import Batch
from constellary.study.codebook import Codebook
from constellary.study.frames import Frames
from constellary.study.names import firm_names
from constellary.study.selection import select
from constellary.study.study import create_study

ALIKE = pl.DataFrame(
    {"firm": ["Fiat", "fiat", "Bosch"], "aliases": [["FCA"], None, ["FIAT"]]},
    schema={"firm": pl.String, "aliases": pl.List(pl.String)},
)


def test_a_folded_name_of_two_firms_means_neither() -> None:
    assert firm_names(ALIKE) == {"bosch": "Bosch", "fca": "Fiat"}
    assert firm_names(ALIKE.reverse()) == firm_names(ALIKE)


def test_a_study_knows_both_by_their_exact_names(tmp_path: Path, tiny_book: Codebook) -> None:
    with create_study(tmp_path / "t.study", tiny_book, who="x") as study:
        study.take(Batch(firms=ALIKE), who="x")
        assert study.known_firms() == {"Fiat": "Fiat", "fiat": "fiat", "bosch": "Bosch", "fca": "Fiat"}


def test_a_condition_takes_the_exact_name_first(tiny: Frames) -> None:
    other = pl.col("firm").replace({"Renfe": "iberia"})
    frames = replace(tiny, partners=tiny.partners.with_columns(other), firms=tiny.firms.with_columns(other))

    def ids(name: str) -> list[str]:
        return select(frames, where=f"firm = {name}").alliances["id"].to_list()

    assert ids("Iberia") == ["a1", "a2", "a4", "a6"]
    assert ids("iberia") == ["a3", "a4"]
    with pytest.raises(UnknownName, match="iberia"):  # two firms fit: neither is taken in silence
        ids("IBERIA")
    assert ids("FINNAIR") == ["a1", "a2"]
