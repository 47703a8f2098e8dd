"""Whether an archive may be opened: decided from its table of contents, before anything is unpacked.

A workbook and a packed data package are ZIP archives. One of 800 kB can unpack to 300 MB, so the sizes that
the archive states are added up first; and since they are a claim of the archive, reading a member stops
where the claim ends.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from constellary.errors import InputError
from constellary.exchange.readers.limits import (
    ARCHIVE_BYTES,
    ARCHIVE_MEMBERS,
    ARCHIVE_RATIO,
    ARCHIVE_RATIO_FROM,
)

_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


def open_within_budget(data: bytes) -> zipfile.ZipFile:
    """Return the archive, its stated sizes checked; nothing has been unpacked.

    Raises
    ------
    InputError
        If it is damaged, encrypted, packed in an unusual way, or above the budget in `limits`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OverflowError) as error:
        raise InputError("The ZIP archive is damaged. Save the file again.") from error
    if len(members) > ARCHIVE_MEMBERS:
        raise InputError(
            f"The archive has {len(members):,} members, more than the {ARCHIVE_MEMBERS:,} allowed."
        )
    unpacked = sum(member.file_size for member in members)
    if unpacked > ARCHIVE_BYTES:
        raise InputError(
            f"The archive would unpack to {unpacked >> 20:,} MiB, more than the {ARCHIVE_BYTES >> 20:,} MiB "
            "allowed. Divide it, or save the tables as CSV."
        )
    if unpacked > ARCHIVE_RATIO_FROM and unpacked > ARCHIVE_RATIO * max(len(data), 1):
        raise InputError(
            f"The archive would unpack to {unpacked // max(len(data), 1):,} times its size, as only archives "
            "made to fill a machine do. Save the tables as CSV if they are yours."
        )
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise InputError(
                f"The member '{member.filename}' is encrypted. Save the file without a password."
            )
        if member.compress_type not in _READABLE:
            raise InputError(f"The member '{member.filename}' is packed by a method that is not read here.")
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one member's bytes, never more than the archive states.

    Raises
    ------
    InputError
        If there is no such member, or it is damaged or longer than stated.
    """
    try:
        size = archive.getinfo(name).file_size
        # zipfile stops at the stated size too and then misses the checksum; this does not lean on it.
        with archive.open(name) as member:
            content = member.read(size + 1)
    except KeyError as error:
        raise InputError(f"There is no '{name}' in the archive.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"The member '{name}' of the archive is damaged. Save the file again.") from error
    if len(content) > size:
        raise InputError(f"The member '{name}' of the archive is longer than the archive states.")
    return content
