"""What was coded: each passage with its work, and the groups that works come into by their codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.errors import UnknownName
from constellary.literature.citing import alphabetical, citations
from constellary.literature.screening import standing_of
from constellary.literature.works import work_of, works

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from constellary.literature.review import Passage, Review
    from constellary.literature.taxonomy import Group, Taxonomy
    from constellary.literature.works import Work

DEFAULT = "motivation"


@dataclass(frozen=True, slots=True)
class Coded:
    """The coding of a review.

    Attributes
    ----------
    works
        The works that count, in order: the included ones, or all.
    cited
        Work -> how it is cited; also of the works that were coded and do not count.
    passages
        (work, passage) of the works that count: by code in the taxonomy's order, by work, by passage.
    left_out
        The same of works that do not count, since they are not included.
    """

    works: tuple[Work, ...]
    cited: Mapping[str, str]
    passages: tuple[tuple[str, Passage], ...]
    left_out: tuple[tuple[str, Passage], ...]

    @property
    def coded(self) -> frozenset[str]:
        """The works that count and bear a code."""
        return frozenset(work for work, _ in self.passages)


def coded(review: Review, *, every: bool = False) -> Coded:
    """Return the coding of a review.

    Parameters
    ----------
    every
        Whether works count that are not included.
    """
    key = f"coded {every}"
    kept = review.memory.get(key)
    if kept is None:
        review.memory[key] = kept = _coded(review, every=every)
    return kept  # type: ignore[return-value]


def _coded(review: Review, *, every: bool) -> Coded:
    stands, owner = standing_of(review), work_of(review)
    counting = tuple(work for work in works(review) if every or stands[work.id].outcome == "included")
    ids = {work.id for work in counting}
    code_at = {code.name: place for place, code in enumerate(review.taxonomy.codes)}
    work_at = {work.id: place for place, work in enumerate(works(review))}
    pairs = [(owner[one.record], one) for one in review.passages if one.record in owner]
    pairs.sort(
        key=lambda pair: (
            code_at.get(pair[1].code, len(code_at)),
            work_at[pair[0]],
            pair[1].page or "",
            pair[1].id,
        )
    )
    named = {work for work, _ in pairs}
    return Coded(
        works=counting,
        cited=citations(work for work in works(review) if work.id in ids or work.id in named),
        passages=tuple(pair for pair in pairs if pair[0] in ids),
        left_out=tuple(pair for pair in pairs if pair[0] not in ids),
    )


def dimension_of(taxonomy: Taxonomy, name: str | None) -> str:
    """Return a dimension by its name; None: `motivation`, or the first where there is none of that name.

    Raises
    ------
    UnknownName
        If there is no such dimension.
    """
    names = [one for one, _ in taxonomy.labels]
    if name is None:
        return DEFAULT if DEFAULT in names or not names else names[0]
    if name not in names:
        raise UnknownName("dimension of the taxonomy", name, names)
    return name


def groups_of(taxonomy: Taxonomy, dimension: str) -> tuple[Group, ...]:
    """Return the groups of a dimension, in order."""
    return tuple(group for group in taxonomy.groups if group.dimension == dimension)


def group_of_code(taxonomy: Taxonomy, dimension: str) -> dict[str, str]:
    """Return code -> the group of a dimension that it stands in; a code in none is not there."""
    return {code: group.name for group in groups_of(taxonomy, dimension) for code in group.codes}


def groups_of_works(taxonomy: Taxonomy, found: Coded, dimension: str) -> dict[str, frozenset[str]]:
    """Return work -> the groups of a dimension that its codes stand in, for every work that counts."""
    stands = group_of_code(taxonomy, dimension)
    gathered: dict[str, set[str]] = {work.id: set() for work in found.works}
    for work, passage in found.passages:
        if passage.code in stands:
            gathered[work].add(stands[passage.code])
    return {work: frozenset(groups) for work, groups in gathered.items()}


def in_order(found: Coded, wanted: Iterable[str]) -> list[str]:
    """Return works as Table 1 lists them: by how they are cited."""
    return sorted(set(wanted), key=lambda work: (alphabetical(found.cited[work]), work))
