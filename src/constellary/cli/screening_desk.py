"""Screening on a terminal: one work after the other, one key a decision, each written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.keys import ENDS, read_key, read_line
from constellary.cli.screening_page import REASON_KEYS, keys_line, page, progress_line, reasons_lines
from constellary.cli.terminal import draw_note, paint, terminal_width, visible
from constellary.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.literature.protocol import Stage
    from constellary.literature.review import Review
    from constellary.study.literature.literature import Literature

KEYS = (
    ("i", "include"),
    ("e", "exclude"),
    ("m", "maybe"),
    ("n", "note"),
    ("u", "back"),
    ("s", "skip"),
    ("?", "help"),
    ("q", "quit"),
)
HELP = (
    "i includes the work, e excludes it and asks for the reason, m puts it by as a maybe. n keeps a note. "
    "u goes back to the work before and takes its verdict out. s leaves the work for later. q ends; everything "
    "is written already. What others decided is not shown before a work is settled."
)
NONE = "0"
LEARN_EVERY = 5
"""Decisions between two orders, where the queue is ordered by what was decided."""
WIDEST = 100


class Desk:
    """A screener's desk at one stage.

    Parameters
    ----------
    literature
        Of the study.
    stage
        Of the protocol.
    screener
        Whose verdicts these are.
    ranked
        Whether the most promising works come first, where there are enough for that.
    """

    def __init__(self, literature: Literature, stage: Stage, screener: str, *, ranked: bool = True) -> None:
        self.literature = literature
        self.stage = stage
        self.screener = screener
        self.ranked = ranked
        self.done: list[str] = []
        self.skipped: list[str] = []
        self.first: str | None = None
        self.order: Sequence[str] = ()
        self.taught: bool | None = None
        self.learnt = -1

    def sit(self) -> int:
        """Go through the queue until it is empty or the screener leaves; return how many were decided."""
        width = min(terminal_width(), WIDEST)
        while (work := self._next()) is not None:
            self._show(work, width)
            if not self._ask(work, width):
                break
        left = len(self._queue())
        click.echo(f"\n{len(set(self.done)):,} decided now; {left:,} left for {visible(self.screener)}.")
        return len(set(self.done))

    # ---- the queue ----------------------------------------------------------------------------------

    def _queue(self) -> tuple[str, ...]:
        from constellary.literature.screening import queue

        return queue(self.literature.review(), self.stage.name, self.screener, self.order)

    def _next(self) -> str | None:
        """Return the work to decide; those that were skipped come last."""
        if self.first is not None:
            return self.first
        self._learn()
        waiting = self._queue()
        later = set(self.skipped)
        return next((one for one in waiting if one not in later), None)

    def _learn(self) -> None:
        """Put the queue in order, anew after some decisions."""
        if not self.ranked or (self.learnt >= 0 and len(self.done) - self.learnt < LEARN_EVERY):
            return
        from constellary.literature.prioritised import labels_of, ranked, worth_ranking

        review = self.literature.review()
        if not worth_ranking(review, self.stage.name):
            self.ranked = False
            return
        labels = labels_of(review, self.stage.name, self.screener)
        if not self.taught and len(set(labels.values())) == 2:
            self._say(["Learning in which order to read; the first time this takes a moment."])
        found = ranked(review, self.stage.name, labels)
        taught = found.scores is not None
        if taught is not self.taught:
            self.taught = taught
            self._say(found.remarks)
        self.order, self.learnt = found.order, len(self.done)

    def _say(self, sentences: Sequence[str]) -> None:
        width = min(terminal_width(), WIDEST)
        click.echo("\n".join(line for one in sentences for line in draw_note(one, width=width)), color=True)

    # ---- one work -------------------------------------------------------------------------------------

    def _show(self, work: str, width: int) -> None:
        from constellary.literature.screening import standing_of

        review = self.literature.review()
        record = standing_of(review)[work].work.record
        done, left = self._counts(review)
        lines = ["", progress_line(self.stage, self.screener, done, left, width=width), "─" * width]
        own = [one.text for one in review.notes if one.record == work and one.screener == self.screener]
        lines += page(review, record, self.stage, notes=own, width=width)
        click.echo("\n".join(lines), color=True)

    def _counts(self, review: Review) -> tuple[int, int]:
        """Return how many works of the stage the screener has decided, and how many wait."""
        from constellary.literature.screening import standings

        decided = sum(
            any(one.screener == self.screener for one in here.verdicts)
            for each in standings(review)
            for here in each.stages
            if here.stage == self.stage.name
        )
        return decided, len(self._queue())

    def _ask(self, work: str, width: int) -> bool:
        """Ask until the work is decided or left; return whether to go on."""
        while True:
            click.echo(keys_line(KEYS), color=True)
            key = read_key().lower()
            if key in ENDS or key == "q":
                return False
            if key == "?":
                self._help(width)
            elif key == "n":
                self._note(work)
            elif key == "s":
                self.skipped.append(work)
                self.first = None
                return True
            elif key == "u":
                if self._back():
                    return True
            elif key in "iem" and self._decide(work, key, width):
                return True

    def _decide(self, work: str, key: str, width: int) -> bool:
        """Keep a verdict; return whether it was kept."""
        verdict = {"i": "include", "e": "exclude", "m": "maybe"}[key]
        reason = None
        if verdict == "exclude" and self.stage.reasons:
            reason = ask_reason(self.stage, width)
            if reason is None:
                return False
        try:
            self.literature.screenings.decide(work, self.stage.name, self.screener, verdict, reason or None)
        except InputError as error:
            click.echo(visible(str(error)))
            return False
        self.done.append(work)
        self.first = None
        return True

    def _back(self) -> bool:
        """Take back the latest verdict of this sitting, and ask again."""
        if not self.done:
            click.echo("Nothing was decided yet in this sitting.")
            return False
        self.first = self.done.pop()
        self.literature.screenings.clear(self.first, self.stage.name, self.screener)
        return True

    def _note(self, work: str) -> None:
        text = read_line("Note: ")
        try:
            self.literature.screenings.note(work, self.screener, text)
        except InputError as error:
            click.echo(visible(str(error)))

    def _help(self, width: int) -> None:
        lines = draw_note(HELP, width=width)
        if self.stage.reasons:
            lines += reasons_lines(self.stage, width=width)
        if self.ranked and self.order:
            from constellary.literature.prioritised import hint_at

            hint = hint_at(self.literature.review(), self.stage.name, self.screener, self.done)
            lines += [line for one in hint.sentences for line in draw_note(one, width=width)]
        click.echo("\n".join(lines), color=True)


def ask_reason(stage: Stage, width: int) -> str | None:
    """Return the name of the reason that is chosen, empty for none; None: rather not excluded after all."""
    click.echo("\n".join(reasons_lines(stage, width=width)), color=True)
    free = not stage.reason_needed
    while True:
        click.echo(f"{paint('reason?', 'bold')} u goes back", color=True)
        key = read_key().lower()
        if key in ENDS or key == "u":
            return None
        if key == NONE and free:
            return ""
        place = REASON_KEYS.find(key)
        if 0 <= place < len(stage.reasons):
            return stage.reasons[place].name
