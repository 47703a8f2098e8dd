"""Taking over what coders agree on: many alliances get the codes that all their coders gave, as one decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import InputError
from constellary.study.decisions import RowChange
from constellary.study.stored import decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.study.codebook import Codebook


def take_over(
    stored: pl.DataFrame, codebook: Codebook, values: Mapping[str, Mapping[str, str | None]]
) -> list[RowChange]:
    """Return the changes of stored alliances to other codes, by id; those that stay as they are left out.

    Parameters
    ----------
    stored
        The table of alliances as stored.
    values
        Alliance -> variable -> value; multiple choice divided by `;`, None: missing.

    Raises
    ------
    InputError
        If an alliance is not there.
    """
    before = stored.filter(pl.col("id").is_in(list(values))).sort("id")
    gone = sorted(set(values) - set(before["id"]))
    if gone:
        raise InputError(f"{gone[0]}: is no longer there; look again at what would be taken over.")
    as_it_was = decoded(before, "alliances", codebook)
    fields = as_it_was
    for name in sorted({name for one in values.values() for name in one}):
        kind = fields.schema[name]
        old = dict(zip(fields["id"], fields[name].to_list(), strict=True))
        new = [
            _fitting(values[key][name], many=kind == pl.List(pl.String)) if name in values[key] else old[key]
            for key in fields["id"]
        ]
        fields = fields.with_columns(pl.Series(name, new, dtype=kind))
    after = encoded(fields, "alliances", codebook)
    # A codebook may have got variables since a row was stored: compared is what the fields say.
    told = zip(as_it_was.rows(), fields.rows(), before.rows(), after.rows(), strict=True)
    return [RowChange(row, new) for was, becomes, row, new in told if was != becomes]


def _fitting(value: str | None, *, many: bool) -> object:
    return value.split(";") if many and value is not None else value
