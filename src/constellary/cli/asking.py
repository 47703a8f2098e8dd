"""Going through questions on a terminal: two records at a time, one key each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from constellary.cli.beside import draw_question
from constellary.cli.keys import ENDS, read_key
from constellary.cli.terminal import paint, terminal_width, visible
from constellary.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from constellary.literature.questions import Question
    from constellary.study.literature.literature import Literature

KEYS = "s same   a apart   l later   q quit"


def ask_all(literature: Literature, hold: Callable[[Question, Literal["same", "apart"]], str]) -> None:
    """Ask every open question once; each answer is kept at once, as one decision.

    Questions are read anew after each answer, as one answer may settle others.
    """
    from constellary.literature.questions import questions

    done = 0
    later: set[tuple[str, ...]] = set()
    while True:
        still = [one for one in questions(literature.review()) if one.match[:2] not in later]
        if not still:
            break
        question = still[0]
        width = min(terminal_width(), 120)
        click.echo(
            "\n" + "\n".join(draw_question(question, f"{len(still):,} to go", width=width)), color=True
        )
        answer = _answer()
        if answer == "q":
            break
        if answer == "l":
            later.add(question.match[:2])
            continue
        try:
            said = hold(question, "same" if answer == "s" else "apart")
        except InputError as error:
            click.echo(visible(str(error)))
            later.add(question.match[:2])
            continue
        done += 1
        click.echo(said)
    left = len(questions(literature.review()))
    click.echo(f"{done:,} decided, {left:,} left.")


def _answer() -> str:
    while True:
        click.echo(f"{paint(KEYS, 'dim')}  ", nl=False, color=True)
        key = read_key().lower()
        click.echo(key if key.isprintable() else "")
        if key in ("s", "a", "l", "q"):
            return key
        if key in ENDS:
            return "q"
