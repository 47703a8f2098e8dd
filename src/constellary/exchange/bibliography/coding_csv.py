"""Coded passages from a table: a row a passage, as people write them in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.errors import InputError, Problem, ProblemsFound, UnknownName
from constellary.exchange.bibliography.limits import check_size
from constellary.exchange.bibliography.sniff import decoded, signature
from constellary.exchange.bibliography.tables import plain, read_table
from constellary.literature.listing import work_named
from constellary.literature.review import Passage

if TYPE_CHECKING:
    from pathlib import Path

    from constellary.literature.review import Review

COLUMNS = {
    "record": ("record", "work", "study", "id", "doi"),
    "code": ("code",),
    "coder": ("coder", "who", "by"),
    "page": ("page", "pages"),
    "quote": ("quote", "passage", "text"),
    "note": ("note", "example", "notes"),
}
"""What a row tells -> headings under which it may stand, the first of them in the documentation."""
NEEDED = ("record", "code")


def read_coding(path: Path, review: Review, *, coder: str) -> list[Passage]:
    """Return the passages of a table, without those that the review has already.

    Parameters
    ----------
    path
        CSV with a header: `record` (id or DOI), `code`, and if wanted `coder`, `page`, `quote`, `note`.
    review
        Whose records and codes are named.
    coder
        Who coded rows that do not say it.

    Raises
    ------
    InputError
        If the file cannot be read or has no such columns.
    ProblemsFound
        With every row that names a record or code that is not there.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    return parse_coding(data, path.name, review, coder=coder)


def parse_coding(data: bytes, file: str, review: Review, *, coder: str) -> list[Passage]:
    """Return the passages of a table given as bytes; see `read_coding`."""
    check_size(len(data), file)
    if kind := signature(data):
        raise InputError(f"{file} is {kind}, not a table of codes. Save the sheet as CSV.")
    table = read_table(decoded(data, file)[0], file)
    places = _places(table.names, file)
    codes = {code.name for code in review.taxonomy.codes}
    known = {one._replace(id="") for one in review.passages}
    problems = [Problem(remark.text, file=file, row=remark.line) for remark in table.remarks]
    found: list[Passage] = []
    for row in table.rows:
        said = {name: _unguarded(row.cells[place].strip()) for name, place in places.items()}
        try:
            record = work_named(review, said["record"]).id
        except UnknownName as error:
            problems.append(
                Problem(str(error), file=file, row=row.number, column="record", kind="unknown record")
            )
            continue
        if said["code"] not in codes:
            message = str(UnknownName("code of the taxonomy", said["code"], sorted(codes)))
            problems.append(Problem(message, file=file, row=row.number, column="code", kind="unknown code"))
            continue
        passage = Passage(
            "",
            record,
            said["code"],
            said.get("coder") or coder,
            said.get("quote", ""),
            said.get("page") or None,
            said.get("note") or None,
        )
        if passage not in known:
            known.add(passage)
            found.append(passage)
    if problems:
        raise ProblemsFound(problems, what=file)
    return found


def _places(names: tuple[str, ...], file: str) -> dict[str, int]:
    """Return what a row tells -> the place of its column."""
    plainly = [plain(name) for name in names]
    places = {}
    for wanted, headings in COLUMNS.items():
        place = next((plainly.index(heading) for heading in headings if heading in plainly), None)
        if place is not None:
            places[wanted] = place
    for name in NEEDED:
        if name not in places:
            given = ", ".join(name for name in names[:20])
            raise InputError(
                f"{file} has no column '{name}'; a table of codes has record and code, and may have coder, page, "
                f"quote and note. Its columns: {given}."
            )
    return places


def _unguarded(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from running a text as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r") else cell
