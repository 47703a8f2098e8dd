"""The literature part of a study: its review as it stands, and what changes it."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from constellary.errors import InputError, UnknownName
from constellary.literature.record import FIELDS
from constellary.literature.review import Review
from constellary.literature.taxonomy import EMPTY
from constellary.study.decisions import RowChange
from constellary.study.literature.intake import Intake, plan, present_rows, whole_rows
from constellary.study.literature.reading import PARTS, PROTOCOL, TAXONOMY, assembled, read, touched
from constellary.study.literature.rows import raw_of
from constellary.study.schema import decision, record, setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from constellary.exchange.bibliography.export import Export
    from constellary.literature.protocol import Protocol
    from constellary.literature.record import Raw
    from constellary.literature.review import Match
    from constellary.study.database import Database
    from constellary.study.decisions import Decision
    from constellary.study.history import History
    from constellary.study.literature.passages import Passages
    from constellary.study.literature.screenings import Screenings

OF_WORKS = frozenset({"record", "match", "choice"})
"""Tables from which works are gathered; while they stay, so does what a review remembers under `works...`."""


class Literature:
    """The literature of a study.

    Attributes
    ----------
    screenings
        What changes verdicts, notes and resolutions.
    passages
        What changes coded passages.
    """

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history
        self._lock = Lock()
        self._seen = -1
        self._parts: dict[str, Any] = {}
        self._review = Review()

    @cached_property
    def screenings(self) -> Screenings:
        """What changes verdicts, notes and resolutions."""
        from constellary.study.literature.screenings import Screenings

        return Screenings(self._database, self._history, self)

    @cached_property
    def passages(self) -> Passages:
        """What changes coded passages."""
        from constellary.study.literature.passages import Passages

        return Passages(self._database, self._history, self)

    def review(self) -> Review:
        """Return the review as it stands; the same object until something of it is decided."""
        with self._lock, self._database.read() as connection:
            latest: int = connection.execute(sa.select(sa.func.max(decision.c.id))).scalar_one() or 0
            if latest != self._seen:
                anew = set(PARTS) if self._seen < 0 else touched(connection, self._seen)
                if anew & set(PARTS):
                    self._parts |= {name: read(connection, name) for name in PARTS if name in anew}
                    before, self._review = self._review, assembled(self._parts)
                    if not anew & OF_WORKS:
                        kept = {key: it for key, it in list(before.memory.items()) if key.startswith("works")}
                        self._review.memory.update(kept)
                self._seen = latest
            return self._review

    def any(self) -> bool:
        """Whether there is a protocol or a record: whether the study has this stage."""
        review = self.review()
        return review.planned or bool(review.records) or review.taxonomy != EMPTY

    def raw(self, record_id: str) -> Raw:
        """Return everything that the file said of a record: tag and text, in its order.

        Raises
        ------
        UnknownName
            If there is no such record.
        """
        query = sa.select(record.c.raw).where(record.c.id == record_id)
        with self._database.read() as connection:
            found = connection.execute(query).scalar_one_or_none()
        if found is None:
            raise UnknownName("record", record_id, [one.id for one in self.review().records])
        return raw_of(found)

    def reading_order(self, stage: str, screener: str | None = None) -> tuple[str, ...]:
        """Return the records that bear a verdict at a stage in the order in which they got it; see `sequence`."""
        from constellary.study.literature.sequence import reading_order

        return reading_order(self._database, stage, screener)

    def search_of(self, export: Export) -> str:
        """Return the search that an export belongs to where none is named: the protocol's only one of its database."""
        searches = self.review().protocol.searches
        database = (export.database or "").casefold()
        fitting = [one.name for one in searches if one.database.casefold() == database]
        return fitting[0] if len(fitting) == 1 else ""

    def planned(
        self, exports: Sequence[Export], *, search: str | None = None
    ) -> tuple[list[RowChange], Intake]:
        """Return what taking exports in would change, and its counts; nothing is written."""
        protocol = self.review().protocol
        names = [one.name for one in protocol.searches]
        if search and search not in names:
            raise UnknownName("search of the protocol", search, names)
        pairs = [(export, self.search_of(export) if search is None else search) for export in exports]
        with self._database.read() as connection:
            present = present_rows(connection)
            changes, counts = plan(pairs, present, earlier=_earlier(protocol))
            return whole_rows(connection, changes), Intake(None, tuple(counts))

    def take(
        self,
        exports: Sequence[Export],
        *,
        who: str,
        why: str = "",
        search: str | None = None,
        summary: str | None = None,
    ) -> Intake:
        """Take exports in, as one decision; nothing is written if nothing would change.

        A record that its search, or one that this search repeats, has found before is known: it stays as it is, or is
        brought up to date where the database says something else now; what was decided about it stays.

        Parameters
        ----------
        search
            Name of the search of the protocol that found them; empty: of none; None: as `search_of` tells, file
            by file.

        Raises
        ------
        UnknownName
            If the protocol has no such search.
        EditConflict
            If somebody changed one of the records meanwhile.
        """
        changes, intake = self.planned(exports, search=search)
        if not changes:
            return intake
        said = summary or f"{intake.new:,} records from {', '.join(export.file for export in exports)}"
        if intake.changed:
            said += f", {intake.changed:,} brought up to date"
        taken = self._history.record({"record": changes}, kind="import", who=who, summary=said, why=why)
        return Intake(taken, intake.files)

    def match(
        self, matches: Iterable[Match], *, who: str, why: str = "", summary: str | None = None
    ) -> Decision | None:
        """Keep what is held of pairs of records, as one decision; None if nothing would change.

        Raises
        ------
        UnknownName
            If there is no such record.
        """
        review = self.review()
        known = {one.id for one in review.records}
        old = {(one.first, one.second): one for one in review.matches}
        changes = []
        for one in matches:
            for name in (one.first, one.second):
                if name not in known:
                    raise UnknownName("record", name, sorted(known))
            if one.first == one.second:
                raise InputError(f"{one.first}: a record cannot be compared with itself.")
            before = old.get((one.first, one.second))
            if before != one:
                changes.append(RowChange(None if before is None else tuple(before), tuple(one)))
        if not changes:
            return None
        return self._history.record(
            {"match": changes},
            kind="matching",
            who=who,
            summary=summary or f"{len(changes):,} pairs of records compared",
            why=why,
        )

    def choose(
        self, record_id: str, field: str, taken_from: str | None, *, who: str, why: str = ""
    ) -> Decision | None:
        """Choose which record a field of a merged one is taken from; None: as the rules say."""
        if field not in FIELDS:
            raise UnknownName("field", field, list(FIELDS))
        old = next(
            (one for one in self.review().choices if (one.record, one.field) == (record_id, field)), None
        )
        new = None if taken_from is None else (record_id, field, taken_from)
        if (None if old is None else tuple(old)) == new:
            return None
        row = RowChange(None if old is None else tuple(old), new)
        said = f"{field} of {record_id} taken from {taken_from or 'where the rules say'}"
        return self._history.record({"choice": [row]}, kind="matching", who=who, summary=said, why=why)

    def set_protocol(self, text: str, *, who: str, why: str = "", origin: str = "protocol") -> Decision:
        """Keep a protocol (TOML), as one decision.

        Raises
        ------
        InputError
            If the text is not a protocol; the message names the line.
        """
        from constellary.literature.protocol_file import parse_protocol

        parse_protocol(text, origin=origin)
        return self._set(PROTOCOL, text, who=who, why=why)

    def set_taxonomy(self, text: str, *, who: str, why: str = "", origin: str = "taxonomy") -> Decision:
        """Keep a taxonomy (TOML), as one decision.

        Raises
        ------
        InputError
            If the text is not a taxonomy; the message names the line.
        """
        from constellary.literature.taxonomy_file import parse_taxonomy

        parse_taxonomy(text, origin=origin)
        return self._set(TAXONOMY, text, who=who, why=why)

    def versions(self, name: str) -> list[tuple[Decision, str]]:
        """Return the versions of the protocol or the taxonomy, oldest first, each with its decision."""
        return [
            (entry, item.after[1])
            for entry, item in self._history.of_row("setting", [name])
            if item.after is not None
        ]

    def _set(self, name: str, text: str, *, who: str, why: str) -> Decision:
        with self._database.read() as connection:
            old = connection.execute(
                sa.select(setting.c.content).where(setting.c.name == name)
            ).scalar_one_or_none()
        if old == text:
            raise InputError(f"The {name} is so already; nothing was written.")
        number = len(self.versions(name)) + 1
        item = RowChange(None if old is None else (name, old), (name, text))
        return self._history.record(
            {"setting": [item]}, kind="edit", who=who, summary=f"{name}, version {number}", why=why
        )


def _earlier(protocol: Protocol) -> dict[str, list[str]]:
    """Return search -> the searches that it repeats, and those that they repeat."""
    above = {one.name: one.updates for one in protocol.searches}
    found: dict[str, list[str]] = {}
    for name in above:
        chain: list[str] = []
        while (name := above.get(name, "")) and name not in chain:
            chain.append(name)
        found[next(key for key in above if key not in found)] = chain
    return found
