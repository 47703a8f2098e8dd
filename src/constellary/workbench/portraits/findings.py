"""What the checks find about one alliance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constellary.study.acceptances import divided
from constellary.study.checks import run_checks
from constellary.workbench.background import begun, ready, soon
from constellary.workbench.links import LiveLinks
from constellary.workbench.mends import mends

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Future

    from constellary.study.acceptances import Acceptance
    from constellary.study.checks import Finding
    from constellary.workbench.mends import Mend
    from constellary.workbench.moments import Moment

MOST = 20
CHECKED = ("findings",)


def checked(moment: Moment) -> Future[list[Finding]]:
    """Return what the checks find in the whole study, computed in the background."""
    return soon(moment, ("findings",), lambda now: now.memory.get("findings", lambda: run_checks(now.frames)))


def findings_view(
    moment: Moment, acceptances: Iterable[Acceptance], *, alliance: str, begin: bool = True
) -> dict[str, Any]:
    """Return the findings about an alliance: open ones with ways to mend them, and accepted ones.

    `findings_ready` is false while the checks are still running. `begin` says whether to let them: a page does
    not, so that it is there first, and asks again.
    """
    promised = checked(moment) if begin or begun(moment, CHECKED) else None
    if promised is None or not ready(promised):
        return {"findings_ready": False, "open": [], "accepted": []}
    mine = [one for one in promised.result() if alliance in one.alliances]
    still, accepted = divided(mine[:MOST], acceptances)
    link = LiveLinks({})
    own = link.alliance(alliance)
    return {
        "findings_ready": True,
        # What mends the other of a pair stands on the page of the other.
        "open": [(one, [way for way in mends(one, link) if _is_about(way, own)]) for one in still],
        "accepted": accepted,
    }


def _is_about(way: Mend, own: str) -> bool:
    return not way.address.startswith("/alliances/") or way.address.startswith(f"{own}/")
