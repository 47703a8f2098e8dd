"""The CSV of the R package PRISMA2020: written from a flow, and read into a protocol that declares its counts.

That layout has fixed boxes: one stage at which records are screened, one at which reports are sought, one at which
they are assessed. Where a flow has more, the stages of screening before the last are taken together.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from constellary.errors import InputError
from constellary.literature.protocol import Declared, Protocol, Reason, Search, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from constellary.literature.flow import Count, Flow, Level, Route

COLUMNS = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")
LARGEST = 1_000_000
ROWS = (
    ("NA", "node4", "prevstud", "Previous studies"),
    ("previous_studies", "node5", "box1", "Studies included in previous version of review"),
    ("previous_reports", "NA", "box1", "Reports of studies included in previous version of review"),
    ("NA", "node6", "newstud", "Identification of new studies via databases and registers"),
    ("database_results", "node7", "box2", "Databases"),
    ("database_specific_results", "NA", "box2", "Specific Databases"),
    ("register_results", "NA", "box2", "Registers"),
    ("register_specific_results", "NA", "box2", "Specific Registers"),
    ("NA", "node16", "othstud", "Identification of new studies via other methods"),
    ("website_results", "node17", "box11", "Websites"),
    ("organisation_results", "NA", "box11", "Organisations"),
    ("citations_results", "NA", "box11", "Citation searching"),
    ("duplicates", "node8", "box3", "Duplicate records"),
    ("excluded_automatic", "NA", "box3", "Records marked as ineligible by automation tools"),
    ("excluded_other", "NA", "box3", "Records removed for other reasons"),
    ("records_screened", "node9", "box4", "Records screened"),
    ("records_excluded", "node10", "box5", "Records excluded"),
    ("dbr_sought_reports", "node11", "box6", "Reports sought for retrieval"),
    ("dbr_notretrieved_reports", "node12", "box7", "Reports not retrieved"),
    ("other_sought_reports", "node18", "box12", "Reports sought for retrieval"),
    ("other_notretrieved_reports", "node19", "box13", "Reports not retrieved"),
    ("dbr_assessed", "node13", "box8", "Reports assessed for eligibility"),
    ("dbr_excluded", "node14", "box9", "Reports excluded"),
    ("other_assessed", "node20", "box14", "Reports assessed for eligibility"),
    ("other_excluded", "node21", "box15", "Reports excluded"),
    ("new_studies", "node15", "box10", "New studies included in review"),
    ("new_reports", "NA", "box10", "Reports of new included studies"),
    ("total_studies", "node22", "box16", "Total studies included in review"),
    ("total_reports", "NA", "box16", "Reports of total included studies"),
    ("identification", "node1", "identification", "Identification"),
    ("screening", "node2", "screening", "Screening"),
    ("included", "node3", "included", "Included"),
    ("total_studies_ma", "node23", "box17", "Total studies included in meta-analysis"),
    ("total_reports_ma", "NA", "box17", "Reports of total included studies in meta-analysis"),
)
"""Key, node and box as the package knows them, and the text that its boxes show."""

WAYS = (
    ("website_results", "website"),
    ("organisation_results", "organisation"),
    ("citations_results", "citation"),
)
"""Fields of other methods, and by which word a search of a protocol is known to be of that way."""


def write_prisma(flow: Flow) -> bytes:
    """Return a flow in the layout of PRISMA2020; what it has no box for is missing (`NA`).

    References
    ----------
    Haddaway et al. (2022), PRISMA2020, doi:10.1002/cl2.1230.
    """
    said = _fields(flow)
    written = io.StringIO()
    out = csv.writer(written, lineterminator="\n")
    out.writerow(COLUMNS)
    for data, node, box, text in ROWS:
        link = "NA" if data == "NA" and node == "NA" else f"{data if data != 'NA' else box}.html"
        tip = text if node != "NA" else "NA"
        value = said.get(data, "NA" if data not in ("identification", "screening", "included") else 0)
        out.writerow((data, node, box, text, text, tip, link, value))
    return written.getvalue().encode()


def _fields(flow: Flow) -> dict[str, object]:
    databases = flow.routes[0]
    said: dict[str, object] = {
        "database_results": databases.identified.count,
        "database_specific_results": _list(databases.sources),
        "duplicates": databases.removed[0].count,
        "excluded_automatic": 0,
        "excluded_other": sum(one.count for one in databases.removed[1:]),
        "new_studies": flow.included.count,
        "new_reports": flow.included.count,
        **_levels(databases, "dbr_"),
    }
    if flow.previous is not None and flow.total is not None:
        said |= {"previous_studies": flow.previous.count, "total_studies": flow.total.count}
    for route in flow.routes[1:]:
        for field, word in WAYS:
            said[field] = sum(one.count for one in route.sources if word in one.label.lower())
        rest = [one for one in route.sources if not any(word in one.label.lower() for _, word in WAYS)]
        said["website_results"] = int(str(said["website_results"])) + sum(one.count for one in rest)
        said |= {key: value for key, value in _levels(route, "other_").items() if key.startswith("other_")}
    return said


def _levels(route: Route, prefix: str) -> dict[str, object]:
    """Return the fixed boxes of screening, retrieval and assessment of a route."""
    sought = next((level for level in route.levels if level.kind != "screening"), None)
    after = route.levels.index(sought) + 1 if sought is not None else max(0, len(route.levels) - 1)
    before = [level for level in route.levels[:after] if level is not sought]
    assessed = list(route.levels[after:])
    said: dict[str, object] = {}
    if before:
        said["records_screened"] = before[0].entered.count
        said["records_excluded"] = sum(_out(level) for level in before)
    if sought is not None:
        said[f"{prefix}sought_reports"] = sought.entered.count
        said[f"{prefix}notretrieved_reports"] = _out(sought)
    if assessed:
        said[f"{prefix}assessed"] = assessed[0].entered.count
        reasons = [one for level in assessed for one in level.reasons if one.count]
        said[f"{prefix}excluded"] = _list(reasons) if reasons else sum(_out(level) for level in assessed)
    return said


def _out(level: Level) -> int:
    return level.excluded.count


def _list(counts: Iterable[Count]) -> str:
    return "; ".join(f"{re.sub('[,;]', ' ', one.label)}, {one.count}" for one in counts)


def read_prisma(content: bytes, *, origin: str = "PRISMA.csv") -> Protocol:
    """Return the protocol that a CSV of PRISMA2020 tells of: its searches, three stages, and its counts as declared.

    Parameters
    ----------
    content
        The file.
    origin
        Its name, for messages and as the place where the counts stand.

    Raises
    ------
    InputError
        If it is no such file, or a number in it is none.
    """
    said = _read(content, origin)
    searches: list[Search] = []
    declared: list[Declared] = []

    def tell(box: str, field: str) -> None:
        if said.get(field, "").isdigit():
            declared.append(Declared(box, int(said[field]), origin))

    _databases(said, searches, declared, origin)
    others = [(field, word) for field, word in WAYS if said.get(field, "0") not in ("", "0", "NA")]
    texts = {data: text for data, _, _, text in ROWS}
    for field, word in others:
        searches.append(Search(word, texts[field], other=True))
        tell(f"other:identified:{word}", field)
    tell("removed:duplicates", "duplicates")
    tell("removed:automatic", "excluded_automatic")
    tell("removed:other", "excluded_other")
    tell("entered:title-abstract", "records_screened")
    tell("excluded:title-abstract", "records_excluded")
    reasons: dict[str, Reason] = {}
    for at, prefix in (("", "dbr_"), ("other:", "other_")):
        if at and not others:
            continue
        tell(f"{at}entered:access", f"{prefix}sought_reports")
        tell(f"{at}excluded:access", f"{prefix}notretrieved_reports")
        tell(f"{at}entered:full-text", f"{prefix}assessed")
        tell(f"{at}excluded:full-text", f"{prefix}excluded")
        for label, count in _pairs(said.get(f"{prefix}excluded", "")):
            name = _name(label)
            reasons.setdefault(name, Reason(name, label))
            declared.append(Declared(f"{at}excluded:full-text:{name}", count, origin))
    tell("included", "new_studies")
    if _number(said, "previous_studies"):
        tell("previous", "previous_studies")
        tell("total", "total_studies")
    stages = (
        Stage("title-abstract", "Title and abstract", reason_needed=False),
        Stage("access", "Access", kind="retrieval"),
        Stage("full-text", "Full text", reasons=tuple(reasons.values())),
    )
    return Protocol(searches=tuple(searches), stages=stages, declared=tuple(declared))


def _databases(
    said: Mapping[str, str], searches: list[Search], declared: list[Declared], origin: str
) -> None:
    """Add the searches in databases and registers, with the count of each, or of all where none is named."""
    found = [
        *_pairs(said.get("database_specific_results", "")),
        *_pairs(said.get("register_specific_results", "")),
    ]
    for label, count in found:
        name = _name(label)
        searches.append(Search(name, label))
        declared.append(Declared(f"identified:{name}", count, origin))
    whole = _number(said, "database_results") + _number(said, "register_results")
    declared.append(Declared("identified", whole or sum(count for _, count in found), origin))


def _read(content: bytes, origin: str) -> dict[str, str]:
    if len(content) > LARGEST:
        raise InputError(f"{origin}: is larger than a file of PRISMA2020 can be.")
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{origin}: is not a CSV in UTF-8 ({error}).") from error
    head = rows[0] if rows else []
    if "data" not in head or "n" not in head:
        raise InputError(f"{origin}: is no file of PRISMA2020; it needs columns 'data' and 'n'.")
    data, number = head.index("data"), head.index("n")
    said = {row[data]: row[number].strip() for row in rows[1:] if len(row) == len(head)}
    if "records_screened" not in said:
        raise InputError(f"{origin}: is no file of PRISMA2020; it has no row 'records_screened'.")
    return said


def _pairs(text: str) -> list[tuple[str, int]]:
    """Return `Reason, 3; Other, 2` as pairs; what has no number is left out, as in the empty template."""
    found = []
    for part in text.split(";"):
        label, sign, number = part.rpartition(",")
        if sign and label.strip() and number.strip().isdigit():
            found.append((label.strip(), int(number)))
    return found


def _number(said: Mapping[str, str], field: str) -> int:
    text = said.get(field, "")
    return int(text) if text.isdigit() else 0


def _name(label: str) -> str:
    return re.sub("[^a-z0-9]+", "-", label.lower()).strip("-")[:40].strip("-") or "reason"
