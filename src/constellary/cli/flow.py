"""`constellary flow`."""

from __future__ import annotations

from pathlib import Path

import click

from constellary.cli.options import Output, example, gives, study_argument


@click.command(
    epilog=example(
        "flow out/automotive.study",
        "flow out/automotive.study -o flow.svg",
        "flow out/automotive.study -o PRISMA.csv --prisma2020",
    )
)
@study_argument
@click.option(
    "-o",
    "--output",
    "target",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write it to this file; its ending says the kind: .svg, .png, .pdf, .csv or .json.",
)
@click.option(
    "--prisma2020",
    is_flag=True,
    help="Write the CSV in the layout that the R package PRISMA2020 reads; stages become its fixed boxes.",
)
@click.option(
    "--whole", is_flag=True, help="Show all searches as one flow, without a column of previous studies."
)
@gives
def command(*, study: Path, target: Path | None, prisma2020: bool, whole: bool, output: Output) -> None:
    """Show the flow of records, as PRISMA 2020 draws it.

    Every number is counted from the decisions: what each search found, duplicates, what rules took out,
    what each stage excluded and for which reasons, what is still open. Numbers that the protocol declares are
    marked. A flow whose sums fail is refused.
    """
    from constellary.errors import UsageError
    from constellary.literature.flow import flow
    from constellary.study.study import open_study

    if prisma2020 and (target is None or target.suffix.lower() != ".csv"):
        raise UsageError("--prisma2020 writes a CSV: give it a name with -o, such as -o PRISMA.csv.")
    with open_study(study, read_only=True) as found:
        review = found.literature.review()
    result = flow(review, previous=not whole)
    if target is None:
        from constellary.cli.output import View, give

        shown = result.tables()["flow"].select("label", "count", "unit", "origin", "box")
        if not result.declared:
            shown = shown.drop("origin")
        give(result, output.format, table=output.table, view=View({"flow": shown}))
        return
    from constellary.exchange.atomic import replace_files

    if prisma2020:
        from constellary.exchange.bibliography.prisma_csv import write_prisma

        content = write_prisma(result)
    else:
        from constellary.report.flow.files import file_of

        content = file_of(result, target.suffix.removeprefix(".").lower(), title=review.protocol.question)
    replace_files({target: content})
    click.echo(target)
    for note in result.notes:
        click.echo(f"  {note}", err=True)
