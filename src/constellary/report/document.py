"""The document: what a report says, before it becomes a page, a PDF, a Word file or a workbook.

A `Document` is an immutable tree of sections and blocks. It holds values, not formatted text, wherever
a number stands in a table, so that the workbook gets real numbers and the page prints rounded ones.
Figures and tables are numbered here, once, and every format prints the same numbers.

Text in blocks carries a small inline markup, read by `constellary.report.inline`:

- `*emphasis*` and `**strong**`,
- `[94 alliances](#motivation-knowledge)`: a link to the evidence list of that key,
- `[the article](https://doi.org/...)`: a link (http or https alone),
- `{figure:trend}` and `{table:firms}`: "Figure 3" and "Table 2",
- a backslash before `*`, `[`, `]`, `{`, `}` or itself makes it plain; `inline.plain` does that for
  text from outside, and `inline.evidence` writes the link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CellKind = Literal["text", "int", "number", "share", "p", "interval", "share_interval"]
Cell = str | int | float | tuple[float, float] | None
Width = Literal["column", "full"]

KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, with inline markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts, each with inline markup."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark set smaller than the text, with inline markup: a definition or a caution."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its caption.

    Attributes
    ----------
    key
        Stable name: file name of `figures/KEY.svg` and anchor `#figure-KEY`.
    caption
        Inline markup, without "Figure 3.".
    alt
        What is to be seen, in plain words, for who cannot see it. Never empty.
    spec
        Vega-Lite specification, as `constellary.report.figures` makes them; exclusive with `svg`.
    svg
        A finished drawing, as `constellary.report.scene_svg` makes it.
    note
        Small print beneath the figure, with inline markup.
    width
        Printed width: one journal column (85 mm) or the whole text width (170 mm).
    """

    key: str
    caption: str
    alt: str
    spec: Mapping[str, Any] | None = None
    svg: str | None = None
    note: str = ""
    width: Width = "full"

    def __post_init__(self) -> None:
        check_key(self.key)
        if not self.alt.strip():
            raise ValueError(f"figure '{self.key}' needs an alternative text")
        if (self.spec is None) == (self.svg is None):
            raise ValueError(f"figure '{self.key}' needs either a specification or a drawing")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    label
        Head of the column, plain text.
    kind
        `text`; `int`; `number` (rounded to `digits`); `share` (0..1, printed as %); `p` (a p-value);
        `interval` and `share_interval` (a pair low, high).
    digits
        Decimals in print; of percentages for the share kinds.
    group
        Head that neighbouring columns share (`Focus` above its categories); empty: none.
    """

    label: str
    kind: CellKind = "text"
    digits: int = 1
    group: str = ""

    @property
    def align(self) -> Literal["left", "right"]:
        """Text stands left, numbers stand right."""
        return "left" if self.kind == "text" else "right"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values under columns.

    Attributes
    ----------
    key
        Stable name: file name of `tables/KEY.csv`, sheet of the workbook, anchor `#table-KEY`.
    caption
        Inline markup, without "Table 2.".
    columns, rows
        One value a column in each row; None is missing and prints as a dash.
    notes
        Small print beneath, with inline markup.
    evidence
        (row, column), counted from 0 -> evidence key of that cell.
    totals
        How many of the last rows are totals (set off by a rule).
    shown
        How many rows PDF, DOCX and the page print first; CSV and workbook carry all. None: all.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    evidence: Mapping[tuple[int, int], str] = field(default_factory=dict)
    totals: int = 0
    shown: int | None = None

    def __post_init__(self) -> None:
        check_key(self.key)
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"table '{self.key}': a row has {len(row)} of {len(self.columns)} values")

    @property
    def printed(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows that a printed page shows."""
        return self.rows if self.shown is None else self.rows[: self.shown]

    @property
    def cut(self) -> str:
        """Say what a printed table leaves out; empty when it leaves out nothing."""
        if len(self.printed) == len(self.rows):
            return ""
        return f"The first {len(self.printed)} of {len(self.rows)} rows; tables/{self.key}.csv has all."


Block = Paragraph | Bullets | Note | Figure | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: its anchor, its title (plain text) and what stands in it."""

    key: str
    title: str
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        check_key(self.key)


@dataclass(frozen=True, slots=True)
class Reference:
    """A work that the text rests on: inline markup, and where to find it."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report.

    Attributes
    ----------
    title, subtitle
        Plain text.
    authors
        Names, plain text.
    meta
        (label, value) pairs beneath the title, such as ("Selection", "announced 2021 to 2023").
    summary
        Inline markup, a paragraph each: the abstract.
    sections, references
        In order.
    language
        BCP 47 tag of the text.
    """

    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    summary: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    language: str = "en"

    def __post_init__(self) -> None:
        for what, keys in (
            ("section", [section.key for section in self.sections]),
            ("figure", [figure.key for figure in self.figures]),
            ("table", [table.key for table in self.tables]),
        ):
            twice = sorted({key for key in keys if keys.count(key) > 1})
            if twice:
                raise ValueError(f"{what} '{twice[0]}' is there twice")

    @property
    def blocks(self) -> Iterator[Block]:
        """All blocks in the order of the text."""
        return (block for section in self.sections for block in section.blocks)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures in the order of the text."""
        return tuple(block for block in self.blocks if isinstance(block, Figure))

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables in the order of the text."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def numbers(self) -> dict[str, str]:
        """Return `figure:KEY` -> "Figure 3", `table:KEY` -> "Table 2", `section:KEY` -> "4".

        Examples
        --------
        >>> drawing = Figure("trend", "Alliances a year.", alt="Bars that rise", svg="<svg/>")
        >>> Document("Report", (Section("growth", "Growth", (drawing,)),)).numbers()
        {'section:growth': '1', 'figure:trend': 'Figure 1'}
        """
        sections = {f"section:{section.key}": f"{n}" for n, section in enumerate(self.sections, 1)}
        figures = {f"figure:{figure.key}": f"Figure {n}" for n, figure in enumerate(self.figures, 1)}
        tables = {f"table:{table.key}": f"Table {n}" for n, table in enumerate(self.tables, 1)}
        return sections | figures | tables


def check_key(key: str) -> None:
    """Refuse a key that cannot be a file name and an anchor everywhere.

    Raises
    ------
    ValueError
        If it is not of small letters, digits, hyphens and underscores.
    """
    if not KEY.fullmatch(key):
        raise ValueError(f"'{key}' is no key: small letters, digits, hyphens and underscores alone")


def rows_of(columns: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Turn columns of equal length into rows."""
    return tuple(zip(*columns, strict=True))
