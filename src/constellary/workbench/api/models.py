"""What the API answers about a study and its rows. Values are as stored; labels are in the codebook."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

Values = dict[str, str | list[str] | int | None]


class Model(BaseModel):
    """Of all answers."""

    model_config = ConfigDict(frozen=True)


class StudyAnswer(Model):
    """A study as a whole."""

    title: str
    file: str = Field(description="Name of the study's file.")
    codebook: str = Field(description="Short name of its codebook; all of it is at /codebook.")
    decision: int = Field(description="Number of the latest decision: the study as of this answer.")
    period: tuple[str | None, str | None] = Field(
        description="First and last moment that an announcement can have; null: open."
    )
    announced: tuple[str | None, str | None] = Field(
        description="The earliest and the latest announcement; null: none has a date."
    )
    alliances: int
    firms: int = Field(description="All firms, parents that sign nothing included.")
    signing: int = Field(description="Firms that are partners of at least one alliance.")
    sources: int
    codings: int


class CategoryAnswer(Model):
    """A value that a variable can take."""

    value: str
    label: str
    rule: str


class VariableAnswer(Model):
    """A variable, or a grouping that is derived from one (`of`)."""

    name: str
    level: str
    kind: str
    label: str
    question: str
    categories: list[CategoryAnswer] = Field(description="Empty where any text may stand.")
    of: str | None = Field(default=None, description="What a grouping is derived from; null: it is entered.")
    method: str | None = Field(default=None, description="How a grouping is derived.")


class CodebookAnswer(Model):
    """A codebook."""

    name: str
    title: str
    period: tuple[str | None, str | None]
    partners: tuple[int, int | None] = Field(description="Least and greatest number of partners.")
    variables: list[VariableAnswer]
    groupings: list[VariableAnswer]
    limits: list[str]


class SourceAnswer(Model):
    """A page that supports an alliance."""

    alliance: str
    url: str
    publisher: str | None
    published: str | None


class AllianceAnswer(Model):
    """An alliance."""

    id: str
    name: str | None
    announced: str | None = Field(description="As exact as known: 2021, 2021-05 or 2021-05-20.")
    partners: list[str] = Field(description="Firms, in order.")
    codes: Values = Field(description="Variable -> value; a list for multiple choice; null: not coded.")
    derived: Values = Field(description="Grouping -> group, and `year` and `size`.")


class CodingAnswer(Model):
    """What one coder entered."""

    variable: str
    coder: str
    value: str | None = Field(description="null: coded as missing.")
    sure: bool | None


class AllianceInFull(AllianceAnswer):
    """An alliance with its sources and what each coder entered."""

    sources: list[SourceAnswer]
    codings: list[CodingAnswer]


class FirmAnswer(Model):
    """A firm, with what it signs under the filter."""

    firm: str
    aliases: list[str]
    parent: str | None
    codes: Values
    derived: Values
    alliances: int
    partners: int = Field(description="Other firms that it shares an alliance with.")
    first: int | None = Field(description="Year of its first alliance here; null: none with a date.")
    latest: int | None


class CompanionAnswer(Model):
    """A firm that another shares alliances with."""

    firm: str
    alliances: list[str]
    first: int | None
    last: int | None


class YearAnswer(Model):
    """A year with the ids of the alliances signed in it."""

    year: int
    alliances: list[str]


class FirmInFull(FirmAnswer):
    """A firm with its alliances, years, closest partners and group, in the whole study."""

    ids: list[str] = Field(description="Its alliances, newest first.")
    years: list[YearAnswer]
    companions: list[CompanionAnswer] = Field(description="Most shared alliances first.")
    owners: list[str] = Field(description="Its parent, the parent's parent and so on.")
    subsidiaries: list[str]


class Rows(Model):
    """A part of a list."""

    total: int = Field(description="How many there are; `items` holds at most `limit` of them.")
    offset: int
    limit: int


class Alliances(Rows):
    """Alliances."""

    items: list[AllianceAnswer]


class Firms(Rows):
    """Firms."""

    items: list[FirmAnswer]


class Sources(Rows):
    """Sources."""

    items: list[SourceAnswer]


class Refusal(Model):
    """Why there is no answer, in words."""

    error: str
    problems: list[dict[str, str | int | None]] = Field(default_factory=list)
    conflict: dict[str, object] | None = Field(
        default=None,
        description="Where two people changed one record: how it stands now, and by whose decision.",
    )
