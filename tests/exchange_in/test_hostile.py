"""Broken and hostile files: each is refused or read, in words, fast and in little memory."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from constellary.exchange.importer import ImportRefused, Reading, read_files
from constellary.study.codebook import Codebook
from tests.exchange_in.made import bare_xlsx, partners_of, refused, told, write


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def bomb(path: Path) -> Path:
    """Make 300 MB of zeros in 300 kB, as a workbook's member."""
    return bare_xlsx(path, "", extra=300 << 20)


def ratio(path: Path) -> Path:
    return bare_xlsx(path, "", extra=20 << 20)


def many_members(path: Path) -> Path:
    return _zip(path, {f"f{number}": b"" for number in range(1_001)})


def lying_size(path: Path) -> Path:
    """Make an archive whose table of contents understates a member."""
    data = bytearray(_zip(path, {"datapackage.json": b'{"resources": [' + b" " * 5_000 + b"]}"}).read_bytes())
    where = data.index(b"PK\x01\x02")
    data[where + 24 : where + 28] = (20).to_bytes(4, "little")
    path.write_bytes(data)
    return path


def far_cell(path: Path) -> Path:
    return bare_xlsx(
        path, '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="XFD1048576"><v>2</v></c></row>'
    )


def far_row(path: Path) -> Path:
    return bare_xlsx(path, '<row r="1"><c r="ALL1"><v>1</v></c></row><row r="1048576"><c><v>2</v></c></row>')


