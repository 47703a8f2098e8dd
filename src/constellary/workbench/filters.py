"""The filter that a page's address carries: a period, a condition, and values of variables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from constellary.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable

    from constellary.study.codebook import Codebook
    from constellary.study.frames import Frames

FACET = "v."
"""Before the name of a variable in an address: `?v.place=china&v.place=europe`."""
MISSING = "~missing"
"""In place of a value: the alliances that have none."""
OWN = ("year", "size")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which alliances a page is about; all parts must hold.

    Attributes
    ----------
    since, until
        First and last moment of announcement, as exact as given (`2021`, `2021-05`); None: open.
    where
        A condition in the study's own words; empty: none.
    facets
        (variable, values): any of the values; several variables must all hold.
    """

    since: str | None = None
    until: str | None = None
    where: str = ""
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def condition(self) -> str | None:
        """The condition and the facets as one condition; None: neither is there.

        Examples
        --------
        >>> Filter(where="size > 2", facets=(("place", ("China", "~missing")),)).condition
        '(size > 2) and (place in ("China") or place is missing)'
        """
        parts = [f"({self.where})"] if self.where else []
        for name, values in self.facets:
            known = [value for value in values if value != MISSING]
            either = [f"{name} in ({', '.join(quoted(value) for value in known)})"] if known else []
            if MISSING in values:
                either.append(f"{name} is missing")
            parts.append(f"({' or '.join(either)})" if len(either) > 1 else either[0])
        return " and ".join(parts) or None

    def of(self, frames: Frames) -> Frames:
        """Return the frames of the alliances that fit.

        Raises
        ------
        UsageError
            If a date, the condition or a value cannot be understood.
        """
        from constellary.study.selection import select

        return select(frames, since=self.since, until=self.until, where=self.condition)

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """The filter as the pairs of an address, in a fixed order."""
        pairs = [("since", self.since or ""), ("until", self.until or ""), ("where", self.where)]
        pairs += [(f"{FACET}{name}", value) for name, values in self.facets for value in values]
        return tuple((name, value) for name, value in pairs if value)

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values that are chosen of a variable."""
        return dict(self.facets).get(name, ())

    def without(self, name: str, value: str | None = None) -> Filter:
        """Return the filter without one of its parts: `since`, `until`, `where`, or a value of a variable."""
        if name == "since":
            return replace(self, since=None)
        if name == "until":
            return replace(self, until=None)
        if name == "where":
            return replace(self, where="")
        left = [
            (other, tuple(one for one in values if other != name or (value is not None and one != value)))
            for other, values in self.facets
        ]
        return replace(self, facets=tuple((other, values) for other, values in left if values))

    def __bool__(self) -> bool:
        return bool(self.query)


def quoted(value: str) -> str:
    """Return a value as a condition takes it.

    Examples
    --------
    >>> print(quoted('The "new" Saab'))
    "The ""new"" Saab"
    """
    return '"' + value.replace('"', '""') + '"'


def read_filter(pairs: Iterable[tuple[str, str]], codebook: Codebook) -> Filter:
    """Return the filter that an address carries; what is no part of a filter is left alone.

    Raises
    ------
    UnknownName
        If a variable does not exist.

    Examples
    --------
    >>> from constellary.study.codebook import Codebook
    >>> read_filter([("since", "2021"), ("v.size", "2"), ("page", "3")], Codebook("x", "X", ()))
    Filter(since='2021', until=None, where='', facets=(('size', ('2',)),))
    """
    found: dict[str, str] = {}
    facets: dict[str, list[str]] = {}
    known = [*(item.name for item in codebook.items), *OWN, "firm"]
    for name, value in pairs:
        if name in ("since", "until", "where") and value.strip():
            found[name] = value.strip()
        elif name.startswith(FACET) and value:
            variable = name.removeprefix(FACET)
            if variable not in known:
                raise UnknownName("variable", variable, known)
            chosen = facets.setdefault(variable, [])
            if value not in chosen:
                chosen.append(value)
    order = {name: place for place, name in enumerate(known)}
    listed = sorted(facets.items(), key=lambda item: order[item[0]])
    return Filter(
        found.get("since"),
        found.get("until"),
        found.get("where", ""),
        tuple((name, tuple(values)) for name, values in listed),
    )
