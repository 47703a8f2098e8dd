"""The taxonomy as a text that a person writes (TOML)."""

from __future__ import annotations

import tomllib
from typing import Any

from constellary.errors import InputError
from constellary.literature.taxonomy import Code, Group, Taxonomy


def parse_taxonomy(text: str, *, origin: str = "taxonomy") -> Taxonomy:
    """Return the taxonomy that a text describes.

    Raises
    ------
    InputError
        If it is no TOML, or holds what a taxonomy does not have.
    """
    try:
        said: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{origin}: {error}.") from error
    groups = (Group(**{**one, "codes": tuple(one.get("codes", ()))}) for one in said.get("group", ()))
    labels = said.get("dimensions", {"motivation": "Motivation"})
    return Taxonomy(
        codes=tuple(Code(**one) for one in said.get("code", ())),
        groups=tuple(groups),
        labels=tuple(labels.items()),
    )
