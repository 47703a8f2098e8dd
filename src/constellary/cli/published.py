"""`constellary published`."""

from __future__ import annotations

from pathlib import Path

import click

from constellary.cli.options import by_option, example, person, study_argument, why_option


@click.command(
    epilog=example(
        "published out/automotive.study",
        "published out/automotive.study > earlier.toml",
        "published out/automotive.study earlier.toml",
    )
)
@study_argument
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@why_option
@by_option
def command(study: Path, file: Path | None, why: str, who: str | None) -> None:
    """Keep the values of an earlier study to compare with.

    With FILE (TOML), the study declares these values, and every report sets them beside its own. Without,
    what the study declares is printed.
    """
    from constellary.cli.terminal import visible
    from constellary.errors import InputError
    from constellary.report.published import read_published
    from constellary.study.study import open_study

    if file is None:
        with open_study(study, read_only=True) as found:
            declared = found.setting("published")
        if declared is None:
            raise InputError(
                f"{study}: declares no published values. `constellary published {study} FILE` does."
            )
        click.echo(declared, nl=False)
        return
    text, published = read_published(file)
    with open_study(study) as found:
        if found.setting("published") == text:
            click.echo(f"{study}: declares these values already; nothing was changed.")
            return
        found.set("published", text, who=person(who), summary=f"published values of {file.name}", why=why)
    compared = sum(bool(value.ours) for value in published.values)
    click.echo(
        f"{study}: {len(published.values)} values of {visible(published.title)}, {compared} of them with a "
        "place in results.json to compare with."
    )
