"""What to ask next, what may be visited, and what is kept: pure functions of definition and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from survey.answering.answers import Answers, Asked, Trouble, Value, ask_question, read_answer
from survey.areas import Areas
from survey.definition.model import Condition, Definition, Form, Part, Question

LOOK_OVER = "granska"

# The walk as a table of states: from where, by what, to where. docs/walk.md is drawn from it.
STATES: tuple[tuple[str, str, str], ...] = (
    ("start", "begin", "part"),
    ("part", "next", "part"),
    ("part", "back", "part"),
    ("part", "back from the first", "start"),
    ("part", "next from the last", "look over"),
    ("look over", "change", "part"),
    ("look over", "send", "sent"),
    ("sent", "erase", "erased"),
)


@dataclass(frozen=True)
class Step:
    """One page of the walk: a part with the questions that are asked now. Numbers count from 1."""

    number: int
    of: int
    part: Part
    asked: tuple[Asked, ...]


@dataclass(frozen=True, eq=False)
class Survey:
    """A definition as one installation asks it, in one form. Made once by make_survey and kept.

    `parts` are those that can have something to ask: what is not in the form, what repeats over
    subjects, and what has nothing to choose from is left out. `deciding` are the questions whose answers
    decide what is asked. `drafts` are the languages that nobody has reviewed its texts in.
    """

    definition: Definition
    form: Form
    parts: tuple[tuple[Part, tuple[Asked, ...]], ...]
    municipalities: frozenset[str]
    deciding: tuple[Question, ...]
    drafts: frozenset[str] = frozenset()


def make_survey(
    definition: Definition,
    form: Form,
    areas: Areas,
    *,
    left_out: frozenset[str] = frozenset(),
    drafts: frozenset[str] = frozenset(),
) -> Survey:
    """The survey with every question's options worked out; what a round leaves out is never asked."""
    parts = [
        (
            part,
            tuple(
                ask_question(definition, q, areas)
                for q in part.questions
                if form in q.forms and q.id not in left_out
            ),
        )
        for part in definition.parts
        if part.repeat_over is None
    ]
    can_ask = [
        (part, tuple(a for a in asked if a.question.kind == "text" or a.options)) for part, asked in parts
    ]
    municipalities = frozenset(area.code for area in areas.municipalities)
    kept = tuple((p, a) for p, a in can_ask if a)
    named = {c.question for _, asked in kept for one in asked for c in one.question.show_if}
    deciding = tuple(question for question in definition.questions if question.id in named)
    return Survey(definition, form, kept, municipalities, deciding, drafts)


def is_met(condition: Condition, answers: Answers) -> bool:
    """Whether one condition holds. A question without an answer fulfils `answered: false` and `none_of`."""
    given = answers.get(condition.question)
    codes = () if given is None else (given,) if isinstance(given, str) else given
    if condition.answered is not None:
        return condition.answered == bool(codes)
    if condition.any_of is not None:
        return any(code in condition.any_of for code in codes)
    return not any(code in (condition.none_of or ()) for code in codes)


def is_asked(question: Question, answers: Answers) -> bool:
    """Whether a question is asked now: it has no conditions, or one of them holds."""
    return not question.show_if or any(is_met(condition, answers) for condition in question.show_if)


def list_steps(survey: Survey, answers: Answers) -> tuple[Step, ...]:
    """The steps of the walk as they are now; parts with nothing to ask are left out."""
    return arrange_steps(survey, tuple(find_deciding(question, answers) for question in survey.deciding))


def find_deciding(question: Question, answers: Answers) -> Value | None:
    """What a question's answer decides by: its codes, and of a text only that it was written."""
    given = answers.get(question.id)
    return question.id if given and question.kind == "text" else given


@lru_cache(maxsize=1024)
def arrange_steps(survey: Survey, deciding: tuple[Value | None, ...]) -> tuple[Step, ...]:
    """The steps for those who have answered so what decides; few differ, and each page asks several times."""
    named = zip(survey.deciding, deciding, strict=True)
    answers = {question.id: value for question, value in named if value is not None}
    parts = [
        (part, tuple(one for one in asked if is_asked(one.question, answers))) for part, asked in survey.parts
    ]
    found = [(part, asked) for part, asked in parts if asked]
    return tuple(Step(n, len(found), part, asked) for n, (part, asked) in enumerate(found, start=1))


def find_step(survey: Survey, answers: Answers, number: int) -> Step | None:
    """The step of a number, None where there is none. Every step may be visited: all can be skipped."""
    steps = list_steps(survey, answers)
    return steps[number - 1] if 1 <= number <= len(steps) else None


def give_answers(
    survey: Survey, answers: Answers, step: Step, raw: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Value], tuple[Trouble, ...]]:
    """All answers after a step was handed in, and what is wrong with this step's.

    Fields that the step does not ask are passed over; a question of the step that was not sent is
    no answer. An answer with trouble is kept where it can be (a text that is too long), so that the
    person mends it instead of losing it.
    """
    after = dict(answers)
    troubles: list[Trouble] = []
    for asked in step.asked:
        value, trouble = read_answer(asked, raw.get(asked.id, ()))
        if trouble is not None:
            troubles.append(trouble)
        if value is None:
            after.pop(asked.id, None)
        else:
            after[asked.id] = value
    return after, tuple(troubles)


def check_step(step: Step, answers: Answers) -> tuple[Trouble, ...]:
    """What must be mended in the answers of one step."""
    found: list[Trouble] = []
    for asked in step.asked:
        given = answers.get(asked.id, ())
        _, trouble = read_answer(asked, (given,) if isinstance(given, str) else given)
        if trouble is not None:
            found.append(trouble)
    return tuple(found)


def find_troubles(survey: Survey, answers: Answers) -> tuple[tuple[int, Trouble], ...]:
    """What must be mended before sending, with the number of its step."""
    return tuple(
        (step.number, trouble)
        for step in list_steps(survey, answers)
        for trouble in check_step(step, answers)
    )


def complete_answers(survey: Survey, answers: Answers) -> dict[str, Value | None]:
    """What is stored: every question that was asked, None where it was skipped.

    A question that was not asked has no key, so that skipped, not relevant ("na") and not asked stay
    three different things. Free texts are left out: they are stored apart.
    """
    asked = [one for step in list_steps(survey, answers) for one in step.asked]
    return {one.id: answers.get(one.id) for one in asked if one.question.kind != "text"}


def list_comments(survey: Survey, answers: Answers) -> dict[str, str]:
    """The free texts that were written, by question."""
    asked = [one for step in list_steps(survey, answers) for one in step.asked]
    texts = {one.id: answers.get(one.id) for one in asked if one.question.kind == "text"}
    return {question: text for question, text in texts.items() if isinstance(text, str) and text}


def may_panel_read(survey: Survey, answers: Answers) -> bool:
    """Whether the person let the panel read the texts. No answer is no."""
    return any(
        answers.get(one.id) == one.question.consent_code
        for step in list_steps(survey, answers)
        for one in step.asked
        if one.question.consent == "panel"
    )


def count_answered(survey: Survey, answers: Answers) -> tuple[int, int]:
    """How many of the questions that are asked have an answer, and how many are asked."""
    asked = [one.id for step in list_steps(survey, answers) for one in step.asked]
    return sum(1 for question in asked if question in answers), len(asked)
