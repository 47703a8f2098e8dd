"""Which pages there are, in the order and the groups in which the rail shows them.

A new stage of a study (its literature, an audit, captured candidates) gets its entries here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the rail: its path, its name, its icon (a macro of `icons.html`), and where it is shown.

    `published` is false for what needs a running workbench, `live` for what only a published site has.
    """

    path: str
    label: str
    icon: str
    published: bool = True
    live: bool = True


NAVIGATION: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "Look",
        (
            Entry("index", "About this study", "paper", live=False),
            Entry("constellation", "Constellation", "constellation"),
            Entry("figures", "Figures and tables", "chart"),
            Entry("against", "Against print", "scales"),
        ),
    ),
    (
        "Literature",
        (
            Entry("literature", "Review", "funnel"),
            Entry("literature/records", "Records", "list"),
            Entry("literature/duplicates", "Duplicates", "copies", published=False),
            Entry("literature/screening", "Screening", "eye", published=False),
            Entry("literature/conflicts", "Conflicts", "fork", published=False),
            Entry("literature/taxonomy", "Taxonomy", "tree"),
            Entry("literature/synthesis", "Table 1", "table"),
        ),
    ),
    (
        "Data",
        (
            Entry("alliances", "Alliances", "link"),
            Entry("firms", "Firms", "building"),
            Entry("sources", "Sources", "paper"),
        ),
    ),
    (
        "Work",
        (
            Entry("coding", "Coding", "pencil", published=False),
            Entry("import", "Import", "tray", published=False),
            Entry("checks", "Checks", "check", published=False),
        ),
    ),
    (
        "Keep",
        (
            Entry("log", "History", "clock", published=False),
            Entry("give", "Report and export", "share", published=False),
        ),
    ),
)
