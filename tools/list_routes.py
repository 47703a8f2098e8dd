"""Write tests/workbench/routes.txt from the application itself; read the difference before you keep it."""

from __future__ import annotations

from pathlib import Path

from fastapi.routing import iter_route_contexts

from constellary.workbench.app import create_app
from constellary.workbench.workbench import Workbench

PAGE = Path(__file__).resolve().parent.parent / "tests" / "workbench" / "routes.txt"


def main() -> None:
    """Write the list, one route a line: method and path."""
    app = create_app(Workbench.__new__(Workbench))
    found = {
        f"{method} {route.path}"
        for route in iter_route_contexts(app.routes)
        for method in route.methods or {"GET"}
        if method != "HEAD"
    }
    PAGE.write_text("".join(f"{route}\n" for route in sorted(found)), encoding="utf-8")
    print(f"wrote {PAGE}: {len(found)} routes")


if __name__ == "__main__":
    main()
