from __future__ import annotations

import hashlib
import io
import json
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from constellary.exchange.export import export
from constellary.exchange.writers import data_package
from constellary.study.codebook_file import parse_codebook
from constellary.study.frames import Frames

if TYPE_CHECKING:
    from frictionless import Report

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what frictionless imports warns of its own future
    import frictionless


def judged(path: Path) -> Report:
    """Return what Frictionless says about a package."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report: Report = frictionless.validate(str(path))
    return report


@pytest.mark.parametrize("study", ["automotive", "tiny"])
def test_the_package_is_valid(study: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    export(request.getfixturevalue(study), tmp_path, "datapackage")
    report = judged(tmp_path / "datapackage.json")
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])
    assert report.stats["tasks"] == 5


@pytest.mark.parametrize(
    ("table", "row", "kind"),
    [
        ("alliances", "z,Z,2021,no such purpose,,", "constraint-error"),
        ("alliances", "z,Z,20-21,,,", "constraint-error"),
        ("partners", "no-such-alliance,Iberia,1", "foreign-key"),
        ("partners", "a1,No Such Firm,3", "foreign-key"),
        ("firms", "Iberia,,flag,,", "primary-key"),
        ("firms", "New,,flag,,No Such Parent", "foreign-key"),
    ],
)
def test_the_schema_catches_what_does_not_belong(
    table: str, row: str, kind: str, tiny: Frames, tmp_path: Path
) -> None:
    export(tiny, tmp_path, "datapackage")
    descriptor = json.loads((tmp_path / "datapackage.json").read_text())
    for resource in descriptor["resources"]:
        del resource["bytes"], resource["hash"]
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    with (tmp_path / f"{table}.csv").open("a") as file:
        file.write(f"{row}\n")
    assert kind in {found for (found,) in judged(tmp_path / "datapackage.json").flatten(["type"])}


def test_the_descriptor_says_which_bytes_it_describes(tiny: Frames) -> None:
    contents = data_package.files(tiny)
    for resource in json.loads(contents["datapackage.json"])["resources"]:
        content = contents[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["profile"] == "tabular-data-resource"


def test_the_schema_carries_labels_and_rules(automotive: Frames) -> None:
    descriptor = json.loads(data_package.files(automotive)["datapackage.json"])
    fields = {field["name"]: field for field in descriptor["resources"][0]["schema"]["fields"]}
    assert fields["form"]["constraints"]["enum"][0] == "merger_acquisition"
    assert fields["form"]["categories"][0] == {
        "value": "merger_acquisition",
        "label": "Merger or acquisition",
    }
    assert "joint_venture: Joint venture (A jointly owned company" in fields["form"]["description"]
    assert list(fields) == pl.read_csv(io.BytesIO(data_package.files(automotive)["alliances.csv"])).columns


def test_the_codebook_comes_along_and_is_the_same(automotive: Frames) -> None:
    assert parse_codebook(data_package.files(automotive)["codebook.toml"].decode()) == automotive.codebook


def test_a_selection_is_told(tiny: Frames) -> None:
    contents = data_package.files(Frames(**{**vars(tiny), "selection": "since 2020"}))
    assert json.loads(contents["datapackage.json"])["description"] == "Selection: since 2020."
    assert "Selection: since 2020." in contents["README.md"].decode()


def test_the_zip_holds_the_same_files(tiny: Frames, tmp_path: Path) -> None:
    (path,) = export(tiny, tmp_path / "study.zip", "datapackage-zip")
    with zipfile.ZipFile(path) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == data_package.files(tiny)
        assert archive.testzip() is None
    assert judged(path).valid
