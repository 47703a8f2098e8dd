"""A protocol to begin with, each key explained where it stands."""

from __future__ import annotations

TEMPLATE = '''\
# The protocol of a review. Change it in an editor and keep it in the study:
#   constellary protocol mine.study --set protocol.toml
# Each version stays in the history of the study. What stands after # is for you alone.

# What the review asks.
question = "Why do firms ally?"

# What a record must meet; this stands beside each record that is screened.
include = [
  "It is about alliances between firms.",
  "It reports findings of its own.",
]

# Rules that take records out before anybody looks, each counted in the flow. A record that does not tell stays in.
# "2018-2023", "2018-", "-2023" or "2020"; and languages by two letters (ISO 639-1).
# years = "2018-2023"
# languages = ["en"]

# Words to highlight that speak for a record, and against it; * stands for any letters.
terms = ["allianc*", "joint venture*", "partner*"]
against = ["editorial", "book review"]

# What the verdict "maybe" comes to: "discuss" (a conflict, to be resolved) or "include" (the record goes on).
maybe = "discuss"

# ---- Searches: one for each database ------------------------------------------------------------------
# Records are tied to a search by its name: a-z, 0-9 and -.

[[search]]
name = "wos"
database = "Web of Science"
# The search string, word for word as it was typed.
string = """
TS=("strategic alliance*" OR "joint venture*")
AND TS=(automobile OR automotive)
"""
# When it was run and how many records the database said it found. Without a date: not run yet.
# date = "2024-02-12"
# hits = 118
# What was restricted in the database itself.
# limits = "English, articles"

# A later run of the same search: only what is new comes in, and what was decided stays.
# [[search]]
# name = "wos-2026"
# database = "Web of Science"
# updates = "wos"
# date = "2026-02-12"

# No database but another way: references followed, websites, experts.
# [[search]]
# name = "citations"
# database = "Citation searching"
# other = true

# ---- Stages of screening, in their order ---------------------------------------------------------------
# screeners: how many decide on each record, apart from each other.
# kind: "screening"; "retrieval", whether the report can be had; "both" in one box, though PRISMA asks for the split.
# reasons: for exclusion; where two screeners give different ones, the first in this list counts.
# reason_needed = false: one may exclude without a reason. same_reason = true: different reasons are a conflict.

[[stage]]
name = "title-abstract"
label = "Title and abstract"
question = "May this be about alliances between firms?"
screeners = 2
reason_needed = false

[[stage]]
name = "access"
label = "Access"
question = "Can the report be had?"
kind = "retrieval"
reasons = [
  { name = "not-retrieved", label = "Not retrieved", retrieval = true },
]

[[stage]]
name = "full-text"
label = "Full text"
screeners = 2
reasons = [
  { name = "topic", label = "Not about alliances between firms" },
  { name = "findings", label = "No findings of its own" },
  { name = "publication", label = "Not reviewed by peers" },
]

# ---- Counts that are told -----------------------------------------------------------------------------
# Only for a flow that somebody else printed: such numbers stand in the diagram marked with a dagger.
# [[declared]]
# box = "identified:wos"
# count = 118
# note = "Figure 1 of the article"
'''
"""What `constellary protocol STUDY --template` prints."""


def template() -> str:
    """Return a protocol to begin with, as TOML.

    Examples
    --------
    >>> from constellary.literature.protocol_file import parse_protocol
    >>> [stage.name for stage in parse_protocol(template()).stages]
    ['title-abstract', 'access', 'full-text']
    """
    return TEMPLATE
