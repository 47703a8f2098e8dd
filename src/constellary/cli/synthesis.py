"""`constellary synthesis`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import example, format_option, study_argument

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from constellary.literature.review import Review
    from constellary.literature.synthesis import Synthesis


@click.command(
    epilog=example(
        "synthesis out/automotive.study",
        "synthesis out/automotive.study --dimension learning",
        "synthesis out/automotive.study --matrix --format csv",
    )
)
@study_argument
@click.option(
    "--dimension",
    metavar="NAME",
    default=None,
    help="Whose groups are the rows.  [default: motivation, or the taxonomy's first]",
)
@click.option("--matrix", is_flag=True, help="Studies down, codes across, passages in the cells.")
@click.option("--groups", is_flag=True, help="With --matrix: groups across instead of codes.")
@click.option("--all", "every", is_flag=True, help="Count also works that are not included.")
@click.option(
    "--examples", metavar="N", type=click.IntRange(min=0), default=6, show_default=True, help="Of each group."
)
@click.option(
    "--table",
    metavar="NAME",
    default=None,
    help="Only the table of this name: synthesis, crossed, codes, passages; matrix, cells.",
)
@format_option
def command(
    *,
    study: Path,
    dimension: str | None,
    matrix: bool,
    groups: bool,
    every: bool,
    examples: int,
    table: str | None,
    form: str,
) -> None:
    """Print Table 1: each motivation with its examples and studies.

    The rows are the groups of the taxonomy, the examples the notes and quotes of the coded passages, the
    studies those that bear a code of the group. A second table sets the groups against the other
    dimension, such as exploration and exploitation.
    """
    from constellary.cli.output import View, give
    from constellary.errors import UsageError
    from constellary.study.study import open_study

    if groups and not matrix:
        raise UsageError("--groups belongs to --matrix.")
    with open_study(study, read_only=True) as found:
        review = found.literature.review()
    _needs_codes(review, study)
    if matrix:
        from constellary.literature.matrix import matrix as made

        result = made(review, "group" if groups else "code", dimension, every=every)
        give(result, form, table=table, view=View({"matrix": result.tables()["matrix"].drop("work")}))
        return
    from constellary.literature.synthesis import synthesis

    found_ = synthesis(review, dimension, every=every, examples=examples)
    give(found_, form, table=table, view=View(_shown(found_)))


def _needs_codes(review: Review, study: Path) -> None:
    from constellary.errors import InputError

    if not review.taxonomy.codes:
        raise InputError(
            f"{study} has no taxonomy yet. `constellary taxonomy {study} --template` prints one to begin with."
        )


def _shown(found: Synthesis) -> dict[str, pl.DataFrame]:
    """Return what people see: groups with examples and studies, and how the works of each are shared out."""
    import polars as pl

    shown = {
        "synthesis": found.groups.select(
            pl.col("label").alias("group"), "works", "share", "examples", "studies"
        )
    }
    if found.crossed.height:
        wide = found.crossed.select(
            pl.col("group_label").alias("group"), pl.col("class_label").alias("class"), "works", "dimension"
        )
        for name in wide["dimension"].unique(maintain_order=True):
            shown[name] = (
                wide.filter(dimension=name).drop("dimension").pivot("class", index="group", values="works")
            )
    return shown
