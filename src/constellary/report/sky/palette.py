"""Colours of the constellation, each for a light and for a dark page."""

from __future__ import annotations

from typing import Final

from constellary.report import theme

NIGHT: Final = "#0e1319"
"""The paper of the constellation on a dark page."""

DARK: Final = ("#3d95d9", "#f2b134", "#2fc99a", "#e3a3c6", "#f07a2b", "#9adcff", "#b8954a", "#8f98a1")
"""The palette's colours lightened for a dark page, in its order: apart from each other with any colour vision."""

ABSENT: Final = (theme.ABSENT, "#67707a")
OTHER: Final = ("#c4c9ce", "#75634f")
COLOURS: Final = len(theme.PALETTE)

PAIRS: Final[tuple[tuple[str, str], ...]] = (
    ABSENT,
    *zip(theme.PALETTE, DARK, strict=True),
    OTHER,
)
"""By index: 0 what is missing, then the palette, last what has no colour of its own."""
OTHERS: Final = len(PAIRS) - 1
