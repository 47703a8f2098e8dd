"""Zip files that do not tell when they were made."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

DATE = (2024, 1, 1, 0, 0, 0)


def rezipped(data: bytes) -> bytes:
    """Return an archive with the same members in the same order, all of one date."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for member in old.infolist():
            info = ZipInfo(member.filename, DATE)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            new.writestr(info, old.read(member))
    return written.getvalue()
