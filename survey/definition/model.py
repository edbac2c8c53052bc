"""What a survey definition consists of."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictStr

Text = dict[StrictStr, StrictStr]
Identifier = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Code = Annotated[StrictStr, Field(pattern=r"^[a-z0-9_]{1,40}$")]
Form = Literal["full", "short"]
Kind = Literal["scale", "single", "multi", "text", "rank"]

TEXT_LIMIT = 1500  # characters a free text may have, instrument A and B


class Model(BaseModel):
    """Frozen, and refuses keys it does not know: a misspelt key is a fault and not a wish."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Model):
    """One thing that can be chosen. `score` is 0-100 before reversal; None is missing."""

    code: Code
    text: Text
    score: Annotated[float | None, Field(ge=0, le=100)] = None
    exclusive: StrictBool = False
    group: Identifier | None = None
    share: Annotated[float | None, Field(ge=0, le=1)] = None
    report_separately: StrictBool = False
    never_reported_alone: StrictBool = False


class Scale(Model):
    """A set of ordered answers used by several questions; `escape` is the "not relevant" answer."""

    options: tuple[Option, ...] = Field(min_length=2)
    escape: Option | None = None


class Condition(Model):
    """When a question is asked: one earlier question was answered, or answered with one of some codes."""

    question: Identifier
    answered: StrictBool | None = None
    any_of: Annotated[tuple[Code, ...] | None, Field(min_length=1)] = None
    none_of: Annotated[tuple[Code, ...] | None, Field(min_length=1)] = None


class Question(Model):
    """One question. `forms` says in which of the forms it is asked."""

    id: Identifier
    kind: Kind
    text: Text
    key: Identifier | None = None
    help: Text | None = None
    note: StrictStr | None = None
    scale: Identifier | None = None
    dimension: Identifier | None = None
    reverse: StrictBool = False
    forms: tuple[Form, ...] = ("full",)
    options: tuple[Option, ...] = ()
    options_from: Literal["municipalities", "themes"] | None = None
    max_choices: Annotated[int | None, Field(ge=1)] = None
    max_chars: Annotated[int, Field(ge=1, le=10_000)] = TEXT_LIMIT
    sensitive: StrictBool = False
    sentiment: Literal["what_good", "could_improve", "other"] | None = None
    consent: Literal["panel"] | None = None
    consent_code: Code | None = None
    creates: Literal["proposal_draft"] | None = None
    show_if: tuple[Condition, ...] = ()
    links: dict[StrictStr, tuple[StrictStr, ...]] = {}


class Part(Model):
    """Questions that stand on one page. A part that repeats is asked once per subject of the round."""

    id: Identifier
    title: Text
    lead: Text | None = None
    repeat_over: StrictStr | None = None
    questions: tuple[Question, ...] = Field(min_length=1)


class Dimension(Model):
    """What questions measure together, 0-100; a composite is the mean of its parts."""

    id: Identifier
    text: Text
    parts: tuple[Identifier, ...] = ()
    headline: Annotated[int | None, Field(ge=1, le=9)] = None


class Group(Model):
    """A way to tell respondents apart in results: by one question's answer, or by having enough codes.

    With `each`, every code that was chosen is a group of its own, and a person may be in several.
    """

    id: Identifier
    text: Text
    question: Identifier
    each: StrictBool = False
    at_least: Annotated[int | None, Field(ge=1)] = None
    of: tuple[Code, ...] = ()


class Minutes(Model):
    """How long the forms take, in minutes."""

    full: Annotated[int, Field(ge=1, le=120)]
    short: Annotated[int | None, Field(ge=1, le=120)] = None


class Definition(Model):
    """A whole survey in one version, immutable once it has been answered."""

    survey: Identifier
    version: Annotated[StrictStr, Field(pattern=r"^\d{4}-\d{1,3}$")]
    title: Text
    languages: tuple[StrictStr, ...] = Field(min_length=1)
    min_age: Annotated[int | None, Field(ge=0, le=120)] = None
    recall: Text | None = None
    intro: Text
    outro: Text | None = None
    writing_advice: Text | None = None
    licence: StrictStr | None = None
    minutes: Minutes
    scales: dict[Identifier, Scale] = {}
    dimensions: tuple[Dimension, ...] = ()
    parts: tuple[Part, ...] = Field(min_length=1)
    groups: tuple[Group, ...] = ()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order it is asked."""
        return tuple(question for part in self.parts for question in part.questions)

    @property
    def headlines(self) -> tuple[Dimension, ...]:
        """The dimensions a manager sees first, in their order."""
        chosen = [d for d in self.dimensions if d.headline is not None]
        return tuple(sorted(chosen, key=lambda d: d.headline or 0))

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms that some question is asked in."""
        asked = {form for question in self.questions for form in question.forms}
        return tuple(form for form in ("full", "short") if form in asked)

    def find_question(self, question_id: str) -> Question | None:
        return self._by_id.get(question_id)

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    def find_key(self, key: str) -> Question | None:
        """The question that carries a known meaning, such as municipality or role."""
        return next((q for q in self.questions if q.key == key), None)

    def list_options(self, question: Question) -> tuple[Option, ...]:
        """The options a question has by itself or by its scale, the escape last."""
        if question.scale is None:
            return question.options
        scale = self.scales[question.scale]
        return (*scale.options, scale.escape) if scale.escape else scale.options
