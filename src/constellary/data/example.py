"""An invented study that fits on a page: the examples of the documentation reckon with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constellary.study.frames import Frames

# id, announced, form, motivation, focus, partners
ALLIANCES = (
    ("a1", "2021-03-02", "agreement", "knowledge", "automotive_items", ("Algol", "Bellatrix")),
    ("a2", "2021-06", "joint_venture", "green_manufacturing", "automotive_items", ("Algol", "Capella")),
    ("a3", "2022-01-15", "agreement", "services", "mobility_ecosystem", ("Algol", "Bellatrix", "Deneb")),
    ("a4", "2022-09-30", "memorandum", "services", "mobility_ecosystem", ("Capella", "Electra")),
    ("a5", "2023", "agreement", "knowledge", "mobility_ecosystem", ("Algol", "Deneb")),
    ("a6", "2023-05-11", "equity_stake", None, "automotive_items", ("Bellatrix", "Capella")),
)
# firm, type, generation, country
FIRMS = (
    ("Algol", "OEM", "traditional", "DE"),
    ("Bellatrix", "OEM", "emergent", "CN"),
    ("Capella", "OES", None, "JP"),
    ("Deneb", "ICT", None, "US"),
    ("Electra", "Other", None, "FR"),
)
# alliance, publisher's domain
SOURCES = (
    ("a1", "example.com"),
    ("a1", "example.org"),
    ("a2", "example.com"),
    ("a3", "example.com"),
    ("a4", "example.net"),
)
# alliance, motivation as the first coder, the second coder and both together have it
CODINGS = (
    ("a1", "knowledge", "knowledge", "knowledge"),
    ("a2", "green_manufacturing", "supply_chain_risk", "green_manufacturing"),
    ("a3", "services", "services", "services"),
    ("a4", "services", "services", "services"),
)
CODERS = ("first", "second", "adjudicated")


def example_frames() -> Frames:
    """Return an invented study under the automotive codebook: six alliances of five firms.

    Five of the alliances are of two partners, one (`a3`) is of three; `a6` has no motivation, `a5` and `a6`
    have no source. Two coders coded the motivation of four of them.

    Examples
    --------
    >>> frames = example_frames()
    >>> frames.alliances.select("id", "year", "size", "motivation").rows()[2:4]
    [('a3', 2022, 3, 'services'), ('a4', 2022, 2, 'services')]
    >>> frames.firms["firm"].to_list()
    ['Algol', 'Bellatrix', 'Capella', 'Deneb', 'Electra']
    """
    import polars as pl

    from constellary.data import automotive_codebook
    from constellary.study.codebook_file import read_codebook
    from constellary.study.derive import build_frames

    def table(rows: list[tuple[object, ...]], *names: str) -> pl.DataFrame:
        return pl.DataFrame(rows, schema=list(names), orient="row")

    return build_frames(
        read_codebook(automotive_codebook()),
        alliances=table(
            [(key, f"{' and '.join(firms)} ({day})", day, *coded) for key, day, *coded, firms in ALLIANCES],
            *("id", "name", "announced", "form", "motivation", "focus"),
        ),
        partners=table(
            [(key, firm, place) for key, *_, firms in ALLIANCES for place, firm in enumerate(firms, 1)],
            *("alliance", "firm", "position"),
        ),
        firms=table(list(FIRMS), "firm", "type", "generation", "country"),
        sources=table(
            [(key, f"https://{domain}/{key}", domain) for key, domain in SOURCES],
            *("alliance", "url", "publisher"),
        ),
        codings=table(
            [
                (key, "motivation", coder, value, True)
                for key, *values in CODINGS
                for coder, value in zip(CODERS, values, strict=True)
            ],
            *("alliance", "variable", "coder", "value", "sure"),
        ),
    )
