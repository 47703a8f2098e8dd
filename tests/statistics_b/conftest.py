"""A way to make frames from a handful of alliances."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import polars as pl
import pytest

from constellary.study.codebook import Category, Codebook, Variable
from constellary.study.derive import build_frames
from constellary.study.frames import Frames

MakeFrames = Callable[..., Frames]

KINDS = ("maker", "supplier", "bank")


@pytest.fixture(scope="session")
def make_frames() -> MakeFrames:
    def make(
        members: Mapping[str, Sequence[str]],
        *,
        announced: Mapping[str, str] | None = None,
        kind: Mapping[str, str] | None = None,
        parent: Mapping[str, str] | None = None,
        period: tuple[str | None, str | None] = (None, None),
    ) -> Frames:
        names = sorted({firm for firms in members.values() for firm in firms} | set((parent or {}).values()))
        categories = tuple(Category(value, value.capitalize()) for value in KINDS)
        return build_frames(
            Codebook(
                "made",
                "Made",
                (Variable("kind", "firm", "single", "Kind", "", categories),),
                period=period,
            ),
            alliances=pl.DataFrame(
                {
                    "id": list(members),
                    "announced": pl.Series([(announced or {}).get(key) for key in members], dtype=pl.String),
                }
            ),
            partners=pl.DataFrame(
                [(key, firm, at) for key, firms in members.items() for at, firm in enumerate(firms, 1)],
                schema={"alliance": pl.String, "firm": pl.String, "position": pl.Int32},
                orient="row",
            ),
            firms=pl.DataFrame(
                {
                    "firm": names,
                    "kind": pl.Series([(kind or {}).get(name) for name in names], dtype=pl.String),
                    "parent": pl.Series([(parent or {}).get(name) for name in names], dtype=pl.String),
                }
            ),
        )

    return make
