"""Editing on pages: forms without scripts, problems beside fields, conflicts field by field, one-click undo."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from constellary.study.frames import Frames
from constellary.study.study import Study, create_study, open_study
from constellary.workbench.forms.draft import Draft, read_written, written
from constellary.workbench.forms.rows import acted
from tests.study.conftest import batch_of
from tests.workbench.conftest import ClientOn

KEY = "amazon-zoox-2020"
PAGE = f"/alliances/{KEY}/edit"


def fields_of(page: str, form: int = 0) -> list[tuple[str, str]]:
    """Return what a browser would send of the n-th form of `main`, in order, without pressing a named button."""
    main = page.partition("<main")[2]
    text = main.split("<form")[form + 1].partition("</form>")[0]
    found = []
    for tag in re.finditer(r"<(input|textarea|select)\b([^>]*)>(?:([^<]*)</textarea>)?", text):
        kind, attributes, inner = tag.groups()
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        if "name" not in given or kind == "select":
            continue
        if given.get("type") in ("radio", "checkbox") and not attributes.rstrip().endswith(" checked"):
            continue
        value = (inner or "") if kind == "textarea" else given.get("value", "")
        found.append((given["name"], html.unescape(value)))
    return found


def with_values(fields: list[tuple[str, str]], **new: str) -> list[tuple[str, str]]:
    """Return fields with other values; `v_name` stands for `v.name`."""
    named = {
        name.replace("_", ".", 1) if name.startswith("v_") else name: value for name, value in new.items()
    }
    kept = [(name, value) for name, value in fields if name not in named]
    return kept + list(named.items())


def send(client: TestClient, address: str, fields: list[tuple[str, str]]) -> tuple[int, str, str]:
    """Post a form; return status, place to go on to, and page."""
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    answer = client.post(address, data=data)
    return answer.status_code, answer.headers.get("location", ""), answer.text


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def beside(study_file: Path, client: TestClient) -> Study:
    """The same study, opened by somebody else; the test closes it by leaving."""
    assert client.get("/log").status_code == 200
    return open_study(study_file)


def test_a_form_sent_as_it_came_changes_nothing(client: TestClient) -> None:
    page = client.get(PAGE).text
    status, _, said = send(client, PAGE, fields_of(page))
    assert status == 422
    assert "nothing would change" in said


def test_an_edit_is_kept_told_once_and_undone_with_one_click(client: TestClient, next_decision: int) -> None:
    fields = fields_of(client.get(PAGE).text)
    status, to, _ = send(
        client, PAGE, with_values(fields, v_name="Zoox goes", v_place="Europe", why="read anew")
    )
    assert (status, to) == (303, f"/alliances/{KEY}")
    page = client.get(to).text
    assert f"Saved as decision {next_decision}: name, place of {KEY}." in text_of(page)
    assert "Saved as decision" not in client.get(to).text
    undo = re.search(
        r'<form method="post" action="/undo"><input type="hidden" name="decision" value="(\d+)">', page
    )
    assert undo is not None
    done = client.post("/undo", data={"decision": undo[1]}, headers={"referer": f"http://127.0.0.1:8123{to}"})
    assert (done.status_code, done.headers["location"]) == (303, to)
    page = client.get(to).text
    assert "Amazon acquisition of Zoox" in page
    assert f"undo of {next_decision}" in page
    detail = text_of(client.get(f"/log/{next_decision}").text)
    assert "Name Amazon acquisition of Zoox Zoox goes" in detail
    assert "Place USA Europe" in detail
    assert "“read anew”" in detail


def test_partners_and_sources_are_moved_without_scripts_and_kept_in_order(
    client: TestClient, next_decision: int
) -> None:
    fields = fields_of(client.get(PAGE).text)
    status, _, page = send(client, PAGE, [*fields, ("act", "partner-up-1")])
    assert status == 200
    moved = fields_of(page)
    assert [value for name, value in moved if name == "partner"] == ["Zoox", "Amazon", ""]
    urls = [value for name, value in moved if name == "source.url"]
    _, _, page = send(client, PAGE, [*moved, ("act", "source-drop-0")])
    dropped = fields_of(page)
    assert [value for name, value in dropped if name == "source.url"] == urls[1:]
    status, _, _ = send(client, PAGE, dropped)
    assert status == 303
    assert client.get(f"/log/{next_decision}").text.count("Partner ") == 2
    record = client.get(f"/api/v1/alliances/{KEY}/record").json()
    assert record["partners"] == ["Zoox", "Amazon"]
    assert [source["url"] for source in record["sources"]] == urls[1:-1]


def test_every_problem_stands_beside_its_field_and_what_was_typed_stays(
    client: TestClient, next_decision: int
) -> None:
    fields = with_values(fields_of(client.get(PAGE).text), v_announced="May", v_motivation="profit", why="so")
    fields += [("partner", "Nobody <b>"), ("source.url", "javascript:alert(1)")]
    fields += [("source.publisher", ""), ("source.published", "")]
    status, _, page = send(client, PAGE, fields)
    assert status == 422
    assert 'id="field-announced-problem">A date is written 2021' in page
    assert 'id="field-motivation-problem"' in page
    assert "There is no firm &#39;Nobody &lt;b&gt;&#39; yet" in page
    assert "An address begins with https://" in page
    assert 'value="May"' in page
    assert 'value="so"' in page
    assert "Nobody <b>" not in page
    assert client.get("/api/v1/log").json()[0]["id"] == next_decision - 1


def test_of_two_who_edit_one_alliance_the_second_chooses_field_by_field(
    client: TestClient, beside: Study
) -> None:
    fields = fields_of(client.get(PAGE).text)
    with beside:
        beside.edit_alliance(
            KEY, values={"name": "Theirs", "place": "Europe"}, who="cleo", why="<i>release</i>"
        )
    mine = with_values(fields, v_name="Mine", v_motivation="services")
    status, _, page = send(client, PAGE, mine)
    assert status == 409
    said = text_of(page)
    assert f"cleo saved “name, place of {KEY}”, because: “<i>release</i>”" in said
    assert "Name both changed it Amazon acquisition of Zoox Name, mine: Mine Name, theirs: Theirs" in said
    assert "<i>release" not in page
    chosen = [(name, value) for name, value in fields_of(page) if name.startswith("choose.")]
    assert chosen == [("choose.", "settled"), ("choose.motivation", "mine"), ("choose.place", "theirs")]
    status, to, _ = send(client, PAGE, [*fields_of(page), ("choose.name", "mine")])
    assert (status, to) == (303, f"/alliances/{KEY}")
    values = client.get(f"/api/v1/alliances/{KEY}/record").json()["values"]
    assert (values["name"], values["place"], values["motivation"]) == ("Mine", "Europe", "services")
    assert client.get("/api/v1/log").json()[0]["summary"] == f"name, motivation of {KEY}"


def test_a_settled_conflict_meets_the_next_one_too(client: TestClient, beside: Study) -> None:
    fields = with_values(fields_of(client.get(PAGE).text), v_name="Mine")
    with beside:
        beside.edit_alliance(KEY, values={"name": "Theirs"}, who="cleo")
        _, _, page = send(client, PAGE, fields)
        beside.edit_alliance(KEY, values={"name": "Theirs again"}, who="dora")
        status, _, page = send(client, PAGE, [*fields_of(page), ("choose.name", "mine")])
    assert status == 409
    assert "Name both changed it Theirs Name, mine: Mine Name, theirs: Theirs again" in text_of(page)
    status, to, _ = send(client, PAGE, [*fields_of(page), ("choose.name", "theirs")])
    assert (status, to) == (303, f"/alliances/{KEY}")
    assert client.get("/api/v1/log").json()[0]["who"] == "dora"  # theirs throughout: nothing to save


def test_what_is_gone_meanwhile_is_said_in_words(client: TestClient, beside: Study) -> None:
    fields = with_values(fields_of(client.get(PAGE).text), v_name="Mine")
    with beside:
        beside.remove(KEY, who="cleo")
    status, _, page = send(client, PAGE, fields)
    assert status == 409
    assert "was taken out of the study meanwhile by cleo" in text_of(page)


def test_a_new_alliance_and_its_new_firm_come_and_go(client: TestClient) -> None:
    fields = fields_of(client.get("/new/alliance").text)
    assert [value for name, value in fields if name == "partner"] == ["", ""]
    fields = [pair for pair in fields if pair[0] != "partner"]
    fields += [("partner", "Ford"), ("partner", "Novum & Co"), ("new_firms", "yes"), ("act", "")]
    status, to, _ = send(client, "/new/alliance", with_values(fields, id="ford/novum", v_announced="2022"))
    assert (status, to) == (303, "/alliances/ford~2Fnovum")
    assert client.get("/firms/Novum & Co").status_code == 200
    done = client.post("/undo", data={}, headers={"referer": f"http://127.0.0.1:8123{to}"})
    assert done.headers["location"] == "/alliances"  # its page is gone
    assert client.get("/api/v1/firms/Novum & Co/record").status_code == 404


def test_a_removal_says_first_what_goes(client: TestClient, next_decision: int) -> None:
    page = client.get(f"/alliances/{KEY}/remove").text
    said = text_of(page)
    assert "2 seats: Amazon, Zoox" in said
    assert "Zoox is then left without an alliance" in said
    status, to, _ = send(client, f"/alliances/{KEY}/remove", with_values(fields_of(page), why="out of scope"))
    assert (status, to) == (303, "/alliances")
    assert f"Saved as decision {next_decision}: {KEY} removed." in text_of(client.get(to).text)
    assert client.get(PAGE).status_code == 404


def test_a_firm_is_edited_renamed_and_merged(client: TestClient) -> None:
    fields = fields_of(client.get("/firms/BMW/edit").text)
    fields = with_values(fields, v_aliases="BMW Group\r\nMini\r\nRolls; Bayerische", v_parent="")
    assert send(client, "/firms/BMW/edit", fields)[:2] == (303, "/firms/BMW")
    record = client.get("/api/v1/firms/BMW/record").json()
    assert record["values"]["aliases"] == ["BMW Group", "Mini", "Rolls", "Bayerische"]
    page = client.get("/firms/BMW/edit").text
    rename = [*with_values(fields_of(page, 1), firm="BMW / AG"), ("act", "rename")]
    assert send(client, "/firms/BMW/edit", rename)[:2] == (303, "/firms/BMW%20~2F%20AG")
    page = client.get("/firms/BMW%20~2F%20AG/merge", params={"into": "Ford"}).text
    assert "“BMW / AG” and “BMW Group”" in text_of(page)
    status, to, _ = send(client, "/firms/BMW%20~2F%20AG/merge", fields_of(page, 1))
    assert (status, to) == (303, "/firms/Ford")
    assert "BMW / AG" in client.get("/api/v1/firms/Ford/record").json()["values"]["aliases"]


def test_a_firm_that_does_not_fit_is_told_beside_its_fields(client: TestClient) -> None:
    page = client.get("/new/firm", params={"name": "Ford"}).text
    status, _, page = send(client, "/new/firm", fields_of(page))
    assert status == 422
    assert 'id="firm-problem">There is a firm &#39;Ford&#39; already.' in page
    status, to, _ = send(client, "/new/firm", with_values(fields_of(page), firm=" Forda "))
    assert (status, to) == (303, "/firms/Forda")
    wrong = [*fields_of(client.get("/firms/BMW/edit").text, 1), ("act", "rename")]
    status, _, page = send(client, "/firms/BMW/edit", with_values(wrong, firm="Ford"))
    assert status == 422
    assert "There is a firm" in page


def test_a_firm_that_two_edit_shows_both_versions(client: TestClient, beside: Study) -> None:
    fields = with_values(fields_of(client.get("/firms/BMW/edit").text), v_country="AT")
    with beside:
        beside.edit_firm("BMW", {"country": "CH"}, who="cleo")
    status, _, page = send(client, "/firms/BMW/edit", fields)
    assert status == 409
    assert "Country both changed it DE Country, mine: AT Country, theirs: CH" in text_of(page)
    assert send(client, "/firms/BMW/edit", [*fields_of(page), ("choose.country", "mine")])[0] == 303


def test_names_of_firms_are_completed(reader: TestClient) -> None:
    found = reader.get("/api/v1/complete/firms", params={"q": "volv"}).json()
    assert found == ["Volvo Cars", "Volvo Group"]


def test_the_api_edits_with_revisions_and_tells_conflicts_and_problems(client: TestClient) -> None:
    address = f"/api/v1/alliances/{KEY}"
    record = client.get(f"{address}/record").json()
    body = {"values": {"place": "Europe"}, "revision": record["revision"], "why": "read"}
    assert client.patch(address, json=body).json()["summary"] == f"place of {KEY}"
    refused = client.patch(address, json=body)
    assert refused.status_code == 409
    assert refused.json()["conflict"]["record"]["values"]["place"] == "Europe"
    assert refused.json()["conflict"]["decision"]["why"] == "read"
    wrong = client.patch(address, json={"values": {"place": "Mars"}, "partners": ["Ford"]})
    assert wrong.status_code == 422
    assert [one["column"] for one in wrong.json()["problems"]] == ["place", "partners"]
    assert client.patch(address, json={"colour": "red"}).status_code == 422
    assert client.get("/api/v1/alliances/nothing/record").status_code == 404
    made = client.post("/api/v1/alliances", json={"partners": ["Ford", "BMW"], "values": {"name": "New"}})
    assert made.status_code == 201
    gone = client.delete(f"/api/v1/alliances/{made.json()['key']}", params={"why": "a trial"})
    assert gone.json()["why"] == "a trial"


def test_the_api_keeps_firms_and_turns_decisions(client: TestClient, next_decision: int) -> None:
    assert (
        client.post("/api/v1/firms", json={"firm": "Novum", "values": {"country": "ES"}}).status_code == 201
    )
    assert client.patch("/api/v1/firms/Novum", json={"values": {"country": "PT"}}).status_code == 200
    assert client.post("/api/v1/firms/Novum/rename", json={"firm": "Novissimum"}).status_code == 200
    assert client.post("/api/v1/firms/Novissimum/merge", json={"firm": "Ford"}).status_code == 200
    assert client.post("/api/v1/undo", json={"expect": next_decision - 1}).status_code == 409
    last = next_decision + 3
    assert client.post("/api/v1/undo", json={"expect": last}).json()["target"] == last
    assert client.post("/api/v1/redo", json={"decision": last}).json()["kind"] == "redo"
    listed = client.get("/api/v1/log", params={"limit": 2, "before": last + 2}).json()
    assert [one["id"] for one in listed] == [last + 1, last]
    assert client.get(f"/api/v1/log/{next_decision + 1}").json()["rows"][0]["fields"][0]["after"] == "PT"
    assert client.get("/api/v1/log/99").status_code == 404


def test_the_form_works_for_a_study_of_another_industry(
    client_on: ClientOn, tmp_path: Path, tiny: Frames
) -> None:
    with create_study(tmp_path / "airlines.study", tiny.codebook) as made:
        made.take(batch_of(tiny), who="ana")
    client = client_on(tmp_path / "airlines.study")
    page = client.get("/alliances/a1/edit").text
    assert "Codeshare" in page
    assert send(client, "/alliances/a1/edit", with_values(fields_of(page), v_depth="equity"))[0] == 303


def test_a_draft_goes_through_a_form_and_back() -> None:
    draft = Draft({"a": ("x", "y"), "b": None, "c": "é\n"}, ("Fiat", "PSA"))
    assert read_written(written(draft)) == draft
    for text in ("", "[]", "{}", "[[],[],[]]", '[{"a":1},2,3]', "[" * 5000):
        assert read_written(text) is None
    assert acted(draft, "partner-down-0") == Draft(draft.values, ("PSA", "Fiat"))
    assert acted(draft, "partner-drop-9") == draft
    assert acted(draft, "partner-up-x") is None
