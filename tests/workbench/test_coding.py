"""Coding at the desk: every unit once and in order, blind to others, nothing lost, all of it without scripts too."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from starlette.testclient import TestClient

from constellary.coding.plan import SETTING, default_plan
from constellary.study.frames import Frames
from constellary.study.study import create_study, open_study
from tests.study.conftest import batch_of
from tests.workbench.conftest import ClientOn

NAMES = ("form", "motivation", "focus", "place")
HOSTILE = '<script>alert(1)</script> & "x" \u202eabc'
JSON = "/api/v1/coding"


def act_as(client: TestClient, who: str) -> None:
    assert client.post("/coding/begin", data={"who": who}).headers["location"] == "/coding/next"


def next_of(client: TestClient, after: str | None = None) -> str | None:
    found: str | None = client.get(f"{JSON}/next", params={"after": after} if after else {}).json()["next"]
    return found


def put(client: TestClient, key: str, **values: Any) -> dict[str, Any]:
    answer = client.post(f"{JSON}/units/{key}", json={"values": values})
    assert answer.status_code == 200, answer.text
    kept: dict[str, Any] = answer.json()
    return kept


def frames_of(study_file: Path) -> Frames:
    with open_study(study_file) as study:
        return study.frames()


def codes(study_file: Path, coder: str) -> dict[tuple[str, str], tuple[str | None, bool | None]]:
    own = frames_of(study_file).codings.filter(pl.col("coder") == coder)
    return {
        (alliance, name): (value, sure)
        for alliance, name, value, sure in own.select("alliance", "variable", "value", "sure").iter_rows()
    }


def test_the_default_plan_asks_all_single_choices_of_all_alliances(automotive: Frames) -> None:
    plan = default_plan(automotive.codebook)
    single = [item.name for item in automotive.codebook.of_level("alliance") if item.kind == "single"]
    assert list(plan.variables) == single
    assert set(plan.units_of(automotive.alliances["id"].to_list(), "Ada")) == set(automotive.alliances["id"])


def test_every_unit_comes_once_in_the_seeded_order_until_all_are_done(
    client_on: ClientOn, tmp_path: Path, tiny: Frames
) -> None:
    airlines = tmp_path / "airlines.study"
    with create_study(airlines, tiny.codebook) as study:
        study.take(batch_of(tiny), who="tester")
    client = client_on(airlines)
    frames = frames_of(airlines)
    plan = default_plan(frames.codebook)
    order = plan.units_of(frames.alliances["id"].to_list(), "Ada")
    act_as(client, "Ada")
    seen: list[str] = []
    while (key := next_of(client)) is not None:
        seen.append(key)
        assert client.get("/coding/next").headers["location"] == f"/coding/units/{key}"
        put(client, key, **dict.fromkeys(plan.variables))
    assert tuple(seen) == order
    assert client.get("/coding/next").headers["location"] == "/coding?done=1"
    assert "Everything that is yours to code is coded" in client.get("/coding?done=1").text
    assert codes(airlines, "Ada") == {(key, name): (None, True) for key in order for name in plan.variables}


def test_what_is_answered_before_the_study_was_read_anew_is_counted(
    client: TestClient, automotive: Frames, monkeypatch: pytest.MonkeyPatch
) -> None:
    act_as(client, "Ada")
    monkeypatch.setattr("constellary.workbench.api.coding._read_anew", lambda _bench, _who: None)
    given = {name: automotive.codebook.find(name).values[0] for name in NAMES}
    kept: dict[str, Any] = {"next": next_of(client)}
    done = []
    for _ in range(3):
        kept = put(client, str(kept["next"]), **given)
        done.append(kept["done"])
    assert done == [1, 2, 3]


def test_a_unit_is_coded_by_a_plain_form(client: TestClient, study_file: Path) -> None:
    act_as(client, "Ada")
    key, page = _first(client)
    assert all(f'name="v.{name}"' in page for name in NAMES)
    value = re.findall(r'name="v\.form" value="([^"]+)"', page)[1]
    sent = {"v.form": value, "v.place": "~missing", "unsure.form": "1", "note": HOSTILE, "then": "next"}
    answer = client.post(f"/coding/units/{key}", data=sent)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/coding/units/{next_of(client, key)}" != f"/coding/units/{key}"
    assert codes(study_file, "Ada") == {(key, "form"): (value, False), (key, "place"): (None, True)}
    again = client.get(f"/coding/units/{key}").text
    assert HOSTILE in html.unescape(again)
    assert "<script>alert(1)" not in again
    assert re.search(rf'value="{value}"[^>]* checked', again)


def test_a_half_coded_unit_waits_and_a_skipped_one_comes_again(client: TestClient) -> None:
    act_as(client, "Ada")
    first = next_of(client)
    assert first is not None
    kept = put(client, first, form=None)
    assert (kept["left"], kept["done"]) == (["motivation", "focus", "place"], 0)
    assert next_of(client) == first  # begun: it is still the first open one
    second = next_of(client, first)
    skipped = client.post(f"/coding/units/{first}", data={"then": "skip"})
    assert skipped.headers["location"] == f"/coding/units/{second}"
    back = client.post(f"/coding/units/{second}", data={"then": "before"})
    assert back.headers["location"] == f"/coding/units/{first}"
    put(client, first, motivation=None, focus=None, place=None)
    assert next_of(client) == second


def test_a_change_of_mind_keeps_what_was_said_first(client: TestClient, study_file: Path) -> None:
    act_as(client, "Ada")
    key, page = _first(client)
    one, other = re.findall(r'name="v\.form" value="([^"~]+)"', page)[:2]
    first = put(client, key, form=one)
    second = put(client, key, form=other)
    assert first["decision"] < second["decision"]
    assert put(client, key, form=other)["decision"] is None  # nothing new is no decision
    with open_study(study_file) as study:
        told = [item.row[3] for _, item in study.history.of_row("coding", [key, "form", "Ada"])]
    assert told == [one, other]
    history = client.get("/coding/history", params={"alliance": key, "variable": "form"})
    assert history.status_code == 200
    labels = frames_of(study_file).codebook.labels("form")
    assert f"<del>{labels[one]}</del>" in history.text
    assert f"<ins>{labels[other]}</ins>" in history.text
    still_open = client.get("/coding/history", params={"alliance": key, "variable": "place"})
    assert still_open.status_code == 422
    assert "stays hidden from you" in still_open.text


def test_what_does_not_fit_is_refused_and_nothing_of_it_is_kept(client: TestClient, study_file: Path) -> None:
    act_as(client, "Ada")
    key, _ = _first(client)
    before = frames_of(study_file).codings
    wrong = {"values": {"form": "no such form", "place": None}, "note": "half"}
    answer = client.post(f"{JSON}/units/{key}", json=wrong)
    assert answer.status_code == 422
    assert "no such form" in answer.text
    assert client.post(f"{JSON}/units/{key}", json={"values": {"name": "x"}}).status_code == 422
    assert client.post(f"{JSON}/units/none-such", json={"values": {"form": None}}).status_code == 422
    assert client.get("/coding/units/none-such").status_code == 404
    assert frames_of(study_file).codings.equals(before)
    with open_study(study_file) as study:
        assert study.codings.notes("Ada") == []
    act_as_settled = client.post("/coding/begin", data={"who": "adjudicated"})
    assert act_as_settled.status_code == 422


def test_nothing_that_a_coder_gets_depends_on_what_others_coded(client: TestClient, study_file: Path) -> None:
    """The strongest form of blindness: not one byte differs before and after somebody else coded."""
    act_as(client, "Ben")
    key, _ = _first(client)
    put(client, key, form=None)  # so that Ben is a coder, with a decision of his own
    asked = (
        f"/coding/units/{key}",
        f"{JSON}/units/{key}",
        f"{JSON}/next",
        f"/alliances/{key}",
        f"/api/v1/alliances/{key}",
    )
    before = [_told(client, address) for address in asked]
    page = client.get(f"/coding/units/{key}").text
    values = {name: re.findall(rf'name="v\.{name}" value="([^"~]+)"', page)[0] for name in NAMES}
    act_as(client, "Quixotina")
    sent = {"values": values, "unsure": ["form"], "note": "zq-secret"}
    assert client.post(f"{JSON}/units/{key}", json=sent).status_code == 200
    with open_study(study_file) as study:
        study.codings.adjudicate(key, "motivation", None, who="Quixotina", why="zq-reason")
        study.history.undo(who="Quixotina")  # what is taken back tells as much
    act_as(client, "Ben")
    for address, old in zip(asked, before, strict=True):
        new = _told(client, address)
        for marker in ("Quixotina", "zq-secret", "zq-reason"):
            if not address.endswith(f"alliances/{key}") or marker != "Quixotina":
                assert marker not in new, address
        if "coding" in address:  # but for the undo in the head, which tells of Ben's own decisions alone
            assert new.partition("<main")[2] == old.partition("<main")[2], address
            assert new.startswith("<!doctype") or new == old, address
    for name in ("motivation", "focus", "place"):
        put(client, key, **{name: None})
    assert "zq-secret" in client.get(f"/alliances/{key}").text  # who has coded it may look


def test_nothing_at_the_desk_depends_on_the_codes_that_the_alliance_has(
    client: TestClient, study_file: Path
) -> None:
    act_as(client, "Ada")
    key, page = _first(client)
    told = client.get(f"{JSON}/units/{key}").json()
    assert all(not question["values"] and not question["answered"] for question in told["questions"])
    with open_study(study_file) as study:
        old = study.record("alliances", key).values
        new = {
            name: next(value for value in study.codebook.find(name).values if value != old[name])
            for name in NAMES
        }
        study.edit_alliance(key, values=new, who="Ben")
    assert client.get(f"{JSON}/units/{key}").json() == told
    assert client.get(f"/coding/units/{key}").text.partition("<main")[2] == page.partition("<main")[2]


def test_who_has_yet_to_code_sees_no_codes_of_it_but_others_do(client: TestClient) -> None:
    act_as(client, "Ben")
    key, _ = _first(client)
    put(client, key, form=None)
    for who, hidden in (("Ben", True), ("a guest", False), ("coder_a", False)):
        client.post("/person", data={"who": who})
        codings = client.get(f"/api/v1/alliances/{key}").json()["codings"]
        told = {(row["coder"], row["variable"]) for row in codings}
        assert (("coder_a", "place") in told) is not hidden
        assert ("coder_a", "form") in told
        assert ("stays hidden from you" in client.get(f"/alliances/{key}").text) is hidden


def test_a_plan_is_kept_as_a_decision_and_gives_each_coder_their_units(
    client: TestClient, study_file: Path
) -> None:
    sent = {"variable": ["place", "form"], "coders": "Ada\nBen\n Ada ", "share": "some", "shared": "20%"}
    assert client.post("/coding/plan", data=sent).headers["location"].startswith("/coding")
    with open_study(study_file) as study:
        assert study.history.log()[-1].summary == "the plan of the coding"
        assert '"Ada"' in (study.setting(SETTING) or "")
    act_as(client, "Ada")
    assert client.get(f"{JSON}/next").json()["total"] < frames_of(study_file).alliances.height
    assert "v.motivation" not in _first(client)[1]
    act_as(client, "Cleo")
    assert client.get(f"{JSON}/next").json() == {
        "coder": "Cleo",
        "next": None,
        "done": 0,
        "total": 0,
        "begun": 0,
    }
    assert "The plan names Ada, Ben" in client.get("/coding").text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"variable": []}, "Nothing is coded without a variable"),
        ({"variable": ["nothing"]}, "no variable that can be coded"),
        ({"variable": ["form"], "share": "some", "shared": "many", "coders": "A\nB"}, "a share such as 20%"),
        ({"variable": ["form"], "share": "some", "shared": "20%", "coders": "A"}, "name two or more"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_told(
    client: TestClient, sent: dict[str, Any], said: str
) -> None:
    answer = client.post("/coding/plan", data=sent)
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)


def _first(client: TestClient) -> tuple[str, str]:
    key = next_of(client)
    assert key is not None
    return key, client.get(f"/coding/units/{key}").text


def _told(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_the_history_keeps_what_others_coded_from_who_has_yet_to_code_it(client: TestClient) -> None:
    act_as(client, "Ada")
    one = next_of(client)
    assert one is not None
    put(client, one, motivation="services")
    number = client.get("/api/v1/log?limit=1").json()[0]["id"]
    rows = client.get(f"/api/v1/log/{number}").json()["rows"]
    assert [row["entity"] for row in rows] == ["coding"]
    act_as(client, "Ben")
    other = next_of(client)
    other = next_of(client, other) if other == one else other
    assert other is not None
    put(client, other, motivation="knowledge")
    assert client.get(f"/api/v1/log/{number}").json()["rows"] == []
    assert "Services" not in client.get(f"/log/{number}").text.split("<main", 1)[1]
    put(client, one, motivation="knowledge")
    assert client.get(f"/api/v1/log/{number}").json()["rows"] == rows
    assert "Services" in client.get(f"/log/{number}").text.split("<main", 1)[1]
