"""What the templates of the plain form are given: plain values, nothing to work out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from survey.answering.answers import Answers, Asked, Trouble, Value
from survey.answering.journey import Step, Survey, list_steps
from survey.definition.model import Option
from survey.language import Words, pick_text
from survey.light.draw import environment
from survey.light.spoken import find_other

LIST_FROM = 12  # options from which a question is a drop-down list instead of buttons


@dataclass(frozen=True)
class Choice:
    """One thing to choose. `language` is the text's, empty where it is the page's."""

    code: str
    text: str
    chosen: bool
    language: str = ""


@dataclass(frozen=True)
class Field:
    """One question as it stands on the page. `widget`: radio, list, checkbox or text.

    `language` is the question's, empty where it is the page's.
    """

    id: str
    widget: str
    text: str
    help: str
    hint: str
    prompt: str
    trouble: str
    value: str
    choices: tuple[Choice, ...]
    language: str = ""


@dataclass(frozen=True)
class Line:
    """One answer on the look-over page, in the language of its survey where that is not the page's.

    What was `written` stands as its writer wrote it, in whichever direction.
    """

    question: str
    answers: tuple[str, ...]
    skipped: bool = False
    written: bool = False
    language: str = ""


def make_fields(
    step: Step, answers: Answers, troubles: tuple[Trouble, ...], words: Words
) -> tuple[Field, ...]:
    """The fields of a step, with what was answered and what is wrong."""
    said = {trouble.question: say_trouble(trouble, words) for trouble in troubles}
    return tuple(
        make_field(asked, answers.get(asked.id), said.get(asked.id, ""), words) for asked in step.asked
    )


def draw_fields(
    step: Step, answers: Answers, troubles: tuple[Trouble, ...], words: Words, advice: str
) -> tuple[Markup, ...]:
    """The HTML of a step's fields. Choices are drawn once for each answer; texts are never kept in memory."""
    said = {trouble.question: say_trouble(trouble, words) for trouble in troubles}
    drawn: list[Markup] = []
    for asked in step.asked:
        value, trouble = answers.get(asked.id), said.get(asked.id, "")
        if asked.question.kind == "text":
            drawn.append(draw_field(make_field(asked, value, trouble, words), advice))
        else:
            drawn.append(draw_choices(asked, value, trouble, words))
    return tuple(drawn)


@lru_cache(maxsize=20_000)
def draw_choices(asked: Asked, value: Value | None, trouble: str, words: Words) -> Markup:
    """The HTML of a question with choices."""
    return draw_field(make_field(asked, value, trouble, words), "")


def draw_field(field: Field, advice: str) -> Markup:
    return Markup(environment.get_template("field.html").render(field=field, advice=advice))  # noqa: S704


def make_field(asked: Asked, value: Value | None, trouble: str, words: Words) -> Field:
    question, language = asked.question, words.language.code
    chosen = () if value is None else (value,) if isinstance(value, str) else value
    return Field(
        id=question.id,
        widget=find_widget(asked),
        text=pick_text(question.text, language),
        help=pick_text(question.help, language) if question.help else "",
        hint=find_hint(asked, words),
        prompt=words.say("answer.choose_one"),
        trouble=trouble,
        value=value if isinstance(value, str) else "",
        choices=tuple(
            Choice(
                option.code,
                pick_text(option.text, language),
                option.code in chosen,
                find_other(option.text, words),
            )
            for option in asked.options
        ),
        language=find_other(question.text, words),
    )


def find_widget(asked: Asked) -> str:
    """How a question is drawn."""
    if asked.question.kind == "text":
        return "text"
    if asked.question.kind in ("multi", "rank"):
        return "checkbox"
    return "list" if len(asked.options) >= LIST_FROM else "radio"


def find_hint(asked: Asked, words: Words) -> str:
    """The line under a question that says how it is answered."""
    hints: list[str] = []
    if asked.question.sensitive:
        hints.append(words.say("answer.sensitive"))
    if asked.question.kind == "multi":
        hints.append(words.say("answer.choose_all"))
    if asked.question.kind == "text":
        hints.append(words.say("answer.characters", limit=words.number(asked.question.max_chars)))
    return " ".join(hints)


def say_trouble(trouble: Trouble, words: Words) -> str:
    """The kind sentence about one answer."""
    facts = {name: say_fact(value, words) for name, value in trouble.facts.items()}
    return words.say(f"answer.trouble.{trouble.code}", **facts)  # keys: answer.trouble.*


def say_fact(value: object, words: Words) -> str:
    if isinstance(value, Option):
        return pick_text(value.text, words.language.code)
    return words.number(value) if isinstance(value, int) else str(value)


def make_lines(survey: Survey, answers: Answers, words: Words) -> tuple[tuple[Step, tuple[Line, ...]], ...]:
    """Every part with its questions and what was answered, for the look-over page."""
    return tuple(
        (step, tuple(make_line(asked, answers.get(asked.id), words) for asked in step.asked))
        for step in list_steps(survey, answers)
    )


def draw_lines(step: Step, answers: Answers, words: Words) -> Markup:
    """The HTML of a step's answers. Choices are drawn once for each answer; texts are never kept."""
    drawn: list[Markup] = []
    for asked in step.asked:
        value = answers.get(asked.id)
        if value is not None and asked.question.kind == "text":
            drawn.append(draw_line(make_line(asked, value, words)))
        else:
            drawn.append(draw_chosen(asked, value, words))
    return Markup("\n").join(drawn)


@lru_cache(maxsize=20_000)
def draw_chosen(asked: Asked, value: Value | None, words: Words) -> Markup:
    """The HTML of a chosen answer, or of one that was skipped."""
    return draw_line(make_line(asked, value, words))


def draw_line(line: Line) -> Markup:
    return Markup(environment.get_template("line.html").render(line=line))  # noqa: S704


def make_line(asked: Asked, value: Value | None, words: Words) -> Line:
    question = pick_text(asked.question.text, words.language.code)
    other = find_other(asked.question.text, words)
    if value is None:
        return Line(question, (words.say("answer.skipped"),), skipped=True, language=other)
    if asked.question.kind == "text":
        return Line(question, (str(value),), written=True, language=other)
    texts: Mapping[str, str] = {
        option.code: pick_text(option.text, words.language.code) for option in asked.options
    }
    codes = (value,) if isinstance(value, str) else value
    return Line(question, tuple(texts.get(code, code) for code in codes), language=other)
