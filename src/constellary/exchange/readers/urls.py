"""Web addresses of sources: lists of them taken apart, and each one checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from constellary.exchange.readers.findings import Findings

_START = r"(?:https?://|www\.)"
_ADDRESS = r"(?i)^https?://[^\s/?#.][^\s]*$"
_BARE = r"(?i)^(?:[a-z0-9-]+\.)+[a-z]{2,24}(?:[/?#:][^\s]*)?$"
LONGEST = 4_000


def split_urls(field: str) -> pl.Expr:
    """Return the addresses of a list as a List(String); null where there is none.

    They are separated by white space or by `;` before an address or at the end, since `;` may stand within.

    Examples
    --------
    >>> frame = pl.DataFrame({"url": ["https://a.org/x;id=1; https://b.org", None]})
    >>> frame.select(split_urls("url")).to_series().to_list()
    [['https://a.org/x;id=1', 'https://b.org'], None]
    """
    apart = (
        pl.col(field)
        .str.replace_all(rf"(?i)[;,]\s*({_START})", "\n${1}")
        .str.replace_all(r"[;,]?\s+|;$", "\n")
    )
    items = apart.str.split("\n").list.eval(pl.element().filter(pl.element().str.len_bytes() > 0))
    return pl.when(items.list.len() > 0).then(items)


def check_urls(frame: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Return the sources whose `url` is a web address, `https://` put before those that lack it.

    Other schemes are refused: an address becomes a link in the report, and `javascript:` would run there.
    """
    bare = pl.col("url").str.contains(_BARE)
    sound = (pl.col("url").str.contains(_ADDRESS) | bare) & (pl.col("url").str.len_chars() <= LONGEST)
    message = "expected a web address that begins with https:// or http://"
    findings.rows(frame.filter(~sound), column="url", kind="url", message=message, value="url")
    return frame.filter(sound).with_columns(
        pl.when(bare).then(pl.lit("https://") + pl.col("url")).otherwise(pl.col("url")).alias("url")
    )
