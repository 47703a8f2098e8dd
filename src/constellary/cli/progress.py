"""How far long work is: a bar on a terminal, plain lines elsewhere; always on standard error."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self, TextIO

from constellary.cli.terminal import fold, terminal_width, visible

if TYPE_CHECKING:
    from types import TracebackType

BAR = 24
PAUSE = 0.1
"""Seconds between two drawings of the bar."""


class Progress:
    """Tells of steps, and within a step of the part that is done.

    On a terminal the line is drawn over and is gone at the end. Elsewhere each step is one line, so that
    the log of a batch job can be read.

    Parameters
    ----------
    stream
        Where to write; None: standard error.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._step = ""
        self._drawn = 0.0

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        """Say which step is going on, and that `done` of its `total` parts are done (0: not known)."""
        new, self._step = step != self._step, step
        if not self._live:
            if new:
                self._stream.write(f"{visible(step)}\n")
                self._stream.flush()
            return
        now = time.monotonic()
        if new or now - self._drawn >= PAUSE or (total and done >= total):
            self._drawn = now
            self._draw(step, done, total)

    def _draw(self, step: str, done: int, total: int) -> None:
        room = terminal_width(self._stream) - BAR - 10
        text = fold(visible(step), room)[0]
        if total:
            part = min(1.0, done / total)
            full = round(BAR * part)
            text = f"{text:<{min(room, 30)}}  {'━' * full}{'─' * (BAR - full)} {100 * part:3.0f}%"
        self._stream.write(f"\r\x1b[2K{text}")
        self._stream.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live and self._step:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
