"""`constellary edit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import by_option, example, person, study_argument, why_option

if TYPE_CHECKING:
    from pathlib import Path

    from constellary.study.codebook import Codebook

TABLES = {"alliance": "alliances", "firm": "firms"}


def _fields(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Return `FIELD=VALUE` pairs as a mapping; the first `=` divides, since a value may hold one."""
    fields = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise click.BadParameter(f"'{pair}' is not FIELD=VALUE.", ctx=context, param=parameter)
        fields[name.strip()] = value.strip()
    return fields


@click.command(
    epilog=example(
        'edit out/automotive.study alliance siro-2020 status=ended --why "company report"',
        "undo out/automotive.study",
    )
)
@study_argument
@click.argument("table", metavar="alliance|firm", type=click.Choice(list(TABLES)))
@click.argument("key", metavar="ID")
@click.argument("fields", metavar="FIELD=VALUE...", nargs=-1, required=True, callback=_fields)
@why_option
@by_option
def command(*, study: Path, table: str, key: str, fields: dict[str, str], why: str, who: str | None) -> None:
    """Change fields of one alliance or firm.

    ID is the id of the alliance or the name of the firm. A category may be given by value or label;
    several values are divided by `;`; `FIELD=` makes a field missing. The change is an entry of the log, and
    `constellary undo` takes it back.
    """
    from constellary.cli.terminal import visible
    from constellary.study.study import open_study

    with open_study(study) as found:
        values = {name: _value(found.codebook, name, text) for name, text in fields.items()}
        decision = found.edit(TABLES[table], key, values, who=person(who), why=why)
    click.echo(f"{study}: {visible(decision.summary)}. `constellary undo` takes it back.")


def _value(codebook: Codebook, name: str, text: str) -> str | list[str] | None:
    """Return a field's text as its value: a list where several are possible, None where it is empty."""
    wanted = name.casefold()
    many = wanted == "aliases" or any(
        variable.name.casefold() == wanted and variable.kind == "multiple" for variable in codebook.variables
    )
    if many:
        return [part.strip() for part in text.split(";") if part.strip()] or None
    return text or None
