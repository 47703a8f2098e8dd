"""Workbooks: XLSX and ODS, every sheet that holds cells."""

from __future__ import annotations

import datetime as dt
import io
import posixpath
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

import polars as pl
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from constellary.errors import InputError
from constellary.exchange.readers.grid import Fault, Grid, column_names
from constellary.exchange.readers.limits import COLUMNS, ROWS
from constellary.exchange.readers.workbook_scan import OdsScan, XlsxScan, shared_text_lengths
from constellary.exchange.readers.zip_budget import read_member

if TYPE_CHECKING:
    import zipfile

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def workbook_form(archive: zipfile.ZipFile) -> str:
    """Return `XLSX`, `ODS` or, where the archive is no workbook, the empty text.

    Raises
    ------
    InputError
        If it is another office document.
    """
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return "XLSX"
    if "xl/workbook.bin" in names:
        raise InputError("The file is a binary Excel workbook (.xlsb). Save it as .xlsx.")
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise InputError("The file is a text document or a presentation. Copy its table into a spreadsheet.")
    if "content.xml" in names and "mimetype" in names:
        if b"spreadsheet" in read_member(archive, "mimetype"):
            return "ODS"
        raise InputError("The file is an OpenDocument, but no spreadsheet. Copy its table into one.")
    return ""


def read_workbook(file: str, data: bytes, archive: zipfile.ZipFile, form: str) -> list[Grid]:
    """Return a grid for each sheet that holds anything, in the workbook's order.

    Formulas are read as the values that were stored with them, dates as ISO text, whole numbers without
    a decimal point. Hidden sheets are read and said to be hidden.

    Raises
    ------
    InputError
        If the workbook is damaged or above the limits.
    """
    faults = _xlsx_faults(archive) if form == "XLSX" else _ods_faults(archive)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            grids = []
            for sheet in workbook.sheets_metadata:
                if sheet.typ != SheetTypeEnum.WorkSheet:
                    continue
                read = workbook.get_sheet_by_name(sheet.name)
                hidden = sheet.visible != SheetVisibleEnum.Visible
                if read.end is not None:
                    grids.append(_grid(file, form, read, tuple(faults.get(sheet.name, ())), hidden=hidden))
            return grids
    except (CalamineError, ValueError, OverflowError, OSError) as error:
        raise InputError(f"The workbook is damaged ({error}). Open it and save it again.") from error
    except BaseException as error:
        # A panic of the reader's native code is no Exception, yet all that it says is: damaged.
        if type(error).__name__ != "PanicException":
            raise
        raise InputError("The workbook is damaged. Open it and save it again.") from error


def _grid(file: str, form: str, sheet: CalamineSheet, faults: tuple[Fault, ...], *, hidden: bool) -> Grid:
    rows = sheet.to_python(skip_empty_area=False)
    width = max((len(row) for row in rows), default=0)
    if width > COLUMNS:
        rows = [row[:COLUMNS] for row in rows]
        if any(any(cell != "" for cell in row[COLUMNS:]) for row in rows):
            raise InputError(
                f"Sheet '{sheet.name}' has {width:,} columns, more than the {COLUMNS:,} allowed."
            )
        width = COLUMNS
    if len(rows) > ROWS:
        raise InputError(f"Sheet '{sheet.name}' has {len(rows):,} rows, more than the {ROWS:,} allowed.")
    columns = zip(*rows, strict=True) if rows else iter(())
    cells = pl.DataFrame(
        {
            name: pl.Series([_text(cell) for cell in column], dtype=pl.String)
            for name, column in zip(column_names(width), columns, strict=True)
        }
    )
    said = (
        f"{file}, sheet '{sheet.name}' is hidden; it was read like the others. To leave it out, delete it from "
        "the workbook, or save the other sheets as CSV and import those."
    )
    notes = (said,) if hidden else ()
    return Grid(
        file=file, form=form, cells=cells, name=sheet.name, sheet=sheet.name, faults=faults, notes=notes
    )


def _text(cell: object) -> str | None:
    """Return a cell's value as text: dates in ISO, 2018.0 as 2018."""
    if isinstance(cell, str):
        return cell.encode("utf-8", "replace").decode() or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _xlsx_faults(archive: zipfile.ZipFile) -> dict[str, list[Fault]]:
    """Check every sheet of an XLSX archive; return the broken formulas by the sheet's name."""
    names = set(archive.namelist())
    targets = _relations(archive, names)
    shared: list[int] = []
    for target in sorted(set(targets.values()) | {"xl/sharedStrings.xml"}):
        if target.lower().endswith("sharedstrings.xml") and target in names:
            shared = shared_text_lengths(read_member(archive, target))
    sheets = {
        element.get("name", ""): targets.get(element.get(_RELATION, ""), "")
        for element in _tree(archive, "xl/workbook.xml").iter()
        if element.tag.endswith("}sheet")
    }
    # Whatever lies among the sheets is checked, named or not: the reader may find it by another way.
    others = {n for n in names if n.startswith("xl/worksheets/") and n.endswith(".xml")} - set(
        sheets.values()
    )
    scans = {
        name: XlsxScan(shared).run(read_member(archive, target)) if target in names else XlsxScan(shared)
        for name, target in [*sheets.items(), *((f"\0{other}", other) for other in sorted(others))]
    }
    return {name: scan.faults for name, scan in scans.items()}


def _relations(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    """Return relation id -> member of the archive, for the workbook."""
    where = "xl/_rels/workbook.xml.rels"
    if where not in names:
        return {}
    return {
        element.get("Id", ""): posixpath.normpath(posixpath.join("/xl", element.get("Target", ""))).lstrip(
            "/"
        )
        for element in _tree(archive, where).iter()
        if element.tag.endswith("}Relationship")
    }


def _ods_faults(archive: zipfile.ZipFile) -> dict[str, list[Fault]]:
    return OdsScan().run(read_member(archive, "content.xml")).faults


def _tree(archive: zipfile.ZipFile, name: str):  # type: ignore[no-untyped-def]  # defusedxml has no types
    try:
        return ElementTree.fromstring(read_member(archive, name), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise InputError(
            "The workbook's XML is damaged. Open it in a spreadsheet and save it again."
        ) from error
