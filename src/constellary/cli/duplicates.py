"""`constellary duplicates`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from constellary.cli.options import by_option, example, format_option, person, study_argument, why_option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from constellary.literature.questions import Question
    from constellary.literature.record import Record
    from constellary.literature.review import Review
    from constellary.literature.works import Work
    from constellary.study.literature.literature import Literature

SHOWN = 10
NOTHING = "There are no records yet; `constellary import` takes exports of databases in"
Verdict = Literal["same", "apart"]
By = tuple[str, str]
"""Who decides, and why."""


@click.command(epilog=example("duplicates out/automotive.study", "duplicates out/automotive.study --list"))
@study_argument
@click.option("--ask", is_flag=True, help="Go through the questions: one key decides each.")
@click.option("--list", "listed", is_flag=True, help="List what was merged and why; nothing is changed.")
@click.option("--explain", nargs=2, metavar="ID ID", help="Say what is held of two records, and why.")
@click.option("--same", nargs=2, metavar="ID ID", help="Hold two records to be one work.")
@click.option("--apart", nargs=2, metavar="ID ID", help="Hold two records to be two works.")
@why_option
@by_option
@format_option
def command(
    *,
    study: Path,
    ask: bool,
    listed: bool,
    explain: tuple[str, str] | None,
    same: tuple[str, str] | None,
    apart: tuple[str, str] | None,
    why: str,
    who: str | None,
    form: str,
) -> None:
    """Find records of one work among the exports.

    What is certain is merged, as one decision that `constellary undo` takes back; where it is not, the two
    records are shown beside each other, and a person decides. A correction and its article, a preprint, a
    conference paper and the parts of a series stay apart. What a person decided is never decided anew.
    """
    from constellary.study.study import open_study

    by = person(who), why
    if sum((ask, listed, bool(explain), bool(same), bool(apart))) > 1:
        raise click.UsageError("--ask, --list, --explain, --same and --apart exclude each other.")
    with open_study(study, read_only=listed or bool(explain)) as found:
        literature = found.literature
        if not literature.review().records:
            _nothing(study, form)
        elif listed:
            _list(literature, form)
        elif explain:
            _explain(literature, explain)
        elif same or apart:
            said = _hold(literature, same or apart or ("", ""), "same" if same else "apart", by)
            click.echo(f"{study}: {said}")
        else:
            merged = _run(literature, by)
            _tell(literature, study, merged, form, briefly=ask)
            if ask:
                _ask(literature, by)


def _nothing(study: Path, form: str) -> None:
    from constellary.cli.output import give_json

    if form == "json":
        give_json({"records": 0, "works": 0, "merged": 0, "questions": [], "groups": []})
    elif form == "table":
        click.echo(f"{study}: {NOTHING[0].lower()}{NOTHING[1:]}.")


def _run(literature: Literature, by: By) -> int:
    """Run the rules on what is new; return how many records they merged with others."""
    from constellary.literature.matching import find_matches
    from constellary.report.prose import plural

    review = literature.review()
    found = find_matches(review.records, review.matches)
    asked = plural(len(found.ask), "question")
    said = f"{plural(len(found.same), 'record')} merged with others by the rules, {asked}"
    literature.match(found.all, who=by[0], why=by[1], summary=said)
    return len(found.same)


def _hold(literature: Literature, pair: tuple[str, str], verdict: Verdict, by: By) -> str:
    """Keep a person's decision and what it upsets, and return it in words."""
    from constellary.cli.terminal import visible
    from constellary.literature.deciding import decided
    from constellary.literature.review import Match

    review = literature.review()
    _both(review, pair)
    who, why = by
    matches = decided(review.records, review.matches, Match(*pair, verdict, who, why))
    first, second = matches[0].first, matches[0].second
    said = f"{first} and {second} are {'one work' if verdict == 'same' else 'two works'}"
    done = literature.match(matches, who=who, why=why, summary=said)
    if done is None:
        return "that is held already; nothing was changed."
    return f"{visible(done.summary)}. `constellary undo` takes it back."


def _both(review: Review, pair: tuple[str, str]) -> tuple[Record, Record]:
    """Return two records by their ids, the one that was taken in first in front."""
    from constellary.errors import UnknownName

    names = [record.id for record in review.records]
    for name in pair:
        if name not in names:
            raise UnknownName("record", name, names)
    first, second = sorted(map(names.index, pair))
    return review.records[first], review.records[second]


