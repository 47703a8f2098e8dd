"""The public face of the literature stage: records in, the flow, agreement, Table 1 and the context out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constellary.literature.agreement import ScreenersAgreement
    from constellary.literature.context.network import Network
    from constellary.literature.context.overview import Overview
    from constellary.literature.flow import Flow
    from constellary.literature.synthesis import Synthesis
    from constellary.literature.works import Work
    from constellary.study.literature.intake import Intake
    from constellary.study.study import Study


def import_records(
    study: Study, *paths: str | Path, search: str | None = None, who: str | None = None, why: str = ""
) -> Intake:
    r"""Take bibliographic exports into a study, as one decision; what a file is, its content says.

    Parameters
    ----------
    study
        Open for writing.
    paths
        Exports: Web of Science, Scopus, PubMed, RIS, BibTeX, EndNote, OpenAlex, Crossref, CSL JSON, CSV ...
    search
        Name of the search of the protocol that found them; None: the protocol's only one of their database.
    who, why
        For the log; None: the login name.

    Returns
    -------
    Intake
        For each file how many records were read, and how many of them are new, known, changed or repeated.

    Raises
    ------
    InputError
        If a file is no export, is cut off or cannot be read; nothing is written then.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from constellary import new
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "found.ris"
    ...     _ = file.write_text("TY  - JOUR\nTI  - Alliances\nPY  - 2020\nER  - \n", encoding="utf-8")
    ...     with new(Path(folder) / "try.study") as study:
    ...         import_records(study, file, who="ana").new
    1
    """
    from getpass import getuser

    from constellary.exchange.bibliography.reading import read_export

    exports = [read_export(Path(path)) for path in paths]
    return study.literature.take(exports, search=search, who=who or getuser(), why=why)


def flow(study: Study) -> Flow:
    """Return the flow of records through the review, as PRISMA 2020 counts it, from the decisions.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from constellary import new
    >>> from constellary.data.review import add_review
    >>> with TemporaryDirectory() as folder, new(f"{folder}/try.study") as study:
    ...     add_review(study, who="ana")
    ...     flow(study).tables()["flow"].select("box", "count").rows()[-1]
    ('included', 18)
    """
    from constellary.literature.flow import flow as flow_of

    return flow_of(study.literature.review())


def screeners_agreement(study: Study, *, level: float = 0.95) -> ScreenersAgreement:
    """Return how far screeners agree at each stage, from their first verdicts.

    Parameters
    ----------
    level
        Of the intervals.
    """
    from constellary.literature.agreement import screeners_agreement as agreement_of

    return agreement_of(study.literature.review(), level=level)


def synthesis(study: Study, dimension: str | None = None) -> Synthesis:
    """Return the synthesis table: each group of the taxonomy with examples and the studies that bear it.

    Parameters
    ----------
    dimension
        Of the taxonomy; None: `motivation`, or the first.

    Raises
    ------
    UnknownName
        If the taxonomy has no such dimension.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from constellary import new
    >>> from constellary.data.review import add_review
    >>> with TemporaryDirectory() as folder, new(f"{folder}/try.study") as study:
    ...     add_review(study, who="ana")
    ...     synthesis(study).tables()["synthesis"]["group"].to_list()
    ['knowledge', 'green_manufacturing', 'supply_chain_risk', 'services']
    """
    from constellary.literature.synthesis import synthesis as synthesis_of

    return synthesis_of(study.literature.review(), dimension)


def bibliography(study: Study, *, included: bool = False) -> Overview:
    """Return the context of the literature: years, venues, authors, keywords and citations.

    Parameters
    ----------
    included
        Whether only works count that have passed every stage.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from constellary import new
    >>> from constellary.data.review import add_review
    >>> with TemporaryDirectory() as folder, new(f"{folder}/try.study") as study:
    ...     add_review(study, who="ana")
    ...     bibliography(study, included=True).tables()["years"].row(0)
    (2018, 1, 1)
    """
    from constellary.literature.context.overview import overview

    return overview(_works(study, included), title="Included literature" if included else "Literature")


def literature_network(study: Study, kind: str = "keywords", *, included: bool = False) -> Network:
    """Return a network of the literature, measured as the constellation of firms is.

    Parameters
    ----------
    kind
        `keywords` (that stand in one work), `cocitation` (references that one work cites), `coupling` (works
        that cite alike) or `authors`.
    included
        Whether only works count that have passed every stage.

    Raises
    ------
    UnknownName
        If there is no such kind.
    """
    from constellary.literature.context.network import literature_network as network_of

    return network_of(_works(study, included), kind)


def _works(study: Study, included: bool) -> tuple[Work, ...]:
    from constellary.literature.screening import included as included_of
    from constellary.literature.works import works

    review = study.literature.review()
    return included_of(review) if included else works(review)
