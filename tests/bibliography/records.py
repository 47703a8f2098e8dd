"""Records of every shape, for tests of what is written and read back."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from constellary.exchange.bibliography.vocabulary import TYPES
from constellary.literature.record import Name, Record

LETTERS = string.ascii_letters + string.digits + " ,;:.'\"-–()[]{}\\$&%#_~^<>/@=+|äßéñŁøıçšΩ中文𝄞’“"
texts = st.text(LETTERS, min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
"""Texts on one line without spaces around them, as every reader gives them."""

optional = st.none() | texts
paragraphs = st.none() | st.lists(texts, min_size=1, max_size=3).map("\n".join)
people = st.lists(st.builds(Name, texts, st.just("") | texts), max_size=4).map(tuple)
lists = st.lists(texts, max_size=4, unique_by=str.casefold).map(tuple)
years = st.none() | st.integers(1400, 2099)

any_records = st.builds(
    Record,
    title=optional,
    authors=people,
    year=years,
    venue=optional,
    volume=optional,
    issue=optional,
    pages=optional,
    doi=optional,
    abstract=paragraphs,
    keywords=lists,
    type=st.sampled_from(sorted(set(TYPES.values()))),
    date=st.none() | st.sampled_from(["2020", "2020-05", "2020-05-17", "1999-12"]),
    editors=people,
    publisher=optional,
    place=optional,
    edition=optional,
    pmid=optional,
    issn=optional,
    isbn=optional,
    url=optional,
    language=optional,
    cited=lists,
    times_cited=st.none() | st.integers(0, 99999),
    accession=optional,
    database=optional,
    notes=lists,
    id=st.text("abcdefghij-0123456789", max_size=12),
    file=st.just("") | texts,
    line=st.integers(0, 10**6),
    search=st.just("") | texts,
    format=st.just("") | texts,
)

calm = st.text(string.ascii_letters + string.digits + "äßéñŁøıçšΩ中文’“–", min_size=1, max_size=12)
words = st.lists(calm, min_size=1, max_size=4).map(" ".join)
"""Texts of words alone, which no format and no reader takes for anything else."""

named = st.lists(
    st.one_of(
        st.builds(
            Name,
            st.sampled_from(["Vallejo", "van den Hoven", "Łukasz", "O’Neill"]),
            st.sampled_from(["B.", "Jan"]),
        ),
        st.builds(Name, st.sampled_from(["OECD", "World Bank"]), st.just("")),
    ),
    max_size=3,
).map(tuple)
kinds = st.sampled_from(sorted(set(TYPES.values())))


@st.composite
def usual_records(draw: st.DrawFn) -> Record:
    """Return a record as a reader gives it: every value in the form that `values` brings it into."""
    year = draw(years)
    tail = draw(st.sampled_from(["", "-05", "-05-17", "-12"]))
    maybe = st.none() | words
    kind = draw(kinds)
    return Record(
        title=draw(texts.map(lambda text: f"On {text} again")),
        authors=draw(named),
        editors=draw(named) if kind in {"chapter", "book", "paper-conference"} else (),
        year=year,
        date=None if year is None else f"{year}{tail}",
        venue=None if kind == "thesis" else draw(maybe),
        volume=draw(st.none() | st.integers(1, 99).map(str)),
        issue=draw(st.none() | st.integers(1, 99).map(str)),
        pages=draw(st.sampled_from([None, "12-45", "e123", "e12-e14", "S3-S9"])),
        publisher=draw(maybe),
        place=draw(maybe),
        edition=draw(st.sampled_from([None, "2nd", "Third edition"])),
        doi=draw(st.sampled_from([None, "10.1234/a_b-(c)", "10.1002/(sici)1097<1::aid-x>3.0.co;2-o"])),
        issn=draw(st.sampled_from([None, "0048-7333", "1234-567X"])),
        isbn=draw(st.sampled_from([None, "9783540256595"])),
        url=draw(st.sampled_from([None, "https://example.org/a_b?c=%20d&e=#f~g"])),
        language=draw(st.sampled_from([None, "en", "de"])),
        abstract=draw(st.none() | st.lists(words, min_size=1, max_size=3).map("\n".join)),
        keywords=draw(st.lists(words, max_size=3, unique_by=str.casefold).map(tuple)),
        notes=draw(st.lists(words.map(lambda text: f"I read: {text}"), max_size=2).map(tuple)),
        cited=draw(st.lists(words.map(lambda text: f"Doe J, 1999, {text}"), max_size=3).map(tuple)),
        times_cited=draw(st.none() | st.integers(0, 9999)),
        type=kind,
        database=draw(st.sampled_from([None, "Scopus", "OpenAlex"])),
        accession=draw(st.sampled_from([None, "2-s2.0-1", "W52443429"])),
        pmid=draw(st.sampled_from([None, "35064163"])),
    )
