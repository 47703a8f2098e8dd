"""The taxonomy as a text that a person writes (TOML), and what it must hold.

Codes come first, then the groups that gather them, each of a dimension. Reading collects every mistake
before it raises, each with the code or group that it is in.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

from constellary.errors import InputError, Problem, ProblemsFound
from constellary.literature.taxonomy import Code, Group, Taxonomy

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGEST = 1_000_000
"""Letters of the text."""
MOST = 2_000
"""Codes, and groups."""
LONGEST_NAME, LONGEST_LABEL, LONGEST_DEFINITION = 64, 200, 5_000

NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
DEFAULT_DIMENSION = "motivation"

TEMPLATE = """\
# The taxonomy of a review: codes for passages, and the groups that gather them.
# Names are short and stable (small letters, digits, hyphens); labels are printed.

# Which questions the groups answer. A code stands in at most one group of each dimension.
[dimensions]
motivation = "Motivation"
learning = "Exploration and exploitation"

# A code is given to a passage of a study, or to a study as a whole.
[[code]]
name = "battery-research"
label = "Joint research on batteries"
definition = "Partners study or develop cells, packs or their chemistry together."

[[code]]
name = "shared-plant"
label = "Shared plant"
definition = "Partners build or use a plant together."

# A group gathers codes; the groups of a dimension are its classes, in this order.
[[group]]
name = "knowledge"
label = "Knowledge and capabilities"
definition = "To learn what the partner knows."
dimension = "motivation"
codes = ["battery-research"]

[[group]]
name = "supply"
label = "Supply chain risk"
definition = "To make sure of parts and plants."
dimension = "motivation"
codes = ["shared-plant"]

[[group]]
name = "exploration"
label = "Exploration"
definition = "To find what is new (March, 1991)."
dimension = "learning"
codes = ["battery-research"]

