"""`constellary doctor`."""

from __future__ import annotations

import click

from constellary.cli.options import example

Facts = dict[str, dict[str, str]]


@click.command(epilog=example("doctor", "doctor --json"))
@click.option("--json", "as_json", is_flag=True, help="Write JSON, for programs.")
def command(as_json: bool) -> None:
    """Show versions, fonts and folders, for a report of a fault.

    Nothing is changed and nothing is sent anywhere. Copy the output into the report.
    """
    from constellary.cli.output import give_json
    from constellary.cli.terminal import paint, visible

    facts = collected()
    if as_json:
        give_json(facts)
        return
    for section, items in facts.items():
        click.echo(paint(section, "bold"), color=True)
        width = max(map(len, items), default=0)
        for name, value in items.items():
            click.echo(f"  {name:<{width}}  {visible(value)}")


def collected() -> Facts:
    """Return what is known of this installation, by section and name."""
    return {
        "Program": _program(),
        "Libraries": _libraries(),
        "Fonts": _fonts(),
        "Folders": _folders(),
    }


def _program() -> dict[str, str]:
    import platform
    import sqlite3
    import sys
    from pathlib import Path

    import constellary
    from constellary.cli.terminal import coloured, terminal_width

    shown = f"{terminal_width()} columns, {'colour' if coloured() else 'no colour'}"
    return {
        "constellary": f"{constellary.__version__} in {Path(constellary.__file__).parent}",
        "python": f"{platform.python_version()} in {sys.executable}",
        "system": f"{platform.system()} {platform.release()} on {platform.machine()}",
        "sqlite": sqlite3.sqlite_version,
        "output": f"{sys.stdout.encoding}, {shown if sys.stdout.isatty() else 'no terminal'}",
    }


def _libraries() -> dict[str, str]:
    """Return the versions of the libraries that the package asks for."""
    import re
    from importlib.metadata import PackageNotFoundError, requires, version

    found = {}
    for wanted in requires("constellary") or []:
        name = re.split(r"[^A-Za-z0-9._-]", wanted, maxsplit=1)[0]
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = f"absent; needed: {wanted}"
    return found


def _fonts() -> dict[str, str]:
    """Return whether each font of the figures and documents can be found."""
    import typst

    from constellary.report import theme

    known = set(typst.Fonts().families())
    others = sorted(family for family in known if "CJK" in family or "Fallback" in family)
    wanted = [name.strip() for name in theme.FONT.split(",") if name.strip() not in ("sans-serif", "serif")]
    found = {name: "there" if name in known else "not installed" for name in wanted}
    found[wanted[0]] += "; the figures carry their own"
    return {**found, "East Asian text": ", ".join(others) or "no font that is known to have it"}


def _folders() -> dict[str, str]:
    import shutil
    import tempfile
    from pathlib import Path

    from constellary.data import automotive_files
    from constellary.fault_file import state_folder

    here = Path.cwd()
    faults = sorted(state_folder().glob("fault-*.txt"))
    data = [path for path in automotive_files() if path.exists()]
    return {
        "here": f"{here} ({shutil.disk_usage(here).free / 1e9:.1f} GB free)",
        "temporary": tempfile.gettempdir(),
        "open data": f"{len(data)} tables in {data[0].parent}" if data else "absent",
        "faults": f"{len(faults)} in {state_folder()}" + (f", the last {faults[-1].name}" if faults else ""),
    }
