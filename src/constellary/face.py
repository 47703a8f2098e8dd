"""The public face: each function finds the frames, calls the room that does the work, and returns its result.

Wherever a study is asked for, `Frames` do as well. `since` and `until` (`2021`, `2021-05`, `2021-05-20`) and
`where` (`place = China and size > 2`) narrow any analysis to a selection of the alliances.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TypeAlias

    from constellary.constellation.constellation import Constellation
    from constellary.report.build import ReportPaths
    from constellary.statistics.agreement import Agreement
    from constellary.statistics.comparison import FirmComparison
    from constellary.statistics.concentration import AlliancesPerFirm
    from constellary.statistics.crosstab import Crosstab
    from constellary.statistics.frequency import Frequency
    from constellary.statistics.rivals import RivalPairs
    from constellary.statistics.sizes import PartnersPerAlliance
    from constellary.statistics.trend import Trend
    from constellary.study.frames import Frames
    from constellary.study.study import Outcome, Study

    Source: TypeAlias = Study | Frames
    Place: TypeAlias = str | Path


def open(path: Place, *, read_only: bool = False) -> Study:  # noqa: A001  # read as `constellary.open`
    """Open a study file.

    Raises
    ------
    StudyError
        If it is no study, is damaged, is locked or is of a newer version.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     new(f"{folder}/cars.study").close()
    ...     with open(f"{folder}/cars.study", read_only=True) as study:
    ...         [variable.name for variable in study.codebook.variables][:3]
    ['form', 'motivation', 'focus']
    """
    from constellary.study.study import open_study

    return open_study(Path(path), read_only=read_only)


def new(path: Place, *, codebook: Place | None = None) -> Study:
    """Make a new study file, with the automotive codebook or that of a TOML file.

    Raises
    ------
    InputError
        If there is something at `path`, or the codebook cannot be read.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, new(f"{folder}/cars.study") as study:
    ...     study.codebook.title, study.frames().alliances.height
    ('Automotive alliances', 0)
    """
    from constellary.data import automotive_codebook
    from constellary.study.codebook_file import read_codebook
    from constellary.study.study import create_study

    return create_study(Path(path), read_codebook(Path(codebook) if codebook else automotive_codebook()))


def read(*paths: Place, codebook: Place | None = None, mapping: Mapping[str, str] | None = None) -> Frames:
    """Read tables (CSV, XLSX, ODS, JSON Lines, data package) for analysis, without a study file.

    Parameters
    ----------
    paths
        Files of one study: alliances, and partners, firms, sources, codings as far as there are any.
    codebook
        TOML file; None: the automotive codebook.
    mapping
        Header in the files -> field, where a header is not recognised.

    Raises
    ------
    ProblemsFound
        With all that is wrong in the files.

    Examples
    --------
    >>> from constellary.data import automotive_files
    >>> frames = read(*automotive_files())
    >>> frames.alliances.height, frames.signing.height
    (787, 527)
    """
    from constellary.data import automotive_codebook
    from constellary.exchange.importer import read_files
    from constellary.study.batch import frames_of
    from constellary.study.codebook_file import read_codebook

    book = read_codebook(Path(codebook) if codebook else automotive_codebook())
    return frames_of(read_files([Path(path) for path in paths], book, mapping=mapping).batch, book)


def import_files(
    study: Study,
    *paths: Place,
    mapping: Mapping[str, str] | None = None,
    who: str | None = None,
    why: str = "",
) -> Outcome:
    r"""Take tables (CSV, XLSX, ODS, JSON Lines, data package) into a study, as one decision.

    Parameters
    ----------
    study
        Open for writing.
    paths
        Files of one delivery.
    mapping
        Header in the files -> field, where a header is not recognised; `-` leaves a column out.
    who, why
        For the log; None: the login name.

    Raises
    ------
    ProblemsFound
        With all that is wrong in the files; nothing is written then.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "alliances.csv"
    ...     _ = file.write_text("id,announced,partners\na,2021,Fiat;PSA\n", encoding="utf-8")
    ...     with new(Path(folder) / "try.study") as study:
    ...         outcome = import_files(study, file, who="ana")
    >>> outcome.counts["partners"].added
    2
    """
    from getpass import getuser

    from constellary.exchange.importer import read_files

    files = [Path(path) for path in paths]
    reading = read_files(
        files,
        study.codebook,
        mapping=mapping,
        known_alliances=study.known_alliances(),
        known_firms=study.known_firms(),
    )
    summary = f"import of {', '.join(path.name for path in files)}"
    return study.take(reading.batch, who=who or getuser(), why=why, summary=summary)


def frames_from(
    source: Source, *, since: str | None = None, until: str | None = None, where: str | None = None
) -> Frames:
    """Return the frames of a study or of frames, narrowed to a selection.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> frames = frames_from(example_frames(), since="2022", where="focus = mobility_ecosystem")
    >>> frames.alliances["id"].to_list()
    ['a3', 'a4', 'a5']
    """
    from constellary.study.frames import Frames
    from constellary.study.selection import select

    if isinstance(source, Frames):
        return select(source, since=since, until=until, where=where)
    return source.frames(since=since, until=until, where=where)


def frequency(
    source: Source,
    variable: str,
    *,
    level: float = 0.95,
    since: str | None = None,
    until: str | None = None,
    where: str | None = None,
) -> Frequency:
    """Return how often each category of a variable occurs, with intervals; see `statistics.frequency`.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> found = frequency(example_frames(), "motivation")
    >>> found.n, found.missing
    (5, 1)
    >>> found.rows.select("label", "count", "share").rows()[0]
    ('Knowledge', 2, 0.4)
    """
    from constellary.statistics.frequency import frequency

    return frequency(frames_from(source, since=since, until=until, where=where), variable, level=level)


def crosstab(
    source: Source,
    row: str,
    column: str,
    *,
    level: float = 0.95,
    since: str | None = None,
    until: str | None = None,
    where: str | None = None,
) -> Crosstab:
    """Return two variables against each other, with tests and residuals; see `statistics.crosstab`.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> found = crosstab(example_frames(), "formality", "focus")
    >>> found.counts().tolist()  # formal and informal, against the three kinds of focus
    [[2, 0, 0], [1, 3, 0]]
    >>> found.tests.chi2, round(found.tests.cramers_v, 4)
    (3.0, 0.7071)
    """
    from constellary.statistics.crosstab import crosstab

    return crosstab(frames_from(source, since=since, until=until, where=where), row, column, level=level)


def alliances_per_firm(
    source: Source, *, since: str | None = None, until: str | None = None, where: str | None = None
) -> AlliancesPerFirm:
    """Return how alliances are spread over firms; see `statistics.concentration`.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> found = alliances_per_firm(example_frames())
    >>> found.firms.select("firm", "alliances").rows()
    [('Algol', 4), ('Bellatrix', 3), ('Capella', 3), ('Deneb', 2), ('Electra', 1)]
    >>> found.mean.value  # 13 memberships of 5 firms
    2.6
    """
    from constellary.statistics.concentration import alliances_per_firm

    return alliances_per_firm(frames_from(source, since=since, until=until, where=where))


def partners_per_alliance(
    source: Source, *, since: str | None = None, until: str | None = None, where: str | None = None
) -> PartnersPerAlliance:
    """Return how many partners alliances have; see `statistics.sizes`.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> found = partners_per_alliance(example_frames())
    >>> found.distribution.select("partners", "alliances").rows()
    [(2, 5), (3, 1)]
    """
    from constellary.statistics.sizes import partners_per_alliance

    return partners_per_alliance(frames_from(source, since=since, until=until, where=where))


def trend(
    source: Source, *, since: str | None = None, until: str | None = None, where: str | None = None
) -> Trend:
    """Return the alliances of each year and the growth they show; see `statistics.trend`.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> found = trend(example_frames(), since="2021")
    >>> found.yearly.select("year", "alliances").rows()
    [(2021, 2), (2022, 2), (2023, 2)]
    """
    from constellary.statistics.trend import trend

    return trend(frames_from(source, since=since, until=until, where=where))


def compare_firms(
    source: Source, *, since: str | None = None, until: str | None = None, where: str | None = None
) -> FirmComparison:
    """Return the two groups of firms that the codebook sets against each other; see `statistics.comparison`.

    They are compared in alliances and in the measures of the constellation that `measures.COMPARED` names.

    Raises
    ------
    UsageError
        If the codebook declares no comparison.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> found = compare_firms(example_frames())
    >>> found.groups.select("label", "firms", "alliances").rows()
    [('Traditional', 1, 4), ('Emergent', 1, 3)]
    """
    from constellary.constellation.constellation import constellation
    from constellary.constellation.measures import COMPARED
    from constellary.errors import UsageError
    from constellary.statistics.comparison import compare_firms

    frames = frames_from(source, since=since, until=until, where=where)
    comparison = frames.codebook.design.comparison
    if comparison is None:
        raise UsageError("The codebook declares no comparison of firms ([design] comparison).")
    firms = constellation(frames, replicates=0, layout=False, communities=False).firms
    return compare_firms(frames, comparison, firms.select("firm", *COMPARED))


def rival_pairs(
    source: Source, *, since: str | None = None, until: str | None = None, where: str | None = None
) -> RivalPairs:
    """Return the share of partners that are rivals, by year; see `statistics.rivals`.

    Raises
    ------
    UsageError
        If the codebook does not say which firms are rivals.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> found = rival_pairs(example_frames())  # two makers of cars: Algol and Bellatrix, in a1 and a3
    >>> found.pairs.count, found.pairs.n
    (2, 8)
    """
    from constellary.errors import UsageError
    from constellary.statistics.rivals import rival_pairs

    frames = frames_from(source, since=since, until=until, where=where)
    rivals = frames.codebook.design.rivals
    if rivals is None:
        raise UsageError("The codebook does not say which firms are rivals ([design] rivals).")
    return rival_pairs(frames, rivals)


def agreement(
    source: Source, *, since: str | None = None, until: str | None = None, where: str | None = None
) -> Agreement:
    """Return how far the coders agree, variable by variable; see `statistics.agreement`.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> found = agreement(example_frames())
    >>> found.variables.select("variable", "shared", "percent").rows()  # three codes of four are the same
    [('motivation', 4, 0.75)]
    >>> found.confusions.select("first", "second", "evidence").rows()
    [('green_manufacturing', 'supply_chain_risk', ['a2'])]
    """
    from constellary.statistics.agreement import agreement

    return agreement(frames_from(source, since=since, until=until, where=where))


def constellation(
    source: Source, *, since: str | None = None, until: str | None = None, where: str | None = None
) -> Constellation:
    """Return the firms and their ties with measures, communities and layout; see `constellation`.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> sky = constellation(example_frames())
    >>> sky.network["ties"], sky.network["density"]  # 6 of the 10 pairs of firms
    (6, 0.6)
    >>> sky.firms.sort("betweenness").select("firm", "betweenness").rows()[-1]
    ('Capella', 0.5)
    """
    from constellary.constellation.constellation import constellation

    return constellation(frames_from(source, since=since, until=until, where=where))


def report(
    source: Source,
    folder: Place,
    *,
    formats: Sequence[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    where: str | None = None,
    references: str | None = None,
) -> ReportPaths:
    """Write the whole report into a folder and return the paths; see `report.build`.

    `references` is the citation style of the included works: `apa`, `chicago`, `harvard`, `ieee`, `vancouver`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from constellary.data import example_frames
    >>> with TemporaryDirectory() as folder:
    ...     written = report(example_frames(), folder, formats=["tables"])
    >>> [path.name for path in written.files if path.parent == written.folder]
    ['methods.md', 'results.json', 'tables.xlsx']
    """
    from constellary.report.build import write_report

    return write_report(
        source,
        Path(folder),
        formats=formats,
        since=since,
        until=until,
        where=where,
        references=references,
    )


def export(
    source: Source,
    path: Place,
    format: str,  # noqa: A002  # the word that users know
    *,
    since: str | None = None,
    until: str | None = None,
    where: str | None = None,
) -> Iterable[Path]:
    """Write a study in another format and return the paths; see `exchange.export`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from constellary.data import example_frames
    >>> with TemporaryDirectory() as folder:
    ...     written = export(example_frames(), f"{folder}/tables", "csv")
    >>> [path.name for path in written]
    ['alliances.csv', 'partners.csv', 'firms.csv', 'sources.csv', 'codings.csv']
    """
    from constellary.exchange.export import FORMATS, export
    from constellary.report.drawing_of import drawing_of
    from constellary.study.frames import Frames

    whole = frames_from(source)
    frames = frames_from(whole, since=since, until=until, where=where)
    drawing = None
    if format in FORMATS and FORMATS[format].graph:
        drawing = drawing_of(frames, whole, None if isinstance(source, Frames) else source.layouts)
    return export(frames, Path(path), format, drawing=drawing)