[[group]]
name = "exploitation"
label = "Exploitation"
definition = "To use better what is known (March, 1991)."
dimension = "learning"
codes = ["shared-plant"]
"""
"""A taxonomy to begin with; it says what each part is."""


def template() -> str:
    """Return a taxonomy to begin with, as a text that says what each part is."""
    return TEMPLATE


def parse_taxonomy(text: str, *, origin: str = "taxonomy") -> Taxonomy:
    r"""Return the taxonomy that a text describes.

    Parameters
    ----------
    text
        TOML: a table `dimensions` (name = label), `[[code]]` and `[[group]]`.
    origin
        What messages call it.

    Raises
    ------
    InputError
        If it is no TOML (the message names line and column), or far too large.
    ProblemsFound
        With everything that is wrong in it.

    Examples
    --------
    >>> parse_taxonomy('[[code]]\nname = "cells"\nlabel = "Battery cells"').codes[0].label
    'Battery cells'
    """
    if len(text) > LARGEST:
        raise InputError(f"{origin}: a taxonomy of more than {LARGEST:,} letters is not read.")
    try:
        said: dict[str, Any] = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{origin}: is not valid TOML: {error}.") from error
    except RecursionError as error:
        raise InputError(f"{origin}: is nested too deeply for a taxonomy.") from error
    return _Reader(origin).taxonomy(said)


def write_taxonomy(taxonomy: Taxonomy) -> str:
    """Return a taxonomy as TOML; `parse_taxonomy` of it gives an equal one.

    Examples
    --------
    >>> print(write_taxonomy(Taxonomy((Code("cells", "Battery cells"),))))
    [dimensions]
    motivation = "Motivation"
    <BLANKLINE>
    [[code]]
    name = "cells"
    label = "Battery cells"
    <BLANKLINE>
    """
    lines = ["[dimensions]", *(f"{name} = {_text(label)}" for name, label in taxonomy.labels), ""]
    for code in taxonomy.codes:
        lines += ["[[code]]", *_named(code), ""]
    for group in taxonomy.groups:
        codes = ", ".join(_text(code) for code in group.codes)
        lines += ["[[group]]", *_named(group), f"dimension = {_text(group.dimension)}"]
        lines += [f"codes = [{codes}]", ""]
    return "\n".join(lines)


def _named(one: Code | Group) -> list[str]:
    lines = [f"name = {_text(one.name)}", f"label = {_text(one.label)}"]
    return [*lines, f"definition = {_text(one.definition)}"] if one.definition else lines


def _text(value: str) -> str:
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


class _Reader:
    """Turns what TOML says into a taxonomy, noting mistakes as it goes."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.problems: list[Problem] = []

    def taxonomy(self, said: dict[str, Any]) -> Taxonomy:
        """Return the taxonomy, or raise with all that is wrong."""
        self.known(said, "the taxonomy", ("dimensions", "code", "group"))
        labels = self.dimensions(said)
        codes = tuple(self.code(item, number) for number, item in enumerate(self.listed(said, "code"), 1))
        groups = tuple(self.group(item, number) for number, item in enumerate(self.listed(said, "group"), 1))
        self.unique("code", (code.name for code in codes))
        self.unique("group", (group.name for group in groups))
        self.check_codes(groups, [code.name for code in codes])
        self.check_dimensions(groups, [name for name, _ in labels])
        if self.problems:
            raise ProblemsFound(self.problems, what=self.origin)
        return Taxonomy(codes, groups, labels)

    def dimensions(self, said: dict[str, Any]) -> tuple[tuple[str, str], ...]:
        found = said.get("dimensions")
        if found is None:
            return Taxonomy().labels
        if not isinstance(found, dict) or not all(isinstance(label, str) for label in found.values()):
            self.note('[dimensions] takes a label in quotes for each name: motivation = "Motivation".')
            return Taxonomy().labels
        for name, label in found.items():
            self.named(name, f"dimension '{name}'")
            if not label.strip() or len(label) > LONGEST_LABEL:
                self.note(f"dimension '{name}': its label has 1 to {LONGEST_LABEL} letters.")
        return tuple((name, label.strip()) for name, label in found.items())

    def code(self, item: dict[str, Any], number: int) -> Code:
        where = f"code {self.called(item, number)}"
        self.known(item, where, ("name", "label", "definition"))
        name = self.name(item, where)
        return Code(name, self.label(item, where, name), self.definition(item, where))

    def group(self, item: dict[str, Any], number: int) -> Group:
        where = f"group {self.called(item, number)}"
        self.known(item, where, ("name", "label", "definition", "codes", "dimension"))
        name = self.name(item, where)
        codes = item.get("codes", [])
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            self.note(f"{where}: 'codes' must be a list of names of codes.")
            codes = []
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            self.note(f"{where}: the code '{code}' is named twice.")
        dimension = item.get("dimension", DEFAULT_DIMENSION)
        if not isinstance(dimension, str):
            self.note(f"{where}: 'dimension' must be a name in quotes, not {dimension!r}.")
            dimension = DEFAULT_DIMENSION
        label, definition = self.label(item, where, name), self.definition(item, where)
        return Group(name, label, definition, tuple(codes), dimension)

    # ---- what the parts have to do with each other -------------------------------------------------

    def unique(self, what: str, names: Iterable[str]) -> None:
        listed = [name for name in names if name]
        for name in sorted({name for name in listed if listed.count(name) > 1}):
            self.note(f"{what} '{name}' is there more than once.")

    def check_codes(self, groups: tuple[Group, ...], codes: list[str]) -> None:
        stands: dict[tuple[str, str], str] = {}
        known = set(codes)
        for group in groups:
            for code in dict.fromkeys(group.codes):
                if code not in known:
                    self.note(f"group '{group.name}': there is no code '{code}'.{_near(code, codes)}")
                before = stands.setdefault((group.dimension, code), group.name)
                if before != group.name:
                    self.note(
                        f"group '{group.name}': the code '{code}' stands in '{before}' already; "
                        f"a code stands in one group of each dimension."
                    )

    def check_dimensions(self, groups: tuple[Group, ...], dimensions: list[str]) -> None:
        for group in groups:
            if group.dimension not in dimensions:
                self.note(
                    f"group '{group.name}': there is no dimension '{group.dimension}' under [dimensions]."
                    f"{_near(group.dimension, dimensions)}"
                )

    # ---- single fields -----------------------------------------------------------------------------

    def note(self, message: str) -> None:
        self.problems.append(Problem(message, file=self.origin, kind="taxonomy"))

    def known(self, item: dict[str, Any], where: str, allowed: tuple[str, ...]) -> None:
        for key in sorted(set(item) - set(allowed)):
            self.note(f"{where}: '{key}' is not known here; known: {', '.join(allowed)}.")

    def listed(self, said: dict[str, Any], key: str) -> list[dict[str, Any]]:
        found = said.get(key, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            self.note(f"'{key}' must be written as [[{key}]], once for each.")
            return []
        if len(found) > MOST:
            self.note(f"there are {len(found):,} of [[{key}]]; at most {MOST:,} are kept.")
        return found[:MOST]

    @staticmethod
    def called(item: dict[str, Any], number: int) -> str:
        name = item.get("name")
        return f"'{name[:LONGEST_NAME]}'" if isinstance(name, str) and name else f"{number}"

    def name(self, item: dict[str, Any], where: str) -> str:
        found = item.get("name", "")
        if not isinstance(found, str) or not found:
            self.note(f"{where}: 'name' is missing.")
            return ""
        self.named(found, where)
        return found

    def named(self, name: str, where: str) -> None:
        if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            self.note(
                f"{where}: a name has small letters, digits, hyphens and underscores, at most {LONGEST_NAME}."
            )

    def label(self, item: dict[str, Any], where: str, name: str) -> str:
        return self.text(item, "label", where, LONGEST_LABEL) or name

    def definition(self, item: dict[str, Any], where: str) -> str:
        return self.text(item, "definition", where, LONGEST_DEFINITION)

    def text(self, item: dict[str, Any], key: str, where: str, most: int) -> str:
        found = item.get(key, "")
        if not isinstance(found, str):
            self.note(f"{where}: '{key}' must be text in quotes, not {found!r:.60}.")
            return ""
        if len(found) > most or "\x00" in found:
            self.note(f"{where}: '{key}' has at most {most:,} letters, none of them a NUL.")
        return found.strip()


def _near(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(dict.fromkeys(known)), n=3)
    return f" Did you mean {', '.join(near)}?" if near else ""
