"""How fast exports are read: records a second of CPU time, from text in memory to records with all fields parsed.

The best of three; what the functions remember of names and dates is forgotten before each, so that none profits from
the one before. Beside each figure stands what the fastest other reader measured came to, lossy or lazy as it is:
metaknowledge 3.4.1 (Web of Science; fields are parsed when asked for) and rispy 0.10.0 (RIS; repeated tags are lost),
CoLRev 0.16.2 (BibTeX).
"""

from __future__ import annotations

import gc
import os
import time
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import TYPE_CHECKING

from constellary.exchange.bibliography.reading import parse_text
from constellary.exchange.bibliography.sniff import decoded

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(os.environ.get("CONSTELLARY_LITERATURE", Path(__file__).parents[2] / "shared" / "literature"))
FILES = (
    # what, file, how often it is repeated, aim
    (
        "Web of Science plain text, 147 records",
        "wos/bibliometrixData/scientometrics_text.txt",
        1,
        ">= 10,000/s",
    ),
    ("Web of Science plain text, 500 records", "wos/wostools/bit-pattern-savedrecs.txt", 1, ">= 10,000/s"),
    ("Web of Science plain text, 50 records", "wos/wosfile/wos_plaintext.txt", 1, ">= 10,000/s"),
    ("Web of Science tab-delimited, 50 records", "wos/wosfile/wos_tab_delimited_win_utf8.txt", 1, ""),
    ("RIS of Scopus, 836 records", "ris/wostools/scopus.ris", 1, ">= 20,000/s"),
    ("RIS of Zotero, 100 records", "asreview_demo/baseline_zotero.ris", 1, ""),
    ("PubMed, 75 records", "pubmed/nbib/pubmed-balloongui-set.nbib", 1, ""),
    ("BibTeX of Web of Science, 99 records, ten times", "wos/bibliometrixData/biblio.bib", 10, ">= 7,000/s"),
    ("Scopus CSV, 58 records", "scopus/litstudy/scopus.csv", 1, ""),
    ("CSV, 1,856 records", "dedup/cytology_screening/records_pre_merged.csv", 1, ""),
)


def forget() -> None:
    """Empty what functions of the readers remember."""
    for thing in gc.get_objects():
        if isinstance(thing, _lru_cache_wrapper) and thing.__module__.startswith(
            "constellary.exchange.bibliography"
        ):
            thing.cache_clear()


def speed(data: bytes, name: str) -> tuple[int, float]:
    """Return how many records a file holds, and how many are read in a second of CPU time, at best of three."""
    text, _ = decoded(data, name)
    best, number = float("inf"), 0
    for _ in range(3):
        forget()
        start = time.process_time()
        export = parse_text(name, text)
        best = min(best, time.process_time() - start)
        number = len(export.entries)
        del export
    return number, number / best


def reading(say: Callable[[str, str, str], None]) -> None:
    """Every format of the folder of real exports; nothing where the folder is absent."""
    for what, name, times, asked in FILES:
        path = FOLDER / name
        if not path.exists():
            say(what, "no file", asked)
            continue
        number, rate = speed(path.read_bytes() * times, path.name)
        say(f"{what} ({number:,} read)", f"{rate:,.0f}/s", asked)


if __name__ == "__main__":
    reading(lambda what, value, asked: print(f"{what:<66}{value:>16}{asked:>16}", flush=True))
