"""Passages: what studies say that bears a code. Every change is a decision of kind `reading`."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from constellary.errors import InputError, UnknownName
from constellary.study.decisions import RowChange
from constellary.study.names import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from constellary.literature.review import Passage
    from constellary.study.database import Database
    from constellary.study.decisions import Decision, Row
    from constellary.study.history import History
    from constellary.study.literature.literature import Literature

KIND = "reading"
LONGEST = 10_000


class Passages:
    """What changes coded passages."""

    def __init__(self, database: Database, history: History, literature: Literature) -> None:
        self._database = database
        self._history = history
        self._literature = literature

    def put(self, passages: Iterable[Passage], *, who: str, why: str = "") -> Decision | None:
        """Keep passages, as one decision; None if they are there already.

        A passage without `id` is new and gets one; with it, it takes the place of that one.

        Raises
        ------
        UnknownName
            If a record or a code is not there.
        InputError
            If a text is too long.
        """
        review = self._literature.review()
        records = {one.id for one in review.records}
        codes = [one.name for one in review.taxonomy.codes]
        old = {(one.record, one.id): one for one in review.passages}
        changes = []
        for one in passages:
            if one.record not in records:
                raise UnknownName("record", one.record, sorted(records))
            if one.code not in codes:
                raise UnknownName("code of the taxonomy", one.code, codes)
            new = _tidied(one)
            before = old.get((new.record, new.id))
            if before != new:
                changes.append(RowChange(None if before is None else _row(before), _row(new)))
        if not changes:
            return None
        about = ", ".join(sorted({item.row[0] for item in changes})[:3])
        said = f"{len(changes):,} passage{'s' * (len(changes) > 1)} coded in {about}"
        return self._history.record({"passage": changes}, kind=KIND, who=who, summary=said, why=why)

    def remove(self, record_id: str, passage_id: str, *, who: str, why: str = "") -> Decision:
        """Take a passage out.

        Raises
        ------
        InputError
            If it is not there.
        """
        for one in self._literature.review().passages:
            if (one.record, one.id) == (record_id, passage_id):
                return self._history.record(
                    {"passage": [RowChange(_row(one), None)]},
                    kind=KIND,
                    who=who,
                    summary=f"passage '{one.code}' of {record_id} removed",
                    why=why,
                )
        raise InputError("There is no such passage; it may have been removed meanwhile.")


def _row(one: Passage) -> Row:
    return (one.record, one.id, one.code, one.coder, one.quote, one.page, one.note)


def _tidied(one: Passage) -> Passage:
    texts = {
        "quote": tidy(one.quote),
        "page": tidy(one.page or "") or None,
        "note": tidy(one.note or "") or None,
    }
    for name, text in texts.items():
        if text is not None and (len(text) > LONGEST or "\x00" in text):
            raise InputError(f"The {name} of a passage has at most {LONGEST:,} letters, none of them a NUL.")
    coder = tidy(one.coder)
    if not coder or len(coder) > 200:
        raise InputError("A coder has a name of 1 to 200 letters.")
    made = one._replace(coder=coder, quote=texts["quote"] or "", page=texts["page"], note=texts["note"])
    if made.id:
        return made
    said = "\x1f".join((made.record, made.code, made.coder, made.quote, made.page or ""))
    return made._replace(id=hashlib.sha256(said.encode()).hexdigest()[:8])
