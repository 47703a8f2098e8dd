"""Notices: corrections, retractions, comments and replies, which bear another publication's title.

Also what else in a title tells two publications apart that are alike in all other words: the part of a
series, and titles that hundreds of publications share.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from constellary.literature.normalising import fold, plain


class Title(NamedTuple):
    """A title taken apart.

    Attributes
    ----------
    notice
        `correction`, `retraction`, `concern`, `comment`, `reply`; None: not a notice.
    target
        What it is about, folded, without the words that make it a notice or are remarks of a database.
    compact
        `target` without spaces.
    words
        The words of `target`.
    digits
        Those of `target`, one behind the other: `L10` and `L1(0)` are one.
    part
        Which part of a series it says to be, as a number; None: it does not say.
    generic
        Whether many publications are called so (`Editorial`, `Book review`).
    """

    notice: str | None
    target: str
    compact: str
    words: tuple[str, ...]
    digits: str
    part: int | None
    generic: bool


_OPEN = r"\s*(?:to|on|for|of|in|regarding|:|\.|-|\u2013|\u2014)+\s*"
_KINDS = {
    "correction": r"(?:(?:publisher|author)s?\W{0,2}s? )?"
    r"(?:corrigend(?:um|a)|errat(?:um|a)|corrections?(?: notice)?|addend(?:um|a))",
    "retraction": r"(?:retraction(?: notice| note)?|withdrawal(?: notice)?|notice of (?:retraction|withdrawal))",
    "concern": r"(?:editorial )?expression of (?:editorial )?concern",
    "comment": r"(?:invited )?(?:comments?|commentary|discussion)",
    "reply": r"(?:(?:the )?(?:author|editor)s?\W{0,2}s? )?(?:repl(?:y|ies)|response|rejoinder)",
}
_BEGINS = {
    "correction": re.compile(
        _KINDS["correction"] + r"(?:\s*(?:to|for)?\s*[:\u201c\"']|\s+to\b|\s*[:.]|\s*$)\s*"
    ),
    "retraction": re.compile(_KINDS["retraction"] + r"(?:\s*(?:to|of|for)?\s*[:\u201c\"']|\s+to\b|\s*$)\s*"),
    "concern": re.compile(_KINDS["concern"] + _OPEN),
    "comment": re.compile(_KINDS["comment"] + r"(?:\s+on\b|\s*(?:on|of)?\s*[:\u201c\"'])\s*"),
    "reply": re.compile(
        _KINDS["reply"] + r"(?:\s+to\b(?=.*\bet al|\W*[\u201c\"'\u2018\[])|\s*(?:to)?\s*[:\u201c\"'])\s*"
    ),
}
_ENDS = re.compile(
    r"\s*[:.\-\u2013\u2014(\[]\s*((?:a |the )?(?:(?:author|editor)s?\W{0,2}s? )?"
    r"(?:reply|response|rejoinder|comment(?:ary)?|correction|corrigendum|erratum|retraction)(?: to .*)?)[\])]?\W*$"
)
_VOLUME = re.compile(r"\s*[(\[]\s*vol\.? .{1,60}?(?:,\s*(?:pg?|art|page)s?\.?\s.{1,40}?)?[)\]]\s*$")
_CITED = re.compile(r"\s*\((?:[^()]|\([^()]*\)){0,200}\(\d{4}\)(?:[^()]|\([^()]*\)){0,200}\)\W*$")
_RETRACTED = re.compile(r"(?:retracted|withdrawn)(?: article| paper| chapter)?\s*[:.\]]\s*|\[?retracted\]\s*")
_LATER = re.compile(
    r"[\s.]*\[(?:(?:published |author |publisher )?(?:erratum|corrigendum|correction|retraction|republished|update)"
    r"s? (?:appears?|in|published|of)\b|retracted|see comments?\b|comments? in\b).*$"
)
"""What a database adds to a title of what happened later; it may be cut before its bracket closes."""
_REMARK = re.compile(
    r"[\s.]*\[(?:\d+ (?:refs?|references)|reviews?|letter|editorial|abstract|conference abstract|article|"
    r"electronic resource|[a-z]+(?:, [a-z]+)*)\]\W*$"
)
_ORDINALS = {
    word: number
    for number, word in enumerate(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1
    )
}
_ORDINALS |= {
    word: number
    for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight"], 1)
}
_ORDINALS |= {letter: number for number, letter in enumerate("abcdefgh", 1)}
_PART = re.compile(
    r"\b(?:part|pt|paper|chapter|volume|vol|episode|lecture) ([a-h]|[ivx]{1,4}|\d{1,3}|one|two|three|four|five|six)\b"
)
_LAST = re.compile(r"(?:^|\s)(i{1,3}|iv|vi{1,3}|ix|xi{1,2})$")
_GENERIC = frozenset(
    [
        "about this issue",
        "about the authors",
        "abstract",
        "abstracts",
        "acknowledgement",
        "acknowledgements",
        "afterword",
        "announcement",
        "announcements",
        "author index",
        "authors reply",
        "biography",
        "book review",
        "book reviews",
        "books received",
        "call for papers",
        "comment",
        "commentary",
        "comments",
        "conclusion",
        "conclusions",
        "contents",
        "contributors",
        "correction",
        "corrections",
        "correspondence",
        "corrigendum",
        "discussion",
        "editor note",
        "editorial",
        "editorial comment",
        "editorial introduction",
        "editorial note",
        "editors comments",
        "editors introduction",
        "editors note",
        "epilogue",
        "erratum",
        "errata",
        "foreword",
        "from the editor",
        "from the editors",
        "front matter",
        "guest editorial",
        "guest editors introduction",
        "in brief",
        "in memoriam",
        "in this issue",
        "index",
        "introduction",
        "introduction to the special issue",
        "issue information",
        "letter",
        "letter from the editor",
        "letter to the editor",
        "letters",
        "letters to the editor",
        "list of reviewers",
        "message from the editor",
        "news",
        "notes",
        "obituary",
        "overview",
        "poster",
        "posters",
        "preface",
        "presidential address",
        "proceedings",
        "reply",
        "response",
        "retraction",
        "review",
        "reviewers",
        "reviews",
        "special issue",
        "subject index",
        "summary",
        "table of contents",
        "the authors reply",
        "the author replies",
        "unknown",
        "untitled",
        "no title",
        "title",
        "no title available",
        "not available",
    ]
)


@lru_cache(maxsize=65536)
def title_of(text: str | None) -> Title:
    """Return a title taken apart.

    Examples
    --------
    >>> title_of("Corrigendum to “Alliances of car makers”")[:2]
    ('correction', 'alliances of car makers')
    >>> title_of("Alliances of car makers (vol 104, pg 150, 2017)")[:2]
    ('correction', 'alliances of car makers')
    >>> title_of("Correction of demand")[0], title_of("[Alliances of car makers]. [French]").target
    (None, 'alliances of car makers')
    >>> title_of("Alliances, Part II").part, title_of("Editorial").generic
    (2, True)
    """
    raw = plain(text or "")[:1000].casefold().strip()
    notice, rest = _notice(_without_remarks(raw))
    target = fold(rest)
    if not target:
        target = fold(raw)
    words = tuple(target.split())
    digits = "".join(sign for sign in target if sign.isdigit())
    return Title(
        notice, target, "".join(words), words, digits, _part(target), target in _GENERIC or len(target) < 4
    )


def _without_remarks(raw: str) -> str:
    """Return a title without the brackets that databases put around or behind it."""
    if "[" in raw:
        raw = _LATER.sub("", raw)
        before = None
        while before != raw:
            before, raw = raw, _REMARK.sub("", raw)
        if raw.startswith("[") and raw.rstrip(" .").endswith("]"):
            raw = raw.rstrip(" .")[1:-1]
    return (
        _RETRACTED.sub("", raw, count=1)
        if raw[:12].lstrip("[").startswith(("retracted", "withdrawn"))
        else raw
    )


def _notice(raw: str) -> tuple[str | None, str]:
    """Return which notice a title is, and the title that it is about."""
    cut = _VOLUME.sub("", raw) if raw.endswith((")", "]")) else raw
    for kind, begins in _BEGINS.items():
        if found := begins.match(cut):
            return kind, _CITED.sub("", cut[found.end() :])
    if cut != raw:
        return "correction", cut
    if found := _ENDS.search(cut):
        word = found[1]
        for kind, pattern in _KINDS.items():
            if re.search(pattern, word):
                return kind, cut[: found.start()]
    if raw.endswith(")") and (shorter := _CITED.sub("", raw)) != raw:
        return "correction", shorter
    return None, cut


def _part(target: str) -> int | None:
    found = _PART.search(target) or _LAST.search(target)
    if found is None:
        return None
    word = found[1]
    return int(word) if word.isdigit() else _ORDINALS.get(word)
