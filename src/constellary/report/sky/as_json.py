"""The scene as JSON: columns, short numbers, no spaces, with a digest of all of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from constellary.report.sky.model import LevelLabels
from constellary.report.sky.palette import PAIRS
from constellary.report.sky.ties import PEN_LEAST, PEN_MOST, PEN_STEP

if TYPE_CHECKING:
    from constellary.report.sky.model import SkyScene

VERSION = 1
LABEL = tuple(field.name for field in fields(LevelLabels))


def scene_json(scene: SkyScene) -> bytes:
    """Return the scene as UTF-8; `digest`, the last key, is that of all before it."""
    text = json.dumps(content(scene), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    return f'{text[:-1]},"digest":"{digest}"}}'.encode()


def content(scene: SkyScene) -> dict[str, Any]:
    """Return what the JSON holds, but for the digest."""
    firms, ties, alliances, frame = scene.firms, scene.ties, scene.alliances, scene.frame
    first, last = scene.years or (0, -1)
    return {
        "version": VERSION,
        "width": whole(frame.width),
        "height": whole(frame.height),
        "palette": [list(pair) for pair in PAIRS],
        "firms": {
            "name": firms["firm"].to_list(),
            **{
                name: firms[name].to_list()
                for name in ("x", "y", "radius", "colour", "shape", "alliances", "degree")
            },
            "value": [short(value) for value in firms["value"].to_list()],
            **{name: firms[name].to_list() for name in ("rank", "community", "text")},
        },
        "ties": {
            name: ties[name].to_list()
            for name in ("source", "target", "weight", "width", "opacity", "colour")
        },
        "alliances": {name: alliances[name].to_list() for name in ("id", "name", "year", "partners")},
        "hulls": {
            "alliance": [hull.alliance for hull in scene.hulls],
            "outline": [list(hull.outline) for hull in scene.hulls],
            "colour": [hull.colour for hull in scene.hulls],
        },
        "labels": [{name: getattr(level, name) for name in LABEL} for level in scene.labels],
        "legend": {
            "colours": [{"text": text, "colour": index} for text, index in scene.legend.colours],
            "shapes": [{"text": text, "shape": index} for text, index in scene.legend.shapes],
            "sizes": [{"text": text, "radius": radius} for text, radius in scene.legend.sizes],
            "title": dict(zip(("colours", "shapes", "sizes"), scene.legend.titles, strict=True)),
        },
        "sizing": {
            "measure": scene.view.size,
            "largest": frame.largest,
            "smallest": frame.smallest,
            "most": short(scene.most),
        },
        "pens": {"least": PEN_LEAST, "step": PEN_STEP, "most": PEN_MOST},
        "years": list(range(first, last + 1)),
        "words": scene.words,
        "communities": [
            {"community": one.number, "firms": one.firms, "top": list(one.top)} for one in scene.communities
        ],
    }


def whole(value: float) -> int | float:
    """Return a number without a needless `.0`."""
    return int(value) if value == int(value) else value


def short(value: float | None) -> int | float | None:
    """Return a number with six significant digits; None: missing.

    Examples
    --------
    >>> short(0.123456789), short(12.0), short(None)
    (0.123457, 12, None)
    """
    return None if value is None else whole(float(f"{value:.6g}"))