def _explain(literature: Literature, pair: tuple[str, str]) -> None:
    from constellary.cli.beside import draw_question
    from constellary.cli.terminal import terminal_width, visible
    from constellary.literature.matching import RULES, explain
    from constellary.literature.questions import Question
    from constellary.literature.works import work_of

    review = literature.review()
    first, second = _both(review, pair)
    held = next((one for one in review.matches if one[:2] == (first.id, second.id)), explain(first, second))
    said = {"same": "One work", "apart": "Two works", "ask": "A question"}[held.verdict]
    by = "by the rules" if held.who == RULES else f"by {visible(held.who)}"
    width = min(terminal_width(), 120)
    lines = draw_question(Question(held, first, second), f"{said}, {by}", width=width)
    work = work_of(review)
    if held.verdict != "same" and work[first.id] == work[second.id]:
        lines.append("They are of one work through other records: --list shows which.")
    click.echo("\n".join(lines), color=True)


def _tell(literature: Literature, study: Path, merged: int, form: str, *, briefly: bool) -> None:
    from constellary.cli.output import give_json
    from constellary.literature.questions import questions
    from constellary.literature.works import works

    review = literature.review()
    asked, of_review = questions(review), works(review)
    if form == "csv":
        _give_questions(asked)
    elif form == "json":
        give_json(
            {
                "records": len(review.records),
                "works": len(of_review),
                "merged": merged,
                "questions": [one.match._asdict() for one in asked],
                "groups": _groups([work for work in of_review if len(work.records) > 1], literature),
            }
        )
    else:
        from constellary.report.prose import plural

        anew = f"{merged:,} merged now" if merged else "nothing new to merge"
        head = (
            f"{study.name}: {plural(len(review.records), 'record')}, {plural(len(of_review), 'work')}; {anew}"
        )
        _say(f"{head}, {plural(len(asked), 'question')}", asked, briefly=briefly)


def _say(head: str, asked: Sequence[Question], *, briefly: bool) -> None:
    from constellary.cli.beside import draw_question
    from constellary.cli.terminal import draw_note, paint, terminal_width, visible

    width = min(terminal_width(), 120)
    lines = [paint(visible(head), "bold")]
    shown = () if briefly else asked[:SHOWN]
    for number, question in enumerate(shown, 1):
        lines += ["", *draw_question(question, f"{number:,} of {len(asked):,}", width=width)]
    if shown:
        rest = f"{len(asked) - SHOWN:,} more: " if len(asked) > SHOWN else ""
        lines += ["", *draw_note(f"{rest}--ask goes through them, with one key each.", width=width)]
    click.echo("\n".join(lines), color=True)


def _ask(literature: Literature, by: By) -> None:
    from constellary.cli.asking import ask_all

    def hold(question: Question, verdict: Verdict) -> str:
        return _hold(literature, (question.first.id, question.second.id), verdict, by)

    ask_all(literature, hold)


def _list(literature: Literature, form: str) -> None:
    from constellary.cli.output import give_csv, give_json
    from constellary.literature.works import works

    review = literature.review()
    groups = [work for work in works(review) if len(work.records) > 1]
    if form == "json":
        give_json(_groups(groups, literature))
        return
    import polars as pl

    rows = [
        {
            "work": work.id,
            "record": record.id,
            "database": record.database,
            "file": record.file,
            "title": record.title,
        }
        for work in groups
        for record in work.records
    ]
    names = ("work", "record", "database", "file", "title")
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String))
    if form == "csv":
        give_csv(frame)
        return
    from constellary.cli.beside import draw_groups

    click.echo("\n".join(draw_groups(groups, review)), color=True)


def _groups(groups: Sequence[Work], literature: Literature) -> list[dict[str, object]]:
    from constellary.literature.merging import conflicts

    reasons: dict[str, list[dict[str, str]]] = {}
    lead = {record.id: work.id for work in groups for record in work.records}
    for match in literature.review().matches:
        if match.verdict == "same" and match.first in lead:
            reasons.setdefault(lead[match.first], []).append(match._asdict())
    return [
        {
            "work": work.id,
            "records": [record.id for record in work.records],
            "matches": reasons.get(work.id, []),
            "conflicts": {
                name: [{"value": _plain(one.value), "records": list(one.records)} for one in said]
                for name, said in conflicts(work.records).items()
            },
        }
        for work in groups
    ]


def _plain(value: object) -> object:
    return [str(one) for one in value] if isinstance(value, tuple) else value


def _give_questions(asked: Sequence[Question]) -> None:
    import polars as pl

    from constellary.cli.output import give_csv

    names = ("first", "second", "why", "first_title", "second_title")
    rows = [
        dict(zip(names, (*one.match[:2], one.match.why, one.first.title, one.second.title), strict=True))
        for one in asked
    ]
    give_csv(pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String)))
