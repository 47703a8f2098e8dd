"""What a file is: content decides, encodings are found, what is no export is refused in words and in bounded time."""

from __future__ import annotations

import gc
import gzip
import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.errors import InputError
from constellary.exchange.bibliography import limits
from constellary.exchange.bibliography.reading import is_export, parse_export, read_export

RIS = (
    "TY  - JOUR\nTI  - Allianzen in der Automobilindustrie: Verträge „über“ Größe\nAU  - Müller, J\nER  - \n"
)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type /Catalog>> endobj\n" + b"TY  - JOUR\nER  - \n" * 9


def zipped(inside: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(inside, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        RIS.encode(),
        b"\xef\xbb\xbf" + RIS.encode(),
        RIS.encode("utf-16"),
        RIS.encode("utf-16-le"),
        RIS.encode("utf-16-be"),
        b"\xfe\xff" + RIS.encode("utf-16-be"),
        RIS.replace("\n", "\r\n").encode(),
        RIS.replace("\n", "\r").encode(),
        b"\n\n" + RIS.encode(),
    ],
)
def test_one_export_in_many_encodings_says_the_same(data: bytes) -> None:
    export = parse_export("any.bin", data)
    record = export.entries[0].record
    assert record.title == "Allianzen in der Automobilindustrie: Verträge „über“ Größe"
    assert record.authors[0].family == "Müller"
    assert export.remarks == ()
    assert is_export(data)


def test_windows_1252_is_read_with_a_remark_and_its_line() -> None:
    export = parse_export("old.ris", RIS.encode("cp1252"))
    assert export.entries[0].record.authors[0].family == "Müller"
    (remark,) = export.remarks
    assert remark.line == 2
    assert "read as Windows-1252" in remark.text


def test_one_damaged_byte_in_utf8_is_refused_with_its_line() -> None:
    data = RIS.encode().replace("Müller".encode(), b"M\xfcller")
    with pytest.raises(
        InputError, match=r"any\.ris, line 3 holds the byte 0xfc, which is no text in UTF-8, in which"
    ):
        parse_export("any.ris", data)


def test_a_byte_that_is_text_in_no_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(
        InputError, match="line 3 holds the byte 0x81, which is no text in UTF-8 nor in Windows-1252"
    ):
        parse_export("any.ris", b"TY  - JOUR\nTI  - One\nAU  - M\x81ller\nER  -\n")


def test_a_file_that_ends_within_a_character_is_said_to_be_cut_off() -> None:
    data = RIS.encode()
    with pytest.raises(InputError, match="line 2 ends in the middle of a character: the file is cut off"):
        parse_export("any.ris", data[: data.index("ü".encode()) + 1])
    with pytest.raises(InputError, match="UTF-16 and ends in the middle of a character"):
        parse_export("any.ris", RIS.encode("utf-16")[:-1])


def test_a_mark_that_lies_is_left_out_with_a_remark() -> None:
    export = parse_export("any.ris", b"\xff\xfe" + RIS.encode())
    assert len(export.entries) == 1
    assert export.remarks[0].text.startswith("begins with the mark of UTF-16 but is not written in it")
    assert "Windows-1252" in parse_export("any.ris", b"\xef\xbb\xbf" + RIS.encode("cp1252")).remarks[0].text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (PDF, "a PDF, whatever its name says"),
        (b"\n" + PDF, "a PDF"),
        (zipped("records.ris"), "a ZIP archive"),
        (zipped("xl/workbook.xml"), "an Excel workbook"),
        (zipped("word/document.xml"), "a Word document"),
        (gzip.compress(RIS.encode()), "compressed by gzip"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "a JPEG image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "a document of old Microsoft Office"),
        (b"SQLite format 3\x00" + bytes(100), "an SQLite database"),
        (b"{\\rtf1\\ansi TY  - JOUR}", "a rich-text document"),
        (b"<!DOCTYPE html><html>TY  - JOUR</html>", "a web page"),
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "empty"),
    ],
)
def test_what_is_no_text_is_refused_by_what_it_is(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=f"^export.ris is {what}.* Export the search again as"):
        parse_export("export.ris", data)
    assert not is_export(data)


def test_zero_bytes_are_refused_with_their_line() -> None:
    with pytest.raises(InputError, match="line 2 holds a zero byte"):
        parse_export("any.ris", b"TY  - JOUR\nTI  - \0\nER  -\n")


def test_text_in_no_format_is_refused_with_what_it_begins_with_and_what_is_read() -> None:
    with pytest.raises(
        InputError, match=r"in none of the formats that are read: Web of Science plain text, .* 'Dear"
    ):
        parse_export("letter.txt", b"Dear colleague,\n\nplease find enclosed.\n")
    assert not is_export(b"Dear colleague,")


