"""Import by pages and by the API: nothing is written before somebody agrees, and all that is wrong is told at once."""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from constellary.data import automotive_codebook
from constellary.exchange.export import export
from constellary.exchange.importer import read_files
from constellary.study.codebook_file import read_codebook
from constellary.study.frames import Frames
from constellary.study.study import create_study, open_study
from constellary.workbench.intake import empty
from constellary.workbench.intake.imports import KEPT
from constellary.workbench.trust.guard import Guard
from constellary.workbench.trust.limits import UPLOAD
from tests.exchange_in.made import bare_xlsx
from tests.workbench.conftest import ClientOn
from tests.workbench.test_edit import text_of

PATIENCE = 60.0
GOOD = 'id;name;announced;partners;place\nn1;First <b>deal</b>;2021-05;"Ford;Novum";Europe\n'
MISNAMED = (
    "Ref;Title of deal;Datum;Partner 1;Partner 2;Beweggrund;Ort\n"
    "n1;First <b>deal</b>;2021-05;Ford;BMW;knowledge;Europe\n"
    "n2;Second;in May;Ford;Novum;services;Mars\n"
)
Files = list[tuple[str, tuple[str, bytes]]]


def files(**contents: str | bytes) -> Files:
    """Return files of a form; `a_csv` stands for `a.csv`."""
    return [
        ("files", (name.replace("_", "."), text.encode() if isinstance(text, str) else text))
        for name, text in contents.items()
    ]


def send(client: TestClient, sent: Files) -> str:
    """Send files, wait until they are read, and return the address of their page."""
    answer = client.post("/import", files=sent)
    assert answer.status_code == 303, answer.text
    return wait(client, answer.headers["location"])


def wait(client: TestClient, address: str) -> str:
    until = time.monotonic() + PATIENCE
    while client.get(f"{address}/state").status_code == 200:
        assert time.monotonic() < until, "it was not read"
        time.sleep(0.05)
    return address


def latest(client: TestClient) -> int:
    number: int = client.get("/api/v1/log").json()[0]["id"]
    return number


def rows_of(study_file: Path) -> dict[str, Any]:
    """Return all rows of a study, to be compared."""
    with open_study(study_file, read_only=True) as study:
        frames = study.frames()
    tables = ("alliances", "partners", "firms", "sources", "codings")
    return {name: getattr(frames, name).rows() for name in tables}


def columns_of(page: str) -> list[tuple[str, str]]:
    """Return header and chosen field of each column on the page of an import, as a browser would send them."""
    headers = re.findall(r'name="header" value="([^"]*)"', page)
    chosen = [
        (re.findall(r'<option value="([^"]*)" selected', part) or [""])[0]
        for part in page.split('<select name="field"')[1:]
    ]
    return list(zip(headers, chosen, strict=True))


def remap(client: TestClient, address: str, **new: str) -> None:
    """Choose other fields on the page of an import and read again; `Title_of_deal` stands for `Title of deal`."""
    named = {name.replace("_", " "): field for name, field in new.items()}
    columns = columns_of(client.get(address).text)
    assert set(named) <= {header for header, _ in columns}
    data = {
        "header": [header for header, _ in columns],
        "was": [field for _, field in columns],
        "field": [named.get(header, field) for header, field in columns],
    }
    assert client.post(f"{address}/read", data=data).headers["location"] == address
    wait(client, address)


def test_the_page_says_what_is_read_and_gives_tables_to_fill(reader: TestClient) -> None:
    page = reader.get("/import").text
    assert "at most 20 and 64 MiB" in page
    assert 'enctype="multipart/form-data"' in page
    assert "Variables and categories of this study" in page
    text = reader.get("/import/empty/alliances.csv").text
    assert text.startswith("id,name,announced,partners,")
    assert reader.get("/import/empty.xlsx").content[:2] == b"PK"
    assert reader.get("/import/empty/nothing.csv").status_code == 404
    assert reader.get("/import/nothing").status_code == 404


def test_an_empty_table_that_is_filled_is_understood_without_a_word(tmp_path: Path) -> None:
    codebook = read_codebook(automotive_codebook())
    names = empty.headers(codebook)["alliances"]
    row = {"id": "n1", "name": "New", "announced": "2021-05", "partners": '"Ford;BMW"'}
    path = tmp_path / "alliances.csv"
    text = empty.as_csv(codebook, "alliances").decode() + ",".join(row.get(name, "") for name in names) + "\n"
    path.write_text(text, encoding="utf-8")
    reading = read_files([path], codebook)
    assert {column.how for column in reading.preview[0].columns} == {"name"}
    assert reading.batch.counts() == {"alliances": 1, "partners": 2, "firms": 2, "sources": 0}
    assert empty.as_xlsx(codebook) == empty.as_xlsx(codebook)


