"""`constellary serve`."""

from __future__ import annotations

from pathlib import Path

import click

from constellary.cli.options import by_option, example, person

HERE = "127.0.0.1"
DEMO = Path("out") / "automotive.study"
"""Where `constellary demo` puts its study."""


@click.command(epilog=example("serve out/automotive.study", "serve --demo", "serve mine.study --port 8123"))
@click.argument("study", required=False, type=click.Path(path_type=Path))
@click.option(
    "--demo", is_flag=True, help="Open the demo study; it is built in `out` if it is not there yet."
)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=0,
    help="The port to listen on.  [default: one that is free]",
)
@click.option(
    "--host", metavar="ADDRESS", default=HERE, help="The address to listen on, of this machine only."
)
@click.option("--no-browser", is_flag=True, help="Only print the address, and open no browser.")
@click.option(
    "--api-token", is_flag=True, help="Let scripts call the API, and print the key that they need for it."
)
@by_option
def command(
    study: Path | None,
    *,
    demo: bool,
    port: int,
    host: str,
    no_browser: bool,
    api_token: bool,
    who: str | None,
) -> None:
    """Open the workbench on a study, in the browser.

    The workbench runs on this machine and answers this machine alone. The address that is printed lets
    one browser in, once. Ctrl-C ends it; everything that was done is in the study's file by then.
    """
    from constellary.workbench.trust.hosts import is_loopback

    if demo == (study is not None):
        raise click.UsageError("Name a study, or say --demo.")
    if not is_loopback(host):
        raise click.UsageError(
            f"--host {host}: other machines could reach that, and accounts are not there yet, so that anybody "
            f"could change the study. Listen on {HERE}."
        )
    from constellary.study.study import open_study
    from constellary.workbench.serve import serve

    path = _demo_study() if study is None else study
    with open_study(path) as found:
        serve(
            found,
            who=person(who),
            host=host,
            port=port,
            scripts=api_token,
            browser=not no_browser,
            say=click.echo,
        )
    click.echo(f"Closed. Everything is in {path}.")


def _demo_study() -> Path:
    from constellary.cli.demo import build, room

    room(DEMO.parent)
    build(DEMO, fresh=False)
    return DEMO
