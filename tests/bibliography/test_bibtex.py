"""BibTeX: entries, LaTeX, and what Web of Science, Scopus and Zotero make of it."""

from __future__ import annotations

import re
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.errors import InputError
from constellary.exchange.bibliography.bibtex_entries import Entries
from constellary.exchange.bibliography.bibtex_values import people, text_of
from constellary.exchange.bibliography.reading import parse_export, read_export
from constellary.literature.record import Name, Record
from tests.needs import literature


def records(text: str) -> list[Record]:
    return [entry.record for entry in parse_export("x.bib", text.encode()).entries]


def test_web_of_science_is_read_whole() -> None:
    """Counts by bibtexparser 2.1.0: 99 entries, 2,953 fields; `grep -c '^@article'` gives 99, too."""
    path = literature("wos/bibliometrixData/biblio.bib")
    export = read_export(path)
    text = path.read_text(encoding="utf-8")
    assert export.remarks == ()
    assert export.database == "Web of Science"
    assert len(export.entries) == len(re.findall("^@article", text, re.MULTILINE)) == 99
    assert sum(len(entry.raw) - 2 for entry in export.entries) == 2953
    authors = re.findall(r"^Author = \{(.*?)\},$", text, re.MULTILINE | re.DOTALL)
    assert [len(entry.record.authors) for entry in export.entries] == [
        len(re.split(r"\sand\s", one)) for one in authors
    ]
    for entry in export.entries:
        record, raw = entry.record, dict(entry.raw)
        assert len(record.cited) == int(raw.get("Number-of-Cited-References", "0").strip("{}"))
        assert record.times_cited == int(raw["Times-Cited"].strip("{}"))
        assert record.accession == raw["Unique-ID"].strip("{}").replace("ISI:", "WOS:")
        assert text.split("\n")[record.line - 1].startswith("@article{")


@pytest.mark.parametrize(
    ("source", "text"),
    [  # as bibtexparser 2.1.0 with pylatexenc 2.11 decodes them
        (r"\"{U}ber M{\"o}bius", "Über Möbius"),
        (r"{\'{\i}} {\'\i} {\v{S}}koda", "í í Škoda"),
        (r"\c{c} {\ss} {\AE} {\o} {\L}{\'o}d{\'z}", "ç ß Æ ø Łódź"),
        (r"\H{o} \k{a} \r{a} \u{g} \.z \=a \~n {\^\i} \`e", "ő ą å ğ ż ā ñ î è"),
        (r"\textendash{} \ldots{} \textbackslash{} \_ \% \# \$5", "– … \\ _ % # $5"),
        (r"\emph{x} \textit{y} {\aa} \dj \dh \th \oe \OE", "x y å đðþœŒ"),
        # by the rules of TeX
        (r"na\"\i ve", "naïve"),
        (r"pages 1--2 --- ``so''", "pages 1–2 — “so”"),
        (r"US$ 5", "US$ 5"),
        (r"$\alpha$-helix", "α-helix"),
        (r"\foo{bar}", r"\foobar"),
    ],
)
def test_latex_is_read_as_text(source: str, text: str) -> None:
    assert text_of(source) == text


def test_names_are_divided_as_bibtex_divides_them() -> None:
    """As pybtex 0.26.1 divides them, von part and last name being one family name."""
    source = (
        "Vallejo, Bertha and Ludwig van Beethoven and {Barnes and Noble} and King, Jr., Martin Luther and "
        r"de la Cruz, Mar{\'\i}a and Charles Louis Xavier Joseph de la Vall{\'e}e Poussin and Jean {Le Goff} and others"
    )
    assert people(source) == (
        Name("Vallejo", "Bertha"),
        Name("van Beethoven", "Ludwig"),
        Name("Barnes and Noble"),
        Name("King", "Martin Luther, Jr."),
        Name("de la Cruz", "María"),
        Name("de la Vallée Poussin", "Charles Louis Xavier Joseph"),
        Name("Le Goff", "Jean"),
    )


