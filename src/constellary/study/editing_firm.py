"""Editing firms: a new one, its fields, another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.errors import InputError, Problem, ProblemsFound
from constellary.study.decisions import RowChange
from constellary.study.editing import Planned, changed_row, checked_values, new_row
from constellary.study.names import folded, tidy
from constellary.study.rows import as_stored, one_row, rows_where
from constellary.study.stored import decoded

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from constellary.study.codebook import Codebook
    from constellary.study.decisions import Changes

LONGEST_NAME = 200


def edit_firm(
    connection: sa.Connection, codebook: Codebook, name: str, values: Mapping[str, object]
) -> Planned:
    """Return the edit of a firm's fields.

    Raises
    ------
    UnknownName
        If there is no such firm.
    ProblemsFound
        If anything does not fit; the `column` of a problem is the field.
    InputError
        If nothing would change.
    """
    before = one_row(connection, "firms", name)
    checked, problems = checked_values(codebook, "firms", values)
    problems += _wrong_parent(connection, name, checked)
    if problems:
        raise ProblemsFound(problems, what=name)
    change = changed_row(codebook, "firms", before, checked)
    if change is None:
        raise InputError(f"{name}: nothing would change.")
    said = [field for field in checked if changed_row(codebook, "firms", before, {field: checked[field]})]
    return Planned({"firm": [change]}, f"{', '.join(said)} of {name}")


def add_firm(
    connection: sa.Connection, codebook: Codebook, name: str, values: Mapping[str, object]
) -> Planned:
    """Return the edit that adds a firm.

    Raises
    ------
    ProblemsFound
        If there is a firm of that name, or anything does not fit.
    """
    name = tidy(name)
    checked, problems = checked_values(codebook, "firms", values)
    problems = [*_wrong_name(connection, name), *problems, *_wrong_parent(connection, name, checked)]
    if problems:
        raise ProblemsFound(problems, what=name or "the new firm")
    return Planned({"firm": [RowChange(None, new_row(codebook, "firms", name, checked))]}, f"{name} added")


def rename_firm(connection: sa.Connection, codebook: Codebook, old: str, new: str) -> Planned:
    """Return the edit that gives a firm another name.

    The old name becomes an alias; the firm's seats in alliances and the firms that it owns follow.

    Raises
    ------
    UnknownName
        If there is no firm of the old name.
    ProblemsFound
        If there is one of the new name.
    """
    new = tidy(new)
    before = one_row(connection, "firms", old)
    problems = _wrong_name(connection, new)
    if problems:
        raise ProblemsFound(problems, what=old)
    fields = decoded(as_stored([before], "firms"), "firms", codebook).row(0, named=True)
    others = [alias for alias in fields["aliases"] or () if folded(alias) != folded(new)]
    known = {folded(alias) for alias in others}
    aliases = [*others, *([] if folded(old) in known or folded(old) == folded(new) else [old])]
    checked = {name: value for name, value in fields.items() if name != "firm"} | {"aliases": aliases or None}
    changes: Changes = {
        "firm": [
            RowChange(before, None),
            RowChange(None, new_row(codebook, "firms", new, checked)),
            *(
                RowChange(row, (row[0], row[1], new, *row[3:]))
                for row in rows_where(connection, "firms", parent=old)
                if row[0] != old
            ),
        ]
    }
    seats = rows_where(connection, "partners", firm=old)
    if seats:
        changes["partner"] = [RowChange(row, None) for row in seats]
        changes["partner"] += [RowChange(None, (alliance, new, place)) for alliance, _, place in seats]
    return Planned(changes, f"{old} renamed {new}")


def _wrong_name(connection: sa.Connection, name: str) -> list[Problem]:
    if not name or len(name) > LONGEST_NAME or any(ord(letter) < 32 for letter in name):
        said = f"A firm has a name of 1 to {LONGEST_NAME} letters in one line."
    elif rows_where(connection, "firms", firm=name):
        said = f"There is a firm '{name}' already."
    else:
        return []
    return [Problem(said, column="firm", value=name[:60], kind="invalid-name")]


def _wrong_parent(connection: sa.Connection, name: str, checked: Mapping[str, object]) -> list[Problem]:
    """Find a parent that is the firm itself or one of those that it owns."""
    parent = checked.get("parent")
    seen = {name}
    while isinstance(parent, str):
        if parent in seen:
            said = f"{checked['parent']} cannot own {name}: that would be a circle."
            return [Problem(said, column="parent", value=str(checked["parent"])[:60], kind="circle")]
        seen.add(parent)
        rows = rows_where(connection, "firms", firm=parent)
        parent = rows[0][2] if rows else None
    return []
