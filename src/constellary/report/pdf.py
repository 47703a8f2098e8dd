"""The report as PDF, set by typst from the template beside this file.

The text reaches the typesetter as data, never as source, so that nothing in it can be read as a command.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typst

from constellary.report.html import asset
from constellary.report.printed import printed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.report.document import Document

EPOCH = 1704067200
"""1 January 2024, which every file carries instead of the time of its making."""


def render_pdf(document: Document, figures: Mapping[str, bytes]) -> bytes:
    """Return the document as a tagged PDF with vector figures, the same bytes every time.

    Parameters
    ----------
    document
        What is said.
    figures
        One-page PDF of each figure by key, as `constellary.report.drawing.to_pdf` makes them.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        for key, drawn in figures.items():
            (folder / f"figure-{key}.pdf").write_bytes(drawn)
        data = json.dumps(printed(document), ensure_ascii=False)
        (folder / "document.json").write_text(data, encoding="utf-8")
        (folder / "report.typ").write_text(asset("report.typ"), encoding="utf-8")
        made: bytes = typst.compile(
            str(folder / "report.typ"), root=str(folder), ignore_system_fonts=True, timestamp=EPOCH
        )
    return made
