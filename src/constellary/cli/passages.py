"""`constellary passages`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from constellary.cli.options import (
    by_option,
    example,
    format_option,
    one_at_a_time,
    person,
    study_argument,
    why_option,
)

if TYPE_CHECKING:
    from constellary.literature.review import Passage, Review
    from constellary.study.study import Study


@click.command(
    epilog=example(
        "passages out/automotive.study --code crisis",
        "passages out/automotive.study --add 10.3390/jrfm14080385 crisis --page 12",
        "passages out/automotive.study --format csv > coding.csv",
        "passages out/automotive.study --from coding.csv",
    )
)
@study_argument
@click.option(
    "--add",
    nargs=2,
    metavar="RECORD CODE",
    help="Give a code to a study, or to a passage of it; RECORD is its id or DOI.",
)
@click.option("--quote", metavar="TEXT", default="", help="The passage, word for word.")
@click.option("--page", metavar="PAGE", default=None, help="The page on which it stands.")
@click.option("--note", metavar="TEXT", default=None, help="The example as Table 1 shows it, or a remark.")
@click.option(
    "--from",
    "table",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Take passages from a CSV: record, code, and coder, page, quote, note where there are such.",
)
@click.option("--remove", metavar="ID", default=None, help="Take out the passage of this id.")
@click.option("--code", metavar="CODE", default=None, help="List only passages of this code.")
@format_option
@why_option
@by_option
def command(
    *,
    study: Path,
    add: tuple[str, str] | None,
    quote: str,
    page: str | None,
    note: str | None,
    table: Path | None,
    remove: str | None,
    code: str | None,
    form: str,
    why: str,
    who: str | None,
) -> None:
    """List, add or remove the coded passages of studies.

    Codes are those of the taxonomy, see `constellary taxonomy`. A passage that is there already is not
    taken twice. `constellary undo` takes the latest change back.
    """
    from constellary.errors import UsageError
    from constellary.study.study import open_study

    asked = one_at_a_time({"--add": add, "--from": table, "--remove": remove})
    if not add and (quote or page or note):
        raise UsageError("--quote, --page and --note belong to --add RECORD CODE.")
    with open_study(study, read_only=not asked) as found:
        if add:
            _add(found, add, (quote, page, note), who=person(who), why=why)
        elif table:
            _take(found, table, who=person(who), why=why)
        elif remove:
            _remove(found, remove, who=person(who), why=why)
        else:
            _list(study.name, found.literature.review(), code, form)


def _add(
    study: Study, named: tuple[str, str], said: tuple[str, str | None, str | None], *, who: str, why: str
) -> None:
    from constellary.literature.listing import work_named
    from constellary.literature.review import Passage

    record, code = named
    quote, page, note = said
    review = study.literature.review()
    work = work_named(review, record)
    passage = Passage("", work.id, code, who, quote, page, note)
    if passage in {one._replace(id="") for one in review.passages}:
        click.echo(f"{work.id} bears '{code}' there already; nothing was changed.")
        return
    study.literature.passages.put([passage], who=who, why=why)
    click.echo(f"{work.id} bears '{code}'.")


def _take(study: Study, table: Path, *, who: str, why: str) -> None:
    from constellary.exchange.bibliography.coding_csv import read_coding

    passages = read_coding(table, study.literature.review(), coder=who)
    decision = study.literature.passages.put(passages, who=who, why=why)
    if decision is None:
        click.echo(f"{table}: every passage is there already; nothing was changed.")
    else:
        count = f"{len(passages):,} passage{'s' * (len(passages) != 1)}"
        click.echo(f"{table}: {count} taken. Next: constellary synthesis {study.path}")


def _remove(study: Study, key: str, *, who: str, why: str) -> None:
    from constellary.errors import UnknownName

    listed = study.literature.review().passages
    wanted = next((one for one in listed if one.id == key), None)
    if wanted is None:
        raise UnknownName("passage", key, [one.id for one in listed])
    study.literature.passages.remove(wanted.record, wanted.id, who=who, why=why)
    click.echo(f"Removed '{wanted.code}' from {wanted.record}.")


def _list(name: str, review: Review, code: str | None, form: str) -> None:
    import polars as pl

    from constellary.cli.output import give_csv, give_json, give_tables
    from constellary.errors import UnknownName

    codes = [one.name for one in review.taxonomy.codes]
    if code is not None and code not in codes:
        raise UnknownName("code of the taxonomy", code, codes)
    chosen: list[Passage] = [one for one in review.passages if code in (None, one.code)]
    columns = ("record", "code", "page", "quote", "note", "coder", "id")
    rows = [tuple(getattr(one, column) or None for column in columns) for one in chosen]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    if form == "json":
        give_json(frame.to_dicts())
    elif form == "csv":
        give_csv(frame)
    else:
        head = f"{len(chosen):,} coded passage{'s' * (len(chosen) != 1)} of {name}"
        give_tables(head, {"passages": frame})
