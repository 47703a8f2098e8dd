"""Files as a form sends them, read once for the page and the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from constellary.workbench.trust.limits import PARTS

if TYPE_CHECKING:
    from typing import BinaryIO


@dataclass(frozen=True)
class SentFiles:
    """The files of a form, in order, and its `mapping` as text; empty where there is none."""

    uploads: tuple[UploadFile, ...]
    mapping: str

    @property
    def contents(self) -> list[tuple[str, BinaryIO]]:
        """Name and content of each."""
        return [(upload.filename or "", upload.file) for upload in self.uploads]

    def close(self) -> None:
        """Let go of them."""
        for upload in self.uploads:
            upload.file.close()


async def sent_files(request: Request) -> SentFiles:
    """Read the files of a request; fields of files that were left empty are none."""
    form = await request.form(max_files=PARTS, max_fields=PARTS)
    uploads = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
    mapping = form.get("mapping", "")
    kept = tuple(upload for upload in uploads if upload.filename or upload.size)
    return SentFiles(kept, mapping if isinstance(mapping, str) else "")


Sending = Annotated[SentFiles, Depends(sent_files)]
