"""Ways to mend what a check found: for each kind of finding, the pages where it can be put right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constellary.study.checks import Finding
    from constellary.workbench.links import Links


@dataclass(frozen=True, slots=True)
class Mend:
    """A way to put a finding right: what it is called, and the address where it is done."""

    label: str
    address: str


REMOVING = frozenset({"too-few-partners", "likely-duplicate-alliances"})
"""Checks whose finding may mean that an alliance should not be there."""


def mends(finding: Finding, link: Links) -> list[Mend]:
    """Return the ways to mend a finding, the likeliest first.

    Examples
    --------
    >>> from constellary.study.checks import Finding
    >>> from constellary.workbench.links import LiveLinks
    >>> found = Finding("likely-duplicate-firms", "doubt", "", (), ("Škoda", "Skoda"))
    >>> [mend.label for mend in mends(found, LiveLinks({}))]
    ['Merge Škoda into Skoda', 'Merge Skoda into Škoda']
    """
    if finding.check == "likely-duplicate-firms":
        one, other = finding.firms
        return [
            Mend(f"Merge {one} into {other}", f"{link.firm(one)}/merge?into={_quoted(other)}"),
            Mend(f"Merge {other} into {one}", f"{link.firm(other)}/merge?into={_quoted(one)}"),
        ]
    ways = []
    if finding.check == "unknown-parent":
        ways.append(Mend("Enter the parent as a firm", link.page("new/firm")))
    if finding.check in ("firm-without-type", "unknown-parent") or not finding.alliances:
        ways += [Mend(f"Edit {firm}", f"{link.firm(firm)}/edit") for firm in finding.firms]
    else:
        ways += [Mend(f"Edit {key}", f"{link.alliance(key)}/edit") for key in finding.alliances]
    if finding.check in REMOVING:
        ways += [Mend(f"Remove {key}", f"{link.alliance(key)}/remove") for key in finding.alliances]
    return ways


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")
