"""Every real export of the folder is read whole: as many records as an independent count finds, every line of it kept.

The counts are those of the folder's MANIFEST.md, which come from the repositories of the files and from counting
record ends; each is counted again here by an expression that knows nothing of the readers.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from constellary.errors import InputError
from constellary.exchange.bibliography.export import Export
from constellary.exchange.bibliography.reading import is_export, parse_export, read_export
from tests.needs import literature

ER = rb"^[\r \t]*ER(?:  -|\s*$)"
"""What closes a record of Web of Science and of RIS, at the beginning of a line."""
PMID = rb"^PMID-"
ROWS = "rows"
"""Rows of the table less its header, as the csv module of the standard library finds them."""

WOS, WOS_TAB, RIS, NBIB = (
    "Web of Science plain text",
    "Web of Science tab-delimited",
    "RIS",
    "PubMed (MEDLINE, nbib)",
)

FILES: tuple[tuple[str, str, int, bytes | str], ...] = (
    ("asreview_demo/_baseline.ris", RIS, 100, ER),
    ("asreview_demo/baseline_empty_values.ris", RIS, 4, ER),
    ("asreview_demo/baseline_reference_types.ris", RIS, 61, ER),
    ("asreview_demo/baseline_tag-notes.ris", RIS, 12, ER),
    ("asreview_demo/baseline_tag-notes_labels.ris", RIS, 32, ER),
    ("asreview_demo/baseline_tag-notes_zotero.ris", RIS, 4, ER),
    ("asreview_demo/baseline_tag_and_field_definitions.ris", RIS, 1, rb"^[^A-Z]*TY  -"),
    ("asreview_demo/baseline_tag_and_field_definitions_lists.ris", RIS, 1, ER),
    ("asreview_demo/baseline_zotero.ris", RIS, 100, ER),
    ("asreview_demo/embase.ris", RIS, 6, ER),
    ("asreview_demo/faulty_year.ris", RIS, 1, ER),
    ("asreview_demo/generic_semicolon.csv", "CSV with a header", 2, "semicolon"),
    ("asreview_demo/ovid_psycinfo.ris", RIS, 6, ER),
    ("asreview_demo/ovid_zotero.ris", RIS, 6, ER),
    ("asreview_demo/proquest.ris", RIS, 6, ER),
    ("asreview_demo/pubmed_endnote.txt", RIS, 6, ER),
    ("asreview_demo/pubmed_zotero.ris", RIS, 6, ER),
    ("asreview_demo/scopus.ris", RIS, 6, ER),
    ("asreview_demo/web_of_science.txt", RIS, 10, ER),
    ("dedup/cytology_screening/records_pre_merged.csv", "CSV with a header", 1856, ROWS),
    ("dedup/haematology/records_pre_merged.csv", "CSV with a header", 1415, ROWS),
    ("dedup/special_cases/records_pre_merged.csv", "CSV with a header", 12, ROWS),
    ("dedup/stroke/records_pre_merged.csv", "CSV with a header", 1292, ROWS),
    ("ieee/litstudy/ieee.csv", "IEEE Xplore CSV", 10, ROWS),
    ("ieee/litstudy/ieee_1.csv", "IEEE Xplore CSV", 100, ROWS),
    ("ieee/litstudy/ieee_2.csv", "IEEE Xplore CSV", 100, ROWS),
    ("ieee/litstudy/ieee_3.csv", "IEEE Xplore CSV", 100, ROWS),
    ("ieee/litstudy/ieee_4.csv", "IEEE Xplore CSV", 100, ROWS),
    ("ieee/litstudy/ieee_5.csv", "IEEE Xplore CSV", 41, ROWS),
    ("pubmed/nbib/pmc_medlars.txt", NBIB, 5, PMID),
    ("pubmed/nbib/pubmed-balloongui-set.nbib", NBIB, 75, PMID),
    ("pubmed/nbib/single.nbib", NBIB, 1, PMID),
    ("ris/litstudy/example.ris", RIS, 25, ER),  # the manifest says 1: it counted by line feeds
    ("ris/wostools/scopus.ris", RIS, 836, ER),
    ("scopus/litstudy/scopus.csv", "Scopus CSV", 58, ROWS),
    ("screening/Nagtegaal_2019.csv", "CSV with a header", 2019, ROWS),
    ("springer/litstudy/springer.csv", "SpringerLink CSV", 18, ROWS),
    ("springer/litstudy/springer_notebook.csv", "SpringerLink CSV", 1000, ROWS),
    ("wos/bibliometrixData/biblio.bib", "BibTeX", 99, rb"^@article\{"),
    ("wos/bibliometrixData/scientometrics_text.txt", WOS, 147, ER),
    ("wos/bibliometrixData/scopusCollection.csv", "CSV with a header", 487, ROWS),
    ("wos/wosfile/wos_plaintext.txt", WOS, 50, ER),
    ("wos/wosfile/wos_tab_delimited_win_utf16.txt", WOS_TAB, 50, "utf-16"),
    ("wos/wosfile/wos_tab_delimited_win_utf8.txt", WOS_TAB, 50, rb"^J\t|^S\t|^B\t|^C\t"),
    ("wos/wostools/bit-pattern-savedrecs.txt", WOS, 500, ER),
    ("wos/wostools/single-article.txt", WOS, 1, ER),
    (
        "openalex/works_3.json",
        "OpenAlex JSON",
        3,
        rb'^   "id": "https://openalex.org/W\d+"',
    ),
)
NO_EXPORTS = (
    "MANIFEST.md",
    "dedup/cytology_screening/merged_record_ids.csv",
    "dedup/haematology/merged_record_ids.csv",
    "dedup/special_cases/merged_record_ids.csv",
    "dedup/stroke/merged_record_ids.csv",
    "dedup/test_cases.json",
    "prisma/PRISMA.csv",
)
TAGGED = tuple(name for name, kind, _, _ in FILES if kind in {WOS, RIS, NBIB})


def counted(data: bytes, way: bytes | str) -> int:
    """Return how many records a file holds, found without the readers."""
    if isinstance(way, bytes):
        return len(re.findall(way, data.replace(b"\r\n", b"\n"), re.MULTILINE))
    if way == "utf-16":
        return sum(bool(line) for line in data.decode("utf-16").splitlines()) - 1
    csv.field_size_limit(1 << 30)
    divider = ";" if way == "semicolon" else ","
    text = data.decode("utf-8-sig")
    return sum(any(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=divider)) - 1


@pytest.mark.parametrize(("name", "kind", "number", "way"), FILES, ids=[name for name, *_ in FILES])
def test_every_record_of_a_real_export_is_read(name: str, kind: str, number: int, way: bytes | str) -> None:
    path = literature(name)
    export = read_export(path)
    assert (export.format, len(export.entries)) == (kind, number)
    assert counted(path.read_bytes(), way) == number
    assert not [remark for remark in export.remarks if remark.lost]
    assert all(
        (entry.record.file, entry.record.format) == (path.name, kind) and entry.record.line > 0
        for entry in export.entries
    )
    lines = [entry.record.line for entry in export.entries]
    assert lines == sorted(set(lines))


@pytest.mark.parametrize("name", TAGGED)
def test_the_raw_tags_rebuild_every_line_of_the_file(name: str) -> None:
    path = literature(name)
    data = path.read_bytes()
    export = parse_export(path.name, data)
    assert rebuilt(export) == [line for line in shown_lines(data) if not frames(line, export.format)]


def shown_lines(data: bytes) -> list[str]:
    """Return the lines that are not blank, spaces made equal, since tags are followed by different ones."""
    lines = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [same for line in lines if (same := even(line))]


def even(line: str) -> str:
    """Return a line as RIS, Web of Science and MEDLINE would all write it."""
    return " ".join(re.sub(r"^([A-Z][A-Z0-9]{1,3})\s*-(?=\s|$)", r"\1 - ", line).split())


def frames(line: str, kind: str) -> bool:
    """Tell whether a line opens or closes a file or a record, or counts it, and says nothing of one."""
    closing = {WOS: r"ER|EF|FN .*|VR .*", RIS: r"ER -|\d+\.", NBIB: "(?!)"}[kind]
    return bool(re.fullmatch(closing, line))


def rebuilt(export: Export) -> list[str]:
    """Return the lines of the file as the raw tags give them."""
    divider = " " if export.format == WOS else " - "
    return [
        same
        for entry in export.entries
        for tag, text in entry.raw
        for line in (f"{tag}{divider}{text}" if tag else text).split("\n")
        if (same := even(line))
    ]


@pytest.mark.parametrize("name", [name for name, *_ in FILES])
def test_a_cheap_look_knows_an_export(name: str) -> None:
    assert is_export(literature(name).read_bytes())


@pytest.mark.parametrize("name", NO_EXPORTS)
def test_what_is_no_export_is_refused(name: str) -> None:
    path = literature(name)
    assert not is_export(path.read_bytes())
    with pytest.raises(InputError, match=f"^{re.escape(path.name)} is in none of the formats that are read"):
        read_export(path)


def test_no_file_of_the_folder_is_left_out() -> None:
    folder = literature()
    found = {path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file()}
    assert found == {name for name, *_ in FILES} | set(NO_EXPORTS)
