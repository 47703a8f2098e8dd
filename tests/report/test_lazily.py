"""A section costs what it needs: findings are computed when first asked for, and once."""

from __future__ import annotations

from threading import Thread
from time import sleep
from typing import TYPE_CHECKING

from constellary.report.chapters import chapters
from constellary.report.evidence import EvidenceBook
from constellary.report.findings import Findings
from constellary.report.lazily import Lazily, once

if TYPE_CHECKING:
    from constellary.constellation.constellation import Constellation
    from constellary.study.frames import Frames


def refused() -> Constellation:
    raise AssertionError("nobody needs the constellation here")


def test_only_some_chapters_need_the_constellation(tiny: Frames) -> None:
    needing = []
    for chapter in chapters(tiny.codebook.design, tiny.codebook):
        try:
            chapter.write(Findings(tiny, refused), EvidenceBook())
        except AssertionError:
            needing.append(chapter.key)
    assert needing == ["constellation", "groups"]


def test_a_chapter_has_the_key_and_the_title_of_its_section(automotive: Frames) -> None:
    findings, book = Findings(automotive), EvidenceBook()
    for chapter in chapters(automotive.codebook.design, automotive.codebook):
        section = chapter.write(findings, book)
        if section is not None:
            assert (chapter.key, chapter.title) == (section.key, section.title)


def test_a_frequency_is_computed_without_the_others(tiny: Frames) -> None:
    findings = Findings(tiny, refused)
    assert findings.frequencies["purpose"].n == 5
    assert "crosstabs" not in findings.__dict__
    assert findings.results({"sample"})["sample"] == findings.sample.numbers()


def test_threads_that_ask_at_once_share_one_computation() -> None:
    made: list[str] = []

    def slowly(name: str) -> str:
        made.append(name)
        sleep(0.02)
        return name

    class Asked:
        @once
        def whole(self) -> str:
            return slowly("whole")

    asked, parts = Asked(), Lazily(["a", "b"], slowly)
    threads = [Thread(target=lambda: (asked.whole, parts["a"])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == ["a", "whole"]
