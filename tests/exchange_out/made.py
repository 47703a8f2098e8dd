"""Frames and drawings that the tests of this room make up."""

from __future__ import annotations

import unicodedata

import polars as pl
from hypothesis import strategies as st

from constellary.exchange.drawing import Drawing, plain_edges
from constellary.study.codebook import Category, Codebook, Design, Group, Grouping, Variable
from constellary.study.derive import build_frames
from constellary.study.frames import Frames

COLOURS = ("#1f77b4", "#ff7f0e", "#2ca02c")


def drawing_of(frames: Frames) -> Drawing:
    """Return a drawing with every kind of look, and a measure that is missing for some firms."""
    firms = frames.signing.select("firm")
    count = firms.height
    return Drawing(
        firms.with_columns(
            pl.Series("x", [float(number * 37 % 101) - 40.5 for number in range(count)]),
            pl.Series("y", [float(number * 53 % 89) for number in range(count)]),
            pl.Series("size", [1 + number % 5 * 0.75 for number in range(count)]),
            pl.Series("color", [COLOURS[number % 3] for number in range(count)]),
            pl.Series("shape", [("circle", "square")[number % 2] for number in range(count)]),
            pl.Series("betweenness", [number / 7 if number % 4 else None for number in range(count)]),
        ),
        plain_edges(frames),
    )


BOOK = Codebook(
    "any",
    'Any "industry" <&>',
    (
        Variable(
            "aim", "alliance", "single", "Aim", "Why?", (Category("a b", "A; b"), Category("é", "É", "Rule."))
        ),
        Variable("tags", "alliance", "multiple", "Tags"),
        Variable("ways", "alliance", "multiple", "Ways", "", (Category("x", "X"), Category("y.z", "Y"))),
        Variable("ended", "alliance", "date", "Ended"),
        Variable("notes", "alliance", "text", "Notes"),
        Variable("kind", "firm", "single", "Kind", "", (Category("one", "One"), Category("two", "Two"))),
        Variable("about", "firm", "text", "About"),
    ),
    (
        Grouping(
            "few", "alliance", "Few", "partners", "size", (Group("2", "Two", most=2), Group("3+", "More"))
        ),
        Grouping("end_year", "alliance", "Year of the end", "ended", "year"),
        Grouping(
            "sort", "firm", "Sort", "kind", "categories", (Group("all", "All", members=("one", "two")),)
        ),
    ),
    design=Design(firm_type="kind"),
)


def _tidy(text: str) -> str:
    """Return the text as a study keeps it: letters composed, no space around."""
    return unicodedata.normalize("NFC", text).strip()


# Whatever people paste, but for characters that nobody sees: an import takes them out.
_letters = st.characters(codec="utf-8", exclude_categories=("C", "Cn"), include_characters="\n\t")
lines = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "), min_size=1
)
words = lines.map(lambda text: " ".join(_tidy(text).split())).filter(bool)
prose = st.one_of(
    st.text(_letters, min_size=1).map(_tidy).filter(bool),
    st.sampled_from(
        ["=1+1", "'=1+1", "-5", "@a", "'", "a;b", 'a "b", c', "a\nb", "_x0041_", "007", "1e5", "TRUE"]
    ),
)
items = words.map(lambda text: _tidy(text.replace(";", ","))).filter(bool)
dates = st.sampled_from(["1899", "2021", "2021-05", "2021-05-20", "1899-12-31", "1900-02-28", "2020-02-29"])


def _maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy


def _column(draw: st.DrawFn, strategy: st.SearchStrategy[object], count: int) -> list[object]:
    return draw(st.lists(strategy, min_size=count, max_size=count))


@st.composite
def frames(draw: st.DrawFn) -> Frames:
    """Return studies of up to four alliances with any text where text may be."""
    firms = draw(st.lists(items, min_size=2, max_size=5, unique_by=str.casefold))
    keys = [f"a{number}" for number in range(draw(st.integers(1, 4)))]
    members = [draw(st.lists(st.sampled_from(firms), min_size=2, max_size=5, unique=True)) for _ in keys]
    tags = st.none() | st.lists(items, min_size=1, max_size=3, unique=True)
    ways = st.none() | st.sampled_from([["x"], ["y.z"], ["x", "y.z"]])
    text, lists = pl.String, pl.List(pl.String)
    count = len(keys)
    return build_frames(
        BOOK,
        alliances=pl.DataFrame(
            {
                "id": keys,
                "name": _column(draw, _maybe(words), count),
                "announced": _column(draw, _maybe(dates), count),
                "aim": _column(draw, st.sampled_from([None, "a b", "é"]), count),
                "tags": _column(draw, tags, count),
                "ways": _column(draw, ways, count),
                "ended": _column(draw, _maybe(dates), count),
                "notes": _column(draw, _maybe(prose), count),
            },
            schema_overrides={"name": text, "announced": text, "aim": text, "ended": text, "notes": text}
            | {"tags": lists, "ways": lists},
        ),
        partners=pl.DataFrame(
            [
                (key, firm, place)
                for key, group in zip(keys, members, strict=True)
                for place, firm in enumerate(group, 1)
            ],
            schema={"alliance": text, "firm": text, "position": pl.Int32},
            orient="row",
        ),
        firms=pl.DataFrame(
            {
                "firm": firms,
                "aliases": _column(draw, tags, len(firms)),
                "parent": _column(draw, st.none() | st.sampled_from(firms), len(firms)),
                "kind": _column(draw, st.sampled_from([None, "one", "two"]), len(firms)),
                "about": _column(draw, _maybe(prose), len(firms)),
            },
            schema_overrides={"parent": text, "kind": text, "about": text, "aliases": lists},
        ),
        sources=pl.DataFrame(
            [
                (key, f"https://example.org/{key}", publisher, published)
                for key, publisher, published in zip(
                    keys,
                    _column(draw, _maybe(words), count),
                    _column(draw, _maybe(dates), count),
                    strict=True,
                )
            ],
            schema={"alliance": text, "url": text, "publisher": text, "published": text},
            orient="row",
        ),
        codings=pl.DataFrame(
            [
                (key, "aim", "first", value, sure)
                for key, value, sure in zip(
                    keys,
                    _column(draw, st.sampled_from([None, "a b", "é"]), count),
                    _column(draw, st.sampled_from([None, True, False]), count),
                    strict=True,
                )
            ],
            schema={"alliance": text, "variable": text, "coder": text, "value": text, "sure": pl.Boolean},
            orient="row",
        ),
    )
