"""Where each page of a published site lies, and the addresses between pages.

All addresses are relative, so that the site works from a file server, from a folder of it, and from disk.
"""

from __future__ import annotations

from posixpath import dirname, relpath
from typing import TYPE_CHECKING
from urllib.parse import quote

from constellary.report.evidence import anchor, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from constellary.workbench.filters import Filter

LONGEST = 60
STATIC = "static"


def file_names(names: Iterable[str]) -> dict[str, str]:
    """Return for each name a file name (without suffix) of small letters, digits and hyphens, each its own.

    Examples
    --------
    >>> file_names(["Škoda", "Skoda", "Fiat / Iveco", ".."])
    {'..': 'none', 'Fiat / Iveco': 'fiat-iveco', 'Skoda': 'skoda', 'Škoda': 'skoda-2'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names)):
        stem = slug(name)[:LONGEST].strip("-") or "none"
        chosen, number = stem, 1
        while chosen in taken:
            number += 1
            chosen = f"{stem}-{number}"
        taken.add(chosen)
        found[name] = chosen
    return found


class SitePaths:
    """The files of a site: page names and, for alliances, firms and publishers, the file of each."""

    def __init__(
        self, pages: Iterable[str], alliances: Iterable[str], firms: Iterable[str], publishers: Iterable[str]
    ) -> None:
        self.pages = frozenset(pages)
        self.alliances = file_names(alliances)
        self.firms = file_names(firms)
        self.publishers = file_names(publishers)

    def page(self, name: str) -> str | None:
        """Return the file of a page, or of the nearest one above it that there is; None: there is none."""
        while name:
            if name in self.pages:
                return f"{name}.html"
            name = name.rpartition("/")[0]
        return None

    def alliance(self, key: str) -> str:
        """Return the file of an alliance's page."""
        return f"alliances/{self.alliances[key]}.html"

    def firm(self, name: str) -> str:
        """Return the file of a firm's page."""
        return f"firms/{self.firms[name]}.html"

    def publisher(self, name: str) -> str:
        """Return the file of a publisher's page."""
        return f"sources/publishers/{self.publishers[name]}.html"


class SiteLinks:
    """Addresses within a published site, as seen from one of its pages.

    Examples
    --------
    >>> links = SiteLinks(SitePaths(["firms"], ["a1"], ["Fiat"], []), "alliances/a1.html")
    >>> links.firm("Fiat"), links.page("firms"), links.asset("workbench.css")
    ('../firms/fiat.html', '../firms.html', '../static/workbench.css')
    """

    def __init__(self, paths: SitePaths, here: str) -> None:
        self._paths = paths
        self._folder = dirname(here) or "."

    def to(self, path: str) -> str:
        """Return the address of a file of the site."""
        return quote(relpath(path, self._folder))

    def page(self, name: str, chosen: Filter | None = None, **more: str | int | None) -> str:
        """Return the address of a page. A site has no filters: it leads to the whole."""
        del chosen
        firm = more.get("ego") if name == "constellation" else None
        path = self._paths.page(name)
        found = self.to(path) if path else self.to("index.html")
        return f"{found}#firm={quote(str(firm), safe='')}" if firm else found

    def download(self, name: str, chosen: Filter | None = None, **more: str | int | None) -> str:
        """Return the address of a file that goes with a page: a figure, or a table as CSV."""
        del chosen
        stem, dot, kind = name.rpartition(".")
        return self.to(f"{stem}-dark{dot}{kind}" if more.get("theme") == "dark" else name)

    def alliance(self, key: str) -> str:
        """Return the address of an alliance's page."""
        return self.to(self._paths.alliance(key))

    def firm(self, name: str) -> str:
        """Return the address of a firm's page; a parent that is not in the table of firms has none."""
        return self.to(self._paths.firm(name)) if name in self._paths.firms else self.to("firms.html")

    def publisher(self, name: str) -> str:
        """Return the address of the page of a publisher."""
        return self.to(self._paths.publisher(name))

    def evidence(self, chosen: Filter | None = None, *, key: str = "", **of: str | Sequence[str]) -> str:
        """Return the place of a list on the page itself, which carries its evidence."""
        del chosen
        if key:
            return anchor(key)
        firm = of.get("firm")
        return self.firm(firm) if isinstance(firm, str) else "#"

    def asset(self, name: str) -> str:
        """Return the address of a file of the front end."""
        return self.to(f"{STATIC}/{name}")
