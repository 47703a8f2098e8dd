"""Sent: a form as it comes in, read once for all pages that edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from constellary.study.editing import LONGEST
from constellary.workbench.forms.conflict import CHOOSE
from constellary.workbench.forms.draft import read_draft, read_written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.workbench.forms.draft import Draft

MOST_FIELDS = 5_000


@dataclass(frozen=True, slots=True)
class Sent:
    """A sent form: its names and values in order."""

    pairs: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """Return the first value of a name, tidied; empty if it was not sent."""
        return next((value.strip() for key, value in self.pairs if key == name), "")

    @property
    def why(self) -> str:
        """The reason that was given, in bounds."""
        return self.get("why")[:LONGEST]

    @property
    def revision(self) -> str:
        """The revision that the form rests on."""
        return self.get("revision")[:64]

    def draft(self, several: Mapping[str, bool]) -> Draft:
        """Return what the form says of an alliance or firm."""
        return read_draft(self.pairs, several)

    def before(self) -> Draft | None:
        """Return what the form began with."""
        return read_written(self.get("before"))

    def sides(self) -> dict[str, str]:
        """Return field -> `mine` or `theirs`, where a conflict was settled."""
        return {name.removeprefix(CHOOSE): value for name, value in self.pairs if name.startswith(CHOOSE)}


async def sent_form(request: Request) -> Sent:
    """Read the form of a request."""
    form = await request.form(max_fields=MOST_FIELDS, max_files=0)
    return Sent(tuple((name, value) for name, value in form.multi_items() if isinstance(value, str)))


SentForm = Annotated[Sent, Depends(sent_form)]
