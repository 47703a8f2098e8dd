"""`constellary protocol`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from constellary.cli.options import by_option, example, one_at_a_time, person, study_argument, why_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constellary.literature.protocol import Protocol, Stage
    from constellary.literature.review import Review
    from constellary.study.study import Study

CHOICES = ("text", "json", "toml")


@click.command(
    epilog=example(
        "protocol out/automotive.study",
        "protocol out/automotive.study --template > protocol.toml",
        'protocol out/automotive.study --set protocol.toml --why "two screeners from now on"',
        "protocol out/automotive.study --history",
    )
)
@study_argument
@click.option(
    "--set",
    "given",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Keep the protocol of this file (TOML) as the newest version.",
)
@click.option("--template", is_flag=True, help="Print a protocol to begin with, which explains each key.")
@click.option(
    "--from-prisma",
    "printed",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Print the protocol that a CSV of PRISMA2020 tells of, its counts declared, to change and --set.",
)
@click.option("--history", is_flag=True, help="List the versions: who, when, why.")
@click.option("--number", metavar="N", type=click.IntRange(min=1), help="Print version N, not the newest.")
@click.option(
    "--format",
    "form",
    type=click.Choice(CHOICES),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs, TOML to change and --set.",
)
@why_option
@by_option
def command(
    *,
    study: Path,
    given: Path | None,
    template: bool,
    printed: Path | None,
    history: bool,
    number: int | None,
    form: str,
    why: str,
    who: str | None,
) -> None:
    """Print the protocol of the review, or keep a newer version of it.

    The protocol says what the review asks, where it was searched with which words, by which criteria and
    in which stages records are kept, and how many screeners decide. Every version is kept.
    """
    from constellary.errors import UsageError
    from constellary.study.study import open_study

    one_at_a_time(
        {
            "--set": given,
            "--template": template,
            "--from-prisma": printed,
            "--history": history,
            "--number": number,
        }
    )
    if template:
        from constellary.literature.protocol_file import template as begun

        click.echo(begun(), nl=False)
        return
    if printed is not None:
        from constellary.cli.texts import read_text
        from constellary.exchange.bibliography.prisma_csv import read_prisma
        from constellary.literature.protocol_file import write_protocol

        said = read_prisma(read_text(printed, "flow").encode(), origin=printed.name)
        click.echo(write_protocol(said), nl=False)
        return
    with open_study(study, read_only=given is None) as found:
        if given is not None:
            _set(found, given, who=person(who), why=why)
            return
        review, versions = found.literature.review(), found.literature.versions("protocol")
    if history:
        from constellary.cli.terminal import visible

        lines = [
            f"Version {at}, {one.at[:10]} by {visible(one.who)}"
            + (f": {visible(one.why)}" if one.why else "")
            for at, (one, _) in enumerate(versions, 1)
        ]
        click.echo("\n".join(lines) or f"{study} has no protocol of its own yet.")
    elif number is not None:
        if number > len(versions):
            raise UsageError(f"There is no version {number} of the protocol; there are {len(versions)}.")
        click.echo(versions[number - 1][1], nl=False)
    else:
        _print(review, form, study)


def _set(study: Study, given: Path, *, who: str, why: str) -> None:
    from constellary.cli.terminal import draw_note, terminal_width
    from constellary.cli.texts import read_text

    study.literature.set_protocol(read_text(given, "protocol"), who=who, why=why, origin=given.name)
    number = len(study.literature.versions("protocol"))
    click.echo(f"{study.path}: version {number} of the protocol. `constellary undo` takes it back.")
    for sentence in astray(study.literature.review()):
        click.echo("\n".join(draw_note(sentence, width=terminal_width())), color=True)


def astray(review: Review) -> Iterator[str]:
    """Yield what in a review belongs to no part of its protocol any more, as sentences."""
    stages = {one.name for one in review.protocol.stages}
    searches = {one.name for one in review.protocol.searches}
    lost = sorted({one.stage for one in review.screenings} - stages)
    if lost:
        said = _many(sum(one.stage in lost for one in review.screenings), "verdict is", "verdicts are")
        yield f"{said} of a stage that the protocol does not have ({', '.join(lost)}). Nothing is lost."
    loose = sum(bool(one.search) and one.search not in searches for one in review.records)
    if loose:
        said = _many(loose, "record is", "records are")
        yield f"{said} of a search that the protocol does not have. Nothing is lost."


def _many(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"


def _print(review: Review, form: str, study: Path) -> None:
    from constellary.cli.output import give_json

    if form == "json":
        from dataclasses import asdict

        give_json({"planned": review.planned, **asdict(review.protocol)})
    elif form == "toml":
        from constellary.literature.protocol_file import write_protocol

        click.echo(write_protocol(review.protocol), nl=False)
    else:
        click.echo("\n".join(_lines(review, study)), color=True)


def _lines(review: Review, study: Path) -> list[str]:
    from constellary.cli.terminal import draw_note, paint, terminal_width, visible

    protocol = review.protocol
    width = terminal_width()
    lines: list[str] = []
    if not review.planned:
        note = (
            f"{study} has no protocol of its own; this is the plain one. "
            f"`constellary protocol {study} --template` prints one to begin with."
        )
        lines += [*draw_note(note, width=width), ""]
    if protocol.question:
        lines += [paint("Question", "bold"), *_folded(visible(protocol.question), width), ""]
    lines += _criteria(protocol, width)
    lines += _searches(review, width)
    for stage in protocol.stages:
        lines += _stage(stage, width)
    if protocol.declared:
        lines.append(paint("Counts that are told", "bold"))
        for one in protocol.declared:
            where = f" ({visible(one.note)})" if one.note else ""
            lines += _folded(f"{one.box}: {one.count:,}{where}", width)
    return lines


def _criteria(protocol: Protocol, width: int) -> list[str]:
    from constellary.cli.terminal import paint, visible

    said = [visible(one) for one in protocol.include]
    if protocol.years is not None:
        first, last = protocol.years
        said.append(f"Published {first or 'any year'} to {last or 'today'} (a rule).")
    if protocol.languages:
        said.append(f"In {', '.join(protocol.languages)} (a rule).")
    if not said:
        return []
    folded = [line for one in said for line in _folded(f"- {one}", width)]
    return [paint("Included is what meets all of these", "bold"), *folded, ""]


def _searches(review: Review, width: int) -> list[str]:
    from constellary.cli.terminal import paint, visible, visible_lines

    lines: list[str] = []
    for search in review.protocol.searches:
        here = sum(one.search == search.name for one in review.records)
        lines.append(paint(f"Search {search.name}: {visible(search.database)}", "bold"))
        said = [f"run {search.date}" if search.date else "not run yet"]
        if search.hits is not None:
            said.append(f"{search.hits:,} hits")
        said.append(f"{here:,} record{'s' * (here != 1)} in the study")
        if search.updates:
            said.append(f"repeats {search.updates}")
        if search.other:
            said.append("no database but another way")
        lines += _folded("; ".join(said) + ".", width)
        if search.limits:
            lines += _folded(f"Limits: {visible(search.limits)}", width)
        # Word for word: the search string is not folded, so that it can be copied.
        lines += [f"    {line}" for line in visible_lines(search.string.strip("\n")).splitlines()]
        lines.append("")
    return lines


def _stage(stage: Stage, width: int) -> list[str]:
    from constellary.cli.terminal import paint, visible

    kinds = {
        "retrieval": "; whether the report can be had",
        "both": "; judged and sought at once",
        "screening": "",
    }
    how = f"{stage.screeners} screener{'s' * (stage.screeners != 1)}{kinds[stage.kind]}"
    lines = [paint(f"Stage {stage.name}: {visible(stage.label)}", "bold"), f"  {how}"]
    if stage.question:
        lines += _folded(visible(stage.question), width)
    for at, reason in enumerate(stage.reasons, 1):
        lines += _folded(f"{at}. {visible(reason.label)} ({reason.name})", width)
    return [*lines, ""]


def _folded(text: str, width: int) -> list[str]:
    from constellary.cli.terminal import fold

    return [f"  {line}" for line in fold(text, min(width, 100) - 2)]
