"""After coding: disagreements as a count by hand finds them, settled with a reason, and agreement as it goes."""

from __future__ import annotations

import html
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from starlette.testclient import TestClient

from constellary.statistics.agreement import agreement
from constellary.study.frames import Frames
from constellary.study.study import create_study, open_study
from tests.study.conftest import batch_of
from tests.workbench.test_coding import HOSTILE, JSON, act_as, frames_of, next_of

PAGE = "/coding/disagreements"
FEW = 80
NAMES = ("form", "motivation", "focus", "place")


def small(frames: Frames) -> Frames:
    """Return some alliances whose coders are through, and nothing settled yet."""
    few = frames.alliances.head(FEW)
    of_few = pl.col("alliance").is_in(few["id"].implode())
    partners = frames.partners.filter(of_few)
    return replace(
        frames,
        alliances=few,
        partners=partners,
        firms=frames.firms.filter(pl.col("firm").is_in(partners["firm"].implode())),
        sources=frames.sources.filter(of_few),
        codings=frames.codings.filter(of_few & (pl.col("coder") != "adjudicated")),
    )


@pytest.fixture
def study_file(tmp_path: Path, automotive: Frames) -> Path:
    path = tmp_path / "unsettled.study"
    with create_study(path, automotive.codebook) as study:
        study.take(batch_of(small(automotive)), who="tester")
    return path


def code(client: TestClient, who: str, key: str, note: str = "", **values: str | None) -> None:
    act_as(client, who)
    answer = client.post(f"{JSON}/units/{key}", json={"values": values, "unsure": ["form"], "note": note})
    assert answer.status_code == 200, answer.text


def two_coders(client: TestClient, study_file: Path) -> str:
    """Let Ada and Ben code one alliance all through, apart on `form` alone; return it."""
    values = {name: frames_of(study_file).codebook.find(name).values for name in NAMES}
    same = {name: values[name][0] for name in NAMES[1:]}
    act_as(client, "Ada")
    key = next_of(client)
    assert key is not None
    code(client, "Ada", key, note=HOSTILE, form=values["form"][0], **same)
    code(client, "Ben", key, form=values["form"][1], **same)
    return key


def settle(client: TestClient, **sent: Any) -> Any:
    return client.post(
        PAGE, data={"variable": "form", **{name.replace("__", "."): value for name, value in sent.items()}}
    )


def brute_force(frames: Frames, name: str, *coders: str) -> set[str]:
    given: dict[str, dict[str, str | None]] = {}
    for alliance, variable, coder, value, _ in frames.codings.rows():
        if variable == name and coder != "adjudicated" and (not coders or coder in coders):
            given.setdefault(alliance, {})[coder] = value
    return {alliance for alliance, values in given.items() if len(set(values.values())) > 1}


def test_disagreements_are_those_that_a_count_by_hand_finds(client: TestClient, study_file: Path) -> None:
    key = two_coders(client, study_file)
    client.post("/person", data={"who": "a guest"})
    frames = frames_of(study_file)
    for name, pair in (("form", ()), ("place", ()), ("form", ("Ada", "Ben"))):
        asked = {"variable": name, "state": "all"} | ({"pair": "\t".join(pair)} if pair else {})
        found: list[str] = []
        while True:
            page = client.get(PAGE, params={**asked, "start": len(found)}).text
            new = re.findall(r'name="alliance" value="([^"]+)"', page)
            found += new
            if not new or 'rel="next"' not in page:
                break
        assert len(found) == len(set(found))
        assert set(found) == brute_force(frames, name, *pair)
    assert found == [key]


def test_coders_stand_side_by_side_with_their_doubts_and_notes(client: TestClient, study_file: Path) -> None:
    two_coders(client, study_file)
    page = client.get(PAGE, params={"variable": "form", "first": "Ada", "second": "Ben"}).text
    assert "You are one of the coders here" in page  # it is Ben who looks
    assert "unsure" in page
    assert HOSTILE in html.unescape(page)
    assert "<script>alert(1)" not in page
    for category in frames_of(study_file).codebook.find("form").categories[:2]:
        assert category.label in html.unescape(page)
        assert category.rule in html.unescape(page)
    client.post("/person", data={"who": "Cleo"})
    assert "You are one of the coders here" not in client.get(PAGE).text


def test_settling_needs_a_reason_and_a_value_and_gives_the_alliance_its_code(
    client: TestClient, study_file: Path
) -> None:
    key = two_coders(client, study_file)
    client.post("/person", data={"who": "Cleo"})
    one, other = frames_of(study_file).codebook.find("form").values[:2]
    before = frames_of(study_file)
    assert settle(client, alliance=key, v__form=one, why="  ").status_code == 422
    assert settle(client, alliance=key, why="because").status_code == 422
    assert settle(client, alliance=key, v__form="nothing such", why="because").status_code == 422
    assert frames_of(study_file).alliances.equals(before.alliances)
    assert settle(client, alliance=key, v__form=one, why=HOSTILE).status_code == 303
    assert own_code(study_file, key) == one
    pair = {"variable": "form", "pair": "Ada\tBen"}
    assert f'value="{key}"' not in client.get(PAGE, params=pair).text  # it is open no more
    page = client.get(PAGE, params={**pair, "state": "settled"}).text
    assert f'value="{key}"' in page
    assert "Settle anew" in page
    assert html.escape("alert(1)") in page
    assert "<script>alert(1)" not in page
    assert settle(client, alliance=key, v__form="~missing", why="two of them").status_code == 303
    assert own_code(study_file, key) is None
    with open_study(study_file) as study:
        (settled,) = [one for one in study.codings.adjudications() if one.alliance == key]
        assert (settled.value, settled.who, settled.why) == (None, "Cleo", "two of them")
        told = study.history.of_row("adjudication", [key, "form"])
    assert [item.row[2] for _, item in told] == [one, None]
    frames = frames_of(study_file)
    codings = frames.codings.filter((pl.col("alliance") == key) & pl.col("coder").is_in(["Ada", "Ben"]))
    assert set(codings.filter(pl.col("variable") == "form")["value"]) == {one, other}  # their codes stay


