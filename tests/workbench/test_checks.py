"""The page of checks: what is found, ways to mend it, accepting with a reason and taking that back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from constellary.study.checks import Finding, run_checks
from constellary.study.study import open_study
from constellary.workbench.links import LiveLinks
from constellary.workbench.mends import mends
from constellary.workbench.pages.checks import SHOWN, view


def page_of(client: TestClient) -> str:
    for _ in range(100):
        text = client.get("/checks").text
        if 'id="checking"' not in text:
            return text
    raise AssertionError("the checks never ended")


def finding(number: int = 1, check: str = "no-source") -> Finding:
    return Finding(check, "doubt", f"a{number:03} has no source.", (f"a{number:03}",))


def test_the_page_shows_what_the_checks_find(client: TestClient, study_file: Path) -> None:
    with open_study(study_file) as study:
        found = run_checks(study.frames())
    text = page_of(client)
    doubts = sum(one.weight == "doubt" for one in found)
    assert f"{doubts} doubts" in text
    for one in found[:SHOWN]:
        assert one.subject in text.replace("&#34;", '"').replace("&amp;", "&").replace("&#39;", "'")


def test_every_way_to_mend_leads_to_a_page(client: TestClient) -> None:
    addresses = set(re.findall(r'class="button small" href="([^"#]+)"', page_of(client)))
    assert addresses
    for address in addresses:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_accepting_takes_a_reason_and_can_be_undone(client: TestClient, study_file: Path) -> None:
    first = client.get("/api/v1/checks").json()[0]
    form = {"check": first["check"], "subject": first["subject"], "why": "<b>right</b>"}
    assert client.post("/checks/accept", data=form | {"why": ""}).status_code == 422
    assert client.post("/checks/accept", data=form).status_code == 303
    text = page_of(client)
    assert "&lt;b&gt;right&lt;/b&gt;" in text
    assert "1 accepted" in text
    assert client.get("/api/v1/checks").json()[0]["accepted"] == {"who": "tester", "why": "<b>right</b>"}
    assert client.post("/undo", data={}).status_code == 303
    assert "0 accepted" in page_of(client)


def test_an_acceptance_is_taken_back(client: TestClient) -> None:
    first = client.get("/api/v1/checks").json()[0]
    body = {"check": first["check"], "subject": first["subject"]}
    assert client.post("/api/v1/checks/accept", json=body | {"why": "so it is"}).json()["decision"] > 3
    assert client.post("/checks/withdraw", data=body).status_code == 303
    assert client.get("/api/v1/checks").json()[0]["accepted"] is None


def test_what_is_not_found_cannot_be_accepted(client: TestClient) -> None:
    asked = client.post("/checks/accept", data={"check": "no-source", "subject": "no such", "why": "x"})
    assert asked.status_code == 422
    assert "no such finding" in asked.text


def test_many_findings_of_a_kind_are_folded_and_unfolded() -> None:
    many = [finding(number) for number in range(SHOWN + 7)]
    (group,) = view(many, {}, LiveLinks({}))["groups"]
    assert (len(group.items), group.rest, group.open) == (SHOWN, 7, SHOWN + 7)
    (whole,) = view(many, {}, LiveLinks({}), unfolded="no-source")["groups"]
    assert (len(whole.items), whole.rest) == (SHOWN + 7, 0)


def test_errors_come_before_doubts() -> None:
    wrong = Finding("too-few-partners", "error", "a999 has 1 partner", ("a999",))
    content = view([finding(), wrong], {}, LiveLinks({}))
    assert [group.check for group in content["groups"]] == ["too-few-partners", "no-source"]
    assert content["said"] == "1 error, 1 doubt, 0 accepted"


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ("no-source", ["Edit a001"]),
        ("too-few-partners", ["Edit a001", "Remove a001"]),
        ("firm-without-type", ["Edit Fiat"]),
        ("unknown-parent", ["Enter the parent as a firm", "Edit Fiat"]),
    ],
)
def test_each_kind_has_its_ways(check: str, expected: list[str]) -> None:
    firms = ("Fiat",) if "firm" in check or "parent" in check else ()
    found = Finding(check, "doubt", "", ("a001",), firms)
    assert [mend.label for mend in mends(found, LiveLinks({}))] == expected
