"""Page: report and export. What is chosen is made in the background and ends in a download."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from constellary.errors import UnknownName, UsageError
from constellary.exchange.export import FORMATS as EXPORTS
from constellary.study.facets import facets
from constellary.workbench.answers import page
from constellary.workbench.filters import Filter
from constellary.workbench.needs import Bench, Chosen, Now
from constellary.workbench.publish.about import LICENCES, About

if TYPE_CHECKING:
    from constellary.workbench.moments import Moment

router = APIRouter(include_in_schema=False)

PARTS = {
    "html": ("One page", "no network needed; the evidence behind every number is in it"),
    "pdf": ("PDF", "for print"),
    "docx": ("Word", "to go on writing"),
    "figures": ("Figures", "each as SVG, PNG and PDF"),
    "tables": ("Tables", "all rows, as CSV and as one workbook"),
}
"""Format of the report -> what people call it, and what it is for."""

NAMES = {
    "datapackage-zip": ("Data package", "CSV with schema and codebook, as one ZIP"),
    "csv": ("CSV", "five tables, for a spreadsheet"),
    "xlsx": ("Excel", "a sheet for each table, and the codebook"),
    "sav": ("SPSS", "alliances and firms, with their labels"),
    "dta": ("Stata", "alliances and firms, with their labels"),
    "bibtex": ("BibTeX", "the sources, as a bibliography"),
    "gexf": ("Gephi", "GEXF, as it is drawn"),
    "graphml": ("GraphML", "for most network programs"),
    "pajek": ("Pajek", "network, partition and vector"),
    "ucinet": ("UCINET", "DL: firms, and firms by alliances"),
    "edges": ("List of ties", "CSV, a row for each pair of firms"),
}
"""Format of the export -> what people call it, and what it is; one that is not here tells of itself."""


def view(moment: Moment, chosen: Filter) -> dict[str, Any]:
    """Return what the page shows: the formats, and which alliances they will be about."""
    frames = moment.selected(chosen)
    return {
        "facets": moment.memory.get("facets", lambda: facets(moment.frames)),
        "parts": [(key, *PARTS[key]) for key in PARTS],
        "groups": [
            ("The data", "Alliances, partners, firms, sources and codings as tables.", _listed(graph=False)),
            (
                "The constellation",
                "Firms and the ties between them, for network programs.",
                _listed(graph=True),
            ),
        ],
        "licences": [(key, name) for key, (name, _) in LICENCES.items()],
        "alliances": frames.alliances.height,
        "firms": frames.partners["firm"].n_unique(),
    }


def _listed(*, graph: bool) -> list[tuple[str, str, str]]:
    """Return (format, what people call it, what it is); the data package once, as one file."""
    return [
        (name, *NAMES.get(name, (name, each.description)))
        for name, each in EXPORTS.items()
        if each.graph == graph and name != "datapackage"
    ]


@router.get("/give")
def give(request: Request, now: Now, chosen: Chosen) -> Response:
    """Show what can be made."""
    return page(request, "give.html", chosen=chosen, **view(now, chosen))


@router.post("/give/report")
def give_report(
    bench: Bench, now: Now, chosen: Chosen, formats: Annotated[list[str] | None, Form()] = None
) -> Response:
    """Begin to write a report."""
    if not formats:
        raise UsageError("Choose at least one form of the report.")
    for name in formats:
        if name not in PARTS:
            raise UnknownName("form of the report", name, tuple(PARTS))
    wanted = [name for name in PARTS if name in formats]
    title = f"Report: {', '.join(PARTS[name][0] for name in wanted)}"
    return _begin(bench, now, chosen, "report", {"formats": wanted}, title)


@router.post("/give/export")
def give_export(
    bench: Bench, now: Now, chosen: Chosen, form: Annotated[str, Form(alias="format")]
) -> Response:
    """Begin to write an export."""
    if form not in EXPORTS:
        raise UnknownName("format", form, tuple(EXPORTS))
    return _begin(bench, now, chosen, "export", {"format": form}, f"Export: {NAMES.get(form, (form,))[0]}")


@router.post("/give/site")
def give_site(
    bench: Bench,
    now: Now,
    authors: Annotated[str, Form(max_length=1000)] = "",
    year: Annotated[str, Form(max_length=4)] = "",
    licence: Annotated[str, Form(max_length=20)] = "",
    address: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Begin to write the static site of the whole study."""
    names = [name.strip() for name in authors.split(";") if name.strip()]
    About(tuple(names), year, licence, address)  # what cannot be is said now, and not by the job
    arguments: dict[str, Any] = {"authors": names, "year": year, "licence": licence, "address": address}
    return _begin(bench, now, Filter(), "publish", arguments, "Static site")


def _begin(
    bench: Bench, moment: Moment, chosen: Filter, kind: str, arguments: dict[str, Any], title: str
) -> Response:
    if moment.selected(chosen).alliances.is_empty():  # also where a filter cannot be understood
        raise UsageError("No alliance fits this filter, so that there is nothing to write.")
    selection = {"since": chosen.since, "until": chosen.until, "where": chosen.condition}
    job = bench.jobs.start(kind, arguments | selection, title)
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)