def test_a_file_without_any_record_is_refused() -> None:
    with pytest.raises(InputError):
        parse_export("savedrecs.txt", b"FN Clarivate Analytics Web of Science\nVR 1.0\nEF\n")


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_export(tmp_path / "absent.ris")
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        read_export(tmp_path)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.ris"
    with path.open("wb") as file:
        file.truncate(limits.BYTES + 1)
    with pytest.raises(
        InputError, match=r"large\.ris holds 1,073,741,825 bytes; at most 1,073,741,824 are read"
    ):
        read_export(path)


OPEN = "TY  - JOUR\n"
HOSTILE = {
    # what: (before, repeated, times, behind, how it is refused: None where it is read)
    "ten million lines without a tag": (RIS, "x\n", 10_000_000, "", None),
    "ten million blank lines": (RIS, "\n", 10_000_000, "", None),
    "a record of a million fields": (
        OPEN,
        "AU  - A\n",
        1_000_000,
        "ER  -",
        "a record of 1,000,001 fields begins here",
    ),
    "a line of 50 MB": (
        RIS + OPEN + "AB  - ",
        "x",
        50_000_000,
        "\nER  -",
        "line 6 has more than 10,000,000 char",
    ),
    "a title of brackets": (OPEN + "TI  - ", "<", 1_000_000, "\nER  -", None),
    "a title of tags that do not end": (OPEN + "TI  - ", "<p ", 300_000, "\nER  -", None),
    "a DOI of brackets": (OPEN + "DO  - 10.1000/", ")", 1_000_000, "\nER  -", None),
    "a name of initials": (OPEN + "AU  - ", "A. ", 300_000, "\nER  -", None),
    "a name of addresses": (OPEN + "AU  - ", "a@(", 300_000, ")\nER  -", None),
    "a name of brackets": (OPEN + "AU  - ", "(", 300_000, ")\nER  -", None),
    "pages of digits": (OPEN + "SP  - ", "1", 1_000_000, "\nER  -", None),
    "a date of digits": (OPEN + "DA  - ", "1-", 500_000, "\nER  -", None),
    "a language of commas": (OPEN + "LA  - ", ",", 500_000, "\nER  -", None),
    "spaces before tags": ("TY - JOUR\n", " " * 1000 + "\n", 3000, "ER -\n", None),
    "percent signs": ("", "%A x\n", 300_000, "", "in none of the formats"),
    "underscores": ("Report Information from ProQuest\n", "_" * 100 + "\n", 50_000, "", "has no record"),
    "blank lines in PubMed": ("PMID- 1\n", " \n", 1_000_000, "TI  - A\n", None),
    "blank lines in Web of Science": ("PT J\nTI A\n", "\n   \n", 1_000_000, "ER\n", None),
    "blank lines and no tag": ("PT J\nTI A\n", "\n", 1_000_000, "x\nER\n", None),
    "blank lines and no tag in PubMed": ("PMID- 1\nTI  - A\n", "  \n", 1_000_000, "x", None),
    "blank lines and no tag in EndNote": ("%0 Book\n%T A\n", "\n", 1_000_000, "x", None),
    "blank lines and no tag in loose RIS": ("TY - JOUR\n", "\n\t", 500_000, "x\nER -\n", None),
    "blank lines in ProQuest": ("Title: A\nProQuest document ID: 1\n", "\n  ", 500_000, "x", None),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_gives_a_record_or_one_clear_error_in_bounded_time(name: str) -> None:
    before, repeated, times, behind, refused = HOSTILE[name]
    data = (before + repeated * times + behind).encode()
    start = time.process_time()
    if refused is None:
        assert parse_export("hostile.ris", data).entries
    else:
        with pytest.raises(InputError, match=refused):
            parse_export("hostile.ris", data)
    assert time.process_time() - start < 10


def test_too_many_records_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECORDS", 2)
    with pytest.raises(InputError, match=r"any\.ris holds 3 records; at most 2 are read"):
        parse_export("any.ris", RIS.encode() * 3)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    for text in (
        data,
        b"TY  - JOUR\n" + data,
        b"PT J\nTI " + data + b"\nER\n",
        b"PMID- 1\n" + data,
        b"%0 Book\n" + data,
    ):
        is_export(text)
        try:
            export = parse_export("any.bin", text)
        except InputError:
            continue
        assert export.entries or export.remarks


def test_the_search_for_cycles_runs_again_after_a_file_that_is_refused() -> None:
    with pytest.raises(InputError):
        parse_export("x.ris", b"TY  - JOUR\nER  - \nTY  - JOUR\nTI  - A\n")
    assert gc.isenabled()
