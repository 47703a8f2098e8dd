"""A small document with everything in it: each kind of block, and text that would like to be a command.

Run as a script it writes every format into a folder, so that two processes can be compared.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import polars as pl

from constellary.report import drawing, figures
from constellary.report.document import (
    Bullets,
    Column,
    Document,
    Figure,
    Note,
    Paragraph,
    Reference,
    Section,
    Table,
)
from constellary.report.docx import render_docx
from constellary.report.evidence import EvidenceBook
from constellary.report.html import render_html
from constellary.report.inline import evidence, plain
from constellary.report.pdf import render_pdf
from constellary.report.scene import Scene, scene
from constellary.report.scene_svg import scene_svg
from constellary.report.workbook import render_workbook, table_csv

HOSTILE = (
    '</script><script>alert(1)</script> #eval("1") $x$ @ref *b* [a](javascript:alert(1)) {x} \\ & \' \u2028'
)
FORMULA = '=HYPERLINK("http://example.org")'

ALLIANCES: list[dict[str, Any]] = [
    {
        "id": "one",
        "name": HOSTILE,
        "announced": "2021-05",
        "partners": ["Ärö", "B & <i>Co</i>"],
        "codes": [("Form", "Joint venture")],
        "summary": HOSTILE,
        "sources": [("https://example.org/a", "Press", "2021"), ("javascript:alert(1)", "Bad", "")],
    },
    {
        "id": "two",
        "name": "Second",
        "announced": "2022",
        "partners": ["Ärö", "Third"],
        "codes": [],
        "summary": "",
        "sources": [],
    },
]


def bars_frame(key: str) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "label": ["First & <b>foremost</b>", "Second"],
            "value": [0.6, 0.4],
            "low": [0.5, None],
            "high": [0.7, None],
            "count": [6, 4],
            "key": [key, None],
        }
    )


def cross_frame(key: str) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "row": ["A", "A", "B", "B"],
            "column": ["x", "y", "x", "y"],
            "count": [12, 0, 3, 20],
            "share": [1.0, 0.0, 3 / 23, 20 / 23],
            "residual": [5.1, -5.1, -5.1, 5.1],
            "significant": [True, True, True, True],
            "key": [key, None, key, key],
        }
    )


def sky(firms: int = 60) -> Scene:
    """A ring of firms with a few in one spot, tied to their neighbours."""
    names = [f"Firm {n:02d}" for n in range(firms)]
    frame = pl.DataFrame(
        {
            "firm": names,
            "x": [float(n % 9) for n in range(firms)],
            "y": [float(n // 9 % 5) for n in range(firms)],
            "size": [firms - n for n in range(firms)],
            "group": [["OEM", "ICT", None][n % 3] for n in range(firms)],
            "mark": [["traditional", None][n % 2] for n in range(firms)],
            "importance": [float(firms - n) for n in range(firms)],
            "text": [f"{name}: <b>" for name in names],
            "key": [f"firm-{n}" if n % 2 else None for n in range(firms)],
        }
    )
    edges = pl.DataFrame(
        {"source": names[:-1], "target": names[1:], "weight": [1.0 + n % 4 for n in range(firms - 1)]}
    )
    return scene(frame, edges, groups=["OEM", "ICT"], marks=["traditional", "emergent"])


def sample() -> tuple[Document, EvidenceBook]:
    book = EvidenceBook()
    key = book.add("form", "joint venture", title=HOSTILE, alliances=["two", "one"])
    drawn = Figure("sky", "The constellation.", "A network of firms", svg=scene_svg(sky(), alt="A network"))
    shares = Figure(
        "shares", plain(HOSTILE), f"Bars {HOSTILE}", spec=figures.bars(bars_frame(key), axis="Share")
    )
    crossed = Figure(
        "crossed", "A by x.", "Shaded table", spec=figures.heat_table(cross_frame(key)), note="*Note*."
    )
    table = Table(
        "firms",
        f"Firms, see {{figure:shares}}; {plain(HOSTILE)}",
        (
            Column("Firm"),
            Column("n", "int", group="Alliances"),
            Column("Share", "share", group="Alliances"),
            Column("95% CI", "share_interval", group="Alliances"),
            Column("p", "p"),
        ),
        (
            (HOSTILE, 12000, 0.304, (0.25, 0.36), 0.00001),
            (FORMULA, 3, None, None, None),
            ("All", 12003, 1.0, None, None),
        ),
        notes=(plain(HOSTILE),),
        evidence={(0, 1): key},
        totals=1,
    )
    long = Table("long", "Long.", (Column("k", "int"),), tuple((n,) for n in range(40)), shown=10)
    document = Document(
        title=f"Title {HOSTILE}",
        subtitle=HOSTILE,
        authors=("A. Scholar",),
        meta=(("Alliances", HOSTILE),),
        summary=("See {table:firms} and {figure:sky} below.",),
        sections=(
            Section(
                "first",
                f"First {HOSTILE}",
                (
                    Paragraph(f"*Most* {evidence('two', key)}; {plain(HOSTILE)}"),
                    shares,
                    table,
                    Note("Small **print** with [a link](https://example.org) and [none](javascript:x)."),
                ),
            ),
            Section("second", "Second", (drawn, long, crossed, Bullets(("One", plain(HOSTILE))))),
        ),
        references=(Reference(plain(HOSTILE), "https://example.org/ref"), Reference("Bad", "javascript:x")),
    )
    return document, book


def render() -> dict[str, bytes]:
    """Return every format of the sample by its file name."""
    document, book = sample()
    drawings = {figure.key: drawing.draw(figure) for figure in document.figures}
    pages = {key: drawing.to_pdf(svg) for key, svg in drawings.items()}
    pictures = {key: drawing.to_png(svg) for key, svg in drawings.items()}
    made = {
        "report.html": render_html(document, drawings, evidence=book, alliances=ALLIANCES).encode(),
        "report.pdf": render_pdf(document, pages),
        "report.docx": render_docx(document, pictures),
        "tables.xlsx": render_workbook(document),
    }
    made |= {f"{key}.svg": svg.encode() for key, svg in drawings.items()}
    made |= {f"{key}.pdf": page for key, page in pages.items()}
    made |= {f"{key}.png": picture for key, picture in pictures.items()}
    return made | {f"{table.key}.csv": table_csv(table).encode() for table in document.tables}


if __name__ == "__main__":
    for file_name, content in render().items():
        (Path(sys.argv[1]) / file_name).write_bytes(content)
