"""`constellary import`; the module's name is longer because `import` is a word of Python's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from constellary.cli.options import by_option, example, person, study_argument, why_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.exchange.importer import ImportRefused, Reading
    from constellary.study.study import Outcome, Study
    from constellary.study.taking import TableCount

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def _mapping(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Return `HEADER=FIELD` pairs as a mapping; the last `=` divides, since a header may hold one."""
    mapping = {}
    for pair in given:
        header, sign, name = pair.rpartition("=")
        if not sign or not header.strip() or not name.strip():
            raise click.BadParameter(f"'{pair}' is not HEADER=FIELD.", ctx=context, param=parameter)
        mapping[header.strip()] = name.strip()
    return mapping


@click.command(
    epilog=example(
        "export out/automotive.study --to csv -o tables",
        "new mine.study",
        "import mine.study tables/*.csv --dry-run",
        'import mine.study tables/alliances.csv tables/partners.csv --why "first delivery"',
    )
)
@study_argument
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--map",
    "mapping",
    metavar="HEADER=FIELD",
    multiple=True,
    callback=_mapping,
    help="Take the column of this header for this field; can be given several times.",
)
@click.option(
    "--search",
    metavar="NAME",
    default=None,
    help="The search of the protocol that found the records of bibliographic exports.  "
    "[default: that of the database]",
)
@click.option("--dry-run", is_flag=True, help="Say what would be read and changed, and write nothing.")
@why_option
@by_option
def command(
    *,
    study: Path,
    files: tuple[Path, ...],
    mapping: dict[str, str],
    search: str | None,
    dry_run: bool,
    why: str,
    who: str | None,
) -> None:
    """Take tables or bibliographic exports into a study.

    FILE is a table of alliances, partners, firms, sources or codings, or a workbook or data package that
    holds several: CSV, TSV, XLSX, ODS, JSON Lines. Give all files of one study at once. Encoding,
    delimiter and header row are found; headers are understood in several languages. Partners may be a
    table of their own, a column with `;`, columns partner_1 to partner_8, or a row for each partner.

    Or FILE is an export of a literature database, whatever its name: Web of Science, Scopus, RIS, BibTeX,
    PubMed, EndNote, OpenAlex, Crossref, CSL, Zotero, IEEE, Springer, ProQuest. It is said of each record
    whether it was new, known, changed, repeated or lost.

    Everything that is wrong is said with its file, row and column, and then nothing is written. The same
    files twice change nothing the second time.
    """
    from constellary.cli.import_exports import take_exports
    from constellary.errors import UsageError
    from constellary.exchange.bibliography.recognising import are_exports
    from constellary.exchange.importer import ImportRefused
    from constellary.study.study import open_study

    exports = search is not None or are_exports(files)
    if exports and mapping:
        raise UsageError("--map is for tables; a bibliographic export says itself what its fields are.")
    with open_study(study, read_only=dry_run) as found:
        if exports:
            take_exports(found, files, search=search, dry_run=dry_run, who=person(who), why=why)
            return
        try:
            reading = read_for(found, files, mapping)
        except ImportRefused as refused:
            say_reading(refused, columns=dry_run)
            raise
        say_reading(reading, columns=dry_run)
        if dry_run:
            say_counts(found.preview(reading.batch))
            click.echo("That is what would change. Nothing was written (--dry-run).")
            return
        names = ", ".join(path.name for path in files)
        outcome = found.take(reading.batch, who=person(who), why=why, summary=f"import of {names}")
    say_outcome(outcome)


def read_for(study: Study, files: tuple[Path, ...] | list[Path], mapping: dict[str, str]) -> Reading:
    """Read files for a study, telling of the progress."""
    from constellary.cli.progress import Progress
    from constellary.exchange.importer import read_files

    with Progress() as progress:
        return read_files(
            list(files),
            study.codebook,
            mapping=mapping,
            known_alliances=study.known_alliances(),
            known_firms=study.known_firms(),
            progress=progress,
        )


def say_reading(reading: Reading | ImportRefused, *, columns: bool = False) -> None:
    """Print what was understood of the files, a line a table; `columns`: and of each column."""
    from constellary.cli.tables import TextColumn, draw_table
    from constellary.cli.terminal import draw_note, paint, terminal_width, visible

    width = terminal_width()
    lines: list[str] = []
    for table in reading.preview:
        place = f"{table.file}, sheet '{table.sheet}'" if table.sheet else table.file
        manner = ", ".join(
            filter(None, (table.form, table.encoding, DELIMITERS.get(table.delimiter, table.delimiter)))
        )
        lines.append(
            f"{paint(visible(place), 'bold')}: {table.rows:,} row{'s' * (table.rows != 1)} of {table.table} ({manner})"
        )
        if table.layout:
            lines += draw_note(f"Layout: {table.layout}.", width=width)
        if columns:
            heads = tuple(visible(column.header) or "–" for column in table.columns)
            fields = tuple(column.field or "(not read)" for column in table.columns)
            ways = tuple(visible(column.how) for column in table.columns)
            shown = [TextColumn("Header", heads), TextColumn("Field", fields), TextColumn("Because", ways)]
            lines += ["", *draw_table(shown, width=width), ""]
    for note in reading.notes:
        lines += draw_note(f"Note: {note}", width=width)
    if lines:
        click.echo("\n".join(lines), color=True)


def say_counts(counts: Mapping[str, TableCount]) -> None:
    """Print the rows that are added, changed, removed and the same, by table."""
    import polars as pl

    from constellary.cli.columns import text_columns
    from constellary.cli.tables import draw_table
    from constellary.cli.terminal import terminal_width

    names = ("added", "changed", "removed", "unchanged")
    rows = [(table, *(getattr(count, name) for name in names)) for table, count in counts.items()]
    frame = pl.DataFrame(rows, schema=["table", *names], orient="row")
    click.echo("\n".join(draw_table(text_columns(frame), width=terminal_width())), color=True)


def say_outcome(outcome: Outcome) -> None:
    """Print what an import changed, table by table."""
    say_counts(outcome.counts)
    if outcome.decision is None:
        click.echo("The study already held all of this; nothing was changed.")
    else:
        click.echo(f"Done as entry {outcome.decision.id} of the log; `constellary undo` takes it back.")
