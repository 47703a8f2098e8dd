"""What a screener sees on a terminal: the work, the criteria, the reasons, and how far one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.cli.terminal import fold, paint, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from constellary.literature.protocol import Protocol, Stage
    from constellary.literature.record import Record
    from constellary.literature.review import Review
    from constellary.literature.screening import AtStage

REASON_KEYS = "123456789abcdefghijklmnopqrstvwxyz"
"""Keys of the reasons in their order; `u` goes back."""
AUTHORS = 12
"""Authors named; a record of physics has thousands."""
BAR = 24


def page(review: Review, record: Record, stage: Stage, *, notes: Iterable[str], width: int) -> list[str]:
    """Return the lines that show a work at a stage."""
    protocol = review.protocol
    title = visible(record.title or "(without title)")
    lines = _marked(title, protocol, width, style="bold")
    lines += fold(visible(_authors(record)), width)
    lines += fold(visible(_where(record)), width)
    if record.abstract:
        lines.append("")
        for paragraph in record.abstract.splitlines():
            lines += _marked(visible(paragraph), protocol, width)
    else:
        lines += ["", paint("(no abstract)", "dim")]
    if record.keywords:
        lines += ["", *_marked(f"Keywords: {visible('; '.join(record.keywords))}", protocol, width)]
    for note in notes:
        lines += [paint(line, "dim") for line in fold(f"Note: {visible(note)}", width)]
    lines.append("")
    if stage.question:
        lines += fold(visible(stage.question), width)
    for one in protocol.include:
        lines += [paint(line, "dim") for line in fold(f"- {visible(one)}", width)]
    return lines


def _authors(record: Record) -> str:
    names = [str(name) for name in record.authors[:AUTHORS]]
    more = f" and {len(record.authors) - AUTHORS:,} more" if len(record.authors) > AUTHORS else ""
    year = f" ({record.year})" if record.year is not None else " (no year)"
    return ("; ".join(names) or "No authors") + more + year


def _where(record: Record) -> str:
    parts = [record.venue or "", record.volume or ""]
    if record.issue:
        parts[1] += f"({record.issue})"
    parts += [record.pages or "", f"doi:{record.doi}" if record.doi else record.url or ""]
    said = ", ".join(part for part in parts if part)
    return f"{said}  [{record.id}]" if said else f"[{record.id}]"


def _marked(text: str, protocol: Protocol, width: int, style: str = "") -> list[str]:
    """Return a text folded, with the protocol's words painted."""
    from constellary.literature.highlight import marked_lines

    drawn = []
    for line in marked_lines(fold(text, width), protocol.terms, protocol.against):
        parts = []
        for part in line:
            if part.kind == "against":
                parts.append(paint(part.text, "red"))
            elif part.kind == "for" or style == "bold":
                parts.append(paint(part.text, "bold"))
            else:
                parts.append(part.text)
        drawn.append("".join(parts))
    return drawn


def progress_line(stage: Stage, screener: str, done: int, left: int, *, width: int) -> str:
    """Return how far a screener is at a stage.

    Examples
    --------
    >>> from constellary.literature.protocol import Stage
    >>> progress_line(Stage("title", "Title"), "ann", 6, 18, width=80)
    'Title, ann: ██████──────────────────  6 of 24 decided'
    """
    total = done + left
    full = round(BAR * done / total) if total else BAR
    bar = "█" * full + "─" * (BAR - full)
    said = f"{visible(stage.label)}, {visible(screener)}: {bar}  {done:,} of {total:,} decided"
    return fold(said, width)[0]


def reasons_lines(stage: Stage, *, width: int) -> list[str]:
    """Return the reasons of a stage, each with its key."""
    lines: list[str] = []
    for key, reason in zip(REASON_KEYS, stage.reasons, strict=False):
        lines += fold(f"  {key} {visible(reason.label)}", width)
    if not stage.reason_needed or not stage.reasons:
        lines.append("  0 no reason")
    return lines


def verdict_lines(stage: Stage, here: AtStage, *, width: int) -> list[str]:
    """Return what each screener said, for those who resolve."""
    labels = {one.name: one.label for one in stage.reasons}
    lines = []
    for one in here.verdicts:
        why = f": {visible(labels.get(one.reason, one.reason))}" if one.reason else ""
        lines += fold(f"  {visible(one.screener)} said {one.verdict}{why}", width)
    return lines


def keys_line(keys: Sequence[tuple[str, str]]) -> str:
    """Return what the keys do, on one line."""
    return "   ".join(f"{paint(key, 'bold')} {what}" for key, what in keys)