def shared_text(path: Path) -> Path:
    """Make a text of 100 kB that 20,000 cells share."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    return bare_xlsx(path, cells, shared=f"<si><t>{'x' * 100_000}</t></si>")


def document_type(path: Path) -> Path:
    entity = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
    return bare_xlsx(path, rows, before=entity)


def repeated_cells(path: Path) -> Path:
    content = (
        '<o:c xmlns:o="urn:o" xmlns:table="urn:table" xmlns:office="urn:office" xmlns:text="urn:text">'
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="1000" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table></o:c>"
    )
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    return _zip(path, {"mimetype": mime, "content.xml": content.encode()})


def broken_xml(path: Path) -> Path:
    return bare_xlsx(path, '<row r="1"><c r="A1"><v>1</c></row>')


def truncated(path: Path) -> Path:
    bare_xlsx(path, '<row r="1"><c r="A1"><v>1</v></c></row>')
    path.write_bytes(path.read_bytes()[:-200])
    return path


def old_excel(path: Path) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    return path


def slip(path: Path) -> Path:
    descriptor = b'{"resources": [{"name": "alliances", "path": "../up.csv"}]}'
    return _zip(path, {"datapackage.json": descriptor, "../up.csv": b"id,year\na,2021\n"})


def wide(path: Path) -> Path:
    path.write_text("id,purpose" + ",x" * 1_000_000 + "\na,cost\n", encoding="utf-8")
    return path


def long_cell(path: Path) -> Path:
    path.write_text(f'id,name\na,"{"x" * 1_000_000}"\n', encoding="utf-8")
    return path


def open_quote(path: Path) -> Path:
    path.write_text('id,name\na,"' + "x,y\n" * 200_000, encoding="utf-8")
    return path


def noise(path: Path) -> Path:
    path.write_bytes(bytes(range(256)) * 2_000)
    return path


CORPUS: list[tuple[Callable[[Path], Path], str]] = [
    (bomb, "would unpack to 300 MiB, more than the 256 MiB allowed"),
    (ratio, "times its size, as only archives made to fill a machine do"),
    (many_members, "1,001 members, more than the 1,000 allowed"),
    (lying_size, "of the archive is"),
    (far_cell, "A sheet spans 17,179,869,184 cells"),
    (far_row, "A sheet spans 1,048,576,000 cells"),
    (shared_text, "The texts of a sheet are longer than"),
    (document_type, "declares a document type"),
    (repeated_cells, "A sheet spans 1,000,000,000 cells"),
    (broken_xml, "The workbook's XML is damaged"),
    (truncated, "The ZIP archive is damaged"),
    (old_excel, "an old Excel workbook (.xls) or one with a password"),
    (slip, "leads out of the package's folder"),
    (wide, "columns, more than the 1,000 allowed"),
    (long_cell, "longer than 100,000 characters"),
    (open_quote, "a cell is longer than the 100,000 characters allowed"),
    (noise, "no text in an encoding that can be told"),
]


@pytest.mark.parametrize(("make", "said"), CORPUS, ids=[make.__name__ for make, _ in CORPUS])
def test_a_hostile_file_is_refused_in_words_and_at_once(
    make: Callable[[Path], Path], said: str, tmp_path: Path, tiny_book: Codebook
) -> None:
    path = make(tmp_path / "file.xlsx")
    start = time.process_time()
    error = refused([path], tiny_book)
    assert time.process_time() - start < 2
    assert said in str(error)
    assert len(str(error)) < 2_000


def test_a_nul_is_a_problem_and_unseen_signs_are_taken_out(tmp_path: Path, tiny_book: Codebook) -> None:
    text = "id,name,partners\na1,Fi\0rst,A;B\na2,Sec\u200bond\u202e,A\x07;\ufeffC\n"
    error = refused([write(tmp_path, "t.csv", text)], tiny_book)
    assert told(error) == ["2 name [Fi�rst] nul"]
    reading = read_files([write(tmp_path, "t.csv", text.replace("\0", ""))], tiny_book)
    assert partners_of(reading) == {"a1": ["A", "B"], "a2": ["A", "C"]}
    assert reading.batch.alliances is not None
    assert reading.batch.alliances["name"].to_list() == ["First", "Second"]
    assert sum("unseen characters" in note for note in reading.notes) == 2


def test_two_ways_to_write_a_letter_are_one_firm(tmp_path: Path, tiny_book: Codebook) -> None:
    text = "id,partners\na1,Citroe\u0308n;X\na2,Citro\u00ebn;  Y \u00a0 Z \n"
    reading = read_files([write(tmp_path, "t.csv", text)], tiny_book)
    assert partners_of(reading) == {"a1": ["Citroën", "X"], "a2": ["Citroën", "Y Z"]}


def read_or_refused(path: Path, codebook: Codebook, **options: object) -> Reading | None:
    """Return the reading, or None where the file is refused for reasons that are told."""
    refusal: ImportRefused | None = None
    try:
        return read_files([path], codebook, **options)  # type: ignore[arg-type]  # options are the caller's
    except ImportRefused as error:
        refusal = error
    assert refusal.problems
    return None


HEADERS = [
    "id",
    "name",
    "alliance",
    "firm",
    "partners",
    "partner 1",
    "partner 2",
    "year",
    "purpose",
    "kind",
    "",
]
HEADERS += ["routes", "url", "coder", "variable", "value", "sure", "position", "aliases", "parent", "x"]
HOSTILE = [
    '=HYPERLINK("https://x")',
    "<img src=x onerror=alert(1)>",
    "{{7*7}}",
    "'; DROP TABLE alliance;--",
    "../../etc/passwd",
    "مرحبا",
    "%s%n",
    "\\N",
]


def test_hostile_texts_are_kept_as_they_are(tmp_path: Path, tiny_book: Codebook) -> None:
    rows = "".join(
        'a1,"{}",{}\n'.format(text.replace('"', '""'), place) for place, text in enumerate(HOSTILE, 1)
    )
    reading = read_files(
        [write(tmp_path, "t.csv", f"alliance,firm,position\n{rows}")], tiny_book, known_alliances={"a1"}
    )
    assert partners_of(reading)["a1"] == HOSTILE


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=60),
    st.sampled_from([b"", b"id,partners,announced\n", b"PK\x03\x04", b"[{", b"\xff\xfe"]),
)
def test_any_bytes_are_read_or_refused(
    tmp_path: Path, tiny_book: Codebook, data: bytes, start: bytes
) -> None:
    path = tmp_path / "any"
    path.write_bytes(start + data)
    read_or_refused(path, tiny_book)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3_000), st.binary(min_size=1, max_size=4)), min_size=1, max_size=4))
def test_a_workbook_with_bytes_changed_is_read_or_refused(
    tmp_path: Path, tiny_book: Codebook, changes: list[tuple[int, bytes]]
) -> None:
    cells = "".join(
        f'<c r="{c}1" t="inlineStr"><is><t>{n}</t></is></c>' for c, n in (("A", "id"), ("B", "year"))
    )
    row = '<row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2"><v>2021</v></c></row>'
    data = bytearray(bare_xlsx(tmp_path / "w.xlsx", f'<row r="1">{cells}</row>{row}').read_bytes())
    for place, new in changes:
        data[place % len(data) : place % len(data) + len(new)] = new
    path = tmp_path / "changed.xlsx"
    path.write_bytes(data)
    read_or_refused(path, tiny_book)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    header=st.lists(
        st.sampled_from(HEADERS),
        min_size=1,
        max_size=7,
    ),
    data=st.data(),
)
def test_any_table_is_read_or_refused(
    tmp_path: Path, tiny_book: Codebook, header: list[str], data: st.DataObject
) -> None:
    cell = st.sampled_from(
        [
            "",
            "a",
            "b",
            "A",
            "a;b",
            "2021",
            "03/04/2021",
            "cost",
            "purpose",
            "https://a.org",
            "y",
            "1",
            "-",
            "é\n",
        ]
    )
    rows = data.draw(st.lists(st.lists(cell, min_size=len(header), max_size=len(header)), max_size=5))
    target = io.StringIO()
    for row in [header, *rows]:
        target.write(",".join(f'"{text}"' for text in row) + "\n")
    path = write(tmp_path, "t.csv", target.getvalue())
    reading = read_or_refused(path, tiny_book, known_alliances={"a"}, known_firms={"b": "B", "a": "A"})
    assert reading is None or sum(reading.batch.counts().values()) > 0
