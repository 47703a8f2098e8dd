"""Names as one segment of an address, whatever they hold.

A firm may be called `Fiat / Iveco`, `50 %` or `..`; a slash, even an encoded one, and a segment of dots
mean something else to browsers and servers, and a percent sign is decoded once too often by some. So these
are written with a tilde: `Fiat ~2F Iveco`.
Routes take such a name as `{firm:name}`.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.convertors import Convertor, register_url_convertor

_WRITTEN = re.compile("~(7E|2F|2E|25)?")
_MEANT = {"": "", "7E": "~", "2F": "/", "2E": ".", "25": "%"}


def segment(name: str) -> str:
    """Return a name as a segment of an address.

    Examples
    --------
    >>> segment("Fiat / Iveco"), segment("50 % ~ ?"), segment(".."), segment("")
    ('Fiat%20~2F%20Iveco', '50%20~25%20~7E%20%3F', '~2E~2E', '~')
    """
    return quote(_written(name), safe="")


def name_of(written: str) -> str:
    """Return the name that a segment, its percent signs decoded, means.

    Examples
    --------
    >>> name_of("Fiat ~2F Iveco"), name_of("~2E~2E"), name_of("~")
    ('Fiat / Iveco', '..', '')
    """
    return _WRITTEN.sub(lambda found: _MEANT[found[1] or ""], written)


class NameConvertor(Convertor[str]):
    """Reads a segment that is a name: `/firms/{firm:name}`."""

    regex = "[^/]+"

    def convert(self, value: str) -> str:
        """Return the name."""
        return name_of(value)

    def to_string(self, value: str) -> str:
        """Return the segment, its percent signs not yet encoded."""
        return _written(value)


def _written(name: str) -> str:
    written = name.replace("~", "~7E").replace("/", "~2F").replace("%", "~25")
    return written if written.strip(".") else written.replace(".", "~2E") or "~"


register_url_convertor("name", NameConvertor())
