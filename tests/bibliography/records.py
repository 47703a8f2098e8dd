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
