"""Table 1 and the matrix of a review whose counts were made by hand, passage by passage (`reviews.py`)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from constellary.data import automotive_codebook
from constellary.errors import InputError, UnknownName
from constellary.literature.codebook_from import codebook_from, tie
from constellary.literature.matrix import matrix
from constellary.literature.review import Review
from constellary.literature.synthesis import chosen, synthesis
from constellary.literature.taxonomy import Code, Group, Taxonomy
from constellary.study.codebook_file import parse_codebook, read_codebook
from constellary.study.codebook_writer import write_codebook
from tests.literature.reviews import REVIEW, passage


def test_each_group_has_its_examples_and_studies() -> None:
    rows = synthesis(REVIEW).groups.to_dicts()
    assert [(row["group"], row["works"], row["share"], row["passages"]) for row in rows] == [
        ("knowledge", 2, 0.5, 3),
        ("supply", 2, 0.5, 3),
        ("services", 0, 0.0, 0),
        (None, 1, 0.25, 1),
    ]
    knowledge, supply, services, _ = rows
    assert knowledge["studies"] == ["Chen (2021)", "Diaz (2020)"]
    assert knowledge["evidence"] == ["chen", "diaz"]
    assert knowledge["examples"] == ["a laboratory for cells", "code together", "a second quote"]
    assert supply["evidence"] == ["abe", "chen"]
    assert supply["examples"] == ["one plant", "a plant in Hefei"]
    assert services["examples"] == services["studies"] == []


def test_records_of_one_work_count_once() -> None:
    plant = {row["code"]: row for row in synthesis(REVIEW).codes.to_dicts()}["plant"]
    assert (plant["passages"], plant["works"], plant["evidence"]) == (3, 2, ["abe", "chen"])


def test_only_included_works_count_and_the_others_are_told() -> None:
    found = synthesis(REVIEW)
    assert (found.n, found.uncoded, found.left_out) == (4, ("uncoded",), ("out",))
    assert any("1 work not included: out" in remark for remark in found.remarks)
    every = synthesis(REVIEW, every=True)
    assert (every.n, every.left_out) == (6, ())
    assert "out" in every.groups["evidence"][0]


def test_the_works_of_a_group_are_shared_out_by_the_other_dimension() -> None:
    crossed = {
        (row["group"], row["class"]): row["evidence"]
        for row in synthesis(REVIEW).crossed.iter_rows(named=True)
    }
    assert {place: works for place, works in crossed.items() if works} == {
        ("knowledge", "both"): ["chen"],
        ("knowledge", "none"): ["diaz"],
        ("supply", "exploitation"): ["abe"],
        ("supply", "both"): ["chen"],
    }
    for row in synthesis(REVIEW).groups.filter(group="knowledge").to_dicts():
        assert row["works"] == sum(
            len(works) for (group, _), works in crossed.items() if group == row["group"]
        )


def test_a_group_named_both_takes_the_works_of_several_groups() -> None:
    groups = (*REVIEW.taxonomy.groups, Group("both", "Both at once", dimension="learning"))
    found = synthesis(replace(REVIEW, taxonomy=replace(REVIEW.taxonomy, groups=groups), memory={}))
    names = found.crossed.filter(group="knowledge")["class_label"].to_list()
    assert names == ["Exploration", "Exploitation", "Both at once", "None"]
    assert found.crossed.filter(group="knowledge", **{"class": "both"})["evidence"].to_list() == [["chen"]]


def test_examples_come_from_every_code_before_a_second_of_one() -> None:
    passages = [passage(n, "r", code, "ann", f"{code} {n}") for n, code in enumerate("aaabbc", 1)]
    assert chosen(passages, 4) == ["a 1", "b 4", "c 6", "a 2"]


def test_a_long_quote_is_cut_at_a_word() -> None:
    (said,) = chosen([passage(1, "r", "a", "ann", "many words " * 40)], 1)
    assert len(said) <= 162
    assert said.endswith("many words many …")


def test_the_matrix_counts_passages_by_study_and_code() -> None:
    found = matrix(REVIEW)
    assert found.works["study"].to_list() == ["Abe (2019)", "Chen (2021)", "Diaz (2020)", "Fry (2022)"]
    assert found.counts() == {
        ("abe", "plant"): 2,
        ("chen", "cells"): 2,
        ("chen", "plant"): 1,
        ("diaz", "software"): 1,
        ("diaz", "stray"): 1,
    }
    wide = found.tables()["matrix"]
    assert wide.columns == ["study", "year", "work", "cells", "plant", "software", "stray"]
    assert wide["plant"].to_list() == [2, 1, None, None]
    assert matrix(REVIEW, "group", "learning").counts() == {
        ("abe", "exploitation"): 2,
        ("chen", "exploration"): 2,
        ("chen", "exploitation"): 1,
    }


def test_a_code_may_be_called_like_a_column() -> None:
    named = Taxonomy((Code("study", "Study"), Code("cells", "Cells")))
    assert matrix(Review(taxonomy=named)).tables()["matrix"].columns[-2:] == ["study_code", "cells"]


def test_an_unknown_dimension_is_met_with_near_ones() -> None:
    with pytest.raises(UnknownName, match="Did you mean motivation"):
        synthesis(REVIEW, "motivations")


def test_nothing_coded_gives_empty_tables() -> None:
    found = synthesis(Review())
    assert (found.n, found.groups.height) == (0, 0)
    assert all(frame.height == 0 for frame in found.tables().values())


def test_the_codebook_of_the_taxonomy_begins_a_study() -> None:
    made = parse_codebook(write_codebook(codebook_from(REVIEW.taxonomy)))
    (variable,) = made.variables
    assert variable.values == ("knowledge", "supply", "services")
    assert made.design.motivation == "motivation"
    assert tie(REVIEW.taxonomy, made) is not None
    assert tie(REVIEW.taxonomy, made).whole  # type: ignore[union-attr]


def test_a_codebook_keeps_the_values_that_alliances_bear_already() -> None:
    book = read_codebook(automotive_codebook())
    groups = (
        Group("knowledge", "Knowledge and capabilities", "To learn."),
        Group("green-manufacturing", "Green manufacturing"),
        Group("resilience", "Supply chain and risk"),
        Group("prestige", "Prestige"),
    )
    taxonomy = Taxonomy(groups=groups)
    found = tie(taxonomy, book)
    assert found is not None
    assert found.shared == (
        ("knowledge", "knowledge"),
        ("green_manufacturing", "green-manufacturing"),
        ("supply_chain_risk", "resilience"),
    )
    assert (found.without_group, found.without_category) == (("services",), ("prestige",))
    assert not found.whole
    made = codebook_from(taxonomy, book)
    variable = made.find("motivation")
    assert variable.values == ("knowledge", "green_manufacturing", "supply_chain_risk", "prestige")
    assert made.labels("motivation")["knowledge"] == "Knowledge and capabilities"
    assert [one.name for one in made.variables] == [one.name for one in book.variables]


def test_a_taxonomy_without_groups_makes_no_codebook() -> None:
    with pytest.raises(InputError, match="no group of the dimension"):
        codebook_from(Taxonomy())
