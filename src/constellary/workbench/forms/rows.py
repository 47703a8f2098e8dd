"""Rows of a form: partners and sources are added, moved and taken out by buttons, without scripts too."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from constellary.study.record import Source
from constellary.workbench.forms.draft import Draft

T = TypeVar("T")

ACTS = ("up", "down", "drop")


def acted(draft: Draft, act: str) -> Draft | None:
    """Return a draft after a button such as `partner-up-2` or `source-drop-0`; None if it is no such button.

    Adding needs no act of its own: a form always ends in an empty row, and a press on `add` shows the next.

    Examples
    --------
    >>> acted(Draft(partners=("Fiat", "PSA", "Ford")), "partner-up-2").partners
    ('Fiat', 'Ford', 'PSA')
    >>> acted(Draft(), "save") is None
    True
    """
    what, _, rest = act.partition("-")
    verb, _, place = rest.partition("-")
    if what not in ("partner", "source"):
        return None
    if verb == "add":
        return draft
    if verb not in ACTS or not place.isdecimal():
        return None
    if what == "partner":
        return replace(draft, partners=_moved(draft.partners, verb, int(place)))
    return replace(draft, sources=_moved(draft.sources, verb, int(place)))


def _moved(rows: tuple[T, ...], verb: str, place: int) -> tuple[T, ...]:
    if place >= len(rows):
        return rows
    kept = list(rows)
    row = kept.pop(place)
    if verb == "up":
        kept.insert(max(place - 1, 0), row)
    elif verb == "down":
        kept.insert(place + 1, row)
    return tuple(kept)


def partner_rows(draft: Draft, least: int) -> tuple[str, ...]:
    """Return the partners of a draft and an empty row; of a new alliance as many rows as it needs."""
    return (*draft.partners, *[""] * max(least - len(draft.partners), 1))


def source_rows(draft: Draft) -> tuple[Source, ...]:
    """Return the sources of a draft and an empty row."""
    return (*draft.sources, Source(""))
