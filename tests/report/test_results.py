"""`results.json`: every number stands under a documented key, and every documented key is used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from constellary.data import automotive_folder
from constellary.report.findings import Findings, find
from constellary.report.published import parse_published
from constellary.study.frames import Frames
from tests.literature.reviews import REVIEW

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "results.md"
MAY_BE_ABSENT = ("dropped_rows", "dropped_columns")  # lists that are empty where every row has cases


@pytest.fixture(scope="module")
def findings(automotive: Frames) -> Findings:
    published = parse_published((automotive_folder() / "published.toml").read_text(encoding="utf-8"))
    return find(automotive, published=published, review=REVIEW)


def documented() -> list[str]:
    """Every key that the page names, `{a,b}` written out."""
    found = []
    for text in re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE):
        parts = [part.strip("{}").split(",") for part in re.split(r"(?<=/)|(?=/)", text) if part != "/"]
        found += ["/".join(choice) for choice in product(*parts)]
    return found


def leaves(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, (*path, "*"))
    else:
        yield path


def fits(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return len(pattern) == len(path) and all(
        part == name or part.isupper() for part, name in zip(pattern, path, strict=True)
    )


def test_every_number_has_a_documented_key_and_every_key_a_number(findings: Findings) -> None:
    patterns = [tuple(key.split("/")) for key in documented()]
    by_length: dict[int, list[tuple[str, ...]]] = {}
    for pattern in patterns:
        by_length.setdefault(len(pattern), []).append(pattern)
    used = set()
    strange = set()
    for path in set(leaves(findings.numbers())):
        matching = [pattern for pattern in by_length.get(len(path), []) if fits(pattern, path)]
        used.update(matching)
        if not matching:
            strange.add("/".join(path))
    assert sorted(strange) == []
    unused = {"/".join(pattern) for pattern in patterns if pattern not in used}
    assert {key for key in unused if not any(part in key for part in MAY_BE_ABSENT)} == set()


def test_numbers_are_plain_json_and_never_nan(findings: Findings) -> None:
    assert json.loads(json.dumps(findings.numbers(), allow_nan=False)) == findings.numbers()
