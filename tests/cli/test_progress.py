from __future__ import annotations

import io

import pytest

from constellary.cli.progress import Progress
from tests.cli.test_terminal import Screen


def test_elsewhere_each_step_is_one_plain_line() -> None:
    stream = io.StringIO()
    with Progress(stream) as progress:
        for done in range(100):
            progress("reading\x1b[2J", done, 100)
        progress("writing")
    assert stream.getvalue() == "reading[2J\nwriting\n"


def test_on_a_terminal_a_bar_is_drawn_over_and_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    stream = Screen()
    with Progress(stream) as progress:
        progress("reading", 1, 2)
        progress("reading", 2, 2)
    frames = stream.getvalue().split("\r\x1b[2K")
    assert frames[1].split() == ["reading", "━" * 12 + "─" * 12, "50%"]
    assert frames[2].split() == ["reading", "━" * 24, "100%"]
    assert frames[-1] == ""
    assert "\n" not in stream.getvalue()
