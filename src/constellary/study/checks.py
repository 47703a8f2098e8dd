"""Checks: what in a study looks wrong or doubtful, each with the alliances or firms that it is about.

A check finds; it mends nothing. Each is a function from frames to findings, listed in `CHECKS`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from constellary.study.duplicates import likely_duplicate_alliances, likely_duplicate_firms

if TYPE_CHECKING:
    from collections.abc import Callable

    from constellary.study.frames import Frames

Weight = Literal["error", "doubt"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    Attributes
    ----------
    check
        Stable key of the check, such as `too-few-partners`.
    weight
        `error` cannot be right; `doubt` may be.
    message
        What was found and what to do, in a sentence.
    alliances, firms
        What it is about, sorted.
    detail
        What tells it from other findings of the check about the same alliances and firms, such as an address.
    """

    check: str
    weight: Weight
    message: str
    alliances: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    detail: str = ""

    @property
    def subject(self) -> str:
        """What it is about as one stable text: by check and subject an acceptance knows its finding.

        Examples
        --------
        >>> Finding("no-date", "doubt", "", ("a1",)).subject
        '[["a1"],[],""]'
        """
        parts = (self.alliances, self.firms, self.detail)
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def run_checks(frames: Frames) -> list[Finding]:
    """Return all findings, check by check, within a check sorted by what they are about.

    Examples
    --------
    >>> import polars as pl
    >>> from constellary.study.codebook import Codebook
    >>> from constellary.study.derive import build_frames
    >>> frames = build_frames(
    ...     Codebook("example", "Example", ()),
    ...     alliances=pl.DataFrame({"id": ["a"], "announced": ["2021"]}),
    ...     partners=pl.DataFrame({"alliance": ["a"], "firm": ["Ford"], "position": [1]}),
    ...     firms=pl.DataFrame({"firm": ["Ford"]}),
    ... )
    >>> finding = run_checks(frames)[0]
    >>> finding.check, finding.alliances
    ('too-few-partners', ('a',))
    """
    return [finding for check in CHECKS for finding in check(frames)]


def number_of_partners(frames: Frames) -> list[Finding]:
    """Find alliances with fewer or more partners than the codebook allows."""
    least, most = frames.codebook.partners
    found = []
    for key, size in frames.alliances.select("id", "size").iter_rows():
        noun = "partner" if size == 1 else "partners"
        if size < least:
            found.append(
                Finding(
                    "too-few-partners",
                    "error",
                    f"{key} has {size} {noun}; an alliance has at least {least}. "
                    "Add the missing partner, or take the alliance out with `constellary remove`.",
                    (key,),
                )
            )
        elif most is not None and size > most:
            found.append(
                Finding(
                    "too-many-partners",
                    "error",
                    f"{key} has {size} {noun}; the codebook allows at most {most}.",
                    (key,),
                )
            )
    return found


def firms_without_type(frames: Frames) -> list[Finding]:
    """Find signing firms that lack the variable by which the study types its firms."""
    variable = frames.codebook.design.firm_type
    if variable is None:
        return []
    label = frames.codebook.label(variable)
    untyped = frames.signing.filter(pl.col(variable).is_null())
    evidence = frames.partners.join(untyped.select("firm"), on="firm", how="semi")
    alliances = {
        firm: tuple(sorted(ids)) for firm, ids in evidence.group_by("firm").agg("alliance").iter_rows()
    }
    return [
        Finding(
            "firm-without-type",
            "error",
            f"{firm} has no value for '{label}'. Code it in the firms' table.",
            alliances[firm],
            (firm,),
        )
        for firm in untyped["firm"]
    ]


def unknown_values(frames: Frames) -> list[Finding]:
    """Find coded values that are no category of their variable."""
    found = []
    for variable in frames.codebook.variables:
        if not variable.categories:
            continue
        table, key = (frames.alliances, "id") if variable.level == "alliance" else (frames.firms, "firm")
        values = table.select(key, variable.name)
        if variable.kind == "multiple":
            values = values.explode(variable.name)
        strange = values.filter(
            pl.col(variable.name).is_not_null() & ~pl.col(variable.name).is_in(variable.values)
        )
        found += [
            Finding(
                "unknown-value",
                "error",
                f"{row}: '{value}' is no category of '{variable.label}'.",
                (row,) if key == "id" else (),
                (row,) if key == "firm" else (),
                f"{variable.name}={value}",
            )
            for row, value in strange.iter_rows()
        ]
    return found