def test_nothing_is_written_until_somebody_agrees_and_then_one_decision_is(
    client: TestClient, study_file: Path
) -> None:
    before, number = rows_of(study_file), latest(client)
    address = send(client, files(deals_csv=GOOD))
    page = client.get(address).text
    assert "Read, not yet taken in" in page
    assert "First &lt;b&gt;deal&lt;/b&gt;" in page
    assert "Alliances 1 0 0 0" in text_of(page)
    assert (rows_of(study_file), latest(client)) == (before, number)
    taken = client.post(f"{address}/take", data={"why": "first <i>delivery</i>"})
    assert taken.headers["location"] == address
    page = client.get(address).text
    assert f"Kept as decision {number + 1}" in text_of(page)
    assert "“first &lt;i&gt;delivery&lt;/i&gt;”" in page
    assert 'href="/alliances/n1"' in page
    assert 'href="/firms/Novum"' in page
    assert "See the constellation" in page
    entry = client.get("/api/v1/log").json()[0]
    assert (entry["id"], entry["summary"], entry["who"]) == (number + 1, "import of deals.csv", "tester")
    client.post(f"{address}/take")
    assert latest(client) == number + 1  # agreed twice is agreed once
    referer = {"referer": f"http://127.0.0.1:8123{address}"}
    assert client.post("/undo", data={"decision": str(number + 1)}, headers=referer).status_code == 303
    assert "Taken back" in client.get(address).text
    assert rows_of(study_file) == before


def test_a_misnamed_column_is_told_and_put_right_on_the_page(client: TestClient) -> None:
    number = latest(client)
    address = send(client, files(deals_csv=MISNAMED))
    page = client.get(address).text
    assert "1 problem." in text_of(page)
    assert re.search(r'<td class="wrong" title="expected a date[^"]*">in May', page)
    assert ("Title of deal", "") in columns_of(page)
    assert "no field is called so" in page
    remap(client, address, Ref="id", Title_of_deal="name", Datum="-", Beweggrund="motivation", Ort="place")
    page = client.get(address).text
    assert "“Mars”" not in page
    assert re.search(r'<td class="wrong" title="expected one of[^"]*">Mars', page)
    remap(client, address, Ort="-")
    page = client.get(address).text
    assert "Take it in" in page
    assert dict(columns_of(page))["Beweggrund"] == "motivation"
    assert dict(columns_of(page))["Ort"] == "-"
    assert client.post(f"{address}/take").status_code == 303
    assert latest(client) == number + 1
    record = client.get("/api/v1/alliances/n2/record").json()
    assert (record["values"]["name"], record["values"]["motivation"]) == ("Second", "services")
    assert client.post(f"{address}/read", data={}).status_code == 422  # it is done


def test_what_was_chosen_is_forgotten_with_one_click(client: TestClient) -> None:
    address = send(client, files(deals_csv=MISNAMED))
    remap(client, address, Ref="id")
    assert "Forget my 1 choice" in text_of(client.get(address).text)
    client.post(f"{address}/as-understood")
    wait(client, address)
    assert dict(columns_of(client.get(address).text))["Ref"] == ""


def test_a_table_of_which_nothing_is_understood_can_be_explained(client: TestClient) -> None:
    address = send(client, files(strange_csv="Sigla,Socios\nn1,Ford;BMW\n"))
    page = client.get(address).text
    assert "not understood" in page
    assert columns_of(page) == [("Sigla", ""), ("Socios", "")]
    assert "<td>Ford;BMW</td>" in page
    remap(client, address, Sigla="id", Socios="partners")
    assert "Take it in" in client.get(address).text


def test_problems_of_several_files_are_told_at_once_and_given_as_a_file(client: TestClient) -> None:
    wrong = "alliance,url\n" + "".join(f"=x{number},nowhere\n" for number in range(700))
    address = send(
        client, files(a_csv="id,announced,partners\n=1+1,2021,Ford;BMW\nn2,soon,Ford;BMW\n", b_csv=wrong)
    )
    page = client.get(address).text
    assert "The first 500 of" in text_of(page)
    assert page.count("<tr><td>b.csv</td>") + page.count("<tr><td>a.csv</td>") == 500
    answer = client.get(f"{address}/problems.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="problems.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["file"] for row in rows} == {"a.csv", "b.csv"}
    assert len(rows) > 700
    assert not [row for row in rows if row["value"].startswith("=")]
    refused = client.post(f"{address}/take", data={"why": "now"})
    assert refused.status_code == 422
    assert "have problems" in text_of(refused.text)


