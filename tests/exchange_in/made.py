"""Files that the tests of this room make up."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from constellary.exchange.importer import ImportRefused, Reading, read_files
from constellary.study.codebook import Codebook


def write(folder: Path, name: str, text: str, *, encoding: str = "utf-8") -> Path:
    """Write a text, line ends as they are, and return where."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def refused(paths: list[Path], codebook: Codebook, **options: object) -> ImportRefused:
    """Return the refusal that the files meet."""
    with pytest.raises(ImportRefused) as caught:
        read_files(paths, codebook, **options)  # type: ignore[arg-type]  # options are the caller's
    return caught.value


def told(error: ImportRefused) -> list[str]:
    """Return the problems as row, column, value and kind, without the file."""
    return [f"{p.row} {p.column} [{p.value}] {p.kind}" for p in error.problems]


def partners_of(reading: Reading) -> dict[str, list[str]]:
    """Return alliance -> firms in order."""
    partners = reading.batch.partners
    assert partners is not None
    grouped = partners.sort("alliance", "position").group_by("alliance", maintain_order=True).agg("firm")
    return dict(grouped.iter_rows())


CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def bare_xlsx(path: Path, rows: str, *, shared: str = "", before: str = "", extra: int = 0) -> Path:
    """Write the least workbook that opens, its sheet's rows given as XML, and return where.

    `before` stands before the sheet's root, `extra` is the size of a member of zeros.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{RELATIONS}">'
            '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        body = f"{SHEET}<sheetData>{rows}</sheetData></worksheet>"
        archive.writestr("xl/worksheets/sheet1.xml", body.replace("<worksheet", f"{before}<worksheet", 1))
        if shared:
            archive.writestr(
                "xl/sharedStrings.xml",
                f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{shared}</sst>',
            )
        if extra:
            with archive.open("xl/media/extra.bin", "w") as member:
                for _ in range(extra >> 20):
                    member.write(b"\0" * (1 << 20))
    return path
