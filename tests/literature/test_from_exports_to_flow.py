"""From real exports to the flow: two databases, duplicates, two people who screen apart, conflicts, and the numbers.

The numbers are held against a count that shares no code with the program: it opens the study's file with SQLite,
replays what each decision changed, and counts by its own simple means.
"""

from __future__ import annotations

import io
import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from constellary.cli.main import run
from constellary.literature.flow import flow
from constellary.literature.screening import queue, standing_of
from constellary.study.study import open_study
from tests.needs import literature

PLAN = """
question = "What holds networks of organisations together?"
years = "2000-2014"
[[search]]
name = "wos"
database = "Web of Science"
date = "2024-01"
[[search]]
name = "again"
database = "Web of Science, as a table"
date = "2024-02"
[[search]]
name = "scopus"
database = "Scopus"
date = "2024-02"
[[stage]]
name = "title"
label = "Title and abstract"
screeners = 2
reasons = [{ name = "topic", label = "Other topic" }, { name = "kind", label = "Other kind of publication" }]
[[stage]]
name = "access"
label = "Access"
kind = "retrieval"
reason_needed = false
[[stage]]
name = "full-text"
label = "Full text"
screeners = 2
reasons = [{ name = "findings", label = "No findings" }, { name = "ties", label = "Not about ties" }]
"""

Rows = dict[tuple[str, ...], list[Any]]
KEYS = {"record": 1, "match": 2, "screening": 3, "resolution": 2}


def command(*arguments: object) -> None:
    assert run([str(one) for one in arguments]) == 0, arguments


def replayed(path: Path) -> dict[str, Rows]:
    """Return the rows of a study as its log of decisions leaves them."""
    tables: dict[str, Rows] = {name: {} for name in KEYS}
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute("SELECT entity, payload FROM change ORDER BY decision, part").fetchall()
    finally:
        connection.close()
    for entity, payload in rows:
        for before, after in json.loads(zlib.decompress(payload)) if entity in KEYS else ():
            if before is not None:
                del tables[entity][tuple(before[: KEYS[entity]])]
            if after is not None:
                tables[entity][tuple(after[: KEYS[entity]])] = after
    return tables


def groups(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the names that chains of pairs tie together."""
    ties: dict[str, set[str]] = {name: set() for name in names}
    for one, other in pairs:
        ties[one].add(other)
        ties[other].add(one)
    seen: set[str] = set()
    found = []
    for name in ties:
        group, waiting = [], [name]
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                group.append(at)
                waiting += ties[at]
        if group:
            found.append(group)
    return found


def counted(path: Path) -> Counter[str]:
    """Return the numbers of the flow by reading the log of decisions."""
    tables = replayed(path)
    told: Counter[str] = Counter()
    years = {}
    for row in tables["record"].values():
        told["identified"] += 1
        told[f"identified:{row[3]}"] += 1
        years[row[0]] = json.loads(row[7]).get("year")
    same = [(row[0], row[1]) for row in tables["match"].values() if row[2] == "same"]
    works = groups(years, same)
    told["removed:duplicates"] = len(years) - len(works)
    stages = {"title": 2, "access": 1, "full-text": 2}
    order = {"title": ["topic", "kind"], "access": [], "full-text": ["findings", "ties"]}
    for work in works:
        known = [years[name] for name in work if years[name] is not None]
        if known and not 2000 <= min(known) <= 2014:
            told["removed:years"] += 1
            continue
        told["included"] += _through(work, stages, order, tables, told)
    return told


def _through(
    work: list[str],
    stages: dict[str, int],
    order: dict[str, list[str]],
    tables: dict[str, Rows],
    told: Counter[str],
) -> bool:
    for stage, needed in stages.items():
        told[f"entered:{stage}"] += 1
        verdicts = [row for row in tables["screening"].values() if row[0] in work and row[1] == stage]
        resolved = [row for row in tables["resolution"].values() if row[0] in work and row[1] == stage]
        said = {row[3] for row in verdicts}
        given = [row[4] for row in verdicts]
        if resolved:
            said, given = {resolved[0][2]}, [resolved[0][3]]
        elif len({row[2] for row in verdicts}) < needed:
            told[f"open:{stage}"] += 1
            return False
        elif said not in ({"include"}, {"exclude"}):
            told[f"conflict:{stage}"] += 1
            return False
        if said == {"exclude"}:
            told[f"excluded:{stage}"] += 1
            for reason in order[stage]:
                if reason in given:
                    told[f"excluded:{stage}:{reason}"] += 1
                    break
            return False
    return True


def keys(title: str, who: str, stage: str) -> str:
    """Return the keys by which a scripted person decides on a work."""
    size = sum(map(ord, title))
    if stage == "access":
        return "e" if size % 9 == 0 else "i"
    if who == "bob" and size % 13 == 0:
        return "m"
    if size % 4 == 0 or (who == "bob" and size % 7 == 0):
        return "e1" if (size // 4 + (who == "bob" and size % 3 == 0)) % 2 else "e2"
    return "i"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def typing(text: str, *arguments: object) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        command(*arguments)

    return typing


def screen(path: Path, stage: str, who: str, typed: Callable[..., None]) -> None:
    with open_study(path, read_only=True) as study:
        review = study.literature.review()
        at = standing_of(review)
        text = "".join(
            keys(at[name].work.record.title or "", who, stage) for name in queue(review, stage, who)
        )
    # The first verdict is taken back and given again: a slip of the finger.
    typed("iu" + text if text else "", "screen", path, "--stage", stage, "--who", who)


def test_the_flow_counts_what_the_log_of_decisions_says(tmp_path: Path, typed: Callable[..., None]) -> None:
    path, plan = tmp_path / "review.study", tmp_path / "plan.toml"
    plan.write_text(PLAN, encoding="utf-8")
    command("new", path)
    command("protocol", path, "--set", plan, "--by", "ann")
    command("import", path, literature("wos/wosfile/wos_plaintext.txt"), "--search", "wos")
    command("import", path, literature("wos/wosfile/wos_tab_delimited_win_utf8.txt"), "--search", "again")
    command("import", path, literature("scopus/litstudy/scopus.csv"), "--search", "scopus")
    command("duplicates", path, "--by", "ann")
    command("undo", path, "--by", "bob")
    command("redo", path, "--by", "bob")
    for stage, people in (("title", ("ann", "bob")), ("access", ("ann",)), ("full-text", ("ann", "bob"))):
        for who in people:
            screen(path, stage, who, typed)
        _same(path)
        # Three conflicts are resolved with a reason for it, and the fourth is left; then the others.
        typed("iIt fits.\ne1It does not.\niIt fits.\nq", "screen", path, "--conflicts", "--who", "cleo")
        _same(path)
        typed("e2Nobody is sure.\n" * 60, "screen", path, "--conflicts", "--who", "cleo")
        _same(path)
    numbers = _same(path)
    assert numbers["identified"] == 158
    assert numbers["removed:duplicates"] == 50
    assert numbers["included"] > 0
    assert numbers["excluded:title:kind"] > 0
    assert numbers["excluded:access"] > 0


def _same(path: Path) -> Counter[str]:
    """Hold the flow against the count, and return the count."""
    with open_study(path, read_only=True) as study:
        found = flow(study.literature.review())
    told = counted(path)
    boxes = {
        one.box: one.count
        for one in found.counts()
        if not one.box.startswith("removed:duplicates:") and not one.box.endswith("(none)")
    }
    assert boxes == {box: told[box] for box in boxes}
    assert set(told) <= set(boxes) | {"removed:years"}
    return told
