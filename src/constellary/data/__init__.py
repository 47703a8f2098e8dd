"""The open data that ship with the package, and an invented study for examples."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from constellary.data.example import example_frames

__all__ = [
    "TABLES",
    "automotive_codebook",
    "automotive_files",
    "automotive_folder",
    "example_frames",
    "review_folder",
]

TABLES = ("alliances", "partners", "firms", "sources", "codings")


def automotive_folder() -> Path:
    """Return the folder of the open automotive alliance data and their codebook."""
    return Path(str(files("constellary"))) / "data" / "automotive"


def automotive_files() -> list[Path]:
    """Return the five tables of the open automotive alliance data, in the order to import them."""
    return [automotive_folder() / f"{name}.csv" for name in TABLES]


def automotive_codebook() -> Path:
    """Return the automotive codebook."""
    return automotive_folder() / "codebook.toml"


def review_folder() -> Path:
    """Return the folder of the example review; see `constellary.data.review`."""
    return Path(str(files("constellary"))) / "data" / "review"
