"""Coding agreement: how far coders who worked apart gave the same codes, and where they did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.errors import UsageError
from constellary.result import Result
from constellary.statistics.agreement_tables import (
    agreement_remarks,
    confusion_frame,
    disagreement_frame,
    variable_frame,
)
from constellary.statistics.codings import coded, coded_variables, coders_of
from constellary.statistics.coefficients import COEFFICIENTS, coefficient_frame
from constellary.statistics.intervals import check_level

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from constellary.study.frames import Frames

SEED = 20240524


@dataclass(frozen=True, repr=False, eq=False)
class Agreement(Result):
    """How far the coders agree, for each coded variable.

    Attributes
    ----------
    title
        What it is.
    variables
        One row a variable, in the codebook's order: `variable`, `label`, `coders` (how many), `units`
        (alliances that any of them coded), `shared` (that two or more coded), `left_out` (codings as
        missing that do not count), then `percent` (all coders agree, 0..1), `cohen` (two coders only),
        `fleiss`, `ac1`, `alpha`, each with `_low` and `_high`; `disagreements`, `settled` (units with a
        settled value), `changed` (settled on a value that no coder had given), `evidence` (alliances
        with a disagreement) and `changed_evidence`. Null where undefined.
    coefficients
        One row a variable and coefficient: `variable`, `coefficient`, `value`, `se`, `low`, `high`
        (analytic), `boot_low`, `boot_high` (percentiles over resampled units).
    disagreements
        One row a disagreement: `alliance`, `variable`, a column a coder, and the settled value. `(missing)`
        is a coding as missing, null no coding.
    confusions
        One row a variable and two values that stand against each other: `variable`, `first`, `second`,
        `count` (units), `evidence`.
    coders, settled
        Who is compared, and whose codings settle.
    level, replicates, seed
        Of the intervals.
    missing_is_category
        Whether a coding as missing is a code like any other.
    """

    title: str
    variables: pl.DataFrame
    coefficients: pl.DataFrame
    disagreements: pl.DataFrame
    confusions: pl.DataFrame
    coders: tuple[str, ...]
    settled: str | None
    level: float
    replicates: int
    seed: int
    missing_is_category: bool
    selection: str = ""

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `agreement`, `coefficients`, `confusions` and `disagreements`."""
        return {
            "agreement": self.variables.drop("evidence", "changed_evidence"),
            "coefficients": self.coefficients,
            "confusions": self.confusions.drop("evidence"),
            "disagreements": self.disagreements,
        }

    def numbers(self) -> dict[str, object]:
        """Return for each variable its counts and each coefficient with its intervals."""
        counts = self.variables.select(
            "variable", "coders", "units", "shared", "left_out", "disagreements", "settled", "changed"
        )
        variables = {str(row.pop("variable")): row for row in counts.to_dicts()}
        for row in self.coefficients.to_dicts():
            name, coefficient = row.pop("variable"), row.pop("coefficient")
            variables[name].setdefault("coefficients", {})[coefficient] = row
        return {
            "coders": list(self.coders),
            "settled": self.settled,
            "level": self.level,
            "replicates": self.replicates,
            "seed": self.seed,
            "missing_is_category": self.missing_is_category,
            "variables": variables,
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the coefficients are, and what is undefined or left out."""
        return agreement_remarks(self)


def agreement(
    frames: Frames,
    *,
    coders: Sequence[str] | None = None,
    settled: str | None = "adjudicated",
    missing_is_category: bool = True,
    level: float = 0.95,
    replicates: int = 1000,
    seed: int = SEED,
) -> Agreement:
    """Return how far the coders agree on each coded variable.

    Parameters
    ----------
    frames
        A study or a selection of it; only codings of its alliances count.
    coders
        Who is compared; None: everybody but `settled`.
    settled
        The name under which settled values stand among the codings; None: there are none.
    missing_is_category
        A coding without a value says that the sources do not tell, and is a code of its own. False:
        such codings are left out, and counted in `left_out`.
    level
        Of all intervals.
    replicates, seed
        Of the bootstrap over units; 0 replicates: no bootstrap, and the analytic intervals are shown.

    Returns
    -------
    Agreement
        Multiple choice has `percent` (equal sets) and alpha with MASI distances only.

    Raises
    ------
    UnknownName
        If a coder that is named coded nothing.
    UsageError
        If the level or the number of replicates is impossible.
    InputError
        If a coder coded a variable of one alliance twice.

    References
    ----------
    Hayes and Krippendorff (2007), doi:10.1080/19312450709336664; Gwet (2008),
    doi:10.1348/000711006X126600; Passonneau (2006), LREC, pp. 831-836.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> found = agreement(example_frames(), replicates=0)
    >>> found.coders, found.settled
    (('first', 'second'), 'adjudicated')
    >>> row = found.variables.row(0, named=True)
    >>> row["percent"], round(row["cohen"], 4)  # by chance 5/16: (3/4 - 5/16) / (1 - 5/16)
    (0.75, 0.6364)
    >>> found.disagreements.rows()
    [('a2', 'motivation', 'green_manufacturing', 'supply_chain_risk', 'green_manufacturing')]
    """
    check_level(level)
    if replicates < 0:
        raise UsageError(f"A bootstrap has 0 or more replicates; got {replicates}.")
    names = coders_of(frames, coders, settled)
    all_coded = [
        coded(frames, variable, names, settled=settled, missing_is_category=missing_is_category)
        for variable in coded_variables(frames, names)
    ]
    coefficients = coefficient_frame(all_coded, level=level, replicates=replicates, seed=seed)
    return Agreement(
        title="Coding agreement",
        variables=variable_frame(all_coded, coefficients, COEFFICIENTS),
        coefficients=coefficients,
        disagreements=disagreement_frame(all_coded, names, settled),
        confusions=confusion_frame(all_coded),
        coders=names,
        settled=settled,
        level=level,
        replicates=replicates,
        seed=seed,
        missing_is_category=missing_is_category,
        selection=frames.selection,
    )
