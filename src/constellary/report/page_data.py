"""The evidence as the page carries it: once, compact, and unable to end its own script element."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from constellary.report.web_address import web_address

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from constellary.report.evidence import EvidenceList


class Index:
    """Distinct values in the order of their first appearance, and the place of each."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.places: dict[Hashable, int] = {}

    def __getitem__(self, value: Hashable) -> int:
        if value not in self.places:
            self.places[value] = len(self.values)
            self.values.append(value)
        return self.places[value]


def evidence_json(lists: Mapping[str, EvidenceList], alliances: Iterable[Mapping[str, Any]]) -> str:
    """Return evidence lists and alliances as JSON for a script element.

    `alliances` are the rows of `constellary.report.evidence.alliance_rows`. The JSON has `firms`,
    `codes` ([variable, value]), `publishers`, `alliances` ([id, name, announced, firm places, code
    places, summary, [[url, publisher place, published], ...]]; an address that may be no link is empty)
    and `lists` (key -> [title, alliance places]).
    """
    firms, codes, publishers = Index(), Index(), Index()
    rows = [
        [
            row["id"],
            row["name"],
            row["announced"],
            [firms[firm] for firm in row["partners"]],
            [codes[code] for code in row["codes"]],
            row["summary"],
            [[web_address(url), publishers[publisher], date] for url, publisher, date in row["sources"]],
        ]
        for row in alliances
    ]
    place = {row[0]: index for index, row in enumerate(rows)}
    data = {
        "firms": firms.values,
        "codes": codes.values,
        "publishers": publishers.values,
        "alliances": rows,
        "lists": {
            key: [entry.title, [place[one] for one in entry.alliances if one in place]]
            for key, entry in lists.items()
        },
    }
    return script_safe(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def script_safe(text: str) -> str:
    r"""Return JSON that no HTML parser and no script parser reads as anything else.

    Examples
    --------
    >>> script_safe('["</script>"]')
    '["\\u003c/script>"]'
    """
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
