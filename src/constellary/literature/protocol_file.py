"""The protocol as a text that a person writes (TOML)."""

from __future__ import annotations

import tomllib
from typing import Any

from constellary.errors import InputError
from constellary.literature.protocol import PLAIN, Declared, Protocol, Reason, Search, Stage


def parse_protocol(text: str, *, origin: str = "protocol") -> Protocol:
    r"""Return the protocol that a text describes.

    Raises
    ------
    InputError
        If it is no TOML, or holds what a protocol does not have.

    Examples
    --------
    >>> parse_protocol('question = "Why?"\nyears = "2018-2023"').years
    (2018, 2023)
    """
    try:
        said: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{origin}: {error}.") from error
    stages = tuple(
        Stage(**{**one, "reasons": tuple(Reason(**reason) for reason in one.get("reasons", ()))})
        for one in said.pop("stage", ())
    )
    searches = tuple(Search(**one) for one in said.pop("search", ()))
    declared = tuple(Declared(**one) for one in said.pop("declared", ()))
    years = said.pop("years", None)
    rest: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
    }
    return Protocol(
        searches=searches,
        stages=stages or PLAIN.stages,
        declared=declared,
        years=None if years is None else _years(years),
        **rest,
    )


def _years(text: str) -> tuple[int | None, int | None]:
    first, _, last = text.partition("-")
    return (int(first) if first else None, int(last) if last else None)
