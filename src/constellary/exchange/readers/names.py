"""Firm names: each name that somebody wrote, led to the firm that it means.

A name is, in this order, a firm's own name, a firm's own name but for case and spaces, or an alias that one
firm alone has. Everything else is a firm of its own, by the first of the spellings that differ so little.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.readers.findings import counted
from constellary.exchange.readers.values import split_list
from constellary.study.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from constellary.exchange.readers.findings import Findings

_SHOWN = 8


@dataclass
class Names:
    """What is known of firm names, and what became of those that were looked up."""

    canonical: set[str] = field(default_factory=set)
    folded: dict[str, set[str]] = field(default_factory=dict)
    aliases: dict[str, set[str]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    respelled: dict[str, str] = field(default_factory=dict)
    ambiguous: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add_firm(self, name: str) -> None:
        """Learn a firm's own name."""
        self.canonical.add(name)
        self.folded.setdefault(folded(name), set()).add(name)

    def add_alias(self, alias: str, firm: str) -> None:
        """Learn another name of a firm."""
        self.aliases.setdefault(folded(alias), set()).add(firm)

    def resolve(self, name: str) -> str:
        """Return the firm that a name means; the first spelling where none, the name itself where several are known."""
        if name in self.canonical:
            return name
        plain = folded(name)
        for means in (self.folded.get(plain, set()), self.aliases.get(plain, set())):
            if len(means) == 1:
                firm = next(iter(means))
                self.renamed[name] = firm
                return firm
            if means:
                self.ambiguous[name] = tuple(sorted(means))
                return name
        first = self.first.setdefault(plain, name)
        if first != name:
            self.respelled[name] = first
        return first

    def apply(self, frame: pl.DataFrame, column: str) -> pl.DataFrame:
        """Return the frame with each name of a column led to its firm."""
        known = pl.Series("known", sorted(self.canonical), dtype=pl.String)
        strange = frame.filter(~pl.col(column).is_in(known.implode()))[column].drop_nulls()
        strange = strange.unique(maintain_order=True)
        means = {name: firm for name in strange if (firm := self.resolve(name)) != name}
        if not means:
            return frame
        return frame.with_columns(pl.col(column).replace(means))

    def report(self, findings: Findings) -> None:
        """Say which names were led elsewhere, and which could not be."""
        if self.renamed:
            pairs = [f"'{name}' as '{firm}'" for name, firm in sorted(self.renamed.items())]
            one, many = "name was read as the firm that has it", "names were read as the firm that has them"
            findings.note(f"{counted(len(pairs), one, many)}: {_listed(pairs)}.")
        if self.respelled:
            pairs = [f"'{name}' as '{firm}'" for name, firm in sorted(self.respelled.items())]
            said = counted(len(pairs), "name differs", "names differ")
            findings.note(
                f"{said} from an earlier one by case or spaces alone, read as one firm: {_listed(pairs)}."
            )
        for name, firms in sorted(self.ambiguous.items())[:50]:
            findings.note(
                f"'{name}' could be {' or '.join(repr(firm) for firm in firms)}; it stays as written."
            )


def learn(firms: pl.DataFrame | None, known: Mapping[str, str]) -> Names:
    """Return what a table of firms and a study's names say.

    Parameters
    ----------
    firms
        `firm`, and perhaps `aliases` joined by `;`.
    known
        Folded name or alias -> canonical name, of the study; names that are alike but for case stand as written.
    """
    names = Names()
    for firm in sorted(set(known.values())):
        names.add_firm(firm)
    for alias, firm in known.items():
        if folded(alias) != folded(firm):
            names.add_alias(alias, firm)
    if firms is None:
        return names
    for firm in firms["firm"].drop_nulls():
        names.add_firm(firm)
    if "aliases" in firms.columns:
        for firm, aliases in firms.select("firm", "aliases").drop_nulls().iter_rows():
            for alias in split_list(aliases):
                names.add_alias(alias, firm)
    return names


def _listed(items: Iterable[str]) -> str:
    items = list(items)
    more = f" and {len(items) - _SHOWN:,} more" if len(items) > _SHOWN else ""
    return ", ".join(items[:_SHOWN]) + more
