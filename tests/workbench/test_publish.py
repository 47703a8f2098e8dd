"""The published site: every page is there, every link leads somewhere, nothing of the people is in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from shutil import copy
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import pytest

from constellary.errors import InputError, UsageError
from constellary.study.study import open_study
from constellary.workbench.publish.about import About
from constellary.workbench.publish.paths import SiteLinks, SitePaths, file_names
from constellary.workbench.publish.site import write_site

ABOUT = About(("A. Author", "B. <Other>"), "2026", "CC-BY-4.0", "https://example.org/site")


class Addresses(HTMLParser):
    """Collects where a page leads and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.forbidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name in ("href", "src", "srcset"):
            if given.get(name):
                self.found.append(str(given[name]))
        if tag == "form" and given.get("method") == "post":
            self.forbidden.append("a form that sends")
        self.forbidden += [name for name in given if name.startswith("on") or name == "style"]


@pytest.fixture(scope="module")
def small_study(tmp_path_factory: pytest.TempPathFactory, demo_study: Path) -> Path:
    """A study of a few alliances with their firms and sources, decided by somebody with a reason."""
    path = tmp_path_factory.mktemp("publish") / "small.study"
    copy(demo_study, path)
    with open_study(path) as study:
        for key in study.known_alliances()[25:]:
            study.remove(key, who="Secretive Person", why="a private reason")
    return path


@pytest.fixture(scope="module")
def site(small_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "out"
    with open_study(small_study) as study:
        write_site(study, folder, about=ABOUT)
    return folder


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_address_of_every_page_is_a_file_of_the_site(site: Path) -> None:
    lost: dict[str, str] = {}
    for page in pages(site):
        reader = Addresses()
        reader.feed(page.read_text(encoding="utf-8"))
        assert not reader.forbidden, page
        for address in reader.found:
            parts = urlsplit(address)
            if parts.scheme or not parts.path:
                continue
            target = (page.parent / unquote(parts.path)).resolve()
            if not (target.is_file() and target.is_relative_to(site.resolve())):
                lost[address] = page.relative_to(site).as_posix()
    assert not lost


def test_there_is_a_page_of_every_alliance_firm_and_publisher(site: Path, small_study: Path) -> None:
    with open_study(small_study) as study:
        frames = study.frames()
    assert len(list((site / "alliances").glob("*.html"))) == frames.alliances.height
    assert len(list((site / "firms").glob("*.html"))) == frames.firms.height
    publishers = frames.sources["publisher"].drop_nulls().n_unique()
    assert len(list((site / "sources" / "publishers").glob("*.html"))) == publishers


def test_nothing_of_those_who_worked_on_the_study_is_in_it(site: Path) -> None:
    for path in site.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"Secretive" not in content, path
            assert b"a private reason" not in content, path
    with ZipFile(site / "data" / "data.zip") as archive:
        assert all(b"Secretive" not in archive.read(name) for name in archive.namelist())


def test_the_evidence_of_every_figure_is_on_its_own_page(site: Path) -> None:
    asked = 0
    for page in (site / "figures").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        keys = set(re.findall(r'href="#evidence-([a-z0-9-]+)"', text))
        asked += len(keys)
        for key in keys:
            assert f'"{key}":[' in text, (page.name, key)
    assert asked > 20


def test_the_first_page_says_whose_it_is_and_how_to_cite_it(site: Path) -> None:
    text = (site / "index.html").read_text(encoding="utf-8")
    assert "A. Author and B. &lt;Other&gt; (2026)" in text
    assert "https://creativecommons.org/licenses/by/4.0/" in text
    assert "license: CC-BY-4.0" in (site / "CITATION.cff").read_text(encoding="utf-8")


def test_a_second_run_gives_the_same_bytes_and_clears_what_is_gone(
    site: Path, small_study: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    with open_study(small_study) as study:
        write_site(study, again, about=ABOUT)
        first = {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}
        assert first == {
            path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()
        }
        gone = study.known_alliances()[0]
        study.remove(gone, who="somebody")
        write_site(study, again, about=ABOUT)
    names = {path.name for path in (again / "alliances").glob("*.html")}
    assert f"{file_names([gone])[gone]}.html" not in names


def test_a_folder_of_something_else_is_refused_and_left_alone(small_study: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    with open_study(small_study) as study, pytest.raises(InputError, match="holds other files"):
        write_site(study, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("wrong", [{"licence": "WTF"}, {"address": "javascript:alert(1)"}])
def test_what_a_site_cannot_say_of_itself_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        About(**wrong)  # type: ignore[arg-type]


def test_file_names_are_plain_and_each_its_own() -> None:
    names = ["a/b", "A B", "..", "", "比亚迪", "x" * 300, "a-b", "CON"]
    found = file_names(names)
    assert len(set(found.values())) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9-]{1,70}", value) for value in found.values())


def test_links_are_relative_to_the_page_that_they_stand_on() -> None:
    paths = SitePaths(["firms", "sources/publishers"], ["a1"], ["Fiat"], ["The Times"])
    links = SiteLinks(paths, "sources/publishers/the-times.html")
    assert links.firm("Fiat") == "../../firms/fiat.html"
    assert links.page("sources/publishers") == "../publishers.html"
    assert links.evidence(key="growth-2") == "#evidence-growth-2"
