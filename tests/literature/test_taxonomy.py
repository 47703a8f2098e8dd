from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.errors import InputError, ProblemsFound
from constellary.literature.taxonomy import Code, Group, Taxonomy
from constellary.literature.taxonomy_changes import changes
from constellary.literature.taxonomy_file import LARGEST, parse_taxonomy, template, write_taxonomy

NAMES = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30).map(
    str.strip
)


@st.composite
def taxonomies(draw: st.DrawFn) -> Taxonomy:
    codes = draw(st.lists(NAMES, unique=True, max_size=5))
    groups = draw(st.lists(NAMES, unique=True, max_size=4))
    dimensions = draw(st.lists(NAMES, unique=True, min_size=1, max_size=2))
    gathered: dict[str, tuple[str, tuple[str, ...]]] = {}
    free = {dimension: list(codes) for dimension in dimensions}
    for group in groups:
        dimension = draw(st.sampled_from(dimensions))
        taken = draw(st.lists(st.sampled_from(free[dimension]), unique=True)) if free[dimension] else []
        free[dimension] = [code for code in free[dimension] if code not in taken]
        gathered[group] = (dimension, tuple(taken))
    return Taxonomy(
        tuple(Code(name, draw(TEXTS) or name, draw(TEXTS)) for name in codes),
        tuple(
            Group(name, draw(TEXTS) or name, draw(TEXTS), taken, where)
            for name, (where, taken) in gathered.items()
        ),
        tuple((name, draw(TEXTS) or name) for name in dimensions),
    )


@given(taxonomies())
def test_what_is_written_reads_back_as_the_same(taxonomy: Taxonomy) -> None:
    assert parse_taxonomy(write_taxonomy(taxonomy)) == taxonomy


@given(taxonomies(), taxonomies())
def test_equal_versions_and_they_alone_have_no_changes(one: Taxonomy, other: Taxonomy) -> None:
    assert changes(one, one) == ()
    assert bool(changes(one, other)) == (one != other)


def test_the_template_is_a_taxonomy() -> None:
    found = parse_taxonomy(template())
    assert [name for name, _ in found.labels] == ["motivation", "learning"]
    assert {group.dimension for group in found.groups} == {"motivation", "learning"}


def test_every_mistake_is_named_with_its_place() -> None:
    text = """
    colour = "red"
    [dimensions]
    motivation = "Motivation"
    [[code]]
    name = "cells"
    [[code]]
    name = "cells"
    label = 5
    [[code]]
    name = "Big Cells"
    [[code]]
    label = "no name"
    [[group]]
    name = "supply"
    codes = ["cels", "cells"]
    [[group]]
    name = "green"
    codes = ["cells", "cells"]
    dimension = "motivaton"
    [[group]]
    name = "risk"
    codes = ["cells"]
    """
    with pytest.raises(ProblemsFound) as caught:
        parse_taxonomy(text, origin="mine.toml")
    said = [str(problem) for problem in caught.value.problems]
    expected = (
        "'colour' is not known here",
        "code 'cells': 'label' must be text in quotes, not 5",
        "code 'Big Cells': a name has small letters",
        "code 4: 'name' is missing",
        "group 'green': the code 'cells' is named twice",
        "code 'cells' is there more than once",
        "group 'supply': there is no code 'cels'. Did you mean cells?",
        "group 'risk': the code 'cells' stands in 'supply' already",
        "group 'green': there is no dimension 'motivaton' under [dimensions]. Did you mean motivation?",
    )
    for part in expected:
        assert any(part in one for one in said), part
    assert all(one.startswith("mine.toml: ") for one in said)
    assert len(said) == len(expected)


def test_a_code_may_stand_in_a_group_of_each_dimension() -> None:
    parse_taxonomy(template())
    twice = template().replace('codes = ["shared-plant"]', 'codes = ["shared-plant", "battery-research"]', 1)
    with pytest.raises(ProblemsFound, match="stands in 'knowledge' already"):
        parse_taxonomy(twice)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[code]\n", "line 1"),
        ("x" * (LARGEST + 1), "letters is not read"),
        ("a = " + "[" * 100_000, "mine.toml"),
    ],
)
def test_what_is_no_taxonomy_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_taxonomy(text, origin="mine.toml")


def test_the_history_says_what_was_added_renamed_and_moved() -> None:
    old = parse_taxonomy(template())
    codes = (replace(old.codes[0], label="Batteries"), old.codes[1], Code("ride-hailing", "Ride hailing"))
    knowledge, supply, *others = old.groups
    groups = (
        replace(knowledge, codes=()),
        replace(supply, codes=("shared-plant", "battery-research")),
        *others[:1],
    )
    assert changes(old, Taxonomy(codes, groups, old.labels)) == (
        "Code 'ride-hailing' added: Ride hailing.",
        "Code 'battery-research' renamed from 'Joint research on batteries' to 'Batteries'.",
        "Group 'exploitation' removed.",
        "Code 'battery-research' moved from 'knowledge' to 'supply'.",
        "Code 'shared-plant' taken out of 'exploitation'.",
    )
