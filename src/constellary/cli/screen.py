"""`constellary screen`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from constellary.cli.options import example, format_option, one_at_a_time, person, study_argument, why_option

if TYPE_CHECKING:
    import polars as pl

    from constellary.literature.protocol import Stage
    from constellary.literature.review import Review


@click.command(
    epilog=example(
        "screen out/automotive.study --list",
        "screen out/automotive.study --agreement",
        note="`constellary screen mine.study --who Ann` asks for one key a decision; `?` explains the keys.",
    )
)
@study_argument
@click.option(
    "--stage", metavar="NAME", default=None, help="A stage of the protocol.  [default: the first with work]"
)
@click.option("--who", "who", metavar="NAME", default=None, help="The screener.  [default: your login name]")
@click.option("--list", "listed", is_flag=True, help="Show how far each stage and screener is.")
@click.option("--conflicts", is_flag=True, help="Go through the conflicts; each needs a reason in words.")
@click.option(
    "--agreement", is_flag=True, help="Show how far the screeners agree, from their first verdicts."
)
@click.option(
    "--from",
    "table",
    metavar="FILE",
    default=None,
    type=click.Path(path_type=Path),
    help="Take verdicts from a CSV with columns record (id or DOI), verdict, reason; as one entry of the log.",
)
@click.option(
    "--rank/--no-rank",
    "ranked",
    default=True,
    help="The most promising works first, where there are enough of them.  [default: rank]",
)
@why_option
@format_option
def command(
    *,
    study: Path,
    stage: str | None,
    who: str | None,
    listed: bool,
    conflicts: bool,
    agreement: bool,
    table: Path | None,
    ranked: bool,
    why: str,
    form: str,
) -> None:
    """Screen records on the terminal: one key a decision.

    A work is shown with its abstract, the protocol's words marked, the criteria beneath. Each verdict is
    written at once, so that one can leave at any time. What others decided is not shown before a work is
    settled. Without a terminal, keys are read from standard input.
    """
    from constellary.study.study import open_study

    one_at_a_time({"--list": listed, "--conflicts": conflicts, "--agreement": agreement, "--from": table})
    with open_study(study, read_only=listed or agreement) as found:
        literature = found.literature
        review = literature.review()
        if stage is not None:
            review.protocol.stage(stage)
        if listed:
            _list(review, study, form)
        elif agreement:
            _agreement(review, form)
        elif conflicts:
            from constellary.cli.screening_conflicts import resolve_all

            resolve_all(literature, stage, person(who))
        elif table is not None:
            from constellary.cli.screening_table import take_verdicts

            click.echo(take_verdicts(literature, table, stage, person(who), why))
        else:
            from constellary.cli.screening_desk import Desk

            at = review.protocol.stage(stage) if stage else _waiting(review, person(who))
            if at is None:
                click.echo(_nothing(review, study))
                return
            Desk(literature, at, person(who), ranked=ranked).sit()


def _waiting(review: Review, who: str) -> Stage | None:
    """Return the first stage at which a screener has something to decide."""
    from constellary.literature.screening import queue

    return next((one for one in review.protocol.stages if queue(review, one.name, who)), None)


def _nothing(review: Review, study: Path) -> str:
    from constellary.literature.screening import conflicts

    if not review.records:
        return (
            f"There are no records yet; `constellary import {study} FILE...` takes exports of databases in."
        )
    if torn := len(conflicts(review)):
        return f"Nothing waits for you; {torn:,} in conflict: `constellary screen {study} --conflicts`."
    return f"Nothing waits for you at any stage. `constellary flow {study}` shows the flow."


def _list(review: Review, study: Path, form: str) -> None:
    from constellary.cli.output import give_csv, give_json, give_tables

    stages, screeners = stages_frame(review), screeners_frame(review)
    if form == "json":
        give_json({"stages": stages.to_dicts(), "screeners": screeners.to_dicts()})
    elif form == "csv":
        give_csv(stages)
    else:
        give_tables(f"Screening of {study.name}", {"stages": stages, "screeners": screeners})


def stages_frame(review: Review) -> pl.DataFrame:
    """Return one row a stage: how many works came to it, and what they came to."""
    import polars as pl

    from constellary.literature.screening import standings

    outcomes = ("open", "conflict", "excluded", "included")
    rows = []
    for stage in review.protocol.stages:
        here: list[str] = [
            each.outcome for one in standings(review) for each in one.stages if each.stage == stage.name
        ]
        rows.append(
            (stage.name, stage.label, stage.screeners, len(here), *(here.count(one) for one in outcomes))
        )
    names = ("stage", "label", "screeners", "works", *outcomes)
    schema = {name: pl.String if name in ("stage", "label") else pl.Int64 for name in names}
    return pl.DataFrame(rows, schema=schema, orient="row")


def screeners_frame(review: Review) -> pl.DataFrame:
    """Return one row a screener and stage: how many works they decided, and how many wait for them."""
    import polars as pl

    from constellary.literature.screening import queue, standings

    people = sorted({one.screener for one in review.screenings})
    rows = []
    for stage in review.protocol.stages:
        here = [each for one in standings(review) for each in one.stages if each.stage == stage.name]
        for who in people:
            decided = sum(any(one.screener == who for one in each.verdicts) for each in here)
            waiting = len(queue(review, stage.name, who))
            if decided or waiting:
                rows.append((stage.name, who, decided, waiting))
    schema = {"stage": pl.String, "screener": pl.String, "decided": pl.Int64, "waiting": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _agreement(review: Review, form: str) -> None:
    from constellary.cli.output import View, give
    from constellary.literature.agreement import COEFFICIENTS, screeners_agreement

    found = screeners_agreement(review)
    columns = ["label", "works", "shared", "disagreements", *COEFFICIENTS, "alpha_low", "alpha_high"]
    shown = found.tables()["agreement"].select(columns).rename({"label": "stage"})
    tables = {"agreement": shown}
    if found.pairs["first"].n_unique() > 1:
        tables["pairs"] = found.pairs
    give(found, form, view=View(tables))
