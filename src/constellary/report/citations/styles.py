"""The citation styles that ship, and what a processor that lacks some of the language needs of them.

The styles are files of the Citation Style Language project; see the note beside them for their licence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from constellary.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = files("constellary.report.citations") / "styles"
SPACE = "{http://purl.org/net/xbiblio/csl}"
DEFAULT = "apa"


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style.

    Attributes
    ----------
    name, label
        `apa`, 'APA Style, 7th edition'.
    numbered
        Whether references are numbered in the order in which they come, and not sorted by author.
    locale
        Language and country of its terms and quotation marks.
    inside
        Whether a comma or full stop goes inside a closing quotation mark, as in America.
    mends
        What the processor gets wrong -> what the style asks for.
    """

    name: str
    label: str
    numbered: bool = False
    locale: str = "en-US"
    inside: bool = True
    mends: tuple[tuple[str, str], ...] = ()


STYLES: Mapping[str, Style] = {
    style.name: style
    for style in (
        Style(
            "apa",
            "APA Style, 7th edition",
            # The case of an editor's label is not minded.
            mends=((" (ed.)", " (Ed.)"), (" (eds.)", " (Eds.)"), (" (ed.),", " (Ed.),")),
        ),
        Style("chicago", "Chicago Manual of Style, 18th edition (author-date)"),
        Style("harvard", "Harvard, Cite Them Right, 12th edition", locale="en-GB", inside=False),
        Style("ieee", "IEEE Reference Guide", numbered=True),
        Style("vancouver", "Vancouver (NLM, Citing Medicine, 2nd edition)", numbered=True),
    )
}


def style_named(name: str) -> Style:
    """Return a style by its name.

    Raises
    ------
    UnknownName
        If it does not ship.
    """
    found = STYLES.get(name.strip().lower())
    if found is None:
        raise UnknownName("citation style", name, list(STYLES))
    return found


@cache
def processor(name: str) -> Any:
    """Return the processor's own form of a style; it is not to be used by two threads at once."""
    from citeproc import CitationStylesStyle

    style = STYLES[name]
    text = (FOLDER / f"{name}.csl").read_bytes()
    found = CitationStylesStyle(BytesIO(text), locale=style.locale, validate=False)
    _full_names(found.root)
    return found


def _full_names(root: Any) -> None:
    """Take initials from where a style asks for names in full, which the processor does not see."""
    mark, names = root.get("initialize-with"), list(root.iter(f"{SPACE}name"))
    if mark is None or all(name.get("initialize") != "false" for name in names):
        return
    for name in names:
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)
        elif name.get("initialize-with") is None:
            name.set("initialize-with", mark)
    root.attrib.pop("initialize-with")
