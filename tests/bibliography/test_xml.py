"""EndNote XML."""

from __future__ import annotations

import pytest

from constellary.errors import InputError
from constellary.exchange.bibliography.reading import parse_export
from constellary.literature.record import Name

RECORD = """<record><database name="x.enl" path="C:\\x.enl">x.enl</database>
<source-app name="EndNote" version="20.0">EndNote</source-app><rec-number>7</rec-number>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal" size="100%">Vallejo, Bertha</style></author>
<author>OECD</author></authors></contributors>
<titles><title><style face="normal">Alliances of </style><style face="italic">Fiat</style><style> &amp; PSA</style>
</title>
<secondary-title>Research Policy</secondary-title></titles>
<pages>123-45</pages><volume>49</volume><number>2</number>
<keywords><keyword>trust</keyword><keyword>learning</keyword></keywords>
<dates><year>2020</year><pub-dates><date>May 17</date></pub-dates></dates>
<isbn>0048-7333</isbn><accession-num>WOS:1</accession-num><abstract>One.&#xD;Two.</abstract>
<electronic-resource-num>https://doi.org/10.1016/J.X.1</electronic-resource-num>
<urls><related-urls><url>https://example.org/a</url></related-urls></urls>
<remote-database-name>Scopus</remote-database-name><language>English</language><notes>Read.</notes></record>"""


def wrapped(*records: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return f"{head}<xml><records>{''.join(records)}</records></xml>".encode()


def test_a_record_with_its_styles_joined() -> None:
    export = parse_export("library.xml", wrapped(RECORD, RECORD))
    assert (export.format, export.database, len(export.entries)) == ("EndNote XML", "Scopus", 2)
    record, raw = export.entries[0]
    assert record.title == "Alliances of Fiat & PSA"
    assert record.authors == (Name("Vallejo", "Bertha"), Name("OECD"))
    assert (record.year, record.date, record.venue) == (2020, "2020-05-17", "Research Policy")
    assert (record.pages, record.volume, record.issue) == ("123-145", "49", "2")
    assert (record.doi, record.issn, record.language) == ("10.1016/j.x.1", "0048-7333", "en")
    assert (record.keywords, record.notes) == (("trust", "learning"), ("Read.",))
    assert record.abstract == "One.\nTwo."
    assert ("ref-type@name", "Journal Article") in raw
    assert [text for path, text in raw if path == "keywords.keyword"] == ["trust", "learning"]
    assert export.entries[1].record.line == 2


def test_what_the_declaration_says_of_the_encoding_is_passed_over() -> None:
    data = wrapped(RECORD, head='<?xml version="1.0" encoding="UTF-16"?>').decode().encode("utf-16")
    assert len(parse_export("library.xml", data).entries) == 1


BOMB = '<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BOMB, OUTSIDE])
def test_entities_are_refused(head: str) -> None:
    with pytest.raises(InputError, match="declares a document type or entities"):
        parse_export("library.xml", wrapped(RECORD, head=head))


def test_a_file_that_is_cut_off_is_refused_with_its_place() -> None:
    data = wrapped(RECORD, RECORD)
    with pytest.raises(InputError, match=r"library.xml, line \d+, column \d+: the XML cannot be read"):
        parse_export("library.xml", data[: len(data) - 400])


def test_xml_that_is_nested_deeply_is_refused() -> None:
    deep = "<record><database>x</database>" + "<a>" * 300 + "</a>" * 300 + "</record>"
    with pytest.raises(InputError, match="nested more than 100 levels"):
        parse_export("library.xml", wrapped(deep))
