from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from constellary.errors import InputError, UnknownName, UsageError
from constellary.exchange.atomic import replace_files
from constellary.exchange.drawing import Drawing
from constellary.exchange.export import FORMATS, export
from constellary.study.derive import build_frames
from constellary.study.frames import Frames
from tests.exchange_out.made import drawing_of

FILES = {
    "datapackage": [
        *("alliances.csv", "partners.csv", "firms.csv", "sources.csv", "codings.csv"),
        *("codebook.toml", "README.md", "datapackage.json"),
    ],
    "datapackage-zip": ["out.zip"],
    "csv": ["alliances.csv", "partners.csv", "firms.csv", "sources.csv", "codings.csv"],
    "xlsx": ["out.xlsx"],
    "sav": ["out-alliances.sav", "out-firms.sav"],
    "dta": ["out-alliances.dta", "out-firms.dta"],
    "bibtex": ["out.bib"],
    "gexf": ["out.gexf"],
    "graphml": ["out.graphml"],
    "pajek": ["out.net", "out.clu", "out-alliances.vec", "out-betweenness.vec"],
    "ucinet": ["out-firms.dl", "out-alliances.dl"],
    "edges": ["out.csv"],
}


def digests(frames: Frames) -> dict[str, str]:
    """Return format -> digest of all that it writes, with a drawing where it takes one."""
    drawing = drawing_of(frames)
    return {
        name: hashlib.sha256(repr(sorted(each.contents(frames, drawing).items())).encode()).hexdigest()
        for name, each in FORMATS.items()
    }


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_writes_the_files_that_it_says(name: str, tiny: Frames, tmp_path: Path) -> None:
    written = export(tiny, tmp_path / "new" / "out", name, drawing=drawing_of(tiny))
    assert [path.name for path in written] == FILES[name]
    assert all(path.stat().st_size > 0 for path in written)
    inside = tmp_path / "new" / ("out" if FORMATS[name].folder else "")
    assert sorted(path.name for path in inside.iterdir()) == sorted(FILES[name])


def test_the_suffix_is_added_only_where_it_is_missing(tiny: Frames, tmp_path: Path) -> None:
    assert export(tiny, tmp_path / "study.GEXF", "gexf") == [tmp_path / "study.GEXF"]
    assert export(tiny, tmp_path / "study.v1", "gexf") == [tmp_path / "study.v1.gexf"]
    assert export(tiny, tmp_path / "study.v1.sav", "sav")[0] == tmp_path / "study.v1-alliances.sav"


def test_an_unknown_format_names_near_ones(tiny: Frames, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean xlsx"):
        export(tiny, tmp_path / "out.xls", "xls")


def test_two_runs_write_the_same_bytes_whatever_the_time(tiny: Frames) -> None:
    first = digests(tiny)
    time.sleep(1.1)
    assert digests(tiny) == first


def test_the_seed_of_hashes_and_the_time_zone_do_not_matter() -> None:
    code = (
        "from tests.conftest import tiny, tiny_book\n"
        "from tests.exchange_out.test_export import digests\n"
        "print(digests(tiny.__wrapped__(tiny_book.__wrapped__())))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(runs) == 1


def test_the_order_of_rows_does_not_matter(tiny: Frames) -> None:
    turned = build_frames(
        tiny.codebook,
        alliances=tiny.alliances.reverse(),
        partners=tiny.partners.reverse(),
        firms=tiny.firms.reverse(),
        sources=tiny.sources,
        codings=tiny.codings,
    )
    assert digests(turned) == digests(tiny)


@pytest.mark.parametrize("name", ["datapackage", "csv"])
def test_a_folder_of_its_own_is_written_again(name: str, tiny: Frames, tmp_path: Path) -> None:
    first = export(tiny, tmp_path, name)
    first[0].write_text("spoiled")
    (tmp_path / ".hidden").touch()
    assert export(tiny, tmp_path, name) == first
    assert first[0].read_text().startswith("id,name,announced")


@pytest.mark.parametrize("name", ["datapackage", "csv"])
@pytest.mark.parametrize("held", ["README.md", "thesis.docx"])
def test_a_folder_with_something_else_is_refused_and_left_alone(
    name: str, held: str, tiny: Frames, tmp_path: Path
) -> None:
    (tmp_path / held).write_text("mine")
    with pytest.raises(InputError, match=f"holds other files .{held}"):
        export(tiny, tmp_path, name)
    assert [path.name for path in tmp_path.iterdir()] == [held]
    assert (tmp_path / held).read_text() == "mine"


def test_a_folder_of_its_own_with_a_foreign_file_is_refused(tiny: Frames, tmp_path: Path) -> None:
    export(tiny, tmp_path, "datapackage")
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(InputError, match=r"thesis\.docx"):
        export(tiny, tmp_path, "datapackage")


def test_a_file_in_the_place_of_a_folder_and_a_folder_in_that_of_a_file_are_refused(
    tiny: Frames, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "study.gexf").mkdir()
    with pytest.raises(InputError, match="is a file"):
        export(tiny, tmp_path / "file", "csv")
    with pytest.raises(InputError, match="is a folder"):
        export(tiny, tmp_path / "study.gexf", "gexf")


def test_nothing_changes_when_one_of_the_files_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "first").write_bytes(b"old")
    (tmp_path / "second").mkdir()
    with pytest.raises(InputError, match="second"):
        replace_files({tmp_path / "first": b"new", tmp_path / "second": b"new"})
    assert (tmp_path / "first").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "second"]


def test_a_disk_that_refuses_is_told_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        replace_files({tmp_path / "file" / "below": b"new"})


def test_a_link_goes_on_pointing_where_it_did(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    replace_files({tmp_path / "link": b"new"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    replace_files({tmp_path / "ours": b""})
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_the_list_of_formats_loads_no_heavy_library() -> None:
    code = "import constellary.exchange.export, sys; print('polars' in sys.modules, 'numpy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout == "False False\n"


def test_a_drawing_that_does_not_fit_itself_is_refused(tiny_drawn: Drawing) -> None:
    firms, edges = tiny_drawn.firms, tiny_drawn.edges
    with pytest.raises(UsageError, match="edges need the column 'weight'"):
        Drawing(firms, edges.drop("weight"))
    with pytest.raises(UsageError, match="names the firm"):
        Drawing(firms.head(2), edges)
    with pytest.raises(UsageError, match="once"):
        Drawing(pl.concat([firms, firms]), edges)


def test_a_colour_that_is_none_is_refused(tiny: Frames, tiny_drawn: Drawing, tmp_path: Path) -> None:
    odd = Drawing(tiny_drawn.firms.with_columns(color=pl.lit("red")), tiny_drawn.edges)
    with pytest.raises(UsageError, match="not 'red'"):
        export(tiny, tmp_path / "out", "gexf", drawing=odd)


def test_the_reference_lists_every_format_and_no_other() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "formats.md"
    listed = re.findall(r"(?m)^\| `([a-z-]+)` \| (?!columns|date|created|creation|`<)", page.read_text())
    tables = ["alliances", "partners", "firms", "sources", "codings"]
    assert [name for name in listed if name not in tables] == list(FORMATS)
