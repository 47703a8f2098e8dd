"""How well the screeners agree, stage by stage, as the overview shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constellary.workbench.background import BACKGROUND

if TYPE_CHECKING:
    from concurrent.futures import Future

    from constellary.literature.review import Review

COEFFICIENTS = (
    ("percent", "Agree"),
    ("cohen", "Kappa"),
    ("pabak", "PABAK"),
    ("ac1", "AC1"),
    ("alpha", "Alpha"),
)
"""Columns of the result and their heads."""


def agreement_soon(review: Review) -> Future[dict[str, Any] | None]:
    """Return the agreement of a review, computed in the background once; None: no two decided on one work."""
    kept = review.memory.get("agreement view")
    if kept is None:
        review.memory["agreement view"] = kept = BACKGROUND.submit(lambda: _view(review))
    return kept  # type: ignore[return-value]


def _view(review: Review) -> dict[str, Any] | None:
    from constellary.literature.agreement import screeners_agreement

    found = screeners_agreement(review)
    rows = [row for row in found.stages.iter_rows(named=True) if row["shared"]]
    if not rows:
        return None
    return {
        "labels": [label for _, label in COEFFICIENTS],
        "rows": [
            {
                "stage": row["label"],
                "screeners": row["screeners"],
                "shared": row["shared"],
                "disagreements": row["disagreements"],
                "values": [_value(row, name) for name, _ in COEFFICIENTS],
            }
            for row in rows
        ],
        "level": found.level,
        "remarks": found.remarks,
    }


def _value(row: dict[str, Any], name: str) -> tuple[str, str]:
    """Return a coefficient and its interval as texts; empty: undefined."""

    def written(value: float | None) -> str:
        if value is None:
            return ""
        return f"{value:.1%}" if name == "percent" else f"{value:.2f}"

    low, high = written(row[f"{name}_low"]), written(row[f"{name}_high"])
    return written(row[name]) or "–", f"{low} to {high}" if low and high else ""
