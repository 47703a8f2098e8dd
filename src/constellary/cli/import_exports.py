"""What `constellary import` does with bibliographic exports; which files are some, their content says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from constellary.exchange.bibliography.export import Export
    from constellary.study.literature.intake import Intake
    from constellary.study.study import Study

SHOWN = 10
"""Remarks shown of one file."""


def take_exports(
    study: Study, files: Sequence[Path], *, search: str | None, dry_run: bool, who: str, why: str
) -> None:
    """Read all exports, then take them into the study as one entry of the log; say what became of each record."""
    exports = _read(files)
    if dry_run:
        _, intake = study.literature.planned(exports, search=search)
    else:
        intake = study.literature.take(exports, who=who, why=why, search=search)
    _say(exports, intake)
    if dry_run:
        click.echo("That is what would change. Nothing was written (--dry-run).")
    elif intake.decision is None:
        click.echo("The study already held all of this; nothing was changed.")
    else:
        click.echo(f"Done as entry {intake.decision.id} of the log; `constellary undo` takes it back.")
        click.echo(f"Next: constellary duplicates {study.path}")


def _read(files: Sequence[Path]) -> list[Export]:
    from constellary.cli.progress import Progress
    from constellary.exchange.bibliography.reading import read_export

    exports = []
    with Progress() as progress:
        for path in files:
            progress(f"reading {path.name}")
            exports.append(read_export(path))
    return exports


def _say(exports: Sequence[Export], intake: Intake) -> None:
    import polars as pl

    from constellary.cli.columns import text_columns
    from constellary.cli.tables import draw_table
    from constellary.cli.terminal import draw_note, terminal_width, visible

    width = terminal_width()
    names = ("file", "format", "search", "read", "new", "known", "changed", "repeated", "lost")
    rows = [
        tuple(getattr(one, name) or (None if name == "search" else 0) for name in names)
        for one in intake.files
    ]
    schema = {name: pl.String if at < 3 else pl.Int64 for at, name in enumerate(names)}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    frame = frame.drop(name for name in names[6:] if not frame[name].sum())
    lines = draw_table(text_columns(frame), width=width)
    for export in exports:
        for remark in export.remarks[:SHOWN]:
            at = f", line {remark.line:,}" if remark.line else ""
            lost = " This record was not read." if remark.lost else ""
            lines += draw_note(f"{visible(export.file)}{at}: {visible(remark.text)}{lost}", width=width)
        if len(export.remarks) > SHOWN:
            lines += draw_note(
                f"{visible(export.file)}: {len(export.remarks) - SHOWN:,} remarks more.", width=width
            )
    loose = sum(one.read for one in intake.files if not one.search)
    if loose:
        lines += draw_note(
            f"{loose:,} records belong to no search of the protocol. Name it with --search, so that the flow can tell.",
            width=width,
        )
    click.echo("\n".join(lines), color=True)