def test_when_the_study_changed_meanwhile_the_files_are_read_again_and_it_is_said(
    client: TestClient, study_file: Path
) -> None:
    address = send(client, files(deals_csv=GOOD))
    with open_study(study_file) as study:
        study.edit_alliance("amazon-zoox-2020", values={"place": "Europe"}, who="cleo <b>")
    number = latest(client)
    assert client.post(f"{address}/take").headers["location"] == address
    wait(client, address)
    assert latest(client) == number
    page = client.get(address).text
    assert f"decision {number} by cleo <b>" in text_of(page)
    assert "cleo <b>" not in page
    client.post(f"{address}/take")
    assert latest(client) == number + 1


def test_alliances_that_would_be_changed_are_named(client: TestClient) -> None:
    text = "id,name,partners\namazon-zoox-2020,Another name,Ford;BMW\nn1,New,Ford;BMW\n"
    page = client.get(send(client, files(a_csv=text))).text
    assert "1 alliance of the study would be changed" in text_of(page)
    assert 'href="/alliances/amazon-zoox-2020"' in page


def test_the_same_files_again_change_nothing(client: TestClient) -> None:
    address = send(client, files(deals_csv=GOOD))
    client.post(f"{address}/take")
    number = latest(client)
    again = send(client, files(deals_csv=GOOD))
    page = client.get(again).text
    assert "The study holds all of this already" in page
    client.post(f"{again}/take")
    assert latest(client) == number
    assert "nothing was changed" in client.get(again).text


def test_what_the_workbench_gives_out_it_takes_in_again(
    client: TestClient, study_file: Path, tmp_path: Path
) -> None:
    with open_study(study_file, read_only=True) as study:
        written = [
            export(study.frames(), tmp_path / name, form) for name, form in (("csv", "csv"), ("x", "xlsx"))
        ]
    for paths in written:
        given = [path for path in paths if path.suffix in (".csv", ".xlsx")]
        sent = [("files", (path.name, path.read_bytes())) for path in given]
        page = client.get(send(client, sent)).text
        assert "The study holds all of this already" in page
        assert "787 rows of alliances" in text_of(page)
        assert "9,444 rows of codings" in text_of(page)


def test_cancelling_removes_the_files_and_so_does_taking_in(client: TestClient, guard: Guard) -> None:
    bench = client.app._app.app.state.workbench  # type: ignore[attr-defined]  # behind the guard and the packing
    for verb in ("cancel", "take"):
        address = send(client, files(deals_csv=GOOD))
        found = bench.imports.get(address.rpartition("/")[2])
        assert (found.folder / "deals.csv").exists()
        assert client.post(f"{address}/{verb}").status_code == 303
        assert not found.folder.exists()
        assert not found.job.folder.exists()
        assert client.get(address).status_code == (404 if verb == "cancel" else 200)


def test_imports_that_nobody_takes_do_not_pile_up(client: TestClient) -> None:
    addresses = [client.post("/import", files=files(a_csv=GOOD)).headers["location"] for _ in range(KEPT + 1)]
    assert client.get(addresses[0]).status_code == 404
    wait(client, addresses[-1])
    assert addresses[-1] in client.get("/import").text


def test_names_of_files_cannot_leave_their_folder_and_are_shown_as_text(client: TestClient) -> None:
    sent = [("files", (name, GOOD.encode())) for name in ("../../<script>.csv", "x.csv", "X.CSV")]
    address = send(client, sent[:1])
    page = client.get(address).text
    assert "<script>.csv" not in page
    assert "&lt;script&gt;.csv" in page
    address = send(client, sent[1:])
    assert "X-2.CSV" in client.get(address).text


def test_no_file_too_many_and_too_much_are_refused_in_words(client: TestClient) -> None:
    answer = client.post("/import", files=[("files", ("", b""))])
    assert answer.status_code == 422
    assert "Choose at least one file" in answer.text
    many = [("files", (f"{number}.csv", b"x")) for number in range(30)]
    answer = client.post("/import", files=many)
    assert answer.status_code == 413
    assert "more than 20" in answer.text
    answer = client.post("/import", content=b"", headers={"content-length": str(UPLOAD + 1)})
    assert answer.status_code == 413


def bomb(path: Path) -> Path:
    return bare_xlsx(path, "", extra=300 << 20)


