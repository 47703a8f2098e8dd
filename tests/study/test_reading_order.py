"""The order in which records were decided on."""

from pathlib import Path

from constellary.data import automotive_codebook
from constellary.exchange.bibliography.export import Entry, Export
from constellary.literature.record import Record
from constellary.study.codebook_file import read_codebook
from constellary.study.literature.sequence import reading_order
from constellary.study.study import create_study


def test_records_stand_in_the_order_of_their_first_verdict(tmp_path: Path) -> None:
    entries = tuple(
        Entry(Record(title=f"Title {n}", file="f.ris", line=n, format="RIS"), (("TI", f"Title {n}"),))
        for n in range(1, 5)
    )
    with create_study(tmp_path / "s.study", read_codebook(automotive_codebook())) as study:
        study.literature.take([Export("f.ris", "RIS", None, entries)], who="Ada")
        one, two, three, _ = (record.id for record in study.literature.review().records)
        decide = study.literature.screenings.decide
        decide(three, "title-abstract", "Ada", "exclude")
        decide(one, "title-abstract", "Bob", "include")
        decide(one, "title-abstract", "Ada", "include")
        decide(two, "title-abstract", "Ada", "include")
        decide(three, "title-abstract", "Ada", "include")
        decide(three, "access", "Ada", "include")
        database = study.literature._database
        assert reading_order(database, "title-abstract") == (three, one, two)
        assert reading_order(database, "title-abstract", "Bob") == (one,)
        assert reading_order(database, "access") == (three,)
        study.literature.screenings.clear(three, "title-abstract", "Ada")
        assert reading_order(database, "title-abstract", "Ada") == (one, two)
        study.history.undo(who="Ada")
        assert reading_order(database, "title-abstract", "Ada") == (one, two, three)
