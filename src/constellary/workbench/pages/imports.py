"""Import: files are sent, what was understood of them is shown, and nothing is written before somebody agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from constellary.errors import UnknownName
from constellary.study.literature.intake import Intake
from constellary.workbench.answers import page
from constellary.workbench.forms.sent import Sent, SentForm
from constellary.workbench.intake import empty
from constellary.workbench.intake.exports import SEARCH, preview_of
from constellary.workbench.intake.fields import is_field, remapped
from constellary.workbench.intake.new_here import new_by
from constellary.workbench.intake.sent import Sending
from constellary.workbench.intake.view import counts_of, preview_view, problems_csv
from constellary.workbench.job_work import plain_stem
from constellary.workbench.listings.answers import TYPES
from constellary.workbench.needs import Bench, Now, Person
from constellary.workbench.trust.limits import MEBIBYTE, PARTS, UPLOAD

if TYPE_CHECKING:
    from constellary.study.codebook import Codebook
    from constellary.workbench.intake.imports import Import, Imports
    from constellary.workbench.moments import Moment
    from constellary.workbench.workbench import Workbench

router = APIRouter(include_in_schema=False)

FORMATS = (
    ("CSV, TSV", "text with commas, semicolons, tabs or bars; encoding and header row are found"),
    ("Excel", ".xlsx, every sheet that holds a table"),
    ("OpenDocument", ".ods"),
    ("JSON, JSON Lines", "a list of records, or one a line"),
    ("Data package", "as ZIP, such as this workbench gives out"),
    (
        "Bibliographic exports",
        "of Web of Science, Scopus, PubMed, IEEE, Springer, ProQuest, EndNote, Zotero, OpenAlex and Crossref",
    ),
)
"""What is read, for the first page."""


def view(codebook: Codebook, imports: Imports, *, problem: str = "") -> dict[str, Any]:
    """Return what the first page shows; `problem` says why what was sent cannot be taken."""
    return {
        "formats": FORMATS,
        "most": UPLOAD // MEBIBYTE,
        "most_bytes": UPLOAD,
        "most_files": PARTS,
        "codebook": codebook,
        "headers": empty.headers(codebook),
        "waiting": list(imports),
        "problem": problem,
    }


def taken_view(found: Import, bench: Workbench, now: Moment) -> dict[str, Any]:
    """Return what the page of an import says that was taken in."""
    outcome = found.outcome
    if isinstance(outcome, Intake):
        number = outcome.decision.id if outcome.decision else 0
        return {"found": found, "decision": bench.study.history.get(number), "files": outcome.files}
    if outcome is None or outcome.decision is None:
        return {"found": found, "decision": None, "counts": [], "alliances": [], "firms": []}
    detail = bench.study.history.detail(outcome.decision.id)
    alliances, firms = new_by(detail, now.frames)
    return {
        "found": found,
        "decision": detail.decision,
        "counts": [row for row in counts_of(found.result) if sum(row[1:4])],
        "alliances": alliances,
        "firms": firms,
    }


@router.get("/import")
def imports(request: Request, bench: Bench, now: Now) -> Response:
    """Show where files are dropped, and what is understood."""
    return page(request, "import.html", **view(now.codebook, bench.imports))


@router.post("/import")
def send(request: Request, bench: Bench, now: Now, sent: Sending) -> Response:
    """Take files and begin to read them."""
    try:
        if not sent.contents:
            content = view(now.codebook, bench.imports, problem="Choose at least one file.")
            return page(request, "import.html", status=422, **content)
        return _to(bench.imports.receive(sent.contents))
    finally:
        sent.close()


@router.get("/import/empty.{kind}")
def empty_book(now: Now, kind: Literal["xlsx"]) -> Response:
    """Give the empty tables as a workbook."""
    return _file(empty.as_xlsx(now.codebook), f"{plain_stem(now.codebook.name)}-to-fill", kind)


@router.get("/import/empty/{table}.{kind}")
def empty_table(now: Now, table: str, kind: Literal["csv"]) -> Response:
    """Give one empty table as CSV."""
    if table not in empty.TABLES:
        raise HTTPException(404)
    return _file(empty.as_csv(now.codebook, table), table, kind)


@router.get("/import/{key}")
def show(request: Request, bench: Bench, now: Now, key: str) -> Response:
    """Show an import: how far it is, what was understood, or what came of it."""
    found = bench.imports.get(key)
    if found.stage == "taken":
        content = taken_view(found, bench, now)
        template = "import_exports_taken.html" if "files" in content else "import_taken.html"
        return page(request, template, **content)
    if found.stage == "reading":
        return page(request, "import_reading.html", found=found, job=found.job)
    found.job.seen = True
    if found.stage == "failed":
        return page(request, "import_failed.html", found=found)
    if found.of_exports:
        return page(request, "import_exports.html", **preview_of(found, bench.study))
    between = None if found.since is None else bench.study.history.get(found.since)
    return page(request, "import_preview.html", between=between, **preview_view(found, now.codebook))


@router.get("/import/{key}/state")
def state(request: Request, bench: Bench, key: str) -> Response:
    """Show how far the reading is; where it has ended, have the whole page shown anew."""
    found = bench.imports.get(key)
    if found.stage == "reading":
        return page(request, "jobs_state.html", job=found.job)
    return Response(status_code=204, headers={"HX-Refresh": "true"})


@router.get("/import/{key}/problems.csv")
def problems(bench: Bench, key: str) -> Response:
    """Give the problems as a file."""
    return _file(problems_csv(bench.imports.get(key)), "problems", "csv")


@router.post("/import/{key}/read")
def read_again(bench: Bench, now: Now, key: str, sent: SentForm) -> Response:
    """Read the files again, with columns taken for what the form says."""
    found = bench.imports.get(key)
    if found.of_exports:
        search = sent.get("search")
        bench.imports.read_again(found, {SEARCH: search} if search else {})
        return _to(found)
    bench.imports.read_again(found, remapped(found.mapping, chosen(sent, now.codebook)))
    return _to(found)


@router.post("/import/{key}/as-understood")
def read_as_understood(bench: Bench, key: str) -> Response:
    """Read the files again, with columns taken for what their headers say."""
    found = bench.imports.get(key)
    bench.imports.read_again(found, {})
    return _to(found)


@router.post("/import/{key}/take")
def take(bench: Bench, key: str, who: Person, sent: SentForm) -> Response:
    """Take an import in, as one decision; where the study changed meanwhile, show it anew instead."""
    found = bench.imports.get(key)
    bench.imports.take(found, who=who, why=sent.why)
    return _to(found)


@router.post("/import/{key}/cancel")
def cancel(bench: Bench, key: str) -> Response:
    """Forget an import and its files."""
    bench.imports.cancel(bench.imports.get(key))
    return RedirectResponse("/import", status_code=303)


def chosen(sent: Sent, codebook: Codebook) -> list[tuple[str, str, str]]:
    """Return header, field as shown and field as chosen of each column that a form sends.

    Raises
    ------
    UnknownName
        If there is no such field.
    """
    columns: dict[str, list[str]] = {
        name: [value for key, value in sent.pairs if key == name] for name in ("header", "was", "field")
    }
    found = list(zip(columns["header"], columns["was"], columns["field"], strict=False))
    for _, _, field in found:
        if field and not is_field(codebook, field):
            raise UnknownName("field", field, ())
    return found


def _to(found: Import) -> Response:
    return RedirectResponse(f"/import/{found.id}", status_code=303)


def _file(content: bytes, name: str, kind: Literal["csv", "xlsx"]) -> Response:
    disposition = f'attachment; filename="{name}.{kind}"'
    return Response(content, media_type=TYPES[kind], headers={"Content-Disposition": disposition})
