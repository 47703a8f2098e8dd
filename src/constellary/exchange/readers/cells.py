"""Cells made fit: no control characters, one way to write each letter, no space around, empty is null."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.exchange.readers.findings import ROW, TABLE, Findings, counted
from constellary.exchange.readers.limits import CELL_CHARACTERS

if TYPE_CHECKING:
    import polars as pl

_NUL = "\0"
_UNSEEN = (
    r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}"
    r"\x{200b}\x{200e}\x{200f}\x{2060}\x{feff}\x{202a}-\x{202e}\x{2066}-\x{2069}]"
)
"""Control characters, zero-width spaces and marks of direction: they are not seen, so two names that look
the same would be two firms. Joiners stay; words in Persian and Hindi need them."""
_GUARD = r"^'('*[=+\-@\t\r])"


def clean(frame: pl.DataFrame, field: str, findings: Findings, *, guarded: bool, lines: bool) -> pl.Series:
    """Return a column of texts made fit.

    Parameters
    ----------
    frame
        The column `field` with `_table` and `_row`.
    field
        Its name.
    findings
        Takes texts with NUL or above the limit as problems, and what was taken out as notes.
    guarded
        Whether an apostrophe before `=`, `+`, `-`, `@` is taken off.
    lines
        Whether line breaks mean something; otherwise a run of white space is one space.
    """
    text = frame[field]
    if guarded and text.str.starts_with("'").any():
        text = text.str.replace(_GUARD, "${1}")
    if text.str.contains(_NUL, literal=True).any():
        bad = frame.filter(text.str.contains(_NUL, literal=True))
        findings.rows(
            bad,
            column=field,
            kind="nul",
            message="the text holds a NUL character, as damaged files do",
            value=field,
        )
        text = text.str.replace_all(_NUL, "", literal=True)
    if (unseen := text.str.contains(_UNSEEN)).any():
        _note(
            frame.filter(unseen), field, findings, "unseen characters (controls, zero-width) were taken out"
        )
        text = text.str.replace_all(_UNSEEN, "")
    if (long := text.str.len_bytes() > CELL_CHARACTERS).any():
        long = text.str.len_chars() > CELL_CHARACTERS
        message = f"the text is longer than {CELL_CHARACTERS:,} characters"
        findings.rows(frame.filter(long), column=field, kind="too-long", message=message, value=field)
    if (text.str.len_bytes() != text.str.len_chars()).any():
        text = text.str.normalize("NFC")
    if text.str.contains("\r", literal=True).any():
        text = text.str.replace_all("\r\n", "\n", literal=True).str.replace_all("\r", "\n", literal=True)
    if not lines and text.str.contains(r"\s\s|[^\S ]").any():
        text = text.str.replace_all(r"\s+", " ")
    text = text.str.strip_chars()
    empty = text == ""
    return text.set(empty, None) if empty.any() else text


def _note(rows: pl.DataFrame, field: str, findings: Findings, what: str) -> None:
    origin = findings.origins[rows[TABLE][0]]
    place = f"{origin.file}, sheet '{origin.sheet}'" if origin.sheet else origin.file
    cells = counted(rows.height, "cell")
    findings.note(
        f"{place}, column '{origin.header(field)}': {what} in {cells}, first in row {rows[ROW][0]}."
    )
