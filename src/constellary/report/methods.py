"""`methods.md`: what a methods section needs, from versions and seeds to the definition of every measure."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from constellary import __version__
from constellary.report.citations.styles import style_named

if TYPE_CHECKING:
    from constellary.report.findings import Findings

LIBRARIES = (
    "numpy",
    "scipy",
    "polars",
    "graspologic-native",
    "crategraph-forceatlas2",
    "vl-convert-python",
    "typst",
)


def methods_text(findings: Findings) -> str:
    """Return the methods as Markdown."""
    lines = [
        f"# Methods: {findings.frames.codebook.title}",
        "",
        f"Computed by Constellary {__version__}. The same study, selection and version give the same bytes.",
        "",
    ]
    lines += _literature(findings)
    if findings.empty:
        lines += _versions()
    else:
        lines += _alliances(findings)
    return "\n".join(lines).rstrip() + "\n"


def _versions() -> list[str]:
    return [
        "## Versions",
        "",
        f"- Python {platform.python_version()}",
        *(f"- {name} {version(name)}" for name in LIBRARIES),
        "",
    ]


def _literature(findings: Findings) -> list[str]:
    """Return what the counts of the chapter on the literature mean."""
    found = findings.literature
    if found is None:
        return []
    results = [
        result
        for result in (found.flow, found.agreement, *found.syntheses.values(), found.matrix)
        if result is not None
    ]
    lines = ["## Literature", ""]
    for result in results:
        if result.remarks:
            lines += [f"### {result.title}", "", *(f"- {remark}" for remark in result.remarks), ""]
    style = style_named(found.style)
    return [*lines, f"References: {style.label}, by citeproc-py {version('citeproc-py')}.", ""]


def _alliances(findings: Findings) -> list[str]:
    codebook = findings.frames.codebook
    lines = [
        "## Selection",
        "",
        f"{findings.frames.selection or 'All alliances of the study.'}",
        "",
        (
            f"{findings.sample.alliances:,} alliances, {findings.sample.firms:,} firms, "
            f"{findings.sample.sources:,} sources."
        ),
        "",
        *_versions(),
        "## Variables",
        "",
    ]
    for item in codebook.items:
        values = ", ".join(category.label for category in item.categories)
        derived = f", derived from `{item.of}`" if hasattr(item, "of") else ""
        lines.append(
            f"- **{item.label}** (`{item.name}`, {item.level}, {item.kind}{derived})"
            + (f": {values}." if values else ".")
        )
    lines += ["", "## Measures of the constellation", ""]
    lines += [f"- **{name}**: {text}" for name, text in findings.constellation.definitions.items()]
    lines += ["", "## Statistics", ""]
    results = [
        findings.sample,
        *findings.frequencies.values(),
        *findings.crosstabs.values(),
        findings.per_firm,
        findings.per_alliance,
        findings.trend,
        findings.comparison,
        findings.rivals,
        findings.agreement,
        findings.constellation,
    ]
    for result in results:
        if result is not None and result.remarks:
            lines += [f"### {result.title}", "", *(f"- {remark}" for remark in result.remarks), ""]
    return lines
