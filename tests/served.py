"""A running `constellary serve`, as a test meets it: a process with an address and a key."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

PATIENCE = 30.0
"""Seconds after which a server that says nothing is given up; a busy machine is slow."""


@dataclass
class Served:
    """A server on a study."""

    study: Path
    process: subprocess.Popen[str]
    state: Path
    said: list[str] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def entrance(self) -> str:
        """The address that lets the next browser in, as the terminal shows it last."""
        return found(r"http://\S+/enter\?token=\S+", self.said)[-1]

    @property
    def address(self) -> str:
        """Where it is, without a slash at the end."""
        return self.entrance.partition("/enter")[0]

    def enter(self) -> None:
        """Use the key, and keep the cookie for all pages of the tests."""
        answer = httpx2.get(self.entrance)
        assert answer.status_code == 303, answer.text
        self.cookies = dict(answer.cookies)

    def client(self) -> httpx2.Client:
        """Return a client that was let in and says of its requests what our own pages say."""
        return httpx2.Client(
            base_url=self.address, cookies=self.cookies, headers={"Sec-Fetch-Site": "same-origin"}
        )

    def wait_for(self, pattern: str) -> str:
        """Return the first text of the output that fits, as soon as it is there."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if texts := found(pattern, self.said):
                return texts[0]
            assert self.process.poll() is None, f"the server ended: {self.said}"
            time.sleep(0.01)
        raise AssertionError(f"the server did not say {pattern} but {self.said}")


def found(pattern: str, lines: list[str]) -> list[str]:
    return [match[0] for line in list(lines) for match in re.finditer(pattern, line)]


@contextmanager
def serving(study: Path, state: Path, *options: str, killed: bool = False) -> Iterator[Served]:
    """Serve a study while the block lasts; at the end nothing may have been said on stderr.

    `killed`: the test kills the server, so that it does not come to a proper end.
    """
    command = [sys.executable, "-P", "-m", "constellary", "serve", str(study), "--no-browser", *options]
    environment = {**os.environ, "XDG_STATE_HOME": str(state), "PYTHONUNBUFFERED": "1"}
    complaints = state / "stderr.txt"
    state.mkdir(parents=True, exist_ok=True)
    with (
        complaints.open("w", encoding="utf-8") as stderr,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=stderr, text=True, env=environment, encoding="utf-8"
        ) as process,
    ):
        served = Served(study, process, state)
        reader = threading.Thread(target=_read, args=(process, served.said), daemon=True)
        reader.start()
        try:
            served.wait_for(r"Ctrl-C")
            served.enter()
            yield served
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
            reader.join(PATIENCE)
    assert complaints.read_text(encoding="utf-8") == ""
    faults = sorted((state / "constellary").glob("fault-*"))
    assert not faults, faults[0].read_text(encoding="utf-8")
    if killed:
        return
    assert process.returncode == 0
    assert not list(study.parent.glob(f"{study.name}-*")), "the study is not folded into one file"


def _read(process: subprocess.Popen[str], said: list[str]) -> None:
    assert process.stdout is not None
    said.extend(line.rstrip("\n") for line in process.stdout)
