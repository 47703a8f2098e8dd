"""How much a file may hold, in one place.

The limits are far above what a study needs. They are there so that a broken or hostile file is refused in
words and at once, and neither fills the memory nor stops the machine.
"""

from __future__ import annotations

FILE_BYTES = 1 << 30
"""Size of one file as it lies on the disk."""

CELL_CHARACTERS = 100_000
"""Length of one cell; Excel itself stops at 32,767."""

COLUMNS = 1_000
"""Columns of one table."""

ROWS = 5_000_000
"""Rows of one table."""

WORKBOOK_CELLS = 30_000_000
"""Cells in the rectangle that a sheet spans, empty ones included: the reader makes room for all of them."""

WORKBOOK_TEXT = 1 << 30
"""Characters of all cells of a sheet together: one text can be shared by a million cells."""

ARCHIVE_MEMBERS = 1_000
ARCHIVE_BYTES = 256 << 20
ARCHIVE_RATIO = 100
ARCHIVE_RATIO_FROM = 10 << 20
"""The budget of a ZIP archive: members, bytes unpacked, and bytes unpacked for each byte packed; the last
counts only above `ARCHIVE_RATIO_FROM`, since short tables of equal rows pack very well."""

PROBLEMS_KEPT = 1_000
"""Problems that are described one by one; the others are counted."""

HEAD_ROWS = 50
"""Rows from the top among which the header is looked for."""
