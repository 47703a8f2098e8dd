"""What every analysis returns.

A result carries its tables, its numbers and the ids behind each, and can show itself in a notebook, on
a terminal and in a report. Subclasses are frozen dataclasses that hold Polars frames; a frame whose rows
are backed by alliances has a column `evidence` (List(String): alliance ids, sorted), which printed
tables leave out.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


class Result(ABC):
    """One analysis of one selection of alliances."""

    title: str

    @abstractmethod
    def tables(self) -> dict[str, pl.DataFrame]:
        """Return the printable tables by a stable snake_case name, without `evidence` columns."""

    @abstractmethod
    def numbers(self) -> dict[str, object]:
        """Return every number as plain JSON values (dict, list, str, int, float, bool, None).

        The keys are stable: `results.json` and its documentation are made of them. Missing is None.
        """

    @property
    def remarks(self) -> tuple[str, ...]:
        """Definitions and cautions that belong beneath the tables, as whole sentences."""
        return ()

    def _repr_html_(self) -> str:
        parts = [f"<h4>{escape(self.title)}</h4>"]
        parts += [frame_html(frame) for frame in self.tables().values()]
        parts += [f"<p><small>{escape(remark)}</small></p>" for remark in self.remarks]
        return "".join(parts)

    def __str__(self) -> str:
        import polars as pl

        with pl.Config(
            tbl_rows=60,
            tbl_cols=20,
            fmt_str_lengths=40,
            tbl_hide_dataframe_shape=True,
            tbl_hide_column_data_types=True,
        ):
            tables = "\n".join(str(frame) for frame in self.tables().values())
        return "\n".join([self.title, tables, *self.remarks])


def frame_html(frame: pl.DataFrame) -> str:
    """Return a frame as an HTML table; every text is escaped, missing is an en dash."""
    head = "".join(f"<th>{escape(column)}</th>" for column in frame.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(show(value))}</td>" for value in row) + "</tr>"
        for row in frame.iter_rows()
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def show(value: object) -> str:
    """Return a value as a reader sees it in a plain table: four significant digits, missing as a dash."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    return str(value)
