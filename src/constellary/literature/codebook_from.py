"""From the taxonomy to the codebook: the question by which alliances are coded, with the classes as answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from constellary.errors import InputError
from constellary.literature.coded import dimension_of, groups_of
from constellary.study.codebook import Category, Codebook, Design, Grouping, Variable

if TYPE_CHECKING:
    from constellary.literature.taxonomy import Group, Taxonomy


@dataclass(frozen=True, slots=True)
class Tie:
    """How the categories of a codebook's variable and the groups of a dimension go together.

    Attributes
    ----------
    variable, dimension
        What is compared.
    shared
        (category, group) that are the same: by name, else by label.
    without_group
        Values of categories that no group has.
    without_category
        Names of groups that no category has.
    """

    variable: str
    dimension: str
    shared: tuple[tuple[str, str], ...]
    without_group: tuple[str, ...]
    without_category: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether each category has its group, and each group its category."""
        return not self.without_group and not self.without_category

    @property
    def remarks(self) -> tuple[str, ...]:
        """What does not go together, a sentence each."""
        if self.whole:
            return (
                f"Each category of '{self.variable}' is a group of the taxonomy, and each group a category.",
            )
        said = []
        if self.without_group:
            listed = ", ".join(f"'{one}'" for one in self.without_group)
            said.append(f"Categories of '{self.variable}' that are no group of the taxonomy: {listed}.")
        if self.without_category:
            listed = ", ".join(f"'{one}'" for one in self.without_category)
            said.append(f"Groups of the taxonomy that are no category of '{self.variable}': {listed}.")
        return tuple(said)


def tie(
    taxonomy: Taxonomy, codebook: Codebook, dimension: str | None = None, variable: str | None = None
) -> Tie | None:
    """Return how a codebook's variable goes with a dimension of the taxonomy.

    Parameters
    ----------
    dimension
        None: `motivation`, or the first.
    variable
        None: the one that is named like the dimension, else the design's motivation where the dimension is
        `motivation`.

    Returns
    -------
    Tie or None
        None where the codebook has no such variable, or the dimension no group.

    Raises
    ------
    UnknownName
        If there is no such dimension.
    """
    name = dimension_of(taxonomy, dimension)
    groups = groups_of(taxonomy, name)
    found = _variable(codebook, name, variable)
    if found is None or not groups:
        return None
    pairs: dict[str, str] = {}
    for category in found.categories:
        group = _same(category, [one for one in groups if one.name not in pairs.values()])
        if group is not None:
            pairs[category.value] = group.name
    return Tie(
        found.name,
        name,
        tuple(pairs.items()),
        tuple(category.value for category in found.categories if category.value not in pairs),
        tuple(group.name for group in groups if group.name not in pairs.values()),
    )


def codebook_from(taxonomy: Taxonomy, base: Codebook | None = None, dimension: str | None = None) -> Codebook:
    """Return a codebook whose variable of a dimension has the groups of the taxonomy as its categories.

    Parameters
    ----------
    base
        A codebook whose variable is brought up to date, everything else staying as it is; where it has none
        of that name, the variable comes last. None: a codebook of that variable alone.
    dimension
        None: `motivation`, or the first.

    Raises
    ------
    InputError
        If the dimension has no group, or the base derives its variable, so that it cannot be entered.
    UnknownName
        If there is no such dimension.

    Examples
    --------
    >>> from constellary.literature.taxonomy import Group, Taxonomy
    >>> made = codebook_from(Taxonomy(groups=(Group("services", "Services", "A service to users."),)))
    >>> made.variables[0].categories
    (Category(value='services', label='Services', rule='A service to users.'),)
    """
    name = dimension_of(taxonomy, dimension)
    groups = groups_of(taxonomy, name)
    if not groups:
        raise InputError(
            f"The taxonomy has no group of the dimension '{name}' to make categories of. Gather codes into groups "
            "first: constellary taxonomy STUDY --set FILE."
        )
    label = dict(taxonomy.labels).get(name, name)
    was = None if base is None else _variable(base, name, None)
    if isinstance(was, Grouping):
        raise InputError(
            f"The codebook derives '{was.name}' from '{was.of}'; its categories cannot be replaced."
        )
    variable = Variable(
        identifier(name) if was is None else was.name,
        "alliance",
        "single" if was is None else was.kind,
        label if was is None else was.label,
        "" if was is None else was.question,
        tuple(_category(group, was) for group in groups),
    )
    if base is None:
        design = Design(motivation=variable.name)
        return Codebook(
            "taxonomy", f"Alliances by {label[:1].lower()}{label[1:]}", (variable,), design=design
        )
    if was is None:
        return replace(base, variables=(*base.variables, variable))
    return replace(base, variables=tuple(variable if one is was else one for one in base.variables))


def identifier(name: str) -> str:
    """Return the name of a dimension as a variable may have it.

    Examples
    --------
    >>> identifier("learning-mode"), identifier("2nd")
    ('learning_mode', 'd_2nd')
    """
    made = name.replace("-", "_")
    return made if made.isidentifier() else f"d_{made}"


def _category(group: Group, was: Variable | None) -> Category:
    """Return a group as a category; the value of one that is there already stays, since alliances bear it."""
    for category in was.categories if was else ():
        if _same(category, [group]) is not None:
            return Category(category.value, group.label, group.definition or category.rule)
    return Category(group.name, group.label, group.definition)


def _same(category: Category, groups: list[Group]) -> Group | None:
    for group in groups:
        if group.name.replace("-", "_") == category.value.replace("-", "_").casefold():
            return group
    wanted = category.label.casefold()
    return next((group for group in groups if group.label.casefold() == wanted), None)


def _variable(codebook: Codebook, dimension: str, variable: str | None) -> Variable | Grouping | None:
    if variable is not None:
        return codebook.find(variable)
    wanted = identifier(dimension)
    if dimension == "motivation" and codebook.design.motivation:
        wanted = codebook.design.motivation
    return next((item for item in codebook.items if item.name == wanted), None)
