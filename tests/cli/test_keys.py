"""Single keys: from a pipe letter by letter, from a terminal without Enter."""

from __future__ import annotations

import io
import os
import sys

import pytest

from constellary.cli.keys import END, ESCAPE, read_key, read_line


def test_from_a_pipe_keys_are_letters_and_line_breaks_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a\n\r\né word\n"))
    assert [read_key(), read_key(), read_line(), read_key()] == ["a", "é", " word", END]


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own kind")
@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (b"i", "i"),
        ("é".encode(), "é"),
        ("比".encode(), "比"),
        (b"\x1b[A", ESCAPE),
        (b"\n", "\n"),
    ],
)
def test_on_a_terminal_a_key_needs_no_enter_and_the_terminal_is_as_before(
    monkeypatch: pytest.MonkeyPatch, typed: bytes, key: str
) -> None:
    import pty
    import termios

    ours, theirs = pty.openpty()
    try:
        with os.fdopen(theirs, "r", closefd=False) as stream:
            monkeypatch.setattr("sys.stdin", stream)
            before = termios.tcgetattr(theirs)
            # Typed before anybody asks: it is not lost.
            os.write(ours, typed)
            assert read_key() == key
            assert termios.tcgetattr(theirs)[3] == before[3]
    finally:
        os.close(ours)
        os.close(theirs)
