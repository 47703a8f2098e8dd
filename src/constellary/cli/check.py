"""`constellary check`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from constellary.cli.options import Selection, example, format_option, selects, study_argument

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from constellary.study.acceptances import Acceptance
    from constellary.study.checks import Finding

SHOWN = 10


@click.command(epilog=example("check out/automotive.study", "check out/automotive.study --all --since 2023"))
@study_argument
@selects
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help=f"Show every finding, not the first {SHOWN} of a kind, and the accepted ones.",
)
@click.option(
    "--strict", is_flag=True, help="End with exit code 1 where an error was found that nobody accepted."
)
@format_option
def command(study: Path, selection: Selection, everything: bool, strict: bool, form: str) -> int:
    """Find what may be wrong in a study.

    Errors cannot stay: an alliance with too few partners, a date outside the period, a firm without a
    type. Doubts may be right: a source without a publisher, alliances or firms that look alike, a
    subsidiary allied with its own parent. What somebody has accepted as right, with a reason, is counted apart.
    Nothing is changed.
    """
    from constellary.cli.output import give_csv, give_json
    from constellary.report.prose import plural
    from constellary.study.acceptances import divided
    from constellary.study.checks import run_checks
    from constellary.study.study import open_study

    with open_study(study, read_only=True) as found:
        frames = selection.of(found)
        acceptances = found.acceptances.all()
    findings = run_checks(frames)
    still, accepted = divided(findings, acceptances)
    known = {(one.check, one.subject): one for one in acceptances}
    if form == "json":
        give_json([_entry(finding, known.get((finding.check, finding.subject))) for finding in findings])
    elif form == "csv":
        import polars as pl

        names = ("check", "weight", "message", "alliances", "firms", "accepted_by", "accepted_because")
        rows = [
            _entry(finding, known.get((finding.check, finding.subject))) | _joined(finding)
            for finding in findings
        ]
        give_csv(pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String)))
    else:
        _say(
            still,
            accepted,
            f"{study.name}, {plural(frames.alliances.height, 'alliance')}",
            None if everything else SHOWN,
        )
    return int(strict and any(finding.weight == "error" for finding in still))


def _entry(finding: Finding, acceptance: Acceptance | None) -> dict[str, object]:
    return {
        "check": finding.check,
        "weight": finding.weight,
        "message": finding.message,
        "alliances": list(finding.alliances),
        "firms": list(finding.firms),
        "accepted_by": acceptance.who if acceptance else None,
        "accepted_because": acceptance.why if acceptance else None,
    }


def _joined(finding: Finding) -> dict[str, object]:
    return {"alliances": ";".join(finding.alliances), "firms": ";".join(finding.firms)}


def _say(
    findings: Sequence[Finding],
    accepted: Sequence[tuple[Finding, Acceptance]],
    what: str,
    shown: int | None,
) -> None:
    from constellary.cli.terminal import draw_note, fold, in_words, paint, terminal_width, visible

    width = min(terminal_width(), 110)
    counts = {weight: sum(finding.weight == weight for finding in findings) for weight in ("error", "doubt")}
    said = [f"{count:,} {weight}{'s' * (count != 1)}" for weight, count in counts.items() if count]
    apart = f"; {len(accepted):,} accepted" if accepted else ""
    lines = [paint(f"Check of {visible(what)}: {' and '.join(said) or 'nothing found'}{apart}", "bold")]
    ordered = sorted(findings, key=lambda finding: finding.weight != "error")
    for (weight, check), group in groupby(ordered, key=lambda finding: (finding.weight, finding.check)):
        members = list(group)
        number = f", {len(members):,}" if len(members) > 1 else ""
        head = f"{in_words(check.replace('-', '_'))} ({weight}{number})"
        lines += ["", paint(head, "red" if weight == "error" else "bold")]
        for finding in members[:shown]:
            first, *rest = fold(visible(finding.message), width - 4)
            lines += [f"  – {first}", *(f"    {line}" for line in rest)]
        if shown is not None and len(members) > shown:
            lines += draw_note(f"and {len(members) - shown:,} more; --all shows them.", width=width)
    if accepted and shown is None:
        lines += ["", paint(f"Accepted ({len(accepted):,})", "bold")]
        for finding, one in accepted:
            text = f"{finding.message} Accepted by {one.who}: {one.why}"
            first, *rest = fold(visible(text), width - 4)
            lines += [f"  – {first}", *(f"    {line}" for line in rest)]
    click.echo("\n".join(lines), color=True)
