"""Serve: the workbench on an address of this machine, until somebody ends it."""

from __future__ import annotations

import signal
import socket
import threading
import webbrowser
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from constellary.errors import InputError
from constellary.workbench.trust.guard import Guard, guarded
from constellary.workbench.trust.hosts import address_of
from constellary.workbench.trust.keys import Keys
from constellary.workbench.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from constellary.study.study import Study

LAST_WORDS = 2
"""Seconds that answers under way have when the server ends."""


def serve(
    study: Study,
    *,
    who: str,
    host: str,
    port: int,
    scripts: bool,
    browser: bool,
    say: Callable[[str], None],
) -> None:
    """Serve a study until Ctrl-C or the end of the process is asked for.

    Parameters
    ----------
    study
        Open for writing; the caller closes it.
    who
        Whose decisions these are where a page has not been told a name.
    host, port
        Where to listen; port 0: one that is free.
    scripts
        Whether scripts may call the API with a key, which is said.
    browser
        Whether to open a browser.
    say
        Told the address, and what else a person at the terminal should know.

    Raises
    ------
    InputError
        If the address is taken or cannot be had.
    """
    door = listen(host, port)
    bench = Workbench(study, who=who)
    try:
        port = door.getsockname()[1]
        keys, address = Keys(scripts=scripts), address_of(host, port)
        say(f"Open {keys.entrance(address)}\nCtrl-C ends the workbench.")
        if keys.bearer:
            say(f"Scripts send 'Authorization: Bearer {keys.bearer}' to {address}/api/v1.")
        if browser:
            in_background(lambda: webbrowser.open(keys.entrance(address)))
        keys.used = lambda: say(f"A browser was let in. For another one: {keys.entrance(address)}")
        run(application(bench, keys, port), door)
    finally:
        door.close()
        bench.close()


def application(bench: Workbench, keys: Keys, port: int) -> Guard:
    """Return the guarded application.

    Whoever calls meanwhile waits at the open door: the browser starts while the pages are loaded, and the
    study is read beside that.
    """
    in_background(bench.moments.now)
    from constellary.workbench.app import create_app

    return guarded(create_app(bench), keys=keys, port=port)


def in_background(act: Callable[[], object]) -> None:
    """Do something that nothing depends on; if it fails, the page that needs it says so."""

    def tried() -> None:
        with suppress(Exception):
            act()

    threading.Thread(target=tried, daemon=True).start()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; who connects before the server runs waits for it.

    Raises
    ------
    InputError
        If the address is taken or cannot be had.
    """
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((bare, port))
        door.listen(128)
    except OSError as error:
        door.close()
        advice = "Choose another one with --port, or leave it out." if port else "Leave --host out."
        raise InputError(
            f"{host}, port {port}: cannot be listened on ({error.strerror}). {advice}"
        ) from error
    return door


def run(guard: Guard, door: socket.socket) -> None:
    """Answer on a socket until the process is told to end."""
    server = uvicorn.Server(
        uvicorn.Config(
            guard,
            log_level="error",
            access_log=False,  # addresses hold names of the study, and once the key
            server_header=False,
            ws="none",
            lifespan="off",
            timeout_graceful_shutdown=LAST_WORDS,
        )
    )
    with told_to_end(server):
        server.run(sockets=[door])


class told_to_end:  # noqa: N801 - used as a statement
    """While it holds, the signals that end a process end the server, and the process goes on to tidy up."""

    SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")

    def __init__(self, server: uvicorn.Server) -> None:
        self._server = server
        self._before: dict[int, object] = {}

    def __enter__(self) -> None:
        for name in self.SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and threading.current_thread() is threading.main_thread():
                self._before[number] = signal.signal(number, self._end)

    def __exit__(self, *error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def _end(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature of a handler
        self._server.should_exit = True
