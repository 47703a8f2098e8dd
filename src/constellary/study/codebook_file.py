"""The codebook as a file that a person reads and writes (TOML), and as the text stored in a study.

The format is documented in the reference. Reading collects every problem before it raises, each with
the variable or grouping that it is in.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, cast, get_args

from constellary.errors import InputError, Problem, ProblemsFound
from constellary.study.codebook import (
    RESERVED,
    Category,
    Codebook,
    Comparison,
    Design,
    Group,
    Grouping,
    Kind,
    Level,
    Method,
    Rivals,
    Variable,
)

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_CODEBOOK = 2_000_000
NAME_LENGTH = 64
BUILT_IN = ("announced", "partners")
ROLES = ("form", "motivation", "focus", "place", "industries")


def read_codebook(path: Path) -> Codebook:
    """Read a codebook file.

    Raises
    ------
    InputError
        If the file cannot be read or is not TOML (with line and column).
    ProblemsFound
        With everything that is wrong in it.
    """
    try:
        if path.stat().st_size > LARGEST_CODEBOOK:
            raise InputError(f"{path}: a codebook of more than {LARGEST_CODEBOOK:,} bytes is not read.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
    return parse_codebook(text, origin=path.name)


def parse_codebook(text: str, *, origin: str = "codebook") -> Codebook:
    """Return the codebook that a TOML text describes; see `read_codebook` for what is raised."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{origin}: is not valid TOML: {error}.") from error
    return _Reader(origin).codebook(content)


def _all(variables: tuple[Variable, ...], groupings: tuple[Grouping, ...]) -> tuple[Variable | Grouping, ...]:
    return (*variables, *groupings)


