"""Spellings: one word for what is spelt in several ways, and the spelling by which it is shown."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SIGNS = str.maketrans(dict.fromkeys("-‐‑‒–—_/", " ") | dict.fromkeys("'’`´.,;:()[]{}\"“”*®™", ""))
NO_PLURAL = ("ss", "us", "is")


def folded(text: str) -> str:
    """Return a text without regard to case, accents, hyphens and signs, for comparing.

    Examples
    --------
    >>> folded("Co-Citation  Analysis"), folded("Citación")
    ('co citation analysis', 'citacion')
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.translate(SIGNS).split())


@dataclass
class Spellings:
    """How often each thing was spelt how, by its key."""

    _seen: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, key: str, text: str) -> None:
        """Take note of a spelling."""
        self._seen.setdefault(key, Counter())[text] += 1

    def shown(self, key: str) -> str:
        """Return the spelling by which a thing is shown: the most frequent, if several are one not in capitals."""
        return self._ordered(key)[0]

    def others(self, key: str) -> tuple[str, ...]:
        """Return its other spellings, the most frequent first."""
        return tuple(self._ordered(key)[1:])

    def _ordered(self, key: str) -> list[str]:
        seen = self._seen[key]
        return sorted(seen, key=lambda text: (-seen[text], text.isupper(), text))


def singulars(keys: Iterable[str]) -> dict[str, str]:
    """Return each key -> the key of its singular where that is among them too, else itself.

    A final `s` alone is looked at: 'alliances' goes with 'alliance' if both are there, 'analyses' with nothing.

    Examples
    --------
    >>> singulars(["alliance", "alliances", "networks", "business"])
    {'alliance': 'alliance', 'alliances': 'alliance', 'business': 'business', 'networks': 'networks'}
    """
    known = set(keys)
    return {
        key: key[:-1] if key.endswith("s") and not key.endswith(NO_PLURAL) and key[:-1] in known else key
        for key in sorted(known)
    }
