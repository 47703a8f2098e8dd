"""All routes of the workbench, as `routes.txt` lists them."""

from __future__ import annotations

from pathlib import Path

ROUTES = [
    (method, path)
    for method, path in (
        line.split(" ", 1)
        for line in (Path(__file__).parent / "routes.txt").read_text(encoding="utf-8").splitlines()
    )
]
CHANGING = [(method, path) for method, path in ROUTES if method != "GET"]
READING = [path for method, path in ROUTES if method == "GET"]


def asked(path: str) -> str:
    """Return an address for the pattern of a route."""
    return "/".join("x" if part.startswith("{") else part for part in path.split("/"))
