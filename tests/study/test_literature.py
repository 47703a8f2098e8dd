"""The literature in a study: what is taken in stays, what is decided about it is a decision, and any can be undone."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from constellary.data import automotive_codebook
from constellary.errors import EditConflict, InputError, UnknownName
from constellary.exchange.bibliography.export import Entry, Export, Remark
from constellary.literature.record import Name, Record
from constellary.literature.review import Match, Passage
from constellary.literature.screening import conflicts, included, queue, standing_of, standings
from constellary.literature.works import works
from constellary.study.codebook_file import read_codebook
from constellary.study.study import Study, create_study, open_study

PROTOCOL = """
question = "Why do car makers ally?"
years = "2018-2023"

[[search]]
name = "wos"
database = "Web of Science"

[[search]]
name = "wos-again"
database = "Web of Science"
updates = "wos"

[[search]]
name = "scopus"
database = "Scopus"

[[stage]]
name = "title"
label = "Title and abstract"
screeners = 2
reasons = [{ name = "topic", label = "Other topic" }, { name = "kind", label = "Other kind" }]

[[stage]]
name = "full-text"
label = "Full text"
reasons = [{ name = "design", label = "Other design" }]
"""
TAXONOMY = """
[[code]]
name = "learning"
label = "Learning from partners"

