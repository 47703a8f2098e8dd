"""Columns whose header means a field, but whose table shows that they cannot be read as it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from constellary.exchange.readers.headers import RUNNING
from constellary.exchange.readers.layouts import layout_of

if TYPE_CHECKING:
    import polars as pl

    from constellary.exchange.readers.recognise import Recognised

OF_FIRMS = "it is of firms, not of alliances"
NUMBERS_ROWS = "it numbers the rows"


def leave_unread(
    frame: pl.DataFrame, table: Recognised, firm_variables: frozenset[str]
) -> tuple[pl.DataFrame, Recognised]:
    """Return an alliance table and its columns without those that its layout gives no meaning.

    A row that is a whole alliance says nothing of one firm; and a *No.* that differs in every row of a table
    with one row for each partner tells rows apart, not alliances.
    """
    if table.kind != "alliances":
        return frame, table
    unread: dict[str, str] = {}
    if layout_of(frame) != "rows":
        unread = {name: OF_FIRMS for name in frame.columns if name in firm_variables}
    elif (number := table.fields.get("id")) and number.how == RUNNING and frame["id"].is_unique().all():
        unread = {"id": NUMBERS_ROWS}
    if not unread:
        return frame, table
    columns = tuple(
        replace(column, field=None, how=unread[column.field]) if column.field in unread else column
        for column in table.columns
    )
    return frame.drop(list(unread)), replace(table, columns=columns)
