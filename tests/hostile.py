"""A study whose every text field holds what somebody might put there to do harm, or what merely looks like it."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from constellary.study.batch import Batch
from constellary.study.codebook import Category, Codebook, Design, Group, Grouping, Variable
from constellary.study.study import create_study

TAG = "<img src=x onerror=alert(1)>"
SCRIPT = "</script><script>alert(2)</script>"
TEMPLATE = "{{7*7}}${7*7}"
SQL = "';-- DROP TABLE alliance"
TURNED = "\u202etxet\u202c"
"""Runs from right to left."""
QUOTES = "\"'`&amp;&lt;"
ALL = f"{TAG}{SCRIPT} {TEMPLATE} {SQL} {TURNED} {QUOTES}"
LONG = "loooong " * 1250
"""Ten kilobytes."""


def nasty(what: str) -> str:
    """Return a text with all of it, that still says what it is."""
    return f"{what} {ALL}"


def hostile_book() -> Codebook:
    purposes = (Category("one", nasty("Purpose one")), Category("two", nasty("Purpose two")))
    return Codebook(
        name="hostile",
        title=nasty("Study"),
        variables=(
            Variable("purpose", "alliance", "single", nasty("Purpose"), nasty("Why?"), purposes),
            Variable("depth", "alliance", "single", nasty("Depth"), "", purposes),
            Variable("free", "alliance", "multiple", nasty("Free")),
            Variable("kind", "firm", "single", nasty("Kind"), nasty("What?"), purposes),
        ),
        groupings=(
            Grouping(
                "binding",
                "alliance",
                nasty("Binding"),
                "depth",
                "categories",
                (
                    Group("tight", nasty("Tight"), members=("one",)),
                    Group("loose", nasty("Loose"), members=("two",)),
                ),
            ),
            Grouping("year", "alliance", nasty("Year"), "announced", "year"),
        ),
        period=("2019-01-01", "2022-12-31"),
        design=Design(firm_type="kind", form="binding", motivation="purpose", focus="depth"),
    )


def hostile_study(path: Path) -> Path:
    """Write the study: six alliances of four firms."""
    firms = [nasty(f"Firm {letter}") for letter in "ABCD"]
    keys = [f"a{number}" for number in range(5)] + [f"id {TAG}'\"/.."]
    batch = Batch(
        alliances=pl.DataFrame(
            {
                "id": keys,
                "name": [nasty(f"Alliance {number}") for number in range(5)] + [f"{TAG} {LONG}"],
                "announced": ["2019", "2020-02", "2020-03-04", "2021", "2022", None],
                "purpose": ["one", "two", "one", "two", None, "one"],
                "depth": ["one", "one", "two", "two", "one", None],
                "free": [[nasty("Free"), "plain"], [nasty("Free")], None, ["plain"], [TEMPLATE], [SQL]],
            },
            schema_overrides={"free": pl.List(pl.String)},
        ),
        partners=pl.DataFrame(
            [
                (key, firms[(number + place) % 4], place + 1)
                for number, key in enumerate(keys)
                for place in range(2 + number % 2)
            ],
            schema={"alliance": pl.String, "firm": pl.String, "position": pl.Int32},
            orient="row",
        ),
        firms=pl.DataFrame(
            {
                "firm": firms,
                "aliases": [[nasty("Alias A")], None, None, [TAG]],
                "parent": [firms[1], None, None, nasty("Nobody")],
                "kind": ["one", "two", "one", None],
            }
        ),
        sources=pl.DataFrame(
            {
                "alliance": keys,
                "url": [
                    "javascript:alert(3)",
                    f"https://example.org/{TAG}",
                    "data:text/html,<script>alert(4)</script>",
                    "https://example.org/plain",
                    '" onmouseover="alert(5)',
                    LONG,
                ],
                "publisher": [nasty("Publisher")] * 6,
                "published": ["2019", None, "2020", "2021", None, None],
            }
        ),
        codings=pl.DataFrame(
            [(key, "purpose", coder, "one", True) for key in keys for coder in (nasty("Ada"), nasty("Ben"))],
            schema=["alliance", "variable", "coder", "value", "sure"],
            orient="row",
        ),
    )
    with create_study(path, hostile_book(), who=nasty("Author")) as study:
        study.take(batch, who=nasty("Author"), why=nasty("Reason"), summary=nasty("import"))
        study.edit("alliances", "a0", {"name": nasty("Renamed")}, who=nasty("Editor"), why=nasty("Reason"))
    return path
