"""Single keys: read without Enter on a terminal, one letter after the other from a pipe."""

from __future__ import annotations

import sys
from typing import TextIO

END = ""
"""What `read_key` gives where nothing more is coming."""
ESCAPE = "\x1b"
ENDS = frozenset((END, "\x00", "\x03", "\x04", ESCAPE))
"""The end of the input, Ctrl-C, Ctrl-D (a NUL, typed ahead), Escape: whoever asks for a key should stop asking."""


def read_key() -> str:
    """Return the next key; `END` at the end of the input.

    On a terminal the key need not be followed by Enter, and those that send several signs (arrows) give
    `ESCAPE`. From a pipe it is the next letter that is no line break, so that a file of keys works.

    Raises
    ------
    KeyboardInterrupt
        On Ctrl-C.
    """
    stream = sys.stdin
    if not stream.isatty():
        return _next_letter(stream)
    if sys.platform == "win32":
        return _windows_key()
    return _posix_key(stream)


def read_line(prompt: str = "") -> str:
    """Return the next line, without its end; on a terminal after a prompt. Empty at the end of the input."""
    if sys.stdin.isatty():
        try:
            return input(prompt)
        except EOFError:
            return ""
    return sys.stdin.readline().rstrip("\n")


def _next_letter(stream: TextIO) -> str:
    while (letter := stream.read(1)) in ("\n", "\r"):
        pass
    return letter


def _posix_key(stream: TextIO) -> str:
    import os
    import select
    import termios
    import tty

    number = stream.fileno()
    before = termios.tcgetattr(number)
    try:
        # Not raw: Ctrl-C still interrupts, and what is written still ends its lines. Nor flushed, which would lose
        # the keys of somebody who types ahead.
        tty.setcbreak(number, termios.TCSADRAIN)
        read = os.read(number, 1)
        if not read:
            return END
        if read == ESCAPE.encode():
            while select.select([number], [], [], 0.02)[0]:
                os.read(number, 1)
            return ESCAPE
        # A letter beyond ASCII comes in several bytes.
        for _ in range(_following(read[0])):
            read += os.read(number, 1)
        return read.decode(errors="replace")
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)


def _following(first: int) -> int:
    """Return how many bytes of a letter in UTF-8 follow its first one.

    Examples
    --------
    >>> [_following(letter.encode()[0]) for letter in "aé比"]
    [0, 1, 2]
    """
    return 3 if first >= 0xF0 else 2 if first >= 0xE0 else 1 if first >= 0xC0 else 0


def _windows_key() -> str:
    import msvcrt

    key: str = msvcrt.getwch()  # type: ignore[attr-defined, unused-ignore]
    if key in ("\x00", "\xe0"):  # an arrow or a function key: a second sign follows
        msvcrt.getwch()  # type: ignore[attr-defined, unused-ignore]
        return ESCAPE
    if key == "\x03":
        raise KeyboardInterrupt
    return key
