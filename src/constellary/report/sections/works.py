"""The works that the report rests on: methods, and the study that it is set against."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

from constellary import __version__
from constellary.report.document import Reference
from constellary.report.inline import plain

if TYPE_CHECKING:
    from constellary.report.findings import Findings

WORKS = files("constellary.report") / "assets" / "works.toml"


def references(findings: Findings) -> tuple[Reference, ...]:
    """Return the works in the order of their first author."""
    listed = tomllib.loads(WORKS.read_text(encoding="utf-8"))["work"]
    shown = {"alliances": not findings.empty, "literature": findings.literature is not None}
    works = [
        Reference(work["text"], work.get("url", ""))
        for work in listed
        if shown[work.get("stage", "alliances")]
    ]
    works.append(
        Reference(
            f"Constellary {__version__}: a workbench for studying inter-firm alliances (computer software)."
        )
    )
    if findings.published is not None:
        works.append(Reference(plain(findings.published.reference), findings.published.url))
    return tuple(sorted(works, key=lambda work: work.text.casefold()))
