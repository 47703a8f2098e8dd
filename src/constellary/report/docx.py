"""The report as a Word file: real styles, captions, headers of tables that repeat, figures as pictures."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor

from constellary.report.docx_table import table_xml
from constellary.report.printed import printed
from constellary.report.safe_zip import rezipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

    from constellary.report.document import Document
    from constellary.report.printed import Data

TEXT_FONT = "Times New Roman"
HEAD_FONT = "Arial"
WIDTH = Mm(165)
HEIGHT = Mm(215)
MADE = datetime(2024, 1, 1)


def render_docx(document: Document, figures: Mapping[str, bytes]) -> bytes:
    """Return the document as DOCX, the same bytes every time.

    Parameters
    ----------
    document
        What is said.
    figures
        PNG of each figure by key, as `constellary.report.drawing.to_png` makes them.
    """
    data = printed(document)
    word = docx.Document()
    set_up(word, data)
    title_block(word, data)
    for section in data["sections"]:
        word.add_heading(f"{section['number']}  {section['title']}", level=1)
        for block in section["blocks"]:
            add_block(word, block, figures)
    if data["references"]:
        word.add_heading("References", level=1)
        for reference in data["references"]:
            paragraph = word.add_paragraph(style="Bibliography")
            add_spans(paragraph, reference["spans"])
            if reference["url"]:
                paragraph.add_run(" ")
                add_link(paragraph, reference["url"], reference["url"])
    written = BytesIO()
    word.save(written)
    return rezipped(written.getvalue())


def set_up(word: WordDocument, data: Data) -> None:
    """Set page, styles, properties and page numbers."""
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22.5)
    page.top_margin = page.bottom_margin = Mm(25)
    style(word, "Normal", TEXT_FONT, 11, after=6, spacing=1.15)
    style(word, "Title", HEAD_FONT, 20, after=4, bold=True)
    style(word, "Subtitle", HEAD_FONT, 12, after=8, colour="5B636B")
    style(word, "Heading 1", HEAD_FONT, 13, before=18, after=6, bold=True)
    style(word, "Caption", HEAD_FONT, 8.5, after=10)
    add_style(word, "Note", HEAD_FONT, 8, before=3, after=6, colour="5B636B")
    add_style(word, "Bibliography", TEXT_FONT, 10, after=4)
    hanging = word.styles["Bibliography"].paragraph_format
    hanging.left_indent, hanging.first_line_indent = Mm(6), Mm(-6)
    border = word.styles["Title"].element.find(".//" + qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(footer, "PAGE", "1")
    header = page.header.paragraphs[0]
    header.style = word.styles["Note"]
    header.add_run(data["title"])
    core = word.core_properties
    core.title, core.author, core.language = data["title"], "; ".join(data["authors"]), data["language"]
    core.comments = core.keywords = core.category = core.subject = core.last_modified_by = ""
    core.created = core.modified = MADE
    core.revision = 1


def style(
    word: WordDocument,
    name: str,
    font: str,
    size: float,
    *,
    before: float = 0,
    after: float = 0,
    spacing: float = 1.0,
    bold: bool = False,
    colour: str = "1F2328",
) -> None:
    """Set a style's type and spacing."""
    wanted: Any = word.styles[name]
    wanted.font.name, wanted.font.size, wanted.font.bold, wanted.font.italic = font, Pt(size), bold, False
    wanted.font.color.rgb = RGBColor.from_string(colour)
    fonts = wanted.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    spread = wanted.element.rPr.find(qn("w:spacing"))
    if spread is not None:
        wanted.element.rPr.remove(spread)
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), font)
    wanted.paragraph_format.space_before, wanted.paragraph_format.space_after = Pt(before), Pt(after)
    wanted.paragraph_format.line_spacing = spacing


def add_style(
    word: WordDocument,
    name: str,
    font: str,
    size: float,
    *,
    after: float,
    before: float = 0,
    colour: str = "1F2328",
) -> None:
    """Add a paragraph style that the template lacks."""
    made = word.styles.add_style(name, 1)
    made.base_style = word.styles["Normal"]
    style(word, name, font, size, before=before, after=after, colour=colour)


