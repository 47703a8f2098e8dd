"""Evidence: the lists that the drawer shows are the alliances that were counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from constellary.errors import UnknownName, UsageError
from constellary.workbench import evidence
from constellary.workbench.filters import Filter
from constellary.workbench.links import LiveLinks

if TYPE_CHECKING:
    from constellary.study.frames import Frames

LINK = LiveLinks({})


def test_a_firm_stands_for_the_alliances_that_it_is_a_partner_of(tiny: Frames) -> None:
    assert evidence.of_firm(tiny, Filter(), "Renfe").alliances == ("a3", "a4")


def test_a_tie_stands_for_the_alliances_of_both_firms(tiny: Frames) -> None:
    assert evidence.of_tie(tiny, Filter(), ["Iberia", "Finnair"]).alliances == ("a1", "a2")


def test_a_tie_of_one_firm_or_of_unknown_ones_is_refused(tiny: Frames) -> None:
    with pytest.raises(UsageError):
        evidence.of_tie(tiny, Filter(), ["Iberia"])
    with pytest.raises(UnknownName):
        evidence.of_tie(tiny, Filter(), ["Iberia", "Nobody"])


@pytest.mark.parametrize(
    "chosen", [Filter(), Filter(where="size > 2 or size = 2"), Filter(facets=(("firm", ("Finnair",)),))]
)
def test_the_table_of_a_list_holds_the_same_alliances(tiny: Frames, chosen: Filter) -> None:
    frames = chosen.of(tiny)
    for behind in (
        evidence.of_firm(frames, chosen, "Iberia"),
        evidence.of_tie(frames, chosen, ["Iberia", "Finnair"]),
        evidence.of_names(frames, chosen, ["a1", "a2"]),
        evidence.of_filter(frames, chosen),
    ):
        assert behind.table is not None
        assert behind.table.of(tiny).alliances["id"].to_list() == list(behind.alliances)


def test_alliances_outside_of_the_filter_are_not_evidence(tiny: Frames) -> None:
    chosen = Filter(since="2021")
    assert evidence.of_names(chosen.of(tiny), chosen, ["a1", "a4"]).alliances == ("a4",)


def test_a_list_is_given_a_part_at_a_time_the_latest_first(automotive: Frames) -> None:
    behind = evidence.of_filter(automotive, Filter())
    first = evidence.view(automotive, Filter(), behind, LINK)
    second = evidence.view(automotive, Filter(), behind, LINK, start=evidence.SHOWN)
    assert (first["first"], first["last"], first["total"]) == (1, evidence.SHOWN, 787)
    assert second["first"] == evidence.SHOWN + 1
    dates = [entry["announced"] for entry in first["entries"] + second["entries"]]
    assert dates == sorted(dates, reverse=True)
    assert not {entry["id"] for entry in first["entries"]} & {entry["id"] for entry in second["entries"]}


def test_too_many_alliances_are_not_named_in_an_address(automotive: Frames) -> None:
    names = automotive.alliances["id"].to_list()
    assert evidence.naming(Filter(), names[: evidence.NAMED]) is not None
    assert evidence.naming(Filter(), names[: evidence.NAMED + 1]) is None


def test_a_name_with_quotes_can_be_filtered_by(tiny: Frames) -> None:
    named = evidence.naming(Filter(), ["a\"b'c", "a1"])
    assert named is not None
    assert named.of(tiny).alliances["id"].to_list() == ["a1"]