[[group]]
name = "knowledge"
label = "Knowledge"
codes = ["learning"]
"""


def entry(number: int, *, year: int = 2020, database: str = "Web of Science", **fields: object) -> Entry:
    record = Record(
        title=f"Alliance number {number}",
        authors=(Name("Vallejo", "B."),),
        year=year,
        database=database,
        accession=f"{database}:{number}",
        line=number,
    )._replace(**fields)  # type: ignore[arg-type]
    return Entry(
        record, (("TI", record.title or ""), ("UT", record.accession or ""), ("AD", "one"), ("AD", "two"))
    )


def export(*entries: Entry, file: str = "savedrecs.txt", remarks: tuple[Remark, ...] = ()) -> Export:
    return Export(file, "a format", entries[0].record.database, entries, remarks)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = create_study(tmp_path / "review.study", read_codebook(automotive_codebook()), who="a")
    made.literature.set_protocol(PROTOCOL, who="a")
    made.literature.take([export(*(entry(number) for number in range(1, 6)))], who="a", search="wos")
    return made


def test_what_is_taken_in_is_there_after_the_file_was_closed(study: Study) -> None:
    before = study.literature.review()
    study.close()
    with open_study(study.path, read_only=True) as again:
        assert again.literature.review() == before
        one = again.literature.review().records[0]
        assert again.literature.raw(one.id)[-2:] == (("AD", "one"), ("AD", "two"))
        assert one.title == "Alliance number 1"
        assert one.search == "wos"


def test_the_same_file_twice_adds_nothing(study: Study) -> None:
    again = study.literature.take([export(*(entry(number) for number in range(1, 6)))], who="a", search="wos")
    assert again.decision is None
    assert (again.new, again.files[0].known) == (0, 5)


def test_a_record_that_stands_twice_in_what_is_taken_in_is_counted_as_repeated(study: Study) -> None:
    taken = study.literature.take([export(entry(9)), export(entry(9), entry(10))], who="a", search="wos")
    assert [(one.new, one.repeated) for one in taken.files] == [(1, 0), (1, 1)]


def test_publications_that_share_a_made_up_identifier_are_all_taken_in_and_known_again(study: Study) -> None:
    three = [entry(9), entry(9, title="Quite another alliance"), entry(9, title="A third one")]
    taken = study.literature.take([export(*three)], who="a", search="wos").files[0]
    assert (taken.new, taken.repeated) == (3, 0)
    again = study.literature.take([export(*reversed(three))], who="a", search="wos")
    assert (again.decision, again.files[0].known) == (None, 3)


def test_every_record_that_was_read_is_counted_once(study: Study) -> None:
    lost = (Remark(7, "cannot be read", lost=True),)
    mixed = export(entry(5), entry(6), entry(6), entry(4, title="Another title"), remarks=lost)
    told = study.literature.take([mixed], who="a", search="wos").files[0]
    assert (told.new, told.known, told.changed, told.repeated, told.lost) == (1, 1, 1, 1, 1)
    assert told.read == told.new + told.known + told.changed + told.repeated


def test_another_search_keeps_its_own_record_of_the_same_publication(study: Study) -> None:
    taken = study.literature.take([export(entry(1))], who="a", search="scopus")
    assert taken.new == 1
    ids = [one.id for one in study.literature.review().records]
    assert len(set(ids)) == len(ids) == 6


def test_a_search_that_is_run_again_adds_only_what_is_new_and_keeps_what_was_decided(study: Study) -> None:
    literature = study.literature
    first = literature.review().records[0].id
    for who in ("ann", "bob"):
        literature.screenings.decide(first, "title", who, "include")
    later = export(entry(1, abstract="Now with one."), entry(2, times_cited=7), entry(8), file="again.txt")
    taken = literature.take([later], who="a", search="wos-again").files[0]
    assert (taken.new, taken.known, taken.changed) == (1, 1, 1)
    review = literature.review()
    assert standing_of(review)[first].at == "full-text"
    kept = next(one for one in review.records if one.id == first)
    assert (kept.abstract, kept.search) == ("Now with one.", "wos")
    assert [one.search for one in review.records].count("wos-again") == 1


def test_a_search_that_is_named_later_takes_its_records_over(study: Study) -> None:
    loose = export(entry(21, database="Scopus"), entry(22, database="Scopus"))
    study.literature.take([loose], who="a", search="")
    taken = study.literature.take([loose], who="a", search="scopus").files[0]
    assert (taken.new, taken.known, taken.changed) == (0, 0, 2)
    assert [one.search for one in study.literature.review().records][-2:] == ["scopus", "scopus"]
    assert study.literature.take([loose], who="a", search="scopus").decision is None


def test_a_scopus_record_is_known_again_by_the_number_in_its_address(study: Study) -> None:
    url = "https://www.scopus.com/inward/record.uri?eid=2-s2.0-850915&doi=10.1063"
    first = entry(1, database="Scopus", accession=None, url=url)
    study.literature.take([export(first)], who="a", search="scopus")
    later = Entry(first.record, (*first.raw, ("N1", "Export Date: 15 October 2024")))
    assert study.literature.take([export(later)], who="a", search="scopus").files[0].known == 1


def test_an_unknown_search_is_refused_and_changes_nothing(study: Study) -> None:
    latest = study.history.latest()
    with pytest.raises(UnknownName, match="wos"):
        study.literature.take([export(entry(11))], who="a", search="wis")
    assert study.history.latest() == latest


def test_where_no_search_is_named_the_only_one_of_the_database_is_taken(study: Study) -> None:
    found = study.literature.take([export(entry(1, database="Scopus"))], who="a")
    assert found.files[0].search == "scopus"
    doubtful = study.literature.take([export(entry(12))], who="a")
    assert not doubtful.files[0].search


def test_years_take_a_work_out_before_anybody_looks(study: Study) -> None:
    study.literature.take([export(entry(20, year=2001))], who="a", search="wos")
    last = standings(study.literature.review())[-1]
    assert (last.rule, last.outcome, last.stages) == ("years", "excluded", ())


def test_two_agree_differ_and_are_resolved(study: Study) -> None:
    literature = study.literature
    one, two, three = (record.id for record in literature.review().records[:3])
    decide = literature.screenings.decide
    for who, verdicts in {"ann": "include exclude exclude", "bob": "include include exclude"}.items():
        for record, verdict in zip((one, two, three), verdicts.split(), strict=True):
            reason = None if verdict == "include" else "kind" if who == "ann" else "topic"
            assert record in queue(literature.review(), "title", who)
            decide(record, "title", who, verdict, reason)
            assert record not in queue(literature.review(), "title", who)
    review = literature.review()
    found = standing_of(review)
    assert found[one].at == "full-text"
    assert [here.work.id for here, _ in conflicts(review)] == [two]
    # Of the two reasons, the one that the protocol names first counts.
    assert (found[three].outcome, found[three].stages[0].reason) == ("excluded", "topic")
    literature.screenings.resolve(two, "title", "include", who="cy", why="It is about alliances.")
    assert standing_of(literature.review())[two].at == "full-text"
    decide(one, "full-text", "ann", "include")
    assert [work.id for work in included(literature.review())] == [one]


def test_one_verdict_of_two_that_are_needed_settles_nothing(study: Study) -> None:
    first = study.literature.review().records[0].id
    study.literature.screenings.decide(first, "title", "ann", "maybe")
    assert standings(study.literature.review())[0].outcome == "open"
    study.literature.screenings.decide(first, "title", "bob", "include")
    assert standings(study.literature.review())[0].outcome == "conflict"


def test_a_change_of_mind_keeps_the_first_verdict_and_both_decisions(study: Study) -> None:
    first = study.literature.review().records[0].id
    decide = study.literature.screenings.decide
    decide(first, "title", "ann", "exclude", "topic")
    decide(first, "title", "ann", "include")
    (kept,) = study.literature.review().screenings
    assert (kept.verdict, kept.reason, kept.first, kept.first_reason) == ("include", None, "exclude", "topic")
    told = study.history.of_row("screening", [first, "title", "ann"])
    assert [change.after[3] for _, change in told if change.after] == ["exclude", "include"]
    study.history.undo(who="ann")
    assert study.literature.review().screenings[0].verdict == "exclude"


@pytest.mark.parametrize(
    ("verdict", "reason", "said"),
    [("exclude", None, "needs its reason"), ("exclude", "nonsense", "topic"), ("perhaps", None, "include")],
)
def test_a_verdict_that_the_protocol_does_not_know_is_refused(
    study: Study, verdict: str, reason: str | None, said: str
) -> None:
    first = study.literature.review().records[0].id
    latest = study.history.latest()
    with pytest.raises((InputError, UnknownName), match=said):
        study.literature.screenings.decide(first, "title", "ann", verdict, reason)
    assert study.history.latest() == latest


def test_a_resolution_says_why(study: Study) -> None:
    first = study.literature.review().records[0].id
    with pytest.raises(InputError, match="reason"):
        study.literature.screenings.resolve(first, "title", "include", who="cy", why=" ")
    with pytest.raises(InputError, match="maybe"):
        study.literature.screenings.resolve(first, "title", "maybe", who="cy", why="x")


def test_records_that_are_the_same_are_one_work_until_that_is_undone(study: Study) -> None:
    literature = study.literature
    ids = [record.id for record in literature.review().records]
    pairs = [Match(one, other, "same", "rules", "same DOI") for one, other in pairwise(ids[:3])]
    literature.match(pairs, who="rules", summary="duplicates")
    first = works(literature.review())[0]
    assert (first.id, [record.id for record in first.records]) == (ids[0], ids[:3])
    assert len(works(literature.review())) == 3
    assert literature.match(pairs, who="rules") is None
    study.history.undo(who="a")
    assert len(works(literature.review())) == 5


def test_what_was_decided_on_a_record_follows_it_into_its_work(study: Study) -> None:
    literature = study.literature
    ids = [record.id for record in literature.review().records]
    literature.screenings.decide(ids[1], "title", "ann", "include")
    literature.screenings.decide(ids[0], "title", "bob", "exclude", "topic")
    literature.match([Match(ids[0], ids[1], "same", "ann", "")], who="ann")
    assert standing_of(literature.review())[ids[0]].outcome == "conflict"


def test_a_field_is_taken_from_the_record_that_somebody_chose(study: Study) -> None:
    literature = study.literature
    ids = [record.id for record in literature.review().records]
    literature.match([Match(ids[0], ids[1], "same", "ann", "")], who="ann")
    literature.choose(ids[0], "accession", ids[1], who="ann")
    work = works(literature.review())[0]
    assert (work.record.accession, work.sources["accession"]) == ("Web of Science:2", ids[1])
    literature.choose(ids[0], "accession", None, who="ann")
    assert works(literature.review())[0].record.accession == "Web of Science:1"


def test_passages_bear_codes_that_there_are(study: Study) -> None:
    literature = study.literature
    literature.set_taxonomy(TAXONOMY, who="a")
    first = literature.review().records[0].id
    with pytest.raises(UnknownName, match="learning"):
        literature.passages.put([Passage("", first, "lerning", "ann", "q", "1", None)], who="ann")
    literature.passages.put([Passage("", first, "learning", "ann", "q", "1", None)], who="ann")
    (kept,) = literature.review().passages
    assert kept.id
    assert literature.passages.put([kept], who="ann") is None
    literature.passages.put([kept._replace(page="2")], who="ann")
    assert [one.page for one in literature.review().passages] == ["2"]
    literature.passages.remove(first, kept.id, who="ann")
    assert literature.review().passages == ()


def test_the_protocol_and_the_taxonomy_keep_their_versions(study: Study) -> None:
    study.literature.set_protocol(PROTOCOL.replace("2018", "2016"), who="b", why="too narrow")
    told = study.literature.versions("protocol")
    assert [(entry.who, "2016" in text) for entry, text in told] == [("a", False), ("b", True)]
    assert study.literature.review().protocol.years == (2016, 2023)
    with pytest.raises(InputError, match="so already"):
        study.literature.set_protocol(PROTOCOL.replace("2018", "2016"), who="b")


def test_two_who_decide_the_same_at_once_are_told(study: Study) -> None:
    first = study.literature.review().records[0].id
    with open_study(study.path) as other:
        other.literature.screenings.decide(first, "title", "ann", "include")
        seen = other.literature.review().screenings[0]
        study.literature.screenings.decide(first, "title", "ann", "exclude", "topic")
        assert study.literature.review().screenings[0].first == "include"
        assert other.literature.review().screenings[0] != seen


def test_the_history_tells_a_record_field_by_field(study: Study) -> None:
    detail = study.history.detail(study.history.latest())
    fields = {field.name: field.after for field in detail.rows[0].fields}
    assert fields["authors"] == "Vallejo, B."
    assert "raw" not in fields


def test_an_import_that_met_another_one_is_refused_whole(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes, _ = study.literature.planned([export(entry(30), entry(31))], search="wos")
    study.literature.take([export(entry(31))], who="b", search="wos")
    with pytest.raises(EditConflict):
        study.history.record({"record": changes}, kind="import", who="a", summary="late")
    assert len(study.literature.review().records) == 6
