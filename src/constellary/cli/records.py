"""`constellary records`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from constellary.cli.options import example, format_option, one_at_a_time, study_argument, top_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from constellary.literature.review import Review
    from constellary.literature.works import Work
    from constellary.study.study import Study

STATES = ("open", "conflict", "included", "excluded")
TARGETS = ("ris", "bibtex", "csl-json", "csv", "xlsx")
ENDINGS = {".ris": "ris", ".bib": "bibtex", ".json": "csl-json", ".csv": "csv", ".xlsx": "xlsx"}


@click.command(
    epilog=example(
        "records out/automotive.study --state included",
        "records out/automotive.study --references apa",
        "records out/automotive.study -o included.ris --state included",
    )
)
@study_argument
@click.option("--state", type=click.Choice(STATES), default=None, help="Only works in this state.")
@click.option(
    "--stage", metavar="NAME", default=None, help="Only works that are at this stage, or left there."
)
@click.option("--search", metavar="NAME", default=None, help="Only works that this search found.")
@click.option("--show", metavar="RECORD", default=None, help="All that is known of one work, by id or DOI.")
@click.option(
    "--references",
    metavar="STYLE",
    default=None,
    help="A reference list: apa, chicago, harvard, ieee, vancouver; of the included works unless --state says.",
)
@click.option(
    "-o",
    "--output",
    "target",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the works with their decisions: .ris, .bib, .json (CSL), .csv or .xlsx.",
)
@click.option(
    "--to", type=click.Choice(TARGETS), default=None, help="The format, where FILE's ending does not say it."
)
@top_option
@format_option
def command(
    *,
    study: Path,
    state: str | None,
    stage: str | None,
    search: str | None,
    show: str | None,
    references: str | None,
    target: Path | None,
    to: str | None,
    top: int | None,
    form: str,
) -> None:
    """List the works of the review, each with where it stands.

    Records that are the same publication are one work. A work is open, in conflict, included or excluded;
    the stage is that at which it stands, the reason that of its exclusion.
    """
    from constellary.errors import UsageError
    from constellary.literature.listing import work_list
    from constellary.study.study import open_study

    one_at_a_time({"--show": show, "--references": references, "-o": target})
    if to and target is None:
        raise UsageError("--to belongs to -o FILE.")
    with open_study(study, read_only=True) as found:
        review = found.literature.review()
        if show:
            _show(found, review, show, form)
            return
    if references and state is None:
        state = "included"
    listed = work_list(review, state=state, stage=stage, search=search)
    if top is not None and (references or target):
        listed = listed.head(top)
    if references:
        _references(_chosen(review, listed), references, form)
    elif target is not None:
        _write(review, _chosen(review, listed), target, to)
    else:
        _list(study.name, listed, top, form)


def _chosen(review: Review, listed: pl.DataFrame) -> list[Work]:
    from constellary.literature.works import works

    wanted = set(listed["work"].to_list())
    return [work for work in works(review) if work.id in wanted]


def _list(name: str, listed: pl.DataFrame, top: int | None, form: str) -> None:
    from constellary.cli.output import give_csv, give_json, give_tables

    total = listed.height
    if form == "json":
        give_json(listed.head(top or total).to_dicts())
    elif form == "csv":
        give_csv(listed.head(top or total))
    else:
        shown = listed.select("study", "title", "state", "stage", "reason", "work")
        give_tables(f"{total:,} work{'s' * (total != 1)} of {name}", {"works": shown}, top=top)


def _references(works: list[Work], style: str, form: str) -> None:
    from constellary.cli.output import give_csv, give_json
    from constellary.cli.terminal import visible
    from constellary.report.citations.reference_list import reference_list

    listed = reference_list(works, style)
    if form == "json":
        give_json([{"work": one.work, "text": one.text} for one in listed])
    elif form == "csv":
        import polars as pl

        rows = [(one.work, one.text) for one in listed]
        give_csv(pl.DataFrame(rows, schema={"work": pl.String, "text": pl.String}, orient="row"))
    elif not listed:
        click.echo("There is no work to cite. `--state open` lists those that are not decided yet.")
    else:
        click.echo("\n\n".join(visible(one.text) for one in listed))


def _write(review: Review, works: list[Work], target: Path, to: str | None) -> None:
    from constellary.errors import UsageError
    from constellary.exchange.atomic import replace_files
    from constellary.exchange.bibliography.writers import FORMATS
    from constellary.literature.listing import decided

    name = to or ENDINGS.get(target.suffix.lower())
    if name is None:
        raise UsageError(
            f"The ending of {target} names no format; give one of {', '.join(ENDINGS)}, or --to FORMAT."
        )
    _, write = FORMATS[name]
    replace_files({target: write([work.record for work in works], decided(review))})
    click.echo(f"{target}: {len(works):,} work{'s' * (len(works) != 1)}")


def _show(study: Study, review: Review, name: str, form: str) -> None:
    from constellary.literature.listing import decided, work_named

    work = work_named(review, name)
    said = decided(review)[work.id]
    raw = {record.id: study.literature.raw(record.id) for record in work.records}
    passages = [one for one in review.passages if one.record in raw]
    if form == "json":
        from constellary.cli.output import give_json

        give_json(
            {
                "work": work.id,
                "decisions": said,
                "fields": {
                    name: value for name, value in work.record._asdict().items() if value not in (None, ())
                },
                "taken_from": dict(work.sources),
                "records": [
                    {
                        "id": one.id,
                        "file": one.file,
                        "line": one.line,
                        "search": one.search,
                        "raw": raw[one.id],
                    }
                    for one in work.records
                ],
                "passages": [one._asdict() for one in passages],
            }
        )
        return
    for line in _lines(work, said):
        click.echo(line, color=True)
    if passages:
        from constellary.cli.terminal import paint, visible

        click.echo(paint("\nCodes", "bold"), color=True)
        for one in passages:
            page = f", p. {one.page}" if one.page else ""
            click.echo(
                f"  {one.code} ({visible(one.coder)}{visible(page)}): {visible(one.note or one.quote)}"
            )
    for record in work.records:
        _show_raw(record.id, f"{record.file}, line {record.line}", raw[record.id])


def _lines(work: Work, said: Mapping[str, str]) -> list[str]:
    from constellary.cli.terminal import paint, visible
    from constellary.literature.record import FIELDS

    lines = [paint(visible(work.record.title or "Without title"), "bold")]
    lines += [f"  {visible(name)}: {visible(value)}" for name, value in said.items()]
    lines.append("")
    for name in FIELDS:
        value = getattr(work.record, name)
        if value in (None, ()):
            continue
        text = "; ".join(str(one) for one in value) if isinstance(value, tuple) else str(value)
        origin = f"  [{work.sources[name]}]" if len(work.records) > 1 and name in work.sources else ""
        lines.append(f"  {name:<12} {visible(text)}{origin}")
    return lines


def _show_raw(key: str, place: str, raw: tuple[tuple[str, str], ...]) -> None:
    from constellary.cli.terminal import paint, visible

    click.echo(paint(f"\n{key} as {visible(place)} has it", "bold"), color=True)
    for tag, text in raw:
        click.echo(f"  {visible(tag)}: {visible(text)}")
