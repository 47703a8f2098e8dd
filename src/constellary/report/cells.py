"""How a value of a table is printed: the same in the page, the PDF and the Word file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constellary.report.document import Cell, Column

MISSING = "–"


def show(value: Cell, column: Column) -> str:
    """Return a value in print; missing is a dash.

    Examples
    --------
    >>> from constellary.report.document import Column
    >>> show(0.3042, Column("Share", "share"))
    '30.4%'
    >>> show((0.2556, 0.3577), Column("95% CI", "share_interval"))
    '25.6 to 35.8%'
    >>> show(12300, Column("n", "int"))
    '12,300'
    >>> show(0.00005, Column("p", "p")), show(0.0414, Column("p", "p")), show(None, Column("p", "p"))
    ('< .001', '.041', '–')
    >>> show(-1.28, Column("Residual", "number"))
    '−1.3'
    """
    if value is None or value == "":
        return MISSING
    if isinstance(value, str):
        return value
    scale, unit = (100, "%") if column.kind in {"share", "share_interval"} else (1, "")
    if isinstance(value, tuple):
        low, high = (number(scale * bound, column.digits) for bound in value)
        return f"{low} to {high}{unit}"
    if column.kind == "p":
        return p_value(value)
    return number(scale * value, 0 if column.kind == "int" else column.digits) + unit


def number(value: float, digits: int) -> str:
    """Return a number with thousands separated and a true minus sign; minus zero is zero."""
    text = f"{value:,.{digits}f}"
    if text.startswith("-"):
        return "−" + text[1:] if any(char in "123456789" for char in text) else text[1:]
    return text


def p_value(value: float) -> str:
    """Return a p-value as journals print it: three decimals, no leading zero, bounds at the ends."""
    if value < 0.001:
        return "< .001"
    if value > 0.999:
        return "> .999"
    return f"{value:.3f}".removeprefix("0")
