"""All routes, by their modules: pages first, then the API."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import APIRouter

PAGES = (
    "home",
    "person",
    "constellation",
    "figures",
    "against",
    "evidence",
    "alliances",
    "firms",
    "sources",
    "edit",
    "edit_firms",
    "literature",
    "literature_records",
    "literature_duplicates",
    "literature_screening",
    "literature_conflicts",
    "literature_taxonomy",
    "literature_passages",
    "literature_synthesis",
    "log",
    "coding",
    "imports",
    "checks",
    "give",
    "jobs",
)
API = (
    "study",
    "constellation",
    "results",
    "tables",
    "edit",
    "coding",
    "imports",
    "checks",
    "literature",
    "literature_matches",
    "literature_flow",
    "jobs",
)


def routers() -> list[APIRouter]:
    """Return the router of every module of pages and API, in order."""
    found = [import_module(f"constellary.workbench.pages.{name}").router for name in PAGES]
    return found + [import_module(f"constellary.workbench.api.{name}").router for name in API]
