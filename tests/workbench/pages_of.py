"""Pages as tests read them: when they are there, and the texts of their tables."""

from __future__ import annotations

import re
from html import unescape
from time import sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def whole(client: TestClient, path: str) -> str:
    """Ask for a page until it is there, as a placeholder does."""
    for _ in range(200):
        text = client.get(path).text
        if "aria-busy" not in text:
            return text
        sleep(0.05)
    raise AssertionError(f"{path} is still being computed")


def cells(text: str, table: str) -> list[list[str]]:
    """Return the texts of a table's body and foot, row by row."""
    part = text[text.index(f'id="table-{table}"') :]
    part = part[part.index("<tbody>") : part.index("</table>")]
    rows = re.findall(r"<tr>(.*?)</tr>", part, re.DOTALL)
    return [
        [
            unescape(re.sub(r"<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]
