"""What of the constellation is shown and how: the options of a view, as an address or a command has them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from constellary.errors import UnknownName, UsageError
from constellary.report.sky.options import given_of, one_of, whole_number
from constellary.study.names import firm_names, folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from constellary.study.codebook import Codebook

MEASURES: dict[str, str] = {
    "alliances": "Alliances",
    "degree": "Partners",
    "strength": "Ties with their weight",
    "betweenness": "Betweenness",
    "harmonic": "Closeness",
    "eigenvector": "Eigenvector",
    "core": "Core",
}
"""What the area of a mark can say, with its label."""
NOTHING = "none"
COMMUNITY = "community"
PARTS = {"all": "All firms", "main": "The largest component"}
FARTHEST = 3
"""Steps of an ego view: beyond three everybody is near everybody."""
LEAST = 1_000_000


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of a selection, and what the marks say.

    Attributes
    ----------
    size
        Measure that a mark's area shows, one of `MEASURES`.
    colour
        Firm variable or grouping with categories, `community`, or `none`.
    shape
        Firm variable or grouping with categories, or `none`.
    ego
        Firm around which is shown; empty: everybody.
    distance
        Steps from the ego at most, 1 to 3.
    hulls
        Whether alliances of three and more partners are outlined.
    part
        `all`, or `main`: the largest component alone.
    least
        Firms with fewer alliances than this are left out.
    """

    size: str = "alliances"
    colour: str = NOTHING
    shape: str = NOTHING
    ego: str = ""
    distance: int = 1
    hulls: bool = False
    part: str = "all"
    least: int = 0

    def query(self, codebook: Codebook) -> tuple[tuple[str, str], ...]:
        """Return the options as pairs of an address, in a fixed order; what is as by default is left out."""
        usual = default_view(codebook)
        pairs = [(field.name, getattr(self, field.name)) for field in fields(self)]
        return tuple(
            (name, str(int(value)) if isinstance(value, bool) else str(value))
            for name, value in pairs
            if value != getattr(usual, name) and not (name == "distance" and not self.ego)
        )


def grouping_names(codebook: Codebook) -> dict[str, str]:
    """Return the firm variables and groupings that colour or shape can show, name -> label, in order."""
    return {
        item.name: item.label
        for item in codebook.items
        if item.level == "firm" and item.kind == "single" and item.categories
    }


def default_view(codebook: Codebook) -> View:
    """Return the view that the codebook's design asks for."""
    known, design = grouping_names(codebook), codebook.design
    colour = design.firm_type if design.firm_type in known else None
    shape = design.firm_generation if design.firm_generation in known else None
    return View(colour=colour or NOTHING, shape=shape or NOTHING)


def read_view(pairs: Iterable[tuple[str, str]], codebook: Codebook, firms: pl.DataFrame) -> View:
    """Return the view that an address asks for; what is no option of a view is left alone.

    Parameters
    ----------
    pairs
        Names and values; of a name that occurs twice the last counts, an empty value is none.
    codebook
        Of the study.
    firms
        The study's firms (`firm`, `aliases`), among which an ego is looked up.

    Raises
    ------
    UsageError
        If an option cannot be understood; it says which, and what there is.
    """
    given = given_of(pairs, {field.name for field in fields(View)})
    usual, known = default_view(codebook), list(grouping_names(codebook))
    return View(
        size=one_of("measure", given, "size", usual.size, list(MEASURES)),
        colour=one_of("colouring", given, "colour", usual.colour, [*known, COMMUNITY, NOTHING]),
        shape=one_of("distinction by shape", given, "shape", usual.shape, [*known, NOTHING]),
        ego=found_firm(given["ego"], firms) if "ego" in given else "",
        distance=whole_number(given, "distance", 1, 1, FARTHEST),
        hulls=one_of("choice for hulls", given, "hulls", "0", ["0", "1"]) == "1",
        part=one_of("part", given, "part", usual.part, list(PARTS)),
        least=whole_number(given, "least", 0, 0, LEAST),
    )


def found_firm(text: str, firms: pl.DataFrame) -> str:
    """Return the firm that a name or another name means.

    Raises
    ------
    UsageError
        If the study has none; near ones are named.
    """
    known = set(firms["firm"])
    found = text if text in known else firm_names(firms).get(folded(text))
    if found is None:
        raise UsageError(str(UnknownName("firm", text, sorted(known))))
    return found
