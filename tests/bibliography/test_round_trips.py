"""What is exported and read again: nothing is lost that the format can hold."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from constellary.exchange.bibliography.cells import guarded, unguarded
from constellary.exchange.bibliography.reading import parse_export, read_export
from constellary.exchange.bibliography.writers import FORMATS
from constellary.exchange.writers.texts import one_line
from constellary.literature.record import FIELDS, Name, Record
from tests.bibliography.records import any_records, texts, usual_records
from tests.needs import literature

PLAIN = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = {"ris": "RIS", "bibtex": "BibTeX", "csl-json": "CSL JSON", "csv": "Constellary CSV"}


def there_and_back(records: list[Record], name: str) -> list[Record]:
    suffix, write = FORMATS[name]
    export = parse_export(f"records{suffix}", write(records, None))
    assert export.format == NAMES[name]
    assert not [remark for remark in export.remarks if remark.lost]
    return [entry.record for entry in export.entries]


def differing(one: Record, other: Record) -> dict[str, tuple[object, object]]:
    return {
        name: (getattr(one, name), getattr(other, name))
        for name in FIELDS
        if getattr(one, name) != getattr(other, name)
    }


@PLAIN
@given(st.lists(any_records, min_size=1, max_size=3), st.sampled_from(["csv", "csl-json"]))
def test_every_field_of_any_record_comes_back_from_csv_and_csl_json(records: list[Record], name: str) -> None:
    back = there_and_back(records, name)
    assert [differing(*pair) for pair in zip(records, back, strict=True)] == [{}] * len(records)


@PLAIN
@given(st.lists(usual_records(), min_size=1, max_size=3), st.sampled_from(sorted(NAMES)))
def test_every_field_of_a_usual_record_comes_back_from_every_format(records: list[Record], name: str) -> None:
    back = there_and_back(records, name)
    assert [differing(*pair) for pair in zip(records, back, strict=True)] == [{}] * len(records)


@PLAIN
@given(texts, st.sampled_from(["ris", "bibtex"]))
def test_a_title_of_any_signs_comes_back(text: str, name: str) -> None:
    title = f"On {text} again"
    assert there_and_back([Record(title=title, year=2020)], name)[0].title == title


@PLAIN
@given(st.lists(st.builds(Name, texts, texts), min_size=1, max_size=3).map(tuple))
def test_names_of_any_signs_come_back_from_bibtex(names: tuple[Name, ...]) -> None:
    assert there_and_back([Record(title="A", authors=names)], "bibtex")[0].authors == names


@pytest.mark.parametrize("name", sorted(NAMES))
def test_decisions_read_back(name: str) -> None:
    record = Record(id="a", title="Alliances", notes=("Read.",))
    decided = {"a": {"full text": "excluded", "full text, reason": "no firms; {none} & 5%"}}
    suffix, write = FORMATS[name]
    entry = parse_export(f"x{suffix}", write([record], decided)).entries[0]
    if name == "csv":
        assert dict(entry.raw)["full text, reason"] == "no firms; {none} & 5%"
        assert entry.record.notes == ("Read.",)
    else:
        assert entry.record.notes == (
            "Read.",
            "Constellary, full text: excluded",
            "Constellary, full text, reason: no firms; {none} & 5%",
        )


REAL = (
    "wos/wosfile/wos_plaintext.txt",
    "wos/bibliometrixData/biblio.bib",
    "scopus/litstudy/scopus.csv",
    "ieee/litstudy/ieee.csv",
    "springer/litstudy/springer.csv",
    "openalex/works_3.json",
    "pubmed/nbib/pmc_medlars.txt",
    "asreview_demo/web_of_science.txt",
)


def spaced(value: object) -> object:
    """Return a value with every run of white space and control characters as one space: what tagged lines keep."""
    if isinstance(value, str):
        return one_line(value)
    return tuple(map(spaced, value)) if isinstance(value, tuple) and not isinstance(value, Name) else value


@pytest.mark.parametrize("source", REAL)
@pytest.mark.parametrize("name", sorted(NAMES))
def test_real_records_come_back_from_every_format(source: str, name: str) -> None:
    records = [entry.record for entry in read_export(literature(source)).entries]
    for one, other in zip(records, there_and_back(records, name), strict=True):
        lost = differing(one, other)
        if name in {"ris", "bibtex"}:
            lost = {field: pair for field, pair in lost.items() if spaced(pair[0]) != spaced(pair[1])}
        assert lost == {}, one.title


@given(st.text("'=+-@\t\rab", max_size=6))
def test_the_apostrophe_before_a_formula_comes_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