def test_macros_quotes_and_concatenation() -> None:
    (record,) = records(
        '@comment{ignored @article{no, title={no}}}\n@preamble{"\\newcommand{\\x}{y}"}\n'
        '@string{rp = "Research " # {Policy}}\n'
        '@ARTICLE(key1, title = "On {"}quoted{"} " # {and braces}, journal = rp, year = 2020, month = may # "~17",)\n'
    )
    assert record.title == 'On "quoted" and braces'
    assert (record.venue, record.year, record.date) == ("Research Policy", 2020, "2020-05-17")


def test_keys_may_be_missing_or_odd() -> None:
    export = parse_export(
        "x.bib", b"@misc{,\n title={One}}\n@article{ ISI:0001,\n Title={{Two}}}\n@book{a b, title={T}}"
    )
    assert [entry.record.title for entry in export.entries] == ["One", "Two"]
    assert export.entries[1].record.accession == "WOS:0001"
    assert [(remark.line, remark.lost) for remark in export.remarks] == [(5, True)]


def test_scopus_writes_counts_into_the_note_and_authors_keywords_apart() -> None:
    (record,) = records(
        "@ARTICLE{Vallejo2020,\nauthor={Vallejo, B. and Carrillo, J.},\ntitle={Alliances},\njournal={Policy},\n"
        "year={2020},\nnote={cited By 3},\nart_number={e12},\n"
        "url={https://www.scopus.com/inward/record.uri?eid=2-s2.0-85123480963&doi=10.1},\n"
        "author_keywords={Trust;  Learning},\nkeywords={Automobiles},\n"
        "references={Doe, J., (1999) X; Roe, K., (2001) Y},\n"
        "document_type={Conference Paper},\nsource={Scopus},\n}\n"
    )
    assert (record.database, record.accession) == ("Scopus", "2-s2.0-85123480963")
    assert (record.times_cited, record.notes, record.pages) == (3, (), "e12")
    assert record.keywords == ("Trust", "Learning", "Automobiles")
    assert record.cited == ("Doe, J., (1999) X", "Roe, K., (2001) Y")
    assert record.type == "paper-conference"


def test_zotero_writes_dates_files_and_keywords_in_its_own_way() -> None:
    (record,) = records(
        "\n@inproceedings{vallejo_alliances_2020,\n\taddress = {Berlin},\n\ttitle = {{NATO} and alliances},\n"
        "\tcopyright = {All rights},\n\turl = {https://example.org/a\\_b},\n\tdoi = {10.1007/978-3-540\\_1},\n"
        "\tlanguage = {en-US},\n\turldate = {2021-01-02},\n\tbooktitle = {Proc},\n"
        "\tauthor = {Vallejo, Bertha and {World Bank}},\n\tdate = {2020-05-17},\n\tkeywords = {trust, ventures},\n"
        "\tpages = {1--12},\n\tfile = {PDF:C\\:\\\\Users\\\\a.pdf:application/pdf},\n}\n"
    )
    assert (record.doi, record.url) == ("10.1007/978-3-540_1", "https://example.org/a_b")
    assert (record.year, record.date, record.language) == (2020, "2020-05-17", "en")
    assert record.keywords == ("trust", "ventures")
    assert (record.pages, record.venue, record.place) == ("1-12", "Proc", "Berlin")
    assert record.authors[1] == Name("World Bank")


def test_an_entry_that_is_not_closed_is_named_and_the_others_are_read() -> None:
    export = parse_export(
        "x.bib", b"@article{a,\n title={One}}\n@article{b,\n title={Two\n}\n@article{c,\n title={Three}}\n"
    )
    assert [entry.record.title for entry in export.entries] == ["One", "Three"]
    (remark,) = export.remarks
    assert (remark.line, remark.lost) == (3, True)
    assert "@article begins here that cannot be read" in remark.text


@pytest.mark.parametrize(
    "end", [",\n  author = {Vallejo, B.},\n", ",\n  auth", ",\n  author = {Valle", ",\n  author ="]
)
def test_a_file_that_ends_within_an_entry_is_refused_wherever_it_was_cut(end: str) -> None:
    whole = "@article{a,\n title={One}}\n@article{b,\n title={Two}"
    with pytest.raises(InputError, match="ends in the middle of the entry that begins in line 3"):
        parse_export("x.bib", (whole + end).encode())


