"""What does each answer look like? The models that the OpenAPI document is written from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[dict[str, str], Field(description="A text by language, `sv` and `en` at least where known.")]
Edition = Annotated[
    int, Field(ge=0, description="The newest publication that the answer knows of; more with each one.")
]
FiguresName = Annotated[Literal["public", "signed_in"], Field(description="Whose figures these are.")]
Kind = Literal["month", "quarter", "half_year", "year"]
Score = Annotated[float | None, Field(ge=0, le=100)]
Bound = Annotated[str | None, Field(pattern="^[<>][0-9]{1,2}$")]


class Document(BaseModel):
    """Nothing but what is described."""

    model_config = ConfigDict(extra="forbid")


class Service(Document):
    name: str
    version: str
    demonstration: bool = Field(description="Whether all figures are made up.")
    edition: Edition
    threshold_public: int = Field(description="The fewest answers behind a public figure.")
    links: dict[str, str]


class Survey(Document):
    id: str
    title: Text
    versions: list[str] = Field(description="Those that were answered, the newest first.")
    first_month: str
    last_month: str
    links: dict[str, str]


class Surveys(Document):
    edition: Edition
    surveys: list[Survey]


class Dimension(Document):
    id: str
    text: Text
    parts: list[str] = Field(description="The dimensions that it is the mean of; none for most.")
    headline: int | None


class Option(Document):
    code: str
    text: Text
    score: Score = Field(description="Before `reverse`; null for an answer without a score.")


class Question(Document):
    id: str
    kind: Literal["scale", "single", "multi", "text", "rank"]
    text: Text
    dimension: str | None
    reverse: bool
    forms: list[Literal["full", "short"]]
    options: list[Option]


class Definition(Document):
    version: str
    title: Text
    languages: list[str]
    dimensions: list[Dimension]
    questions: list[Question]


class SurveyInFull(Survey):
    edition: Edition
    definitions: list[Definition]


class Area(Document):
    code: str = Field(description="A unit is written 0780/unit.")
    name: str
    kind: Literal["county", "municipality", "unit"]
    parent: str | None


class Areas(Document):
    edition: Edition
    areas: list[Area]


class Publication(Document):
    number: int = Field(description="What `edition` counts.")
    month: str
    revision: int = Field(ge=1, description="More than 1 is a correction.")
    reason: str = Field(description="Why it was corrected; empty for the first revision.")
    published: str = Field(description="The day, in Sweden.")
    versions: list[str]
    method: str
    code_version: str
    population_year: int | None
    threshold_public: int
    checksum: str


class Publications(Document):
    survey: str
    edition: Edition
    publications: list[Publication]


class MeasureCode(Document):
    code: str
    measure: str = Field(description="The dimension or question that it is about.")
    kind: Literal["dimension", "question"]
    unit: Literal["points", "per cent"]
    text: Text
    explanation: Text
    versions: list[str]


class GroupCode(Document):
    code: str
    variable: str = Field(description="Empty for everybody.")
    about: Text
    text: Text


class StatusCode(Document):
    code: Literal["shown", "hidden"]
    text: Text


class Codes(Document):
    survey: str
    edition: Edition
    measures: list[MeasureCode]
    groups: list[GroupCode]
    statuses: list[StatusCode]


class FigureRow(Document):
    """A row of open data. Hidden has no number at all; no row is that nobody answered."""

    area: str
    kind: Kind
    period: str
    group: str
    measure: str
    n: Annotated[int | None, Field(ge=0, multiple_of=5, description="Answers, in fives.")]
    value: Score
    low: Score
    high: Score
    value_bound: Bound = Field(description="`<5` or `>95`, where the value is only told so.")
    low_bound: Bound
    high_bound: Bound
    status: Literal["shown", "hidden"]
    reason: Literal["too_few", "protects_another"] | None = Field(
        description="Why it is hidden; told with signed-in figures only."
    )
    revision: int


class Cells(Document):
    survey: str
    edition: Edition
    figures: FiguresName
    rows: list[FigureRow]
    next: str | None = Field(description="The next page, of the same edition; null after the last.")


class Series(Document):
    survey: str
    edition: Edition
    figures: FiguresName
    area: str
    kind: Kind
    measure: str
    group: str
    rows: list[FigureRow]


class ParameterFault(Document):
    parameter: str
    detail: str


class Problem(Document):
    """What went wrong (RFC 9457). Decide by `code`; `title` and `detail` are for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    faults: list[ParameterFault] = Field(default=[], description="Each parameter that is wrong.")
