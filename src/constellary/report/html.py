"""The report as one page: offline, without a request to anywhere, readable without scripts."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from constellary.report.html_blocks import OUTWARD, block_html, inline
from constellary.report.page_data import evidence_json
from constellary.report.web_address import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from constellary.report.document import Document, Section
    from constellary.report.evidence import EvidenceBook

SCRIPTS = ("evidence.js", "drawings.js", "sky.js", "tables.js")


def render_html(
    document: Document,
    drawings: Mapping[str, str],
    *,
    evidence: EvidenceBook,
    alliances: Iterable[Mapping[str, Any]],
) -> str:
    """Return the document as one HTML file with its evidence.

    Parameters
    ----------
    document
        What is said.
    drawings
        SVG of each figure by key, as `constellary.report.drawing.Desk` gives them.
    evidence
        The lists that marks, cells and links point to.
    alliances
        Rows of `constellary.report.evidence.alliance_rows`.
    """
    numbers, rows = document.numbers(), list(alliances)
    style, script = asset("report.css"), "\n".join(asset(name) for name in SCRIPTS)
    body = [
        '<a class="skip" href="#content">Skip to the text</a>',
        contents_html(document),
        '<main id="content">',
        title_html(document, numbers, evident=bool(rows)),
        *(section_html(section, drawings, numbers) for section in document.sections),
        references_html(document, numbers),
        "</main>",
        PANEL,
        f'<script type="application/json" id="data">{evidence_json(evidence.lists, rows)}</script>',
        f"<script>{script}</script>",
    ]
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(style, script)}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(document.title)}</title><style>{style}</style></head>\n"
        "<body>" + "\n".join(body) + "</body></html>\n"
    )


HINT = (
    '<p class="note hint">Every number that is underlined with dots, every bar and every firm opens the '
    "alliances behind it, with their sources.</p>"
)
PANEL = (
    '<dialog id="panel" aria-labelledby="panel-title"><header><h2 id="panel-title" tabindex="-1"></h2>'
    '<button type="button" id="panel-close" aria-label="Close">×</button></header>'
    '<p id="panel-facts" aria-live="polite"></p>'
    '<label class="filter">Filter <input type="search" id="panel-filter" autocomplete="off"></label>'
    '<div id="panel-list"></div></dialog><div id="tip" role="tooltip" hidden></div>'
)


@cache
def asset(name: str) -> str:
    """Return a text file of the package."""
    return (files("constellary.report") / "assets" / name).read_text(encoding="utf-8")


def policy(style: str, script: str) -> str:
    """Return the content security policy: this style, this script, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    """Return the hash by which a policy knows an inline element."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def contents_html(document: Document) -> str:
    """Return the table of contents with the search box."""
    entries = [
        f'<li><a href="#section-{section.key}"><span>{number}</span> {escape(section.title)}</a></li>'
        for number, section in enumerate(document.sections, 1)
    ]
    if document.references:
        entries.append('<li><a href="#references"><span></span> References</a></li>')
    return (
        '<nav class="contents" aria-label="Contents">'
        '<form role="search" id="search"><label for="query">Find a firm or an alliance</label>'
        '<input type="search" id="query" autocomplete="off" placeholder="Name, year, technology"></form>'
        f'<p class="brand"><a href="#content">{escape(document.title)}</a></p>'
        f"<ol>{''.join(entries)}</ol></nav>"
    )


def title_html(document: Document, numbers: Mapping[str, str], *, evident: bool) -> str:
    """Return title, authors, facts and summary, and how to reach the evidence where there are alliances."""
    meta = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in document.meta
    )
    summary = "".join(f"<p>{inline(text, numbers)}</p>" for text in document.summary)
    return (
        f"<header><h1>{escape(document.title)}</h1>"
        + (f'<p class="subtitle">{escape(document.subtitle)}</p>' if document.subtitle else "")
        + (f'<p class="authors">{escape(", ".join(document.authors))}</p>' if document.authors else "")
        + (f'<dl class="meta">{meta}</dl>' if meta else "")
        + (f'<section class="summary" aria-label="Summary">{summary}</section>' if summary else "")
        + (HINT if evident else "")
        + "</header>"
    )


def section_html(section: Section, drawings: Mapping[str, str], numbers: Mapping[str, str]) -> str:
    """Return one section."""
    blocks = "\n".join(block_html(block, drawings, numbers) for block in section.blocks)
    number = numbers[f"section:{section.key}"]
    return (
        f'<section id="section-{section.key}"><h2><span>{number}</span> {escape(section.title)}</h2>\n'
        f"{blocks}</section>"
    )


def references_html(document: Document, numbers: Mapping[str, str]) -> str:
    """Return the references, each with its address if it has one."""
    if not document.references:
        return ""
    entries = []
    for reference in document.references:
        text = inline(reference.text, numbers)
        if web_address(reference.url):
            url = escape(reference.url)
            text += f' <a href="{url}" {OUTWARD}>{url}</a>'
        entries.append(f"<li>{text}</li>")
    return f'<section id="references"><h2>References</h2><ul>{"".join(entries)}</ul></section>'
