"""What an import brought: the first alliances and firms that are new by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constellary.study.decision_detail import DecisionDetail
    from constellary.study.frames import Frames

NAMED = 12


@dataclass(frozen=True, slots=True)
class New:
    """An alliance or firm that is new: its key and what people call it."""

    key: str
    name: str


def new_by(detail: DecisionDetail, frames: Frames) -> tuple[list[New], list[New]]:
    """Return the first alliances and the first firms that a decision added and that are still there.

    Returns
    -------
    tuple
        Alliances, with their names where they have one, and firms; at most `NAMED` of each.
    """
    added = [(row.entity, row.key[0]) for row in detail.rows if row.happened == "added"]
    names = dict(frames.alliances.select("id", "name").iter_rows())
    firms = set(frames.firms["firm"])
    alliances = [
        New(key, names[key] or key) for entity, key in added if entity == "alliance" and key in names
    ]
    new_firms = [New(key, key) for entity, key in added if entity == "firm" and key in firms]
    return alliances[:NAMED], new_firms[:NAMED]
