"""The workbench: how soon it is there, how fast its pages are, and what they weigh; a real server, asked by HTTP."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(
    0, str(Path(__file__).parent.parent)
)  # the tests know how to start a server and to watch pages

from asked import addresses
from measure import median
from studies import demo_study, large_study, ties

import constellary as cy
from tests.served import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import httpx2

    from tests.served import Served

    Say = Callable[..., None]

LARGE = 20_000
SLOWEST = 6
PATIENCE = 60.0
FIRST = "/constellation"


@contextmanager
def served(study: Path, folder: Path, say: Say) -> Iterator[Served]:
    """Serve a study; what the server complains of at its end is said, and the measuring goes on."""
    try:
        with serving(study, folder / f"state-{time.monotonic_ns()}") as running:
            yield running
    except AssertionError as error:
        say(f"  the server complains: {error}"[:300], "")


def serve(folder: Path, say: Say) -> None:
    """From the start of the process to the first page, less the start of Python."""
    from browsed import first_paint, opened

    study = demo_study(folder)
    bare = median([sys.executable, "-c", "pass"], times=5).seconds
    answered, shown = [], []
    with opened() as browser:
        for number in range(4):
            start = time.perf_counter()
            with served(study, folder, say) as running, running.client() as client:
                client.get(FIRST, follow_redirects=True)
                answered.append(time.perf_counter() - start)
            start = time.perf_counter()
            with served(study, folder, say) as running:
                first_paint(browser, running, FIRST)
                shown.append(time.perf_counter() - start)
            if not number:  # the first warms the disk
                answered.clear()
                shown.clear()
    say("serve to first page answered, demo study", f"{np.median(answered) - bare:.2f} s", "<= 1.5 s")
    say("  and shown in Chromium", f"{np.median(shown) - bare:.2f} s", "<= 1.5 s")
    say("  taken off for a bare Python", f"{bare:.3f} s")


def pages(folder: Path, say: Say) -> None:
    """How long the answers take, first visits included; the 95th percentile, of all and of each kind."""
    demo = demo_study(folder)
    pages_of("demo study", demo, folder, say, "<= 100 ms")
    large = large_study(folder, LARGE)
    pages_of(f"{LARGE:,} alliances", large, folder, say, "<= 250 ms")


def pages_of(words: str, study: Path, folder: Path, say: Say, asked: str) -> None:
    with cy.open(study, read_only=True) as opened:
        wanted = addresses(opened.frames(), opened.history.latest())
    with served(study, folder, say) as running, running.client() as client:
        client.timeout = PATIENCE
        found, absent, slowest, fresh = times(client, wanted)
    scene = found.pop("scene (API)", [])
    if not found:
        say(f"pages, {words}: none answered", "")
        return
    every = [one for several in found.values() for one in several]
    say(f"pages, 95th percentile of {len(every)}, {words}", f"{percentile(every):.0f} ms", asked)
    say("  the slowest page", f"{max(every):.0f} ms")
    say(f"    {slowest}"[:110], "")
    by_kind = sorted(found, key=lambda kind: -percentile(found[kind]))
    for kind in by_kind[:SLOWEST]:
        say(
            f"  {kind}: 95th percentile (median)",
            f"{percentile(found[kind]):.0f} ms ({np.median(found[kind]):.0f})",
        )
    if scene:
        say(f"  scene by the API, {words}", f"{percentile(scene):.0f} ms ({np.median(scene):.0f})")
    say("  first visit of a server that just started", f"{fresh:.0f} ms")
    for kind, status in absent.items():
        say(f"  {kind}: not measured", str(status))


def times(
    client: httpx2.Client, wanted: Mapping[str, list[str]]
) -> tuple[dict[str, list[float]], dict[str, int], str, float]:
    """Return milliseconds by kind, kinds that did not answer with their status, the slowest, the first."""
    found, absent, slowest = dict[str, list[float]](), dict[str, int](), (0.0, "")
    first, _ = timed(client, FIRST)
    for kind, several in wanted.items():
        for address in several:
            taken, status = timed(client, address)
            if status != 200:
                absent[kind] = status
                continue
            found.setdefault(kind, []).append(taken)
            if kind != "scene (API)":
                slowest = max(slowest, (taken, address))
    return found, absent, slowest[1], first


def timed(client: httpx2.Client, address: str) -> tuple[float, int]:
    start = time.perf_counter()
    answer = client.get(address)
    return (time.perf_counter() - start) * 1000, answer.status_code


def percentile(several: list[float]) -> float:
    return float(np.percentile(several, 95, method="higher"))


def sky(folder: Path, say: Say) -> None:
    """How soon the constellation can be used, and how smoothly it moves."""
    from browsed import sky_of

    demo = demo_study(folder)
    large = large_study(folder, 22_500)
    for words, study, ready, frames in (
        ("demo study", demo, "<= 1 s", ">= 55"),
        ("synthetic", large, "<= 4 s", ">= 30"),
    ):
        firms, lines = ties(study)
        with served(study, folder, say) as running:
            sky_of(f"{words}, {firms:,} firms, {lines:,} ties", running, say, ready, frames)


def seen(folder: Path, say: Say) -> None:
    """What pages weigh in a browser, and what they do wrong there."""
    from browsed import faults, weights

    with served(demo_study(folder), folder, say) as running:
        weights(running, say)
        faults(running, say)


def together(folder: Path, say: Say) -> None:
    """Several processes at one study, and writers that are killed."""
    from writers import eight, killed

    eight(folder, say)
    killed(folder, say)


PARTS = {"serve": serve, "pages": pages, "sky": sky, "seen": seen, "together": together}
