"""The words of a flow's boxes, as PRISMA 2020 has them, for levels that a protocol is free to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from constellary.literature.protocol import LANGUAGES, YEARS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.literature.protocol import Protocol, Stage

RULES = (YEARS, LANGUAGES)


TONGUES = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "zh": "Chinese",
}
"""Languages that reviews often name; others stand by their two letters."""


class BoxWords(NamedTuple):
    """What a stage's two boxes are called."""

    entered: str
    excluded: str


def box_words(stages: Sequence[Stage]) -> tuple[BoxWords, ...]:
    """Return the words for each stage: records are screened, reports are sought and assessed.

    Examples
    --------
    >>> from constellary.literature.protocol import PLAIN
    >>> [words.entered for words in box_words(PLAIN.stages)]
    ['Records screened', 'Reports sought for retrieval', 'Reports assessed for eligibility']
    """
    found = []
    at_hand = False
    for stage in stages:
        if stage.kind == "retrieval":
            words = BoxWords("Reports sought for retrieval", "Reports not retrieved")
        elif stage.kind == "both":
            words = BoxWords("Reports sought and assessed", "Reports not retrieved or excluded")
        elif at_hand or "full text" in f"{stage.name} {stage.label}".lower().replace("-", " "):
            words = BoxWords("Reports assessed for eligibility", "Reports excluded")
        else:
            words = BoxWords("Records screened", "Records excluded")
        at_hand = at_hand or stage.kind != "screening"
        found.append(words)
    return tuple(found)


def removed_label(rule: str, protocol: Protocol) -> str:
    """Return what a rule takes out, in words.

    Examples
    --------
    >>> from constellary.literature.protocol import Protocol
    >>> removed_label("years", Protocol(years=(2018, 2023)))
    'Published outside 2018–2023'
    """
    if rule == LANGUAGES:
        names = [TONGUES.get(one, one) for one in protocol.languages]
        return f"In a language other than {' or '.join(names)}"
    first, last = protocol.years or (None, None)
    if first is None:
        return f"Published after {last}"
    if last is None:
        return f"Published before {first}"
    return f"Published outside {first}–{last}" if first != last else f"Not published in {first}"
