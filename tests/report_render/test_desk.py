"""The desk: figures drawn by a process of its own are those drawn in this one, whatever becomes of it."""

from __future__ import annotations

import pytest

from constellary.report import drawing
from constellary.report.document import Figure
from constellary.report.figures import bars
from tests.report_render.sample import bars_frame

FIGURES = [
    Figure("one", "Bars", "Two bars", spec=bars(bars_frame("k"), axis="Share")),
    Figure("two", "A drawing", "Nothing", svg='<svg viewBox="0 0 1 1" width="1" height="1"></svg>'),
    Figure("three", "Bars again", "Two bars", spec=bars(bars_frame("k"), axis="Other share")),
]


def test_the_pen_draws_what_this_process_draws() -> None:
    with drawing.Desk() as desk:
        for figure in FIGURES:
            desk.take(figure)
        found = desk.drawings()
    assert found == {figure.key: drawing.draw(figure) for figure in FIGURES}


def test_a_pen_that_has_gone_is_done_without() -> None:
    with drawing.Desk() as desk:
        assert desk._pen is not None
        desk._pen.kill()
        desk._pen.wait()
        desk.take(FIGURES[0])
        assert desk.drawings() == {"one": drawing.draw(FIGURES[0])}


def test_where_no_process_can_be_started_this_one_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(drawing, "Popen", refuse)
    with drawing.Desk() as desk:
        desk.take(FIGURES[0])
        assert desk.drawings() == {"one": drawing.draw(FIGURES[0])}


def test_a_closed_desk_draws_nothing() -> None:
    with drawing.Desk(staffed=False) as desk:
        desk.take(FIGURES[0])
        assert desk.drawings() == {}
