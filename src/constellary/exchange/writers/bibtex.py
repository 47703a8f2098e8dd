r"""The sources as a bibliography for LaTeX (biblatex) and reference managers."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import polars as pl

from constellary.exchange.writers.texts import ascii_text, one_line

if TYPE_CHECKING:
    from constellary.study.frames import Frames

_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
    | {sign: f"\\{sign}" for sign in "$&#_%"}
)


def files(frames: Frames) -> dict[str, bytes]:
    """Return `.bib`: one `@online` entry a page, sorted by key.

    The title is the name of the first alliance (by id) that the page supports, the publisher is the
    `organization`, and the note names all of its alliances. When a page was read is not known, so
    there is no `urldate`. A key is publisher, year and six letters of the address's SHA-256: adding
    sources does not change the others' keys. Pages of different alliances with one address are one entry.
    """
    names = frames.alliances.select("id", pl.col("name").fill_null(pl.col("id")))
    pages = (
        frames.sources.join(names, left_on="alliance", right_on="id", how="left")
        .with_columns(pl.col("name").fill_null(pl.col("alliance")))
        .sort("url", "alliance", "publisher", "published", nulls_last=True)
        .group_by("url", maintain_order=True)
        .agg(
            pl.col("publisher").drop_nulls().first(),
            pl.col("published").drop_nulls().first(),
            pl.col("name").unique(maintain_order=True),
        )
    )
    entries = sorted(
        _entry(*row) for row in pages.select("url", "publisher", "published", "name").iter_rows()
    )
    return {".bib": "\n".join(text for _, text in entries).encode()}


def _entry(url: str, publisher: str | None, published: str | None, names: list[str]) -> tuple[str, str]:
    key = _key(url, publisher, published)
    fields = {
        "title": f"{{{latex(names[0])}}}",
        "organization": latex(publisher) if publisher else "",
        "date": published or "",
        "url": verbatim(url),
        "note": f"On: {latex('; '.join(names))}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return key, "\n".join([f"@online{{{key},", *lines, "}", ""])


def _key(url: str, publisher: str | None, published: str | None) -> str:
    who = publisher or urlsplit(url).hostname or "page"
    word = re.sub("[^a-z0-9]", "", ascii_text(who).lower())[:24] or "page"
    return f"{word}{(published or 'nd')[:4]}-{hashlib.sha256(url.encode()).hexdigest()[:6]}"


def latex(text: str) -> str:
    r"""Return text as LaTeX source: special characters escaped, on one line, its braces balanced.

    Examples
    --------
    >>> print(latex("R&D at 50% of {A}_1"))
    R\&D at 50\% of \textbraceleft{}A\textbraceright{}\_1
    """
    return one_line(text).translate(_SPECIAL)


def verbatim(url: str) -> str:
    """Return an address as biblatex takes it: as it is, but for spaces, braces and backslashes.

    Examples
    --------
    >>> verbatim("https://example.org/a_b%20c?q={x}")
    'https://example.org/a_b%20c?q=%7Bx%7D'
    """
    return re.sub(r"[\s{}\\]", lambda match: quote(match[0]), url)
