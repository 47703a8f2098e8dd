"""Conflicts on a terminal: what each said, side by side; a resolution needs its reason in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.keys import ENDS, read_key, read_line
from constellary.cli.screening_desk import WIDEST, ask_reason
from constellary.cli.screening_page import keys_line, page, verdict_lines
from constellary.cli.terminal import terminal_width, visible
from constellary.errors import InputError

if TYPE_CHECKING:
    from constellary.literature.protocol import Stage
    from constellary.literature.screening import AtStage, Standing
    from constellary.study.literature.literature import Literature

KEYS = (("i", "include"), ("e", "exclude"), ("s", "skip"), ("q", "quit"))


def resolve_all(literature: Literature, stage: str | None, who: str) -> int:
    """Go through the conflicts of a stage, or of all; return how many were resolved."""
    from constellary.literature.screening import conflicts

    width = min(terminal_width(), WIDEST)
    later: set[str] = set()
    count = 0
    while True:
        review = literature.review()
        waiting = [(one, here) for one, here in conflicts(review, stage) if one.work.id not in later]
        if not waiting:
            break
        one, here = waiting[0]
        at = review.protocol.stage(here.stage)
        notes = [f"{note.screener}: {note.text}" for note in review.notes if note.record == one.work.id]
        lines = ["", f"{visible(at.label)}: {len(waiting):,} in conflict", "─" * width]
        lines += page(review, one.work.record, at, notes=notes, width=width)
        lines += verdict_lines(at, here, width=width)
        click.echo("\n".join(lines), color=True)
        done = _ask(literature, one, here, at, who=who, width=width)
        if done is None:
            break
        count += done
        if not done:
            later.add(one.work.id)
    left = len(conflicts(literature.review(), stage))
    click.echo(f"\n{count:,} resolved; {left:,} left.")
    return count


def _ask(
    literature: Literature, one: Standing, here: AtStage, stage: Stage, *, who: str, width: int
) -> bool | None:
    """Return whether the conflict was resolved; None: to end."""
    while True:
        click.echo(keys_line(KEYS), color=True)
        key = read_key().lower()
        if key in ENDS or key == "q":
            return None
        if key == "s":
            return False
        if key not in ("i", "e"):
            continue
        reason: str | None = ""
        if key == "e" and stage.reasons:
            reason = ask_reason(stage, width)
            if reason is None:
                continue
        why = read_line("Why? ")
        verdict = "include" if key == "i" else "exclude"
        try:
            literature.screenings.resolve(one.work.id, here.stage, verdict, reason or None, who=who, why=why)
        except InputError as error:
            click.echo(visible(str(error)))
            continue
        return True
