from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from constellary.report import drawing

SAMPLE = Path(__file__).parent / "sample.py"
FOUR_FONTS = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90" viewBox="0 0 90 90" '
    'font-family="Liberation Sans"><text y="20">a</text><text y="40" font-weight="bold">b</text>'
    '<text y="60" font-style="italic">c</text><text y="80" font-weight="bold" font-style="italic">d</text>'
    '<g opacity=".5"><circle r="9"/><circle r="8"/></g></svg>'
)


def write_sample(folder: Path, seed: str) -> dict[str, bytes]:
    folder.mkdir()
    subprocess.run(
        [sys.executable, str(SAMPLE), str(folder)], check=True, env=os.environ | {"PYTHONHASHSEED": seed}
    )
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_two_processes_with_other_hash_seeds_write_the_same_bytes(tmp_path: Path) -> None:
    one, other = write_sample(tmp_path / "one", "1"), write_sample(tmp_path / "other", "2")
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    assert {"report.html", "report.pdf", "report.docx", "tables.xlsx", "sky.pdf"} <= one.keys()


def test_a_pdf_with_four_fonts_is_the_same_however_the_converter_orders_its_objects() -> None:
    assert len({drawing.to_pdf(FOUR_FONTS) for _ in range(8)}) == 1


def test_cross_references_of_a_reordered_pdf_point_at_their_objects() -> None:
    pdf = drawing.to_pdf(FOUR_FONTS)
    start = int(re.findall(rb"startxref\n(\d+)", pdf)[-1])
    places = re.findall(rb"(\d{10}) 00000 n", pdf[start:])
    assert pdf[start:].startswith(b"xref")
    assert len(places) > 10
    for number, place in enumerate(places, 1):
        assert pdf[int(place) :].startswith(b"%d 0 obj" % number)


def test_ids_of_a_drawing_do_not_depend_on_what_was_drawn_before() -> None:
    late = '<svg viewBox="0 0 1 1"><clipPath id="clip7"/><g clip-path="url(#clip7)"/></svg>'
    early = late.replace("clip7", "clip0")
    assert drawing.clean(late) == drawing.clean(early)


def test_links_of_a_drawing_lead_into_the_page() -> None:
    svg = drawing.clean('<svg><a xlink:href="https://vega.github.io/vega-datasets/#evidence-x"/></svg>')
    assert svg == '<svg><a href="#evidence-x"/></svg>'


@pytest.mark.parametrize("width", [241, 482])
def test_a_picture_has_300_dots_an_inch_at_its_printed_width(width: int) -> None:
    png = drawing.to_png(FOUR_FONTS.replace("90", str(width)))
    assert int.from_bytes(png[16:20], "big") == int(width * 300 / 72)
    place = png.index(b"pHYs") + 4
    assert int.from_bytes(png[place : place + 4], "big") == pytest.approx(300 / 0.0254, abs=1)
