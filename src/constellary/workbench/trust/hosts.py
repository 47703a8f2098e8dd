"""Whether a request is meant for this server.

A page of another site can make its own name point to this machine (DNS rebinding); the browser then takes
us for that site. The `Host` header gives it away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""The names of one's own machine."""
PLAIN_PORT = 80
"""The port that an address need not name."""


def our_hosts(port: int) -> frozenset[str]:
    """Return what the `Host` header of a request to our port may say.

    Examples
    --------
    >>> sorted(our_hosts(8123))
    ['127.0.0.1:8123', '[::1]:8123', 'localhost:8123']
    """
    named = {f"{name}:{port}" for name in LOOPBACK}
    return frozenset(named | set(LOOPBACK) if port == PLAIN_PORT else named)


def address_of(host: str, port: int) -> str:
    """Return the address of a server that listens on a host and a port.

    Examples
    --------
    >>> address_of("127.0.0.1", 8123), address_of("::1", 8123)
    ('http://127.0.0.1:8123', 'http://[::1]:8123')
    """
    bare = host.strip("[]")
    return f"http://[{bare}]:{port}" if ":" in bare else f"http://{bare}:{port}"


def meant_for_us(hosts: Sequence[str], port: int) -> bool:
    """Return whether a request names us, and names one host only.

    Examples
    --------
    >>> meant_for_us(["localhost:8123"], 8123), meant_for_us(["evil.example:8123"], 8123)
    (True, False)
    >>> meant_for_us([], 8123), meant_for_us(["localhost:8123", "evil.example"], 8123)
    (False, False)
    """
    return len(hosts) == 1 and hosts[0].lower() in our_hosts(port)


def is_loopback(host: str) -> bool:
    """Return whether an address to listen on is reached from this machine alone.

    Examples
    --------
    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "192.168.1.4", "")]
    [True, True, True, False, False, False]
    """
    from ipaddress import ip_address

    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
