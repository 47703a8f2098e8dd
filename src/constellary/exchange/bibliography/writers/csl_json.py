"""CSL JSON, for reference managers, pandoc and citation styles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from constellary.exchange.bibliography.csl import OURS, to_csl
from constellary.exchange.bibliography.writers.decided import noted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.exchange.bibliography.writers.decided import Decided
    from constellary.literature.record import Record


def write(records: Sequence[Record], decided: Decided | None = None) -> bytes:
    """Return the records as CSL JSON in UTF-8; read back, every field is as it was, decisions being notes.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> print(write([Record(id="a", title="Alliances")]).decode(), end="")
    [
     {"id":"a","type":"article-journal","title":"Alliances","custom":{"constellary":{}}}
    ]
    """
    lines = []
    for record in records:
        item = to_csl(noted(record, decided))
        item.setdefault("custom", {}).setdefault(OURS, {})
        lines.append(" " + json.dumps(item, ensure_ascii=False, separators=(",", ":")))
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode("utf-8", "replace")
