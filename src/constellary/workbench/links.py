"""Addresses: where each thing is to be found, in the live workbench or in a published site.

Templates ask for a link and never write an address, so that the same template serves both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

from constellary.workbench.segments import segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.workbench.filters import Filter


class Links(Protocol):
    """What templates may ask for."""

    def page(self, name: str, chosen: Filter | None = None, **more: str | int | None) -> str:
        """Return the address of a page by its path (`figures`, `figures/growth`), under a filter."""

    def alliance(self, key: str) -> str:
        """Return the address of an alliance's page."""

    def firm(self, name: str) -> str:
        """Return the address of a firm's page."""

    def publisher(self, name: str) -> str:
        """Return the address of the page of a publisher: what rests on its pages."""

    def evidence(self, chosen: Filter | None = None, *, key: str = "", **of: str | Sequence[str]) -> str:
        """Return the address of a list of alliances: of what it is asked, and its key there."""

    def download(self, name: str, chosen: Filter | None = None, **more: str | int | None) -> str:
        """Return the address of a file that is made of the study (`figures/growth/partners.svg`)."""

    def asset(self, name: str) -> str:
        """Return the address of a file of the front end."""


class LiveLinks:
    """Addresses of the running workbench.

    Examples
    --------
    >>> LiveLinks({}).firm("Fiat / Iveco")
    '/firms/Fiat%20~2F%20Iveco'
    >>> LiveLinks({}).page("alliances", sort="name")
    '/alliances?sort=name'
    """

    def __init__(self, versions: dict[str, str]) -> None:
        self._versions = versions

    def page(self, name: str, chosen: Filter | None = None, **more: str | int | None) -> str:
        """Return the address of a page."""
        pairs = list(chosen.query) if chosen else []
        pairs += [(key, str(value)) for key, value in more.items() if value not in (None, "")]
        return f"/{name}" + (f"?{urlencode(pairs)}" if pairs else "")

    def download(self, name: str, chosen: Filter | None = None, **more: str | int | None) -> str:
        """Return the address of a file."""
        return self.page(name, chosen, **more)

    def alliance(self, key: str) -> str:
        """Return the address of an alliance's page."""
        return f"/alliances/{segment(key)}"

    def firm(self, name: str) -> str:
        """Return the address of a firm's page."""
        return f"/firms/{segment(name)}"

    def publisher(self, name: str) -> str:
        """Return the address of the page of a publisher."""
        return f"/sources/publishers/{segment(name)}"

    def evidence(self, chosen: Filter | None = None, *, key: str = "", **of: str | Sequence[str]) -> str:
        """Return the address of a list of alliances.

        Examples
        --------
        >>> LiveLinks({}).evidence(tie=("Fiat", "PSA"))
        '/evidence?tie=Fiat&tie=PSA'
        >>> LiveLinks({}).evidence(section="growth", key="partners-2")
        '/evidence?section=growth&key=partners-2'
        """
        pairs = list(chosen.query) if chosen else []
        for name, values in of.items():
            pairs += [(name, value) for value in ([values] if isinstance(values, str) else values)]
        pairs += [("key", key)] if key else []
        return "/evidence" + (f"?{urlencode(pairs)}" if pairs else "")

    def asset(self, name: str) -> str:
        """Return the address of a file; its version in it lets a browser keep it for ever."""
        version = self._versions.get(name, "")
        return f"/static/{name}" + (f"?v={version}" if version else "")
