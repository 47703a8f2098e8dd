"""Build: from a study to the files of its report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from constellary.errors import InputError, UnknownName
from constellary.exchange.atomic import replace_files
from constellary.report import drawing
from constellary.report.citations.styles import style_named
from constellary.report.document import Figure
from constellary.report.evidence import EvidenceBook, alliance_rows
from constellary.report.published import parse_published, read_published
from constellary.study.frames import Frames
from constellary.study.selection import select

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from constellary.literature.review import Review
    from constellary.report.document import Document, Section
    from constellary.report.findings import Findings
    from constellary.report.published import Published
    from constellary.study.layouts import Layouts
    from constellary.study.study import Study

FORMATS: Final[dict[str, str]] = {
    "html": "report.html: one page that needs no network, with the evidence behind every number",
    "pdf": "report.pdf: for print",
    "docx": "report.docx: to go on writing",
    "figures": "figures/: every figure as SVG, PNG (300 dpi) and PDF",
    "tables": "tables/*.csv and tables.xlsx: every table, all rows",
}
"""What a report can be written as; `results.json` and `methods.md` come always."""

DRAWN: Final = frozenset(FORMATS) - {"tables"}
"""The formats that show figures."""


@dataclass(frozen=True, slots=True)
class ReportPaths:
    """What was written.

    Attributes
    ----------
    folder
        The folder of the report.
    files
        All files, in the order of their names.
    """

    folder: Path
    files: tuple[Path, ...]

    @property
    def page(self) -> Path | None:
        """The page to open first; None if it was not asked for."""
        return next((path for path in self.files if path.name == "report.html"), None)


def write_report(
    source: Study | Frames,
    folder: Path,
    *,
    formats: Sequence[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    where: str | None = None,
    published: Path | Published | None = None,
    references: str | None = None,
    progress: Callable[[str], None] = lambda _step: None,
) -> ReportPaths:
    """Write the whole report of a study, or of a selection of its alliances, into a folder.

    Parameters
    ----------
    source
        A study, whose constellation keeps its layout there, or frames.
    folder
        Made if absent; files of a former report are replaced, others are left alone.
    formats
        Keys of `FORMATS`; None: all.
    since, until, where
        The selection, see `Study.frames`.
    published
        Values to set beside this study's: a TOML file or values read; None: what the study declares.
    references
        Citation style of the included works, one of `report.citations.styles.STYLES`; None: APA.
    progress
        Told what is being done.

    Raises
    ------
    UnknownName
        If a format or citation style does not exist.
    InputError
        If the selection is empty or the folder cannot be written. A study without alliances has a report of
        its literature alone, where it has any.
    """
    wanted = _wanted(formats)
    if references is not None:
        style_named(references)
    whole, layouts = (source, None) if isinstance(source, Frames) else (source.frames(), source.layouts)
    frames = select(whole, since=since, until=until, where=where)
    review = _review(source)
    if (frames.alliances.is_empty() or frames.partners.is_empty()) and (review is None or frames.selection):
        raise InputError(f"There is no alliance to report on{_said(frames)}.")
    declared = _published(source, published)
    with drawing.Desk(staffed=bool(wanted & DRAWN)) as desk:
        document, book, findings = _composed(
            frames,
            whole,
            layouts,
            published=declared,
            review=review,
            style=references,
            desk=desk,
            progress=progress,
        )
        progress("drawing")
        made = _always(findings)
        rows = alliance_rows(frames) if "html" in wanted else []
        drawings = desk.drawings()
    if "html" in wanted:
        progress("writing the page")
        made["report.html"] = _page(document, drawings, book, rows)
    made |= _printed(document, drawings, wanted, progress)
    if "tables" in wanted:
        progress("writing the tables")
        made |= _tables(document)
    return ReportPaths(folder, tuple(replace_files({folder / name: made[name] for name in sorted(made)})))


def _composed(
    frames: Frames,
    whole: Frames,
    layouts: Layouts | None,
    *,
    published: Published | None,
    review: Review | None,
    style: str | None,
    desk: drawing.Desk,
    progress: Callable[[str], None],
) -> tuple[Document, EvidenceBook, Findings]:
    """Compute all results and write the document from them, handing each chapter's figures to the desk."""

    def handed(section: Section | None) -> Section | None:
        for block in section.blocks if section else ():
            if isinstance(block, Figure):
                desk.take(block)
        return section

    # The rooms that compute load while the converter starts on the other core.
    from constellary.report.compose import compose
    from constellary.report.findings import find
    from constellary.report.placed import placed_constellation

    progress("computing")
    findings = find(
        frames,
        sky=lambda: placed_constellation(frames, whole, layouts),
        published=published,
        review=review,
        style=style,
        progress=progress,
    )
    book = EvidenceBook()
    return compose(findings, book, handed), book, findings


def _wanted(formats: Sequence[str] | None) -> frozenset[str]:
    for name in formats or ():
        if name not in FORMATS:
            raise UnknownName("report format", name, list(FORMATS))
    return frozenset(FORMATS if formats is None else formats)


def _review(source: Study | Frames) -> Review | None:
    """Return the review of a study's literature; None where it has none."""
    if isinstance(source, Frames) or not source.literature.any():
        return None
    return source.literature.review()


def _said(frames: Frames) -> str:
    return f" ({frames.selection})" if frames.selection else ""


def _published(source: Study | Frames, given: Path | Published | None) -> Published | None:
    if isinstance(given, Path):
        return read_published(given)[1]
    if given is not None or isinstance(source, Frames):
        return given
    declared = source.setting("published")
    return (
        None
        if declared is None
        else parse_published(declared, origin=f"{source.path.name}, published values")
    )


def _always(findings: Findings) -> dict[str, bytes]:
    from constellary.report.methods import methods_text

    numbers = json.dumps(findings.numbers(), ensure_ascii=False, indent=1, allow_nan=False)
    return {"results.json": f"{numbers}\n".encode(), "methods.md": methods_text(findings).encode()}


def _page(
    document: Document, drawings: Mapping[str, str], book: EvidenceBook, rows: Sequence[Mapping[str, Any]]
) -> bytes:
    from constellary.report.html import render_html

    return render_html(document, drawings, evidence=book, alliances=rows).encode()


def _printed(
    document: Document, drawings: Mapping[str, str], wanted: frozenset[str], progress: Callable[[str], None]
) -> dict[str, bytes]:
    """Return the PDF, the Word file and the figures, converting each figure once."""
    made: dict[str, bytes] = {}
    pages = pictures = {}
    if wanted & {"pdf", "figures"}:
        progress("converting figures")
        pages = drawing.convert_all(drawings, drawing.to_pdf)
    if wanted & {"docx", "figures"}:
        pictures = drawing.convert_all(drawings, drawing.to_png)
    if "figures" in wanted:
        made |= {f"figures/{key}.svg": svg.encode() for key, svg in drawings.items()}
        made |= {f"figures/{key}.pdf": page for key, page in pages.items()}
        made |= {f"figures/{key}.png": picture for key, picture in pictures.items()}
    if "pdf" in wanted:
        from constellary.report.pdf import render_pdf

        progress("setting the PDF")
        made["report.pdf"] = render_pdf(document, pages)
    if "docx" in wanted:
        from constellary.report.docx import render_docx

        progress("writing the Word file")
        made["report.docx"] = render_docx(document, pictures)
    return made


def _tables(document: Document) -> dict[str, bytes]:
    from constellary.report.workbook import render_workbook, table_csv

    made = {f"tables/{table.key}.csv": table_csv(table).encode() for table in document.tables}
    return made | {"tables.xlsx": render_workbook(document)}
