"""The synthesis: each class of the taxonomy with its examples and the studies that speak of it (Table 1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from constellary.literature.coded import coded, dimension_of, group_of_code, groups_of, in_order
from constellary.literature.crosswise import NONE, crossed
from constellary.result import Result
from constellary.statistics.estimates import say_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from constellary.literature.coded import Coded
    from constellary.literature.review import Passage, Review
    from constellary.literature.taxonomy import Taxonomy

EXAMPLES = 6
"""Examples of a group, unless more are asked for."""
LONGEST_EXAMPLE = 160
NO_GROUP = "In no group"
IDS = pl.List(pl.String)


@dataclass(frozen=True, repr=False, eq=False)
class Synthesis(Result):
    """The classes of one dimension of the taxonomy, with examples and studies.

    Attributes
    ----------
    title
        What stands over the table.
    dimension, label
        Name and label of the dimension.
    groups
        One row a group, in the taxonomy's order; then codes that stand in no group of the dimension, if any
        passage bears one: `group` (null there), `label`, `definition`, `works` (count), `share` (of the
        included works), `passages` (count), `examples` (texts), `studies` (as they are cited), `evidence`
        (ids of works, in the order of `studies`).
    crossed
        One row a group and class of each other dimension: `group`, `group_label`, `dimension`, `class`,
        `class_label`, `works`, `evidence`. The classes of a dimension share out the works of a group: a work
        that bears several groups of it is `both` or `several`, one that bears none is `none`.
    codes
        One row a code, in the taxonomy's order: `code`, `label`, `group`, `passages`, `works`, `evidence`.
    passages
        One row a passage that counts: `group`, `code`, `work`, `study`, `page`, `quote`, `note`, `coder`.
    n
        The included works.
    uncoded
        Those of them that bear no code.
    left_out
        Works that bear codes and do not count, since they are not included.
    every
        Whether works count that are not included.
    """

    title: str
    dimension: str
    label: str
    groups: pl.DataFrame
    crossed: pl.DataFrame
    codes: pl.DataFrame
    passages: pl.DataFrame
    n: int
    uncoded: tuple[str, ...]
    left_out: tuple[str, ...]
    every: bool = False

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `synthesis`, `crossed`, `codes` and `passages`, without the lists of ids."""
        return {
            "synthesis": self.groups.drop("evidence", "definition"),
            "crossed": self.crossed.drop("evidence"),
            "codes": self.codes.drop("evidence"),
            "passages": self.passages,
        }

    def numbers(self) -> dict[str, object]:
        """Return n, and for each group (by name) its counts, share, examples and studies."""
        across: dict[str, dict[str, dict[str, int]]] = {}
        for row in self.crossed.iter_rows(named=True):
            place = across.setdefault(row["group"], {}).setdefault(row["dimension"], {})
            place[row["class"]] = row["works"]
        return {
            "dimension": self.dimension,
            "n": self.n,
            "uncoded": len(self.uncoded),
            "left_out": len(self.left_out),
            "groups": {
                row["group"] or NONE: {
                    "label": row["label"],
                    "works": row["works"],
                    "share": row["share"],
                    "passages": row["passages"],
                    "examples": row["examples"],
                    "studies": row["studies"],
                    "crossed": across.get(row["group"], {}),
                }
                for row in self.groups.iter_rows(named=True)
            },
            "codes": {
                row["code"]: {"label": row["label"], "works": row["works"], "passages": row["passages"]}
                for row in self.codes.iter_rows(named=True)
            },
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is counted, and what is not."""
        works = say_count(self.n, "work" if self.every else "included work")
        said = [f"Of {works}; one may speak of several groups, so that shares may add to more than 100%."]
        if self.uncoded:
            said.append(f"{say_count(len(self.uncoded), 'work')} of these without a code.")
        if self.left_out:
            some = ", ".join(self.left_out[:5]) + (" and others" if len(self.left_out) > 5 else "")
            said.append(
                f"Not counted are codes of {say_count(len(self.left_out), 'work')} not included: {some}."
            )
        return tuple(said)


def synthesis(
    review: Review, dimension: str | None = None, *, every: bool = False, examples: int = EXAMPLES
) -> Synthesis:
    """Return the classes of a dimension with examples and studies, as a review's Table 1 prints them.

    Parameters
    ----------
    dimension
        Of the taxonomy; None: `motivation`, or the first.
    every
        Whether works count that are not included.
    examples
        How many of a group are given: the notes of its passages, or their words where there is none; first
        one of each code, then a second of each.

    Raises
    ------
    UnknownName
        If there is no such dimension.
    """
    taxonomy = review.taxonomy
    name = dimension_of(taxonomy, dimension)
    label = dict(taxonomy.labels).get(name, name)
    found = coded(review, every=every)
    bearing = found.coded
    return Synthesis(
        title=f"{label}: examples and studies",
        dimension=name,
        label=label,
        groups=_groups(taxonomy, found, name, examples),
        crossed=crossed(taxonomy, found, name),
        codes=_codes(taxonomy, found, name),
        passages=_passages(taxonomy, found, name),
        n=len(found.works),
        uncoded=tuple(work.id for work in found.works if work.id not in bearing),
        left_out=tuple(dict.fromkeys(work for work, _ in found.left_out)),
        every=every,
    )


def example(passage: Passage) -> str:
    """Return what a passage gives as an example: its note, else its words, shortened; empty: neither.

    Examples
    --------
    >>> from constellary.literature.review import Passage
    >>> example(Passage("1", "r", "cells", "ann", "they built a plant", "12", None))
    'they built a plant'
    """
    text = passage.note or passage.quote
    if len(text) <= LONGEST_EXAMPLE:
        return text
    return text[:LONGEST_EXAMPLE].rsplit(" ", 1)[0].rstrip(" ,;.") + " …"


def chosen(passages: Iterable[Passage], most: int) -> list[str]:
    """Return up to `most` examples of passages: the first of each code, then the second of each, and so on."""
    queues: dict[str, list[str]] = {}
    for passage in passages:
        if text := example(passage):
            queue = queues.setdefault(passage.code, [])
            if text not in queue:
                queue.append(text)
    deepest = max(map(len, queues.values()), default=0)
    turns = (queue[turn] for turn in range(deepest) for queue in queues.values() if turn < len(queue))
    return list(dict.fromkeys(turns))[:most]


def _groups(taxonomy: Taxonomy, found: Coded, dimension: str, examples: int) -> pl.DataFrame:
    stands = group_of_code(taxonomy, dimension)
    rows = []
    listed: Sequence[tuple[str | None, str, str]] = [
        *((group.name, group.label, group.definition) for group in groups_of(taxonomy, dimension)),
        (None, NO_GROUP, ""),
    ]
    for name, label, definition in listed:
        own = [(work, passage) for work, passage in found.passages if stands.get(passage.code) == name]
        if name is None and not own:
            continue
        evidence = in_order(found, (work for work, _ in own))
        rows.append(
            {
                "group": name,
                "label": label,
                "definition": definition,
                "works": len(evidence),
                "share": len(evidence) / len(found.works) if found.works else None,
                "passages": len(own),
                "examples": chosen((passage for _, passage in own), examples),
                "studies": [found.cited[work] for work in evidence],
                "evidence": evidence,
            }
        )
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "group": pl.String,
        "label": pl.String,
        "definition": pl.String,
        "works": pl.Int64,
        "share": pl.Float64,
        "passages": pl.Int64,
        "examples": IDS,
        "studies": IDS,
        "evidence": IDS,
    }
    return pl.DataFrame(rows, schema=schema)


def _codes(taxonomy: Taxonomy, found: Coded, dimension: str) -> pl.DataFrame:
    stands = group_of_code(taxonomy, dimension)
    bearing: dict[str, list[str]] = {}
    for work, passage in found.passages:
        bearing.setdefault(passage.code, []).append(work)
    labels = {code.name: code.label for code in taxonomy.codes}
    names = [*labels, *sorted(set(bearing) - set(labels))]
    rows = [
        (
            name,
            labels.get(name, name),
            stands.get(name),
            len(bearing.get(name, ())),
            len(set(bearing.get(name, ()))),
            in_order(found, bearing.get(name, ())),
        )
        for name in names
    ]
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "code": pl.String,
        "label": pl.String,
        "group": pl.String,
        "passages": pl.Int64,
        "works": pl.Int64,
        "evidence": IDS,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _passages(taxonomy: Taxonomy, found: Coded, dimension: str) -> pl.DataFrame:
    stands = group_of_code(taxonomy, dimension)
    rows = [
        (
            stands.get(one.code),
            one.code,
            work,
            found.cited[work],
            one.page,
            one.quote or None,
            one.note,
            one.coder,
        )
        for work, one in found.passages
    ]
    names = ("group", "code", "work", "study", "page", "quote", "note", "coder")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