def with_own_parent(frames: Frames) -> list[Finding]:
    """Find alliances in which a firm and an owner of it both sign."""
    parents = dict(frames.firms.filter(pl.col("parent").is_not_null()).select("firm", "parent").iter_rows())
    members = dict(frames.partners.group_by("alliance", maintain_order=True).agg("firm").iter_rows())
    found = []
    for key in sorted(members):
        firms = members[key]
        for firm in sorted(set(firms) & set(parents)):
            owner = parents[firm]
            seen = {firm}
            while owner is not None and owner not in seen:
                if owner in firms:
                    found.append(
                        Finding(
                            "allied-with-own-parent",
                            "doubt",
                            f"{key}: {firm} belongs to {owner}, and both are partners. Is it an alliance, "
                            "an acquisition coded as one, or a firm with its own unit?",
                            (key,),
                            (firm, owner),
                        )
                    )
                seen.add(owner)
                owner = parents.get(owner)
    return found


def dates(frames: Frames) -> list[Finding]:
    """Find announcements outside of the codebook's period, without a date, or after a later event."""
    start, end = frames.codebook.period
    found = []
    for key, announced in frames.alliances.select("id", "announced").iter_rows():
        if announced is None:
            found.append(Finding("no-date", "doubt", f"{key} has no date of announcement.", (key,)))
        elif (start and announced < start[: len(announced)]) or (end and announced[: len(end)] > end):
            found.append(
                Finding(
                    "date-out-of-range",
                    "error",
                    f"{key} is dated {announced}; the study's period is {start or '…'} to {end or '…'}.",
                    (key,),
                )
            )
    for variable in frames.codebook.of_level("alliance"):
        if variable.kind == "date":
            early = frames.alliances.filter(
                pl.col(variable.name)
                < pl.col("announced").str.slice(0, pl.col(variable.name).str.len_chars())
            )
            found += [
                Finding(
                    "date-before-announcement",
                    "doubt",
                    f"{key}: '{variable.label}' is {value}, before the announcement of {announced}.",
                    (key,),
                    detail=variable.name,
                )
                for key, value, announced in early.select("id", variable.name, "announced").iter_rows()
            ]
    return found


def sources(frames: Frames) -> list[Finding]:
    """Find alliances without a source, and sources without a publisher."""
    bare = frames.alliances.join(frames.sources, left_on="id", right_on="alliance", how="anti")
    found = [Finding("no-source", "doubt", f"{key} has no source.", (key,)) for key in bare["id"]]
    unsigned = frames.sources.filter(pl.col("publisher").is_null())
    found += [
        Finding(
            "source-without-publisher",
            "doubt",
            f"{key}: the source {url} names no publisher; add it, so that a reader sees whose page it is.",
            (key,),
            detail=url,
        )
        for key, url in unsigned.select("alliance", "url").iter_rows()
    ]
    return found


def unknown_parents(frames: Frames) -> list[Finding]:
    """Find owners that are not in the table of firms."""
    owned = frames.firms.filter(pl.col("parent").is_not_null())
    lost = owned.join(frames.firms.select(pl.col("firm").alias("parent")), on="parent", how="anti")
    return [
        Finding(
            "unknown-parent",
            "doubt",
            f"{firm}: its parent '{parent}' is not in the table of firms.",
            (),
            (firm,),
        )
        for firm, parent in lost.select("firm", "parent").iter_rows()
    ]


def duplicate_alliances(frames: Frames) -> list[Finding]:
    """Find pairs of alliances that may be one."""
    return [
        Finding(
            "likely-duplicate-alliances",
            "doubt",
            f"{first} and {second} may be one alliance: {reason}. If so: `constellary remove` one.",
            (first, second),
        )
        for first, second, reason in likely_duplicate_alliances(frames)
    ]


def duplicate_firms(frames: Frames) -> list[Finding]:
    """Find pairs of firms that may be one."""
    return [
        Finding(
            "likely-duplicate-firms",
            "doubt",
            f"{first} and {second} may be one firm: {reason}. If so: `constellary merge`.",
            (),
            (first, second),
        )
        for first, second, reason in likely_duplicate_firms(frames)
    ]


CHECKS: tuple[Callable[[Frames], list[Finding]], ...] = (
    number_of_partners,
    firms_without_type,
    unknown_values,
    with_own_parent,
    dates,
    sources,
    unknown_parents,
    duplicate_alliances,
    duplicate_firms,
)
