"""Table 1 and the matrix on their page, each number with the works behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constellary.literature.codebook_from import tie
from constellary.literature.coded import coded
from constellary.literature.matrix import matrix

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.literature.matrix import Matrix
    from constellary.literature.review import Review
    from constellary.literature.synthesis import Synthesis
    from constellary.study.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Cell:
    """A count with the works behind it: (id, as it is cited)."""

    count: int
    works: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A row of Table 1; `crossed` has a cell for each class of the other dimensions."""

    name: str | None
    label: str
    definition: str
    share: float | None
    examples: tuple[str, ...]
    studies: tuple[tuple[str, str], ...]
    crossed: tuple[Cell, ...]


def synthesis_view(review: Review, codebook: Codebook, dimension: str = "") -> dict[str, Any]:
    """Return what the page of Table 1 shows for a dimension; empty: the motivation, or the first.

    Raises
    ------
    UnknownName
        If there is no such dimension.
    """
    from constellary.literature.synthesis import synthesis

    result = synthesis(review, dimension or None)
    cited = coded(review).cited
    used = {group.dimension for group in review.taxonomy.groups}
    heads = list(dict.fromkeys(result.crossed.select("dimension", "class", "class_label").rows()))
    tied = tie(review.taxonomy, codebook, result.dimension)
    return {
        "result": result,
        "lines": _lines(result, cited, heads),
        "heads": [label for _, _, label in heads],
        "listed": [(name, label) for name, label in review.taxonomy.labels if name in used],
        "uncoded": [(work, cited[work]) for work in result.uncoded],
        "left_out": [(work, cited[work]) for work in result.left_out],
        "grid": grid_of(matrix(review)),
        "tied": tied,
        "any_code": bool(review.taxonomy.codes),
    }


def grid_of(result: Matrix) -> dict[str, Any]:
    """Return the matrix as rows: (work, study, counts across), and the codes that head it (name, label)."""
    counts = result.counts()
    rows = [
        (work, study, [counts.get((work, column), 0) for column in result.columns])
        for work, study in result.works.select("work", "study").rows()
    ]
    return {"codes": list(result.columns.items()), "rows": rows}


def _lines(
    result: Synthesis, cited: Mapping[str, str], heads: list[tuple[str, str, str]]
) -> tuple[GroupLine, ...]:
    behind = {
        (row["group"], row["dimension"], row["class"]): row["evidence"]
        for row in result.crossed.iter_rows(named=True)
    }

    def named(works: list[str]) -> tuple[tuple[str, str], ...]:
        return tuple((work, cited[work]) for work in works)

    lines = []
    for row in result.groups.iter_rows(named=True):
        cells = (
            Cell(len(works), named(works))
            for dimension, name, _ in heads
            if (works := behind.get((row["group"], dimension, name))) is not None
        )
        lines.append(
            GroupLine(
                row["group"],
                row["label"],
                row["definition"],
                row["share"],
                tuple(row["examples"]),
                named(row["evidence"]),
                tuple(cells),
            )
        )
    return tuple(lines)
