"""One record from several: which value of each field stands, where it comes from, and what contradicts it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from constellary.literature.merging import Variant, conflicts, merged
from constellary.literature.record import FIELDS, Name, Record


def two(first: dict[str, object], second: dict[str, object]) -> list[Record]:
    return [Record(**first, id="a"), Record(**second, id="b")]  # type: ignore[arg-type]


FULL = (Name("Vallejo", "Bertha"), Name("Carrillo", "Jorge"))
SHORT = (Name("Vallejo", "B."), Name("Carrillo", "J."))

BETTER: dict[str, tuple[str, object, object]] = {
    "mixed case before capitals": ("title", "ALLIANCES OF FIRMS", "Alliances of firms"),
    "the title without remarks": ("title", "Alliances. [Review] [33 refs]", "Alliances"),
    "the whole title": ("title", "Alliances", "Alliances: a map of firms"),
    "given names in full": ("authors", SHORT, FULL),
    "all authors": ("authors", FULL[:1], SHORT),
    "the longer abstract": ("abstract", "We follow", "We follow firms."),
    "the journal in full": ("venue", "J. Ind. Stud.", "Journal of Industry Studies"),
    "the journal in mixed case": ("venue", "JOURNAL OF INDUSTRY STUDIES", "Journal of Industry Studies"),
    "all cited references": ("cited", ("Coase 1937",), ("Coase, R. (1937)", "Simon, H. (1947)")),
    "the higher count of citations": ("times_cited", 3, 8),
    "a kind that says something": ("type", "document", "chapter"),
    "what one lacks": ("doi", None, "10.1000/abcdef"),
}


@pytest.mark.parametrize("name", BETTER)
def test_the_better_value_stands_wherever_it_is(name: str) -> None:
    field, worse, better = BETTER[name]
    for records in (two({field: worse}, {field: better}), two({field: better}, {field: worse})):
        record, sources = merged(records)
        assert getattr(record, field) == better
        assert getattr(next(one for one in records if one.id == sources[field]), field) == better


def test_the_place_comes_from_one_record_and_only_what_fits_is_added() -> None:
    record, sources = merged(
        two(
            {"year": 2019, "pages": "1-17", "date": "2019-11"},
            {"year": 2020, "volume": "33", "pages": "566-582"},
        )
    )
    assert (record.year, record.volume, record.pages, record.date) == (2020, "33", "566-582", None)
    assert sources["year"] == sources["pages"] == "b"
    record, _ = merged(
        two({"year": 2020, "volume": "33"}, {"year": 2020, "volume": "33", "pages": "1-9", "issue": "4"})
    )
    assert (record.issue, record.pages) == ("4", "1-9")


def test_keywords_of_all_stand_once_each_in_their_order() -> None:
    record, _ = merged(two({"keywords": ("Alliances", "Cars")}, {"keywords": ("cars", "Batteries")}))
    assert record.keywords == ("Alliances", "Cars", "Batteries")


def test_what_somebody_chose_stands_though_the_rules_prefer_another() -> None:
    records = two({"title": "ALLIANCES", "keywords": ("a",)}, {"title": "Alliances", "keywords": ("b",)})
    record, sources = merged(records, {"title": "a", "keywords": "b"})
    assert (record.title, record.keywords) == ("ALLIANCES", ("b",))
    assert (sources["title"], sources["keywords"]) == ("a", "b")


def test_every_field_has_a_source_among_the_records_and_where_it_was_read_is_the_first() -> None:
    records = [
        Record(title="A", abstract="x", id="a", file="one.ris", line=4),
        Record(doi="10.1000/abcdef", year=2020, id="b", file="two.ris", line=9),
    ]
    record, sources = merged(records)
    assert (record.id, record.file, record.line) == ("a", "one.ris", 4)
    assert set(sources) == {name for name in FIELDS if getattr(record, name) not in (None, ())}
    assert set(sources.values()) == {"a", "b"}


@pytest.mark.parametrize(
    ("field", "first", "second"),
    [
        ("pages", "221-8", "221--228"),
        ("volume", "12", "Vol. 12"),
        ("title", "ALLIANCES, OF FIRMS", "Alliances of firms."),
        ("venue", "J Ind Stud", "Journal of Industry Studies"),
        ("doi", None, "10.1000/abcdef"),
    ],
)
def test_spelling_and_gaps_are_no_conflict(field: str, first: object, second: object) -> None:
    assert field not in conflicts(two({field: first}, {field: second}))


def said(records: Sequence[Record]) -> dict[str, list[tuple[str, ...]]]:
    return {name: [one.records for one in variants] for name, variants in conflicts(records).items()}


def test_what_contradicts_is_told_with_who_says_it() -> None:
    records = [
        Record(year=2018, volume="97", pages="150-171", id="a"),
        Record(year=2018, volume="12", pages="150-71", id="b"),
        Record(year=2018, volume="97", id="c"),
    ]
    assert conflicts(records) == {"volume": (Variant("97", ("a", "c")), Variant("12", ("b",)))}
    assert said(records[::2]) == {}
