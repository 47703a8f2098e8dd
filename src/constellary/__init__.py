"""Constellary: the workbench for studying inter-firm alliances, from press release to constellation.

What a notebook needs is here, in few words; heavy libraries load when a function is called::

    import constellary as cy

    study = cy.open("automotive.study")
    cy.crosstab(study, "motivation", "focus")
    sky = cy.constellation(study, since="2021")
    cy.draw(study, "sky.svg", ego="Toyota")
    cy.report(study, "out/")
"""

__version__ = "0.1.0"

# Two functions of the face bear the name of a room. A room that is imported later would take its place, so
# both are imported first; they hold nothing but a docstring.
import constellary.constellation
import constellary.report  # noqa: F401
from constellary.errors import ConstellaryError, InputError, ProblemsFound, UsageError
from constellary.face import (
    agreement,
    alliances_per_firm,
    compare_firms,
    constellation,
    crosstab,
    export,
    frequency,
    import_files,
    new,
    open,  # noqa: A004  # `constellary.open` is what a notebook calls, as `gzip.open` is
    partners_per_alliance,
    read,
    report,
    rival_pairs,
    trend,
)
from constellary.face_review import (
    bibliography,
    flow,
    import_records,
    literature_network,
    screeners_agreement,
    synthesis,
)
from constellary.report.sky.draw import draw

__all__ = [
    "ConstellaryError",
    "InputError",
    "ProblemsFound",
    "UsageError",
    "__version__",
    "agreement",
    "alliances_per_firm",
    "bibliography",
    "compare_firms",
    "constellation",
    "crosstab",
    "draw",
    "export",
    "flow",
    "frequency",
    "import_files",
    "import_records",
    "literature_network",
    "new",
    "open",
    "partners_per_alliance",
    "read",
    "report",
    "rival_pairs",
    "screeners_agreement",
    "synthesis",
    "trend",
]
