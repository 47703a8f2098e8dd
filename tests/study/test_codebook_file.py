"""The codebook as a file: what is written reads back, and what is wrong is said all at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.errors import InputError, ProblemsFound, UnknownName
from constellary.study.codebook import Category, Codebook, Variable
from constellary.study.codebook_file import parse_codebook, read_codebook
from constellary.study.codebook_writer import write_codebook

texts = (
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
)


def test_the_automotive_codebook_reads_back_as_written(automotive_book: Codebook) -> None:
    assert parse_codebook(write_codebook(automotive_book)) == automotive_book


def test_another_industry_reads_back_as_written(tiny_book: Codebook) -> None:
    assert parse_codebook(write_codebook(tiny_book)) == tiny_book


@given(label=texts, question=texts, values=st.lists(texts, unique=True, min_size=1, max_size=5))
def test_any_text_survives_the_file(label: str, question: str, values: list[str]) -> None:
    book = Codebook(
        "any",
        label,
        (
            Variable(
                "v",
                "alliance",
                "single",
                label,
                question,
                tuple(Category(value, value, question) for value in values),
            ),
        ),
    )
    assert parse_codebook(write_codebook(book)) == book


def test_every_fault_of_a_codebook_is_named_at_once() -> None:
    text = """
    name = 3
    colour = "blue"
    [[variable]]
    name = "year"
    level = "firms"
    kind = "single"
    category = [{ value = "a" }, { value = "a" }]
    [[variable]]
    name = "two words"
    level = "firm"
    kind = "date"
    category = [{ value = "a" }]
    [[grouping]]
    name = "g"
    of = "nothing"
    method = "categories"
    [design]
    motivation = "aim"
    crosstabs = [["year"]]
    """
    with pytest.raises(ProblemsFound) as caught:
        parse_codebook(text, origin="book.toml")
    said = str(caught.value)
    for part in (
        "'name' must be text",
        "'colour' is not known",
        "'year' is a name of Constellary's own",
        "'level' must be one of alliance, firm",
        "'a' is there more than once",
        "'two words'",
        "a date variable has no categories",
        "no variable 'nothing'",
        "no variable 'aim'",
        "a crosstab is a pair",
    ):
        assert part in said


def test_a_file_that_is_no_toml_is_refused_with_its_place() -> None:
    with pytest.raises(InputError, match="line 1"):
        parse_codebook("name = \n[x]", origin="book.toml")


def test_a_codebook_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent.toml: cannot be read"):
        read_codebook(tmp_path / "absent.toml")


def test_an_unknown_variable_names_its_neighbour(automotive_book: Codebook) -> None:
    with pytest.raises(UnknownName, match="Did you mean motivation"):
        automotive_book.find("motivations")


@pytest.mark.parametrize(
    ("grouping", "said"),
    [
        ('of = "tags"\nmethod = "categories"', "needs a single choice of level alliance"),
        ('of = "kind"\nmethod = "categories"', "needs a single choice of level alliance"),
        ('of = "aim"\nmethod = "partners"', "needs a single choice of level firm"),
        ('of = "aim"\nmethod = "size"', "method 'size' is of 'partners'"),
        ('of = "partners"\nmethod = "size"\nlevel = "firm"', "makes groups of alliances"),
        ('of = "aim"\nmethod = "year"', "method 'year' needs a date"),
    ],
)
def test_a_grouping_whose_method_cannot_work_is_refused(grouping: str, said: str) -> None:
    text = """
    name = "x"
    [[variable]]
    name = "aim"
    level = "alliance"
    kind = "single"
    [[variable]]
    name = "tags"
    level = "alliance"
    kind = "multiple"
    [[variable]]
    name = "kind"
    level = "firm"
    kind = "single"
    [[grouping]]
    name = "g"
    """
    with pytest.raises(ProblemsFound, match=said):
        parse_codebook(f"{text}\n{grouping}\n")


def test_a_variable_is_found_by_name_or_label_in_any_case(automotive_book: Codebook) -> None:
    assert automotive_book.find("MOTIVATION").name == "motivation"
    assert automotive_book.find("number of partners").name == "partners_band"
