"""JSON of OpenAlex, Crossref and reference managers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from constellary.errors import InputError
from constellary.exchange.bibliography.openalex import abstract_of
from constellary.exchange.bibliography.reading import parse_export, read_export
from constellary.literature.record import Name
from tests.needs import literature

WORK: dict[str, Any] = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.1/ABC",
    "display_name": "Alliances",
    "publication_year": 2020,
    "authorships": [{"author": {"display_name": "Bertha Vallejo"}}],
}
CROSSREF: dict[str, Any] = {
    "DOI": "10.1016/J.RESPOL.2020.1",
    "type": "journal-article",
    "title": ["Alliances"],
    "subtitle": ["A review"],
    "container-title": ["Research Policy"],
    "author": [{"family": "Vallejo", "given": "Bertha"}, {"name": "OECD"}],
    "issued": {"date-parts": [[2020, 5]]},
    "is-referenced-by-count": 7,
    "abstract": "<jats:p>On <jats:italic>trust</jats:italic>.</jats:p>",
    "reference": [{"unstructured": "Doe (1999)."}, {"author": "Roe", "year": "2001", "DOI": "10.1234/r"}],
    "member": "78",
}


def parse(value: object, name: str = "works.json") -> Any:
    return parse_export(name, json.dumps(value).encode())


def test_openalex_of_2026_is_read_whole() -> None:
    path = literature("openalex/works_3.json")
    works = json.loads(path.read_text(encoding="utf-8"))["results"]
    export = read_export(path)
    assert (export.format, export.database) == ("OpenAlex JSON", "OpenAlex")
    assert len(export.entries) == len(works) == 3
    for entry, work in zip(export.entries, works, strict=True):
        record, raw = entry.record, entry.raw
        assert record.title == work["display_name"]
        assert record.doi == ((work["doi"] or "").removeprefix("https://doi.org/").lower() or None)
        assert len(record.authors) == len(work["authorships"])
        assert record.times_cited == work["cited_by_count"]
        assert len(record.cited) == work["referenced_works_count"]
        assert (record.year, record.date) == (work["publication_year"], work["publication_date"])
        assert dict(raw)["biblio.volume"] == work["biblio"]["volume"]
        assert [text for path, text in raw if path == "authorships.author.display_name"] == [
            one["author"]["display_name"] for one in work["authorships"]
        ]
    index = works[1]["abstract_inverted_index"]
    assert (
        export.entries[1].record.abstract
        == "A new prospective approach for PET imaging of 5-HT7by a small molecule ligand."
    )
    assert json.loads(dict(export.entries[1].raw)["abstract_inverted_index"]) == index


@pytest.mark.parametrize(
    "value",
    [
        {"meta": {"count": 2}, "results": [WORK, WORK]},
        [WORK, WORK],
        [{"results": [WORK]}, {"results": [WORK]}],
    ],
)
def test_works_of_openalex_in_pages_and_arrays(value: object) -> None:
    export = parse(value)
    assert [(entry.record.accession, entry.record.line) for entry in export.entries] == [("W1", 1), ("W1", 2)]
    assert export.entries[0].record.authors == (Name("Vallejo", "Bertha"),)


def test_a_line_that_is_no_json_is_named_and_the_others_are_read() -> None:
    lines = "\n".join([json.dumps(WORK), "{broken", json.dumps(WORK), ""])
    export = parse_export("works.jsonl", lines.encode())
    assert [entry.record.line for entry in export.entries] == [1, 3]
    assert [(remark.line, remark.lost) for remark in export.remarks] == [(2, True)]


def test_an_abstract_of_nonsense_is_none() -> None:
    assert abstract_of({"a": "b", "c": [None, "x"]}) is None
    assert abstract_of({"far": [10**12], "near": [0]}) == "near far"


@pytest.mark.parametrize(
    "value",
    [
        {"status": "ok", "message-type": "work-list", "message": {"items": [CROSSREF]}},
        {"status": "ok", "message-type": "work", "message": CROSSREF},
        [CROSSREF],
        CROSSREF,
    ],
)
def test_works_of_crossref_in_every_wrapping(value: object) -> None:
    export = parse(value)
    assert (export.format, len(export.entries)) == ("Crossref JSON", 1)
    record = export.entries[0].record
    assert record.title == "Alliances: A review"
    assert record.authors == (Name("Vallejo", "Bertha"), Name("OECD"))
    assert (record.year, record.date, record.venue) == (2020, "2020-05", "Research Policy")
    assert record.doi == "10.1016/j.respol.2020.1"
    assert record.abstract == "On trust."
    assert record.cited == ("Doe (1999).", "Roe, 2001, DOI 10.1234/r")
    assert (record.times_cited, record.type) == (7, "article-journal")
    assert ("author.family", "Vallejo") in export.entries[0].raw


def test_csl_json_of_zotero() -> None:
    item = {
        "id": "vallejo2020",
        "type": "paper-conference",
        "title": "Alliances &amp; trust",
        "DOI": "https://doi.org/10.1234/ABC",
        "language": "English",
        "author": [{"family": "Hoven", "given": "J.", "non-dropping-particle": "van den"}],
        "issued": {"date-parts": [["2020", 5, "17"]]},
        "ISSN": "12345679",
    }
    record = parse([item]).entries[0].record
    assert record.title == "Alliances & trust"
    assert record.authors == (Name("van den Hoven", "J."),)
    assert (record.doi, record.date, record.language, record.issn) == (
        "10.1234/abc",
        "2020-05-17",
        "en",
        "1234-5679",
    )


def test_an_item_that_is_no_object_is_named() -> None:
    export = parse([CROSSREF, 3, CROSSREF])
    assert [(remark.line, remark.lost) for remark in export.remarks] == [(2, True)]
    assert [entry.record.line for entry in export.entries] == [1, 3]


def test_json_that_is_cut_off_is_refused_with_its_line() -> None:
    whole = json.dumps([CROSSREF, CROSSREF], indent=1)
    with pytest.raises(InputError, match=r"works.json ends within its JSON \(line \d+.*cut off"):
        parse_export("works.json", whole[: len(whole) // 2].encode())


def test_json_that_is_broken_is_refused_with_line_and_column() -> None:
    text = json.dumps([CROSSREF], indent=1).replace('"type":', '"type"', 1)
    with pytest.raises(InputError, match=r"works.json, line 4, column \d+: this is no JSON"):
        parse_export("works.json", text.encode())


def test_json_nested_a_hundred_thousand_deep_is_refused_at_once() -> None:
    text = '[{"DOI": "10.1/x", "member": "1", "x": ' + "[" * 100_000 + "]" * 100_000 + "}]"
    with pytest.raises(InputError, match="nested too deeply"):
        parse_export("works.json", text.encode())


def test_json_nested_somewhat_too_deep_is_refused_too() -> None:
    text = '[{"DOI": "10.1/x", "member": "1", "x": ' + "[" * 200 + "1" + "]" * 200 + "}]"
    with pytest.raises(InputError, match="nested more than 100 levels"):
        parse_export("works.json", text.encode())
