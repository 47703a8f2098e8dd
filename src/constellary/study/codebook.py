"""The codebook: what is asked of every alliance and firm, as data.

A codebook names variables (level alliance or firm; single or multiple choice, open text, date), their
categories with label, rule and order, and groupings that are derived from them. Analyses ask it for
names, labels and order and never name a category themselves, so that another industry is another file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from constellary.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Mapping

Level = Literal["alliance", "firm"]
Kind = Literal["single", "multiple", "text", "date"]
Method = Literal["categories", "partners", "size", "year"]

RESERVED = frozenset(
    {
        "id",
        "name",
        "announced",
        "year",
        "size",
        "firm",
        "aliases",
        "parent",
        "alliance",
        "position",
        "url",
        "publisher",
        "published",
        "coder",
        "value",
        "sure",
        "evidence",
    }
)


@dataclass(frozen=True, slots=True)
class Category:
    """One value that a variable can take: stored `value`, printed `label`, coding `rule`."""

    value: str
    label: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """One question asked of every alliance or firm.

    `categories` is empty for text and date, and for multiple choice with free tags. Their order is the
    order of every table and figure.
    """

    name: str
    level: Level
    kind: Kind
    label: str
    question: str = ""
    categories: tuple[Category, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """The category values in order."""
        return tuple(category.value for category in self.categories)


@dataclass(frozen=True, slots=True)
class Grouping:
    """A variable that is derived, never entered.

    `method` says how:

    - `categories`: each category of the single-choice variable `of` belongs to one group (`members`).
    - `partners`: each category of the firm variable `of` belongs to one class (`classes`); an alliance's
      group is the first whose `exactly` equals the set of classes among its partners (or, for a group
      with `without`, the first that shares no class with it). Missing when a partner has no value.
    - `size`: number of partners in bins (`least`, `most`).
    - `year`: the calendar year of the date variable `of`; its groups are the years seen.
    """

    name: str
    level: Level
    label: str
    of: str
    method: Method
    groups: tuple[Group, ...] = ()
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    question: str = ""

    @property
    def kind(self) -> Kind:
        """A grouping puts each unit into one group."""
        return "single"

    @property
    def categories(self) -> tuple[Category, ...]:
        """The groups as categories, in order."""
        return tuple(Category(group.value, group.label, group.rule) for group in self.groups)

    @property
    def values(self) -> tuple[str, ...]:
        """The group values in order."""
        return tuple(group.value for group in self.groups)


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a `Grouping`; which of the fields are used depends on its method."""

    value: str
    label: str
    rule: str = ""
    members: tuple[str, ...] = ()
    exactly: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Rivals:
    """Which partners compete: two firms that share one of `values` of the firm variable `variable`."""

    variable: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two categories of a single-choice firm variable that the study sets against each other."""

    variable: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Design:
    """What the study's report shows, by variable name; an absent part is left out of the report.

    Attributes
    ----------
    firm_type
        Firm variable that types the firms (Figure 2, node colours).
    firm_generation
        Firm variable that marks a second distinction (node shapes).
    form, motivation, focus, place, industries
        Alliance variables or groupings that play these parts in the report.
    crosstabs
        (row, column) pairs that are tabulated with tests.
    comparison, rivals
        See the classes.
    """

    firm_type: str | None = None
    firm_generation: str | None = None
    form: str | None = None
    motivation: str | None = None
    focus: str | None = None
    place: str | None = None
    industries: str | None = None
    crosstabs: tuple[tuple[str, str], ...] = ()
    comparison: Comparison | None = None
    rivals: Rivals | None = None


@dataclass(frozen=True, slots=True)
class Codebook:
    """The variables, groupings and design of a study.

    Attributes
    ----------
    name, title
        Short name (`automotive`) and printed title.
    variables
        In the order in which they are asked.
    groupings
        Derived variables, in order; the year of `announced` is the grouping `year` and is always there
        in the frames, whether the codebook names it or not.
    period
        First and last day (ISO, both included) that an announcement may have; None: open.
    partners
        Least and greatest number of partners of an alliance.
    design
        What the report shows.
    limits
        What its makers know to be amiss with the data, a sentence each; the report prints them.
    """

    name: str
    title: str
    variables: tuple[Variable, ...]
    groupings: tuple[Grouping, ...] = ()
    period: tuple[str | None, str | None] = (None, None)
    partners: tuple[int, int | None] = (2, None)
    design: Design = field(default_factory=Design)
    limits: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[Variable | Grouping, ...]:
        """All variables and groupings, in order."""
        return (*self.variables, *self.groupings)

    def of_level(self, level: Level) -> tuple[Variable, ...]:
        """Return the entered variables of one level, in order."""
        return tuple(variable for variable in self.variables if variable.level == level)

    def find(self, name: str) -> Variable | Grouping:
        """Return the variable or grouping of that name or label; case does not count.

        Raises
        ------
        UnknownName
            If there is none; the message names near ones.
        """
        for item in self.items:
            if item.name == name:
                return item
        wanted = name.casefold().strip()
        close = [item for item in self.items if wanted in (item.name.casefold(), item.label.casefold())]
        if len(close) == 1:
            return close[0]
        raise UnknownName("variable", name, [item.name for item in self.items])

    def label(self, name: str) -> str:
        """Return the printed label of a variable or grouping."""
        return self.find(name).label

    def labels(self, name: str) -> dict[str, str]:
        """Return value -> label in the codebook's order."""
        return {category.value: category.label for category in self.find(name).categories}