def entity(path: Path) -> Path:
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
    return bare_xlsx(path, row, before='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


def nested(path: Path) -> Path:
    path.write_text("[" * 100_000, encoding="utf-8")
    return path


def picture(path: Path) -> Path:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    return path


def archive(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as found:
        found.writestr("../../x.csv", GOOD)
    return path


def test_hostile_files_are_each_refused_in_words_and_the_server_stays_up(
    client: TestClient, tmp_path: Path
) -> None:
    number = latest(client)
    made = {
        make.__name__: make(tmp_path / f"{make.__name__}.csv")
        for make in (bomb, entity, nested, picture, archive)
    }
    address = send(client, files(**{f"{name}_csv": path.read_bytes() for name, path in made.items()}))
    page = client.get(address).text
    rows = csv.DictReader(io.StringIO(client.get(f"{address}/problems.csv").content.decode("utf-8-sig")))
    assert {row["file"] for row in rows} == {f"{name}.csv" for name in made}
    assert "root:" not in page
    assert "Take it in" not in page
    assert client.post(f"{address}/take").status_code == 422
    assert latest(client) == number


def test_formulas_are_text_on_the_page_and_in_the_study(client: TestClient) -> None:
    address = send(client, files(a_csv='id,name,announced,partners\nn1,"=HYPERLINK(""x"")",2021,Ford;BMW\n'))
    assert client.get(address).status_code == 200
    client.post(f"{address}/take")
    assert client.get("/api/v1/alliances/n1/record").json()["values"]["name"] == '=HYPERLINK("x")'


def test_the_first_import_begins_a_study(client_on: ClientOn, tmp_path: Path, tiny: Frames) -> None:
    create_study(tmp_path / "new.study", tiny.codebook).close()
    client = client_on(tmp_path / "new.study")
    assert 'href="/import"' in client.get("/").text
    address = send(client, files(a_csv="id,announced,partners\nn1,2021,Aer;Bel\n"))
    client.post(f"{address}/take")
    assert "See the constellation" in client.get(address).text
    assert client.get("/").headers["location"] == "/constellation"


def test_the_reading_is_shown_by_the_import_and_not_among_the_jobs(client: TestClient) -> None:
    address = send(client, files(deals_csv=GOOD))
    key = client.get("/api/v1/jobs").json()[0]["id"]
    assert client.get(f"/jobs/{key}").headers["location"] == address
    assert "Ready: Import" not in client.get("/").text


def read_by_api(client: TestClient, key: str) -> dict[str, Any]:
    until = time.monotonic() + PATIENCE
    while (found := client.get(f"/api/v1/import/{key}").json())["state"] == "reading":
        assert time.monotonic() < until, "it was not read"
        time.sleep(0.05)
    result: dict[str, Any] = found
    return result


def test_the_api_does_the_same(client: TestClient, study_file: Path) -> None:
    number = latest(client)
    answer = client.post("/api/v1/import", files=files(deals_csv=MISNAMED))
    assert answer.status_code == 202
    key = answer.json()["id"]
    found = read_by_api(client, key)
    assert (found["state"], found["total"], found["problems"][0]["value"]) == ("refused", 1, "in May")
    assert client.post(f"/api/v1/import/{key}/take", json={}).status_code == 422
    mapping = {"Ref": "id", "Datum": "-"}
    assert client.post(f"/api/v1/import/{key}/read", json={"mapping": mapping}).status_code == 202
    found = read_by_api(client, key)
    assert (found["state"], found["counts"]["alliances"]["added"]) == ("ready", 2)
    assert found["tables"][0]["columns"][0] == {"header": "Ref", "field": "id", "how": "mapped"}
    with open_study(study_file) as study:
        study.edit_alliance("amazon-zoox-2020", values={"place": "Europe"}, who="cleo")
    conflict = client.post(f"/api/v1/import/{key}/take", json={"why": "so"})
    assert (conflict.status_code, conflict.json()["conflict"]["decision"]["who"]) == (409, "cleo")
    read_by_api(client, key)
    taken = client.post(f"/api/v1/import/{key}/take", json={"why": "so"}).json()
    assert (taken["state"], taken["decision"]) == ("taken", number + 2)
    assert client.delete(f"/api/v1/import/{key}").status_code == 204
    assert client.get(f"/api/v1/import/{key}").status_code == 404


def test_the_api_takes_a_mapping_with_the_files_and_refuses_nonsense(client: TestClient) -> None:
    for text in ("[]", "{", '{"Ref": 1}', "[" * 5_000, '{"Ref": "nothing"}'):
        answer = client.post("/api/v1/import", files=files(a_csv=MISNAMED), data={"mapping": text})
        assert answer.status_code == 422, text
    sent = client.post("/api/v1/import", files=files(a_csv=MISNAMED), data={"mapping": '{"Datum": "-"}'})
    assert read_by_api(client, sent.json()["id"])["state"] == "ready"
    wrong = client.post("/api/v1/import", files=files(a_csv=MISNAMED), data={"mapping": '{"Nowhere": "id"}'})
    found = read_by_api(client, wrong.json()["id"])
    assert found["state"] == "failed"
    assert "Nowhere" in found["error"]
    page = client.get(f"/import/{found['id']}").text
    assert "columns as they are understood" in page
    assert client.post("/api/v1/import", files=[("files", ("", b""))]).status_code == 422
