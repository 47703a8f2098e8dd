"""Acceptances: findings of the checks that a person has looked at and holds to be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from constellary.errors import InputError
from constellary.study.decisions import RowChange
from constellary.study.names import tidy
from constellary.study.schema import acceptance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from constellary.study.checks import Finding
    from constellary.study.database import Database
    from constellary.study.decisions import Decision, Row
    from constellary.study.history import History

LONGEST_REASON = 2_000
KIND = "acceptance"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An accepted finding: its check and subject, who accepted it and why."""

    check: str
    subject: str
    who: str
    why: str


class Acceptances:
    """The accepted findings of a study. Every change is a decision of kind `acceptance`."""

    def __init__(self, database: Database, history: History) -> None:
        self._database = database
        self._history = history

    def all(self) -> list[Acceptance]:
        """Return all acceptances, by check and subject, whether the finding still arises or not."""
        query = sa.select(acceptance).order_by(acceptance.c.check_name, acceptance.c.subject)
        with self._database.read() as connection:
            return [Acceptance(*row) for row in connection.execute(query)]

    def accept(self, finding: Finding, *, who: str, why: str) -> Decision:
        """Accept a finding.

        Raises
        ------
        InputError
            If no reason is given, or the finding is accepted already for the same reason.
        """
        why = tidy(why)
        if not why:
            raise InputError("Say why the finding is right as it is.")
        if len(why) > LONGEST_REASON:
            raise InputError(f"A reason has at most {LONGEST_REASON:,} letters.")
        old = self._row(finding.check, finding.subject)
        new = (finding.check, finding.subject, who, why)
        if old == new:
            raise InputError("This finding is accepted already.")
        return self._history.record(
            {"acceptance": [RowChange(old, new)]},
            kind=KIND,
            who=who,
            summary=f"accepted: {finding.check} of {_said(finding)}",
            why=why,
        )

    def withdraw(self, check: str, subject: str, *, who: str, why: str = "") -> Decision:
        """Take an acceptance back.

        Raises
        ------
        InputError
            If there is none.
        """
        old = self._row(check, subject)
        if old is None:
            raise InputError("There is no such acceptance; it may have been withdrawn meanwhile.")
        return self._history.record(
            {"acceptance": [RowChange(old, None)]},
            kind=KIND,
            who=who,
            summary=f"acceptance of {check} withdrawn",
            why=why,
        )

    def _row(self, check: str, subject: str) -> Row | None:
        query = sa.select(acceptance).where(acceptance.c.check_name == check, acceptance.c.subject == subject)
        with self._database.read() as connection:
            found = connection.execute(query).one_or_none()
        return None if found is None else tuple(found)


def divided(
    findings: Iterable[Finding], acceptances: Iterable[Acceptance]
) -> tuple[list[Finding], list[tuple[Finding, Acceptance]]]:
    """Return the findings that are open, and those that are accepted with their acceptance, in order."""
    known = {(one.check, one.subject): one for one in acceptances}
    open_, accepted = [], []
    for finding in findings:
        found = known.get((finding.check, finding.subject))
        if found is None:
            open_.append(finding)
        else:
            accepted.append((finding, found))
    return open_, accepted


def _said(finding: Finding) -> str:
    about = ", ".join((finding.firms or finding.alliances)[:3])
    return about or "the study"
