from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.cli import terminal
from constellary.cli.terminal import fold, fold_lines, in_words, paint, visible, width_of

TEXTS = st.text(max_size=60)


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@given(TEXTS)
def test_shown_text_is_one_line_that_cannot_steer_a_terminal(text: str) -> None:
    shown = visible(text)
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in shown)
    assert not set(shown) & set("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]8;;https://evil.example\x07Ford\x1b]8;;\x07", "]8;;https://evil.exampleFord]8;;"),
        ("A\u202eB", "AB"),
        ("two\r\nlines", "two lines"),
        ("Škoda  Citroën 比亚迪", "Škoda Citroën 比亚迪"),
        ("ज\u200dो", "ज\u200dो"),
    ],
)
def test_text_of_a_file_is_shown_without_hidden_signs(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(TEXTS, st.integers(4, 30))
def test_folding_keeps_every_sign_and_the_width(text: str, width: int) -> None:
    text = visible(text)
    lines = fold(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line) <= width for line in lines)


def test_colour_needs_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert paint("x", "bold", stream=Screen()) == "\x1b[1mx\x1b[0m"
    assert paint("x", "bold", stream=io.StringIO()) == "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert paint("x", "bold", stream=Screen()) == "x"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert paint("x", "bold", stream=Screen()) == "x"


def test_without_a_terminal_the_width_is_fixed_or_that_of_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert terminal.terminal_width(io.StringIO()) == terminal.WITHOUT_TERMINAL
    monkeypatch.setenv("COLUMNS", "72")
    assert terminal.terminal_width(io.StringIO()) == 72


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("share_of_all", "Share of all"),
        ("p", "p"),
        ("ac1", "AC1"),
        ("cramers_v", "Cramer's V"),
        ("OEM", "OEM"),
    ],
)
def test_names_become_headings(name: str, head: str) -> None:
    assert in_words(name) == head


def test_a_message_is_folded_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    text = "Error: 1 problem\n  a.csv, row 2, column 'announced': is no date that is understood"
    assert fold_lines(text, stream=io.StringIO()) == text
    assert fold_lines(text, stream=Screen()).splitlines() == [
        "Error: 1 problem",
        "  a.csv, row 2, column 'announced': is",
        "    no date that is understood",
    ]
