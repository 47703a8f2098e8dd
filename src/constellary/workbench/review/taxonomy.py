"""The taxonomy on its page: codes and groups as they stand, and its versions with what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constellary.literature.taxonomy import EMPTY
from constellary.literature.taxonomy_changes import changes
from constellary.literature.taxonomy_file import parse_taxonomy, template, write_taxonomy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.literature.review import Review
    from constellary.literature.taxonomy import Code, Group
    from constellary.study.decisions import Decision

SHOWN = 12
"""Changes of a version that are shown at once."""


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code with how many passages bear it, and the group of each dimension that it stands in."""

    code: Code
    passages: int
    places: dict[str, str]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension with its groups, each with its codes; `loose` are those in none of them."""

    name: str
    label: str
    groups: tuple[tuple[Group, tuple[CodeLine, ...]], ...]
    loose: tuple[CodeLine, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A version: its number, the decision that made it, and what changed; `more` counts changes not shown."""

    number: int
    decision: Decision
    said: tuple[str, ...]
    more: int


def taxonomy_view(
    review: Review,
    versions: Sequence[tuple[Decision, str]],
    *,
    text: str = "",
    wrong: str = "",
    why: str = "",
) -> dict[str, Any]:
    """Return what the page of the taxonomy shows; `text` and `why` as they were sent, `wrong` says what is."""
    taxonomy = review.taxonomy
    lines = code_lines(review)
    return {
        "lines": lines,
        "dimensions": tuple(
            Dimension(
                name,
                label,
                tuple(
                    (group, tuple(lines[code] for code in group.codes if code in lines))
                    for group in taxonomy.groups
                    if group.dimension == name
                ),
                tuple(line for line in lines.values() if name not in line.places),
            )
            for name, label in taxonomy.labels
        ),
        "empty": taxonomy == EMPTY,
        "expected": len(versions),
        "versions": _versions(versions),
        "text": text or (template() if taxonomy == EMPTY else _text(versions, review)),
        "wrong": wrong,
        "why": why,
    }


def code_lines(review: Review) -> dict[str, CodeLine]:
    """Return code -> what is shown of it, in the taxonomy's order."""
    counts: dict[str, int] = {}
    for passage in review.passages:
        counts[passage.code] = counts.get(passage.code, 0) + 1
    places: dict[str, dict[str, str]] = {}
    for group in review.taxonomy.groups:
        for code in group.codes:
            places.setdefault(code, {})[group.dimension] = group.name
    return {
        code.name: CodeLine(code, counts.get(code.name, 0), places.get(code.name, {}))
        for code in review.taxonomy.codes
    }


def _text(versions: Sequence[tuple[Decision, str]], review: Review) -> str:
    """Return the text as somebody wrote it, if it is the one that holds, else as it would be written."""
    for _, text in reversed(versions):
        if parse_taxonomy(text) == review.taxonomy:
            return text
    return write_taxonomy(review.taxonomy)


def _versions(versions: Sequence[tuple[Decision, str]]) -> list[Version]:
    """Return the versions, the newest first."""
    found = []
    before = EMPTY
    for number, (decision, text) in enumerate(versions, 1):
        after = parse_taxonomy(text)
        said = changes(before, after)
        if number == 1:
            said = (f"{len(after.codes):,} codes in {len(after.groups):,} groups.",)
        found.append(Version(number, decision, said[:SHOWN], max(0, len(said) - SHOWN)))
        before = after
    return found[::-1]