class _Reader:
    """Turns parsed TOML into a codebook, noting problems as it goes."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.problems: list[Problem] = []

    def codebook(self, content: dict[str, Any]) -> Codebook:
        self.unknown(
            content,
            "the codebook",
            {"name", "title", "period", "partners", "variable", "grouping", "design", "limits"},
        )
        variables = tuple(
            self.variable(item, number) for number, item in enumerate(self.items(content, "variable"), 1)
        )
        groupings = tuple(
            self.grouping(item, number) for number, item in enumerate(self.items(content, "grouping"), 1)
        )
        if not variables:
            self.note("names no [[variable]]; at least one is needed.")
        self.check_names(variables, groupings)
        self.check_groupings(variables, groupings)
        name = self.text(content, "name", "the codebook") or "codebook"
        period, partners = self.table(content, "period"), self.table(content, "partners")
        result = Codebook(
            name=name,
            title=self.text(content, "title", "the codebook", needed=False) or name,
            variables=variables,
            groupings=groupings,
            period=(
                self.text(period, "from", "[period]", needed=False) or None,
                self.text(period, "until", "[period]", needed=False) or None,
            ),
            partners=(
                self.number(partners, "least", "[partners]") or 2,
                self.number(partners, "most", "[partners]"),
            ),
            limits=tuple(self.words(content, "limits", "the codebook")),
            design=self.design(self.table(content, "design"), variables, groupings),
        )
        if self.problems:
            raise ProblemsFound(self.problems, what=f"the codebook {self.origin}")
        return result

    def variable(self, item: dict[str, Any], number: int) -> Variable:
        where = f"variable {item.get('name') or number}"
        self.unknown(item, where, {"name", "level", "kind", "label", "question", "category"})
        name = self.text(item, "name", where)
        categories = tuple(
            Category(
                self.text(entry, "value", where),
                self.text(entry, "label", where, needed=False) or str(entry.get("value", "")),
                self.text(entry, "rule", where, needed=False),
            )
            for entry in self.items(item, "category")
        )
        kind = cast("Kind", self.choice(item, "kind", where, get_args(Kind)))
        self.check_categories(where, kind, categories)
        return Variable(
            name,
            cast("Level", self.choice(item, "level", where, get_args(Level))),
            kind,
            self.text(item, "label", where, needed=False) or name,
            self.text(item, "question", where, needed=False),
            categories,
        )

    def check_categories(self, where: str, kind: Kind, categories: tuple[Category, ...]) -> None:
        if categories and kind in ("text", "date"):
            self.note(f"{where}: a {kind} variable has no categories.")
        values = [category.value for category in categories]
        for value in sorted({value for value in values if values.count(value) > 1}):
            self.note(f"{where}: the category '{value}' is there more than once.")
        for value in values:
            if kind == "multiple" and ";" in value:
                self.note(f"{where}: '{value}' holds ';', which separates the values of multiple choice.")

    def grouping(self, item: dict[str, Any], number: int) -> Grouping:
        where = f"grouping {item.get('name') or number}"
        self.unknown(item, where, {"name", "level", "label", "of", "method", "group", "classes", "question"})
        name = self.text(item, "name", where)
        groups = tuple(self.group(entry, where) for entry in self.items(item, "group"))
        classes = {
            str(key): tuple(str(value) for value in values)
            for key, values in self.table(item, "classes").items()
        }
        return Grouping(
            name,
            cast("Level", self.choice(item, "level", where, get_args(Level), default="alliance")),
            self.text(item, "label", where, needed=False) or name,
            self.text(item, "of", where),
            cast("Method", self.choice(item, "method", where, get_args(Method))),
            groups,
            classes,
            self.text(item, "question", where, needed=False),
        )

    def group(self, entry: dict[str, Any], where: str) -> Group:
        self.unknown(
            entry, where, {"value", "label", "rule", "members", "exactly", "without", "least", "most"}
        )
        value = self.text(entry, "value", where)
        return Group(
            value,
            self.text(entry, "label", where, needed=False) or value,
            self.text(entry, "rule", where, needed=False),
            tuple(self.words(entry, "members", where)),
            frozenset(self.words(entry, "exactly", where)),
            frozenset(self.words(entry, "without", where)),
            self.number(entry, "least", where),
            self.number(entry, "most", where),
        )

    def check_names(self, variables: tuple[Variable, ...], groupings: tuple[Grouping, ...]) -> None:
        seen: set[str] = set()
        for item in _all(variables, groupings):
            allowed = isinstance(item, Grouping) and (item.name, item.method) == ("year", "year")
            if item.name in RESERVED and not allowed:
                self.note(f"'{item.name}' is a name of Constellary's own; choose another.")
            if item.name in seen:
                self.note(f"'{item.name}' is the name of two variables.")
            if item.name and (not item.name.isidentifier() or len(item.name) > NAME_LENGTH):
                self.note(
                    f"'{item.name}': a name is letters, digits and _ (at most {NAME_LENGTH}), "
                    "and begins with a letter."
                )
            seen.add(item.name)

    def check_groupings(self, variables: tuple[Variable, ...], groupings: tuple[Grouping, ...]) -> None:
        known = {variable.name: variable for variable in variables}
        for grouping in groupings:
            source = known.get(grouping.of)
            if source is None and grouping.of not in BUILT_IN:
                self.note(
                    f"grouping {grouping.name}: there is no variable '{grouping.of}' to derive it from."
                )
                continue
            self.check_source(grouping, source)
            if source is not None and grouping.method in ("categories", "partners"):
                self.check_members(grouping, source)

    def check_source(self, grouping: Grouping, source: Variable | None) -> None:
        """Note where a grouping's method cannot work on what it is of."""
        where, of = f"grouping {grouping.name}", grouping.of
        if grouping.method == "size" and of != "partners":
            self.note(f"{where}: method 'size' is of 'partners', not of '{of}'.")
        if grouping.method == "year" and of != "announced" and (source is None or source.kind != "date"):
            self.note(f"{where}: method 'year' needs a date; '{of}' is none.")
        if grouping.method != "categories" and grouping.level != "alliance":
            self.note(f"{where}: method '{grouping.method}' makes groups of alliances, not of firms.")
        if grouping.method not in ("categories", "partners"):
            return
        level = "firm" if grouping.method == "partners" else grouping.level
        if source is None or source.kind != "single" or source.level != level:
            self.note(
                f"{where}: method '{grouping.method}' needs a single choice of level {level}; '{of}' is none."
            )

    def check_members(self, grouping: Grouping, source: Variable) -> None:
        """Note categories and classes that a grouping names and nobody knows."""
        where = f"grouping {grouping.name}"
        pools = (
            grouping.classes.values()
            if grouping.method == "partners"
            else (group.members for group in grouping.groups)
        )
        for value in (value for pool in pools for value in pool):
            if source.categories and value not in source.values:
                self.note(f"{where}: '{value}' is no category of '{grouping.of}'.")
        for group in grouping.groups:
            for name in sorted((group.exactly | group.without) - set(grouping.classes)):
                self.note(f"{where}: group '{group.value}' names the class '{name}', which is not there.")

    def design(
        self, content: dict[str, Any], variables: tuple[Variable, ...], groupings: tuple[Grouping, ...]
    ) -> Design:
        where = "[design]"
        self.unknown(
            content, where, {"firm_type", "firm_generation", *ROLES, "crosstabs", "comparison", "rivals"}
        )
        known = {item.name: item for item in _all(variables, groupings)}

        def name_of(value: object, level: Level | None = None) -> str:
            item = known.get(str(value))
            if item is None:
                self.note(f"{where}: there is no variable '{value}'.")
            elif level and item.level != level:
                self.note(f"{where}: '{value}' is not of level {level}.")
            return str(value)

        roles = {role: name_of(content[role], "alliance") if role in content else None for role in ROLES}
        firm = {
            role: name_of(content[role], "firm") if role in content else None
            for role in ("firm_type", "firm_generation")
        }
        crosstabs = []
        for pair in content.get("crosstabs", []):
            if not isinstance(pair, list) or len(pair) != 2:
                self.note(f"{where}: a crosstab is a pair [row, column], not {pair!r}.")
            else:
                crosstabs.append((name_of(pair[0]), name_of(pair[1])))
        comparison, rivals = self.table(content, "comparison"), self.table(content, "rivals")
        return Design(
            firm_type=firm["firm_type"],
            firm_generation=firm["firm_generation"],
            **roles,
            crosstabs=tuple(crosstabs),
            comparison=Comparison(
                name_of(comparison.get("variable"), "firm"),
                self.text(comparison, "first", where),
                self.text(comparison, "second", where),
            )
            if comparison
            else None,
            rivals=Rivals(name_of(rivals.get("variable"), "firm"), tuple(self.words(rivals, "values", where)))
            if rivals
            else None,
        )

    # ---- single fields -----------------------------------------------------------------------------

    def note(self, message: str) -> None:
        self.problems.append(Problem(message, file=self.origin, kind="codebook"))

    def unknown(self, content: dict[str, Any], where: str, allowed: set[str]) -> None:
        for key in sorted(set(content) - allowed):
            self.note(f"{where}: '{key}' is not known here; known: {', '.join(sorted(allowed))}.")

    def items(self, content: dict[str, Any], key: str) -> list[dict[str, Any]]:
        value = content.get(key, [])
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return value
        self.note(f"'{key}' must be a list of tables.")
        return []

    def table(self, content: dict[str, Any], key: str) -> dict[str, Any]:
        value = content.get(key, {})
        if isinstance(value, dict):
            return value
        self.note(f"'{key}' must be a table.")
        return {}

    def text(self, content: dict[str, Any], key: str, where: str, *, needed: bool = True) -> str:
        value = content.get(key, "")
        if not isinstance(value, str):
            self.note(f"{where}: '{key}' must be text in quotes, not {value!r}.")
            return ""
        if needed and not value.strip():
            self.note(f"{where}: '{key}' is missing.")
        return value.strip()

    def words(self, content: dict[str, Any], key: str, where: str) -> list[str]:
        value = content.get(key, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return value
        self.note(f"{where}: '{key}' must be a list of texts.")
        return []

    def number(self, content: dict[str, Any], key: str, where: str) -> int | None:
        value = content.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            return value
        self.note(f"{where}: '{key}' must be a whole number, not {value!r}.")
        return None

    def choice(
        self, content: dict[str, Any], key: str, where: str, allowed: tuple[str, ...], default: str = ""
    ) -> str:
        value = content.get(key, default)
        if value in allowed:
            return str(value)
        self.note(f"{where}: '{key}' must be one of {', '.join(allowed)}, not {value!r}.")
        return allowed[0]
