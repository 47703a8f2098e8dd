"""What the vendors of RIS put where: databases, accession numbers, counts and references without a tag of their own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from constellary.exchange.bibliography import values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Told = Mapping[str, list[str]]

_HOSTS = (
    ("scopus.com", "Scopus"),
    ("webofscience.com", "Web of Science"),
    ("webofknowledge.com", "Web of Science"),
    ("embase.com", "Embase"),
    ("lens.org", "The Lens"),
    ("ncbi.nlm.nih.gov/pubmed", "PubMed"),
    ("pubmed.ncbi", "PubMed"),
    ("ieeexplore.ieee.org", "IEEE Xplore"),
    ("openalex.org", "OpenAlex"),
    ("search.ebscohost.com", "EBSCOhost"),
    ("jstor.org", "JSTOR"),
    ("search.proquest.com", "ProQuest"),
)
_OVID = {
    "psyc": "APA PsycInfo",
    "med": "MEDLINE",
    "emed": "Embase",
    "emez": "Embase",
    "cctr": "CENTRAL",
    "econ": "EconLit",
}
_PROVIDERS = {"NLM": "PubMed"}
_OVID_CODE = re.compile(r"ovid\.com/.*[?&]D=([a-z]+)")
_EID = re.compile(r"eid=(2-s2\.0-\d+)")
_CITED_BY = re.compile(r"^(?:Cited By\s*:?|Times Cited[^:\n]*:|Total Times Cited:)\s*(\d{1,9})", re.MULTILINE)
_MACHINERY = re.compile(
    r"(?:Export Date|References|Cited By|Times Cited|Total Times Cited|Cited Reference Count|CODEN"
    r"|Correspondence Address|Funding (?:details|text)|Date revised|Last updated|Date created"
    r"|Reference Type|Tradenames|Manufacturers|Chemicals/CAS|Molecular Sequence Numbers|Sponsors|Conference code"
    r"|Conference (?:name|date|location)|ISSN)\b|\d{4}-\d{3}[\dXx]\n"
)
_FREQUENT = ("Export Date:", "References:", "Cited By :", "Cited By:", "Correspondence Address:")
"""Those of the same that Scopus writes into every record, told without the pattern."""


@lru_cache(maxsize=1024)
def kind(opening: str, work: str | None) -> str:
    """Return the kind of publication: by TY, and where that is a series or nothing certain, by M3."""
    if opening in {"SER", "GEN", "MISC", ""} and work:
        return values.csl_type(work, opening)
    return values.csl_type(opening)


def database(told: Told) -> str | None:
    """Return the database, from DB, the form of the accession number, the provider or the address."""
    for text in told.get("DB", ()):
        if text and not text.isspace():
            return values.clean(text)
    for text in told.get("AN", ()):
        if text.startswith("WOS:"):
            return "Web of Science"
    for text in told.get("DP", ()):
        if text.strip() in _PROVIDERS:
            return _PROVIDERS[text.strip()]
    for tag in ("UR", "L2", "LK"):
        for text in told.get(tag, ()):
            if name := _of_address(text):
                return name
    return None


def _of_address(text: str) -> str | None:
    for host, name in _HOSTS:
        if host in text:
            return name
    if found := _OVID_CODE.search(text):
        return next((name for code, name in _OVID.items() if found[1].startswith(code)), None)
    return None


def accession(told: Told) -> str | None:
    """Return the database's own identifier: AN, Embase's U2, the one in Scopus's address, or ID."""
    for tag in ("AN", "U2"):
        for text in told.get(tag, ()):
            if shown := values.clean(text):
                return shown
    for text in told.get("UR", ()):
        if (place := text.find("eid=2-s2.0-")) >= 0 and (found := _EID.search(text, place)):
            return found[1]
    return next((shown for text in told.get("ID", ()) if (shown := values.clean(text))), None)


def pmid(told: Told, source: str | None) -> str | None:
    """Return the PubMed identifier: AN from PubMed, C2 from Scopus, C5 from Embase, PMID where a tag says so."""
    tag = {"PubMed": "AN", "Scopus": "C2", "Embase": "C5"}.get(source or "", "PM")
    for text in told.get(tag, ()):
        if text.strip().isdigit() and len(text.strip()) <= 9:
            return text.strip()
    return None


def edition(text: str | None) -> str | None:
    """Return the edition; the date of first publication, which PubMed puts there, is none."""
    text = values.clean(text)
    return None if text is None or re.fullmatch(r"\d{4}/\d\d?/\d\d?", text) else text


def cited(notes: Iterable[str], listed: Iterable[str] | None) -> tuple[str, ...]:
    """Return the cited references, which Scopus writes into a note and others under CR."""
    found = "\n".join(listed) if listed else ""
    for note in notes:
        if note.startswith("References:"):
            parts = note.split("; \n")
            if len(parts) > note.count("\n"):
                parts[0], parts[-1] = parts[0][11:].lstrip(), parts[-1].rstrip("; ")
                return tuple(parts) if all(parts) else tuple(filter(None, parts))
            found = note[11:]
    return tuple([shown for part in found.split("\n") if (shown := part.strip("; \t"))]) if found else ()


def times_cited(notes: Iterable[str], counted: Sequence[str] | None) -> int | None:
    """Return how often it was cited, which databases write into a note."""
    for note in notes:
        if "Cited" in note[:60] and (found := _CITED_BY.search(note)):
            return int(found[1])
    return values.count(counted[0]) if counted else None


def notes(texts: Iterable[str], research: Iterable[str] | None) -> tuple[str, ...]:
    """Return what somebody noted; what a database notes of its export is left to the raw tags."""
    kept = [text for text in texts if not text.startswith(_FREQUENT) and not _MACHINERY.match(text)]
    if research:
        kept += research
    return tuple([plain for text in kept if (plain := values.plain(text))]) if kept else ()
