"""`constellary taxonomy`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from constellary.cli.options import by_option, example, one_at_a_time, person, study_argument, why_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.literature.taxonomy import Taxonomy
    from constellary.study.codebook import Codebook
    from constellary.study.study import Study

CHOICES = ("text", "json", "toml")


@click.command(
    epilog=example(
        "taxonomy out/automotive.study",
        "taxonomy out/automotive.study --format toml > taxonomy.toml",
        "taxonomy out/automotive.study --set taxonomy.toml --why 'written anew'",
        "taxonomy out/automotive.study --codebook alliances.toml",
    )
)
@study_argument
@click.option(
    "--set",
    "given",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Keep the taxonomy of this file (TOML) as the newest version.",
)
@click.option(
    "--template", is_flag=True, help="Print a taxonomy to begin with, which says what each part is."
)
@click.option("--history", is_flag=True, help="Print the versions: who, when, why, and what changed.")
@click.option(
    "--codebook",
    "target",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the study's codebook with the groups as categories of its motivation.",
)
@click.option("--alone", is_flag=True, help="With --codebook: a codebook of that variable alone.")
@click.option(
    "--compare", is_flag=True, help="Say which groups are no category of the codebook, and vice versa."
)
@click.option(
    "--dimension", metavar="NAME", default=None, help="Of --codebook and --compare.  [default: motivation]"
)
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
    history: bool,
    target: Path | None,
    alone: bool,
    compare: bool,
    dimension: str | None,
    form: str,
    why: str,
    who: str | None,
) -> None:
    """Print the taxonomy, or keep a newer version of it.

    The taxonomy has the codes that passages bear, and the groups that gather them: motivations, and in a
    second dimension whether a study speaks of exploration or exploitation. Every version is kept.
    """
    from constellary.study.study import open_study

    one_at_a_time(
        {
            "--set": given,
            "--template": template,
            "--history": history,
            "--codebook": target,
            "--compare": compare,
        }
    )
    if template:
        from constellary.literature.taxonomy_file import template as begun

        click.echo(begun(), nl=False)
        return
    with open_study(study, read_only=given is None) as found:
        if given is not None:
            _set(found, given, who=person(who), why=why)
            return
        review, book = found.literature.review(), found.codebook
        versions = _history(found) if history else []
    if history:
        click.echo("\n".join(versions) or f"{study} has no taxonomy yet.")
    elif target is not None:
        _write(review.taxonomy, None if alone else book, dimension, target)
    elif compare:
        _compare(review.taxonomy, book, dimension, study)
    else:
        counts: dict[str, int] = {}
        for passage in review.passages:
            counts[passage.code] = counts.get(passage.code, 0) + 1
        _print(review.taxonomy, counts, form, study)


def read_text(path: Path) -> str:
    """Return the text of a taxonomy file."""
    from constellary.errors import InputError
    from constellary.literature.taxonomy_file import LARGEST

    try:
        if path.stat().st_size > 4 * LARGEST:
            raise InputError(f"{path}: a taxonomy of more than {LARGEST:,} letters is not read.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error


def _set(study: Study, given: Path, *, who: str, why: str) -> None:
    from constellary.cli.terminal import visible
    from constellary.literature.taxonomy_changes import changes

    before = study.literature.review().taxonomy
    study.literature.set_taxonomy(read_text(given), who=who, why=why, origin=given.name)
    review = study.literature.review()
    number = len(study.literature.versions("taxonomy"))
    said = changes(before, review.taxonomy)
    click.echo(f"{study.path}: version {number} of the taxonomy.")
    for sentence in said or ("Nothing but the wording of the file changed.",):
        click.echo(f"  {visible(sentence)}")
    known = {code.name for code in review.taxonomy.codes}
    lost = sorted({passage.code for passage in review.passages} - known)
    if lost:
        click.echo(f"Passages still bear codes that are no more: {', '.join(lost)}. They stand in no group.")


def _history(study: Study) -> list[str]:
    from constellary.cli.terminal import visible
    from constellary.literature.taxonomy import EMPTY
    from constellary.literature.taxonomy_changes import changes
    from constellary.literature.taxonomy_file import parse_taxonomy

    lines: list[str] = []
    before = EMPTY
    for number, (decision, text) in enumerate(study.literature.versions("taxonomy"), 1):
        after = parse_taxonomy(text, origin=f"version {number}")
        why = f": {visible(decision.why)}" if decision.why else ""
        lines.append(f"Version {number}, {decision.at[:10]} by {visible(decision.who)}{why}")
        if before == EMPTY:
            said: tuple[str, ...] = (
                f"{_many(len(after.codes), 'code')} in {_many(len(after.groups), 'group')}.",
            )
        else:
            said = changes(before, after)
        lines += [f"  {visible(sentence)}" for sentence in said[:20]]
        if len(said) > 20:
            lines.append(f"  and {len(said) - 20:,} changes more.")
        before = after
    return lines


def _print(taxonomy: Taxonomy, counts: Mapping[str, int], form: str, study: Path) -> None:
    from constellary.cli.output import give_json

    if form == "json":
        give_json(_plain(taxonomy, counts))
    elif form == "toml":
        from constellary.literature.taxonomy_file import write_taxonomy

        click.echo(write_taxonomy(taxonomy), nl=False)
    elif not taxonomy.codes and not taxonomy.groups:
        click.echo(
            f"{study} has no taxonomy yet. `constellary taxonomy {study} --template` prints one to begin with."
        )
    else:
        click.echo("\n".join(_lines(taxonomy, counts)), color=True)


def _plain(taxonomy: Taxonomy, counts: Mapping[str, int]) -> dict[str, object]:
    return {
        "dimensions": [{"name": name, "label": label} for name, label in taxonomy.labels],
        "codes": [
            {
                "name": code.name,
                "label": code.label,
                "definition": code.definition,
                "passages": counts.get(code.name, 0),
            }
            for code in taxonomy.codes
        ],
        "groups": [
            {
                "name": group.name,
                "label": group.label,
                "definition": group.definition,
                "dimension": group.dimension,
                "codes": list(group.codes),
            }
            for group in taxonomy.groups
        ],
    }


def _lines(taxonomy: Taxonomy, counts: Mapping[str, int]) -> list[str]:
    from constellary.cli.terminal import paint, visible

    codes = {code.name: code for code in taxonomy.codes}

    def line(name: str) -> str:
        count = counts.get(name, 0)
        said = f"{count:,} passage{'s' * (count != 1)}" if count else "no passage"
        return f"    {visible(codes[name].label)} ({name}): {said}"

    lines: list[str] = []
    for dimension, label in taxonomy.labels:
        groups = [group for group in taxonomy.groups if group.dimension == dimension]
        lines += ["", paint(visible(label), "bold")] if lines else [paint(visible(label), "bold")]
        for group in groups:
            lines.append(f"  {visible(group.label)} ({group.name})")
            if group.definition:
                lines.append(f"    {paint(visible(group.definition), 'dim')}")
            lines += [line(name) for name in group.codes]
        gathered = {name for group in groups for name in group.codes}
        loose = [name for name in codes if name not in gathered]
        if loose:
            lines += ["  In no group", *(line(name) for name in loose)]
    return lines


def _write(taxonomy: Taxonomy, book: Codebook | None, dimension: str | None, target: Path) -> None:
    from constellary.exchange.atomic import replace_files
    from constellary.literature.codebook_from import codebook_from
    from constellary.study.codebook_writer import write_codebook

    made = codebook_from(taxonomy, book, dimension)
    replace_files({target: write_codebook(made).encode()})
    count = _many(len(made.variables), "variable")
    click.echo(f"{target}: a codebook of {count}. Next: constellary new NAME.study --codebook {target}")


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}{'s' * (number != 1)}"


def _compare(taxonomy: Taxonomy, book: Codebook, dimension: str | None, study: Path) -> None:
    from constellary.cli.terminal import visible
    from constellary.literature.codebook_from import tie

    found = tie(taxonomy, book, dimension)
    if found is None:
        click.echo(f"{study}: the codebook has no variable, or the taxonomy no group, of that dimension.")
        return
    for remark in found.remarks:
        click.echo(visible(remark))
