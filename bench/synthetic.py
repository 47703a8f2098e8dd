"""Synthetic alliances of any number, for benchmarks and tests: heavy tail, industry blocks, 2-8 partners.

The figures that it imitates: 72 % dyads and 2.58 partners an alliance on average; numbers of alliances a
firm by a discrete power law (exponent 2.15, cut at 1.2 times the root of the number of alliances), so that
about 65 % of the firms sign once; three in four partners come from the alliance's own industry block.
The same seed gives the same frames.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.random import Generator
    from numpy.typing import NDArray

    from constellary.study.codebook import Codebook

SIZES = np.arange(2, 9)
TAIL = 0.56 ** np.arange(6)
SIZE_SHARES = np.concatenate([[0.72], 0.28 * TAIL / TAIL.sum()])
EXPONENT = 2.15
WITHIN = 0.75
BLOCKS = 12


def synthetic(
    alliances: int,
    *,
    seed: int = 20240601,
    codebook: Codebook | None = None,
    first_year: int = 2018,
    last_year: int = 2023,
) -> dict[str, pl.DataFrame]:
    """Return `alliances`, `partners`, `firms` as an importer or `Frames` would have them.

    With a codebook every choice variable is filled with skewed random categories (4 % missing). The
    alliances also carry `year` and `size`, which `csv_files` leaves out.
    """
    generator = np.random.default_rng(seed)
    sizes = generator.choice(SIZES, size=alliances, p=SIZE_SHARES)
    firm = memberships(generator, sizes)
    number, firm = np.unique(firm, return_inverse=True)
    ids = np.char.add("A", np.char.zfill(np.arange(1, alliances + 1).astype(str), 7))
    names = np.char.add("Firm ", np.char.zfill(np.arange(1, number.size + 1).astype(str), 7))
    starts = np.cumsum(sizes) - sizes
    years = generator.integers(first_year, last_year + 1, size=alliances)
    days = generator.integers(1, 29, size=alliances)
    months = generator.integers(1, 13, size=alliances)
    announced = [f"{y}-{m:02}-{d:02}" for y, m, d in zip(years, months, days, strict=True)]
    partners = pl.DataFrame(
        {
            "alliance": np.repeat(ids, sizes),
            "firm": names[firm],
            "position": (np.arange(sizes.sum()) - np.repeat(starts, sizes) + 1).astype(np.int32),
        }
    )
    table = pl.DataFrame(
        {
            "id": ids,
            "name": np.char.add("Alliance ", ids),
            "announced": announced,
            "year": years.astype(np.int32),
            "size": sizes.astype(np.int32),
        }
    )
    firms = pl.DataFrame(
        {"firm": names},
    ).with_columns(
        pl.Series("aliases", [[]] * names.size, dtype=pl.List(pl.String)),
        pl.lit(None, dtype=pl.String).alias("parent"),
    )
    if codebook is not None:
        table = with_choices(table, codebook, "alliance", generator)
        firms = with_choices(firms, codebook, "firm", generator)
    return {"alliances": table, "partners": partners, "firms": firms}


def memberships(generator: Generator, sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the firm of every seat; the seats of an alliance stand together and hold distinct firms."""
    seats = int(sizes.sum())
    cap = max(3, int(1.2 * np.sqrt(sizes.size)))
    values = np.arange(1, cap + 1)
    shares = values**-EXPONENT
    shares /= shares.sum()
    degrees = generator.choice(values, size=seats, p=shares)
    degrees = degrees[: int(np.searchsorted(np.cumsum(degrees), seats)) + 1]
    stubs = np.repeat(np.arange(degrees.size), degrees)[:seats]
    block = generator.integers(0, BLOCKS, size=degrees.size)[stubs]
    # A stub that leaves its block takes the block of a random other stub.
    leaves = generator.random(seats) >= WITHIN
    block[leaves] = block[generator.integers(0, seats, size=int(leaves.sum()))]
    firm = stubs[np.lexsort((generator.random(seats), block))]
    alliance = np.repeat(np.arange(sizes.size), sizes)
    for _ in range(50):
        again = repeated(alliance, firm)
        if not again.any():
            break
        # Swap the repeated seats with random seats; what is left after some rounds is drawn afresh.
        places = np.flatnonzero(again)
        others = generator.permutation(seats)[: places.size]
        firm[places], firm[others] = firm[others].copy(), firm[places].copy()
    while (again := repeated(alliance, firm)).any():
        firm[again] = generator.integers(0, degrees.size, size=int(again.sum()))
    order = generator.permutation(sizes.size)  # so that blocks do not follow the alliances' ids
    starts = np.cumsum(sizes) - sizes
    new_sizes = sizes[order]
    offset = np.arange(seats) - np.repeat(np.cumsum(new_sizes) - new_sizes, new_sizes)
    sizes[:] = new_sizes
    return firm[np.repeat(starts[order], new_sizes) + offset]


def repeated(alliance: NDArray[np.int64], firm: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return True at each seat whose firm already sits in the same alliance."""
    order = np.lexsort((firm, alliance))
    same = (alliance[order][1:] == alliance[order][:-1]) & (firm[order][1:] == firm[order][:-1])
    found = np.zeros(firm.size, dtype=bool)
    found[order[1:][same]] = True
    return found


def with_choices(frame: pl.DataFrame, codebook: Codebook, level: str, generator: Generator) -> pl.DataFrame:
    """Add a random category for each choice variable of that level."""
    for variable in codebook.variables:
        if variable.level != level or not variable.categories:
            continue
        values = np.array(variable.values)
        shares = 1.0 / np.arange(1, values.size + 1)
        drawn = values[generator.choice(values.size, size=frame.height, p=shares / shares.sum())]
        missing = generator.random(frame.height) < 0.04
        column = pl.Series(variable.name, drawn).to_frame()
        column = column.select(pl.when(~pl.Series(missing)).then(pl.col(variable.name)).alias(variable.name))
        if variable.kind == "multiple":
            column = column.select(
                pl.when(pl.col(variable.name).is_not_null()).then(pl.concat_list(variable.name))
            )
        frame = frame.with_columns(column.to_series())
    return frame


def csv_files(folder: Path, frames: dict[str, pl.DataFrame]) -> list[Path]:
    """Write the frames as the CSV files that `constellary import` reads, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, frame in frames.items():
        shown = frame.drop("year", "size", strict=False)
        shown = shown.with_columns(
            pl.col(column).list.join(";")
            for column, kind in shown.schema.items()
            if kind == pl.List(pl.String)
        )
        path = folder / f"{name}.csv"
        shown.write_csv(path)
        paths.append(path)
    return paths
