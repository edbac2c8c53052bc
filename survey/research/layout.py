"""Which columns does a file for research have, with which values, and what does each mean?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.tally import SKIPPED
from survey.areas import Areas
from survey.definition.model import Definition, Text
from survey.insight.open_data.group_meanings import LANGUAGE, read_texts, say_both
from survey.insight.open_data.meanings import choose_languages
from survey.research.choosing import Plan
from survey.research.ladder import AREA, DROPPED, PERIOD, UNKNOWN, say_value
from survey.research.reading import NOT_ASKED, Question

ROW = "row"  # a number of its own in each file
NOT_ASKED_NUMBER, SKIPPED_NUMBER, UNKNOWN_NUMBER, ESCAPE_NUMBER = -1, -2, -2, -3
FIRST_FREE = 90  # the number of a second "not relevant" of a question


@dataclass(frozen=True)
class Value:
    """Something a column may hold: its code, its number in SPSS, what it is called, whether it is missing."""

    code: str
    number: int
    text: Text
    is_missing: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the file. `source` is which column of the ladder it is, or which question."""

    name: str
    source: str
    text: Text
    values: tuple[Value, ...]
    is_question: bool = False

    @property
    def places(self) -> dict[str, int]:
        """Where each code stands among the values."""
        return {value.code: place for place, value in enumerate(self.values)}


@dataclass(frozen=True)
class Layout:
    """The columns: first those that could be known of a person, then the answers."""

    known: tuple[Column, ...]
    questions: tuple[Column, ...]
    ladder_places: tuple[int, ...] = field(default=())  # of each known column in a combination

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*self.known, *self.questions)


def make_layout(plan: Plan, areas: Areas) -> Layout:
    """The columns of a plan; one that was dropped is no column."""
    texts = dict(read_texts(plan.definitions, frozenset()))
    known: list[Column] = []
    places: list[int] = []
    for place, name in enumerate(plan.ladder.columns[:-1]):  # the last is what was asked
        found = sorted({combination[place] for combination in plan.chosen.kept})
        if found and found != [DROPPED]:
            values = [
                Value(
                    code,
                    number_value(name, code, rank),
                    say_value(name, code, plan.ladder, texts, areas) or dict.fromkeys(("sv", "en"), code),
                    is_missing=code == UNKNOWN,
                )
                for rank, code in enumerate(found, 1)
            ]
            known.append(Column(name, name, describe_column(name, texts), tuple(values)))
            places.append(place)
    taken = {ROW, *(column.name for column in known)}
    questions = [make_question(one, plan.definitions, taken) for one in plan.questions]
    return Layout(tuple(known), tuple(questions), tuple(places))


def number_value(column: str, code: str, rank: int) -> int:
    """The number of a value in SPSS: an area's own, else its place; those not known have one of their own."""
    if code == UNKNOWN:
        return UNKNOWN_NUMBER
    return int(code) if column == AREA and code.isdecimal() else rank


def describe_column(name: str, texts: dict[str, Text]) -> Text:
    """What a column tells."""
    if name in (AREA, PERIOD, "channel"):
        return say_both(f"research.column.{name}")  # keys: research.column.*
    return say_both("open_data.language") if name == LANGUAGE else texts.get(name, {})


def make_question(question: Question, definitions: Sequence[Definition], taken: set[str]) -> Column:
    """A question's column, in the words of the newest version that asks it."""
    asked = next((q for one in definitions if (q := one.find_question(question.id)) is not None), None)
    texts = read_answers(question, definitions)
    escapes = {
        scale.escape.code for one in definitions for scale in one.scales.values() if scale.escape is not None
    }
    values = [
        Value(NOT_ASKED, NOT_ASKED_NUMBER, say_both("research.not_asked"), is_missing=True),
        Value(SKIPPED, SKIPPED_NUMBER, say_both("research.skipped"), is_missing=True),
    ]
    for code in question.codes[:-1]:  # the last is SKIPPED
        number = ESCAPE_NUMBER if code in escapes else int(code) if code.isdecimal() else 1
        while number in {value.number for value in values}:
            number = FIRST_FREE if number < 0 else number + 1
        values.append(Value(code, number, texts.get(code, {}), is_missing=number == ESCAPE_NUMBER))
    name = question.id if question.id not in taken else f"{question.id}_answer"
    text = choose_languages(asked.text) if asked is not None else {}
    return Column(name, question.id, text, tuple(values), is_question=True)


def read_answers(question: Question, definitions: Sequence[Definition]) -> dict[str, Text]:
    """What each answer is called, in the newest version that has it."""
    found: dict[str, Text] = {}
    for definition in definitions:
        known = definition.find_question(question.id)
        for option in () if known is None else definition.list_options(known):
            found.setdefault(option.code, choose_languages(option.text))
    return found
