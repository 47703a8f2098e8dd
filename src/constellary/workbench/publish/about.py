"""What a published site says of itself: whose it is, how to cite it, under which licence, made by what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constellary import __version__
from constellary.errors import UsageError

if TYPE_CHECKING:
    from constellary.study.frames import Frames

LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "CC-BY-NC-4.0": (
        "Creative Commons Attribution-NonCommercial 4.0",
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    "CC0-1.0": (
        "Creative Commons Zero 1.0 (no rights reserved)",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    "ODbL-1.0": ("Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
"""Licences by their SPDX identifier: name and text."""


@dataclass(frozen=True, slots=True)
class About:
    """Whose the site is.

    Attributes
    ----------
    authors
        Names, as they are to be cited.
    year
        Of the publication; empty: not said.
    licence
        SPDX identifier of one of `LICENCES`; empty: all rights reserved.
    address
        Where the site will be found; empty: not said.
    """

    authors: tuple[str, ...] = ()
    year: str = ""
    licence: str = ""
    address: str = ""

    def __post_init__(self) -> None:
        if self.licence and self.licence not in LICENCES:
            raise UsageError(f"'{self.licence}' is none of the licences {', '.join(LICENCES)}.")
        if self.address and not self.address.startswith(("https://", "http://")):
            raise UsageError("The address of a site begins with https:// or http://.")

    def citation(self, title: str) -> str:
        """Return how to cite the site, in a line.

        Examples
        --------
        >>> About(("A. Author", "B. Author"), "2026").citation("Alliances")[:46]
        'A. Author and B. Author (2026). Alliances [Dat'
        """
        whose = " and ".join(filter(None, [", ".join(self.authors[:-1]), *self.authors[-1:]]))
        when = f" ({self.year})" if self.year else ""
        said = f"{whose}{when}. " if whose else ""
        where = f" {self.address}" if self.address else ""
        return f"{said}{title} [Data set and site made with Constellary {__version__}].{where}"


def citation_file(about: About, frames: Frames) -> bytes:
    """Return CITATION.cff of the site."""
    lines = [
        "cff-version: 1.2.0",
        f"title: {json.dumps(frames.codebook.title, ensure_ascii=False)}",
        'message: "If you use these data, please cite them."',
        "type: dataset",
        "authors:",
        *(f"  - name: {json.dumps(name, ensure_ascii=False)}" for name in about.authors or ("The authors",)),
    ]
    if about.licence:
        lines.append(f"license: {about.licence}")
    if about.address:
        lines.append(f"url: {json.dumps(about.address)}")
    return ("\n".join(lines) + "\n").encode()


def about_view(about: About, frames: Frames) -> dict[str, Any]:
    """Return what the first page of a site shows."""
    name, text = LICENCES.get(about.licence, ("", ""))
    return {
        "about": about,
        "citation": about.citation(frames.codebook.title),
        "licence": name,
        "licence_text": text,
        "numbers": [
            ("Alliances", frames.alliances.height),
            ("Firms", frames.signing.height),
            ("Sources", frames.sources.height),
        ],
        "period": [str(year) for year in (frames.alliances["year"].min(), frames.alliances["year"].max())]
        if frames.alliances["year"].drop_nulls().len()
        else [],
        "limits": frames.codebook.limits,
        "version": __version__,
    }