def title_block(word: WordDocument, data: Data) -> None:
    """Write title, authors, facts and summary."""
    word.add_paragraph(data["title"], style="Title")
    if data["subtitle"]:
        word.add_paragraph(data["subtitle"], style="Subtitle")
    if data["authors"]:
        word.add_paragraph(", ".join(data["authors"]))
    if data["meta"]:
        facts = word.add_paragraph(style="Note")
        for place, (label, value) in enumerate(data["meta"]):
            facts.add_run(("   " if place else "") + f"{label}: ")
            facts.add_run(value).bold = True
    for text in data["summary"]:
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(6)
        add_spans(paragraph, text)


def add_block(word: WordDocument, block: Data, figures: Mapping[str, bytes]) -> None:
    """Write one block."""
    if block["kind"] == "paragraph":
        add_spans(word.add_paragraph(), block["spans"])
    elif block["kind"] == "note":
        add_spans(word.add_paragraph(style="Note"), block["spans"])
    elif block["kind"] == "bullets":
        for item in block["items"]:
            add_spans(word.add_paragraph(style="List Bullet"), item)
    elif block["kind"] == "figure":
        add_figure(word, block, figures[block["key"]])
    else:
        add_table(word, block)


def add_figure(word: WordDocument, figure: Data, png: bytes) -> None:
    """Write a picture at its printed size with its alternative text, and its caption beneath."""
    holder = word.add_paragraph()
    holder.paragraph_format.keep_with_next = True
    holder.paragraph_format.space_before = Pt(8)
    picture = holder.add_run().add_picture(BytesIO(png))
    scale = min(1.0, WIDTH / picture.width, HEIGHT / picture.height)
    picture.width, picture.height = Emu(picture.width * scale), Emu(picture.height * scale)
    properties = picture._inline.docPr
    properties.set("descr", figure["alt"])
    properties.set("name", figure["number"])
    add_caption(word, figure, after=figure["note"])


def add_table(word: WordDocument, table: Data) -> None:
    """Write caption, table and notes."""
    caption = add_caption(word, table)
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(10), Pt(3)
    body: Any = word.element.body
    body.insert(len(body) - 1, parse_xml(table_xml(table, font=HEAD_FONT, declared=nsdecls("w"))))
    for note in table["notes"]:
        add_spans(word.add_paragraph(style="Note"), note)
    if not table["notes"]:
        word.add_paragraph(style="Note")


def add_caption(word: WordDocument, item: Data, *, after: list[Data] | None = None) -> WordParagraph:
    """Write a caption whose number is a field of Word's, with our number as its value."""
    paragraph: WordParagraph = word.add_paragraph(style="Caption")
    kind, _, number = item["number"].partition(" ")
    paragraph.add_run(f"{kind} ").bold = True
    add_field(paragraph, f"SEQ {kind} \\* ARABIC", number, bold=True)
    paragraph.add_run(". ").bold = True
    add_spans(paragraph, item["caption"])
    if after:
        paragraph.add_run(" ")
        add_spans(paragraph, after)
    return paragraph


def add_spans(paragraph: WordParagraph, spans: list[Data]) -> None:
    """Write running text."""
    for span in spans:
        if span["url"]:
            add_link(paragraph, span["text"], span["url"])
            continue
        run = paragraph.add_run(span["text"])
        run.italic = True if span["style"] == "emphasis" else None
        run.bold = True if span["style"] == "strong" else None


def add_link(paragraph: WordParagraph, text: str, url: str) -> None:
    """Write a link."""
    relation = paragraph.part.relate_to(
        url, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
    )
    link = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"/>')
    run = paragraph.add_run(text)
    run.font.color.rgb = RGBColor.from_string("1B5F91")
    link.append(run._r)
    paragraph._p.append(link)


def add_field(paragraph: WordParagraph, instruction: str, value: str, *, bold: bool = False) -> None:
    """Write a field with its present value."""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    field = f'<w:fldSimple {nsdecls("w")} w:instr="{instruction}"><w:r>{weight}<w:t>{value}</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))