def test_an_entry_that_a_missing_brace_hides_in_another_is_named() -> None:
    deep = (
        "@article{b,\n title={Two {deep {er\n@article{c,\n title={Three}}\n}}}\n@article{d, title={Four}}\n"
    )
    export = parse_export("x.bib", deep.encode())
    assert [entry.record.title for entry in export.entries] == ["Three", "Four"]
    assert [(remark.line, remark.lost) for remark in export.remarks] == [(1, True)]
    flat = "@article{b,\n title={Two\n@article{c,\n}\n}}\n@article{d, title={Four}}\n"
    export = parse_export("x.bib", flat.encode())
    assert len(export.entries) == 2
    assert [(remark.line, remark.lost) for remark in export.remarks] == [(3, True)]


def test_entries_within_a_comment_are_none() -> None:
    export = parse_export(
        "x.bib", b"@comment{jabref\n@article{a,\n title={x}}\n}\n@article{b, title={Two}}\n"
    )
    assert [entry.record.title for entry in export.entries] == ["Two"]
    assert export.remarks == ()


def test_a_file_that_ends_within_an_entry_is_refused_with_its_line() -> None:
    with pytest.raises(InputError, match=r"x\.bib ends in the middle of the entry that begins in line 3"):
        parse_export("x.bib", b"@article{a,\n title={One}}\n@article{b,\n title={Two")


def test_a_file_of_remarks_alone_is_refused() -> None:
    with pytest.raises(InputError, match="without any entry"):
        parse_export("x.bib", b"@comment{nothing}\n")


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title={" * 50_000,
        "@article{a, title=" + "{" * 1_000_000,
        "@article{a, title={x}}\n" + "@article{b, title={\n" * 20_000,
        "@comment{x}\n" * 20_000 + "@article{a, title={" + "\n@a{b," * 20_000 + "}" * 20_002,
        "@article{a," + "x={1}," * 199_000 + "}",
        '@string{a = "x"}\n'
        + "".join("@string{a = a # a # a}\n" for _ in range(40))
        + "@article{a, title=a}",
    ],
    ids=["unclosed", "braces", "each unclosed", "comments", "fields", "macros that grow"],
)
def test_hostile_files_are_refused_or_read_in_bounded_time(text: str) -> None:
    start = time.process_time()
    with suppress(InputError):
        parse_export("x.bib", text.encode())
    assert time.process_time() - start < 10


class FieldByField(Entries):
    """Reads every entry field by field, as the grammar has it, and splits none."""

    def _split(self, place: int, line: int) -> None:  # noqa: ARG002  (as it is called)
        return None


PARTS = (
    *(
        "@article{one,\n",
        "@misc(two,",
        "}\n",
        "\n}\n\n",
        "}",
        "},\n",
        "{",
        "@",
        ",",
        "\n@",
        " and ",
        '"',
        "#",
    ),
    *(
        "title = {{Trust}},\n",
        "note = {n,\n  m = {o} }",
        "x={a {b {c}} {d}}\n,",
        "month = jan,\n",
        "year = {2020}",
    ),
    *("z = {{a} b},\n", "w = {a}, b = {c}}", "url={},\n", "e-mail = {a@b.c\n@home{x,},\n"),
)


@given(st.lists(st.sampled_from(PARTS), max_size=12).map(lambda parts: "@article{key,\n" + "".join(parts)))
def test_an_entry_says_the_same_whether_it_is_split_or_read_field_by_field(text: str) -> None:
    split, read = Entries(text, "x.bib"), FieldByField(text, "x.bib")
    assert (split.found, split.remarks, split.cut_at) == (read.found, read.remarks, read.cut_at)


def test_web_of_science_says_the_same_whether_it_is_split_or_read_field_by_field() -> None:
    text = literature("wos/bibliometrixData/biblio.bib").read_text(encoding="utf-8")
    assert Entries(text, "x.bib").found == FieldByField(text, "x.bib").found
