"""Whatever was decided, a counted flow adds up, and each record and work is in exactly one place of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from constellary.literature.flow import flow
from constellary.literature.flow_sums import checks
from constellary.literature.protocol import Protocol, Reason, Search, Stage
from constellary.literature.review import Match, Resolution, Review, Screening, Verdict
from constellary.literature.works import works
from tests.literature.screened_reviews import record

SEARCHES = (
    Search("wos", "Web of Science"),
    Search("scopus", "Scopus"),
    Search("snow", "Citation searching", other=True),
    Search("wos2", "Web of Science", updates="wos"),
)
STAGES = (
    Stage("title", "Title", reasons=(Reason("topic", "Topic"), Reason("kind", "Kind")), screeners=2),
    Stage("access", "Access", kind="retrieval", reason_needed=False),
    Stage("full-text", "Full text", reasons=(Reason("findings", "Findings"),)),
)
VERDICTS: tuple[Verdict, ...] = ("include", "include", "include", "exclude", "maybe")


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    count = draw(st.integers(0, 9))
    places = st.integers(0, max(0, count - 1))
    names = st.sampled_from(("", *(one.name for one in SEARCHES)))
    years = st.sampled_from((None, 2017, 2020, 2020, 2020))
    records = tuple(record(at, draw(names), draw(years)) for at in range(count))
    matches = []
    for _ in range(draw(st.integers(0, 5)) if count > 1 else 0):
        first, second = sorted((draw(places), draw(places)))
        if first != second:
            verdict, who = (
                draw(st.sampled_from(("same", "same", "ask", "apart"))),
                draw(st.sampled_from(("rules", "ann"))),
            )
            matches.append(Match(f"r{first}", f"r{second}", verdict, who, "why"))  # type: ignore[arg-type]
    given_verdicts: dict[tuple[str, str, str], Screening] = {}
    resolutions: dict[tuple[str, str], Resolution] = {}
    for _ in range(draw(st.integers(0, 40)) if count else 0):
        at, stage = f"r{draw(places)}", draw(st.sampled_from(STAGES))
        who, verdict = draw(st.sampled_from(("ann", "bob"))), draw(st.sampled_from(VERDICTS))
        reason = (
            draw(st.sampled_from((None, *(one.name for one in stage.reasons))))
            if verdict == "exclude"
            else None
        )
        given_verdicts[at, stage.name, who] = Screening(at, stage.name, who, verdict, reason, verdict, reason)
        if verdict != "maybe" and draw(st.integers(0, 9)) == 0:
            resolutions[at, stage.name] = Resolution(at, stage.name, verdict, reason, "cleo", "why")
    return Review(
        protocol=Protocol(searches=SEARCHES, stages=STAGES, years=(2018, None)),
        records=records,
        matches=tuple(matches),
        screenings=tuple(given_verdicts.values()),
        resolutions=tuple(resolutions.values()),
    )


@settings(max_examples=150)
@given(reviews(), st.booleans())
def test_a_counted_flow_adds_up_and_its_numbers_are_those_of_its_evidence(
    review: Review, previous: bool
) -> None:
    found = flow(review, previous=previous)
    assert all(one.holds for one in checks(found))
    assert all(one.count == one.counted == len(one.evidence) for one in found.counts())


@settings(max_examples=150)
@given(reviews())
def test_each_record_is_identified_once_and_each_work_ends_in_one_place(review: Review) -> None:
    found = flow(review, previous=False)
    seen = Counter(one for route in found.routes for one in route.identified.evidence)
    assert seen == Counter(one.id for one in review.records)
    ends: Counter[str] = Counter(found.included.evidence)
    for route in found.routes:
        for removed in route.removed[1:]:
            ends.update(removed.evidence)
        for level in route.levels:
            ends.update(level.excluded.evidence + level.open.evidence + level.conflicts.evidence)
    assert ends == Counter(one.id for one in works(review))
    double = [one for route in found.routes for one in route.removed[0].evidence]
    assert len(double) == len(review.records) - len(works(review))


@settings(max_examples=100)
@given(reviews())
def test_an_update_splits_the_works_that_are_included_and_loses_none(review: Review) -> None:
    split, whole = flow(review), flow(replace(review, memory={}), previous=False)
    if split.total is None:
        assert split.included.evidence == whole.included.evidence
    else:
        assert sorted(split.total.evidence) == sorted(whole.included.evidence)