def test_disagreements_that_somebody_has_yet_to_code_are_counted_and_not_shown(
    client: TestClient, study_file: Path
) -> None:
    key = two_coders(client, study_file)
    act_as(client, "Dora")
    other = next_of(client)
    assert other is not None
    if other == key:
        other = next_of(client, other)
    client.post(f"{JSON}/units/{other}", json={"values": {"form": None}})
    page = client.get(PAGE, params={"variable": "form", "state": "all"}).text
    assert f'value="{key}"' not in page
    assert "hidden from you" in page


def test_agreed_codes_are_shown_first_and_taken_over_as_one_decision(
    client: TestClient, study_file: Path
) -> None:
    key = two_coders(client, study_file)
    client.post("/person", data={"who": "Cleo"})
    page = client.get("/coding/agreed").text
    number = re.findall(r'name="number" value="(\d+)"', page)
    before = frames_of(study_file).alliances
    stale = client.post("/coding/agreed", data={"number": "1", "others": "1"})
    assert stale.status_code == 422
    assert "look again" in stale.text
    assert frames_of(study_file).alliances.equals(before)
    taken = client.post("/coding/agreed", data={"number": number[0], "others": "1", "why": "both say so"})
    assert taken.status_code == 303
    with open_study(study_file) as study:
        decision = study.history.log()[-1]
        assert "taken over" in decision.summary
        assert (decision.who, decision.why) == ("Cleo", "both say so")
        frames = study.frames()
        study.history.undo(who="Cleo")
        assert study.frames().alliances.equals(before)
    assert frames.alliances.filter(pl.col("id") != key).height == before.height - 1
    agreed = {
        cell: values.pop()
        for cell, values in _given(frames).items()
        if len(values) == 1 and cell not in _settled(frames)
    }
    rows = {row["id"]: row for row in frames.alliances.to_dicts()}
    assert all(rows[alliance][name] == value for (alliance, name), value in agreed.items())


def test_agreement_is_that_of_the_statistics_and_its_cells_open_their_units(
    client: TestClient, study_file: Path
) -> None:
    key = two_coders(client, study_file)
    client.post("/person", data={"who": "a guest"})
    answer = agreed_page(client, pair="coder_a\tcoder_b", variable="form")
    found = agreement(frames_of(study_file), coders=("coder_a", "coder_b"))
    for row in found.variables.to_dicts():
        assert f"{row['cohen']:.3f}" in answer
        assert f"{row['cohen_low']:.3f} to {row['cohen_high']:.3f}" in answer
    cells = re.findall(r'href="(/coding/cell\?[^"]+)">([\d,]+)</a>', answer)
    assert cells
    total = sum(int(count.replace(",", "")) for _, count in cells)
    (shared,) = found.variables.filter(pl.col("variable") == "form")["shared"]
    assert total == shared
    for address, count in cells[:3]:
        page = client.get(html.unescape(address))
        assert page.status_code == 200
        assert count in page.text
    mine = agreed_page(client, pair="Ada\tBen", variable="form")
    assert "undefined" in mine  # one unit alone tells nothing of chance
    (apart,) = re.findall(r'class="right apart"><a[^>]*href="([^"]+)"', mine)
    assert key in client.get(html.unescape(apart)).text
    assert client.get("/coding/agreement", params={"pair": "Ada\tNobody"}).status_code == 404


def agreed_page(client: TestClient, **asked: str) -> str:
    """Return the page of agreement once it is computed."""
    for _ in range(200):
        answer = client.get("/coding/agreement", params=asked)
        assert answer.status_code == 200
        if "data-computing" not in answer.text:
            return answer.text
        time.sleep(0.05)
    raise AssertionError("the agreement was never there")


def own_code(study_file: Path, key: str) -> str | None:
    row = frames_of(study_file).alliances.row(by_predicate=pl.col("id") == key, named=True)
    value: str | None = row["form"]
    return value


def _given(frames: Frames) -> dict[tuple[str, str], set[str | None]]:
    found: dict[tuple[str, str], list[str | None]] = {}
    for alliance, variable, coder, value, _ in frames.codings.rows():
        if coder != "adjudicated" and variable in NAMES:
            found.setdefault((alliance, variable), []).append(value)
    return {cell: set(values) for cell, values in found.items() if len(values) > 1}


def _settled(frames: Frames) -> set[tuple[str, str]]:
    own = frames.codings.filter(pl.col("coder") == "adjudicated")
    return set(own.select("alliance", "variable").rows())
