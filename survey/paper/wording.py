"""What does a paper form say, in a language: its first page, its questions, and its conditions in words?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from survey.answering.answers import Asked
from survey.answering.journey import Survey
from survey.definition.model import Condition
from survey.language import Words, pick_text, speak
from survey.paper.boxes import Row, Section, list_rows, list_sections

ACROSS_SIGNS = 10  # the longest label that stands under a box when boxes stand in a row
ACROSS_BOXES = 5
COLUMN_SIGNS = 34  # the longest label that fits in half of the width, at 14 points
NARROW_SIGNS = 16  # and in a third
TEXT_LINES = 9


@dataclass(frozen=True)
class About:
    """What the first page says beside the survey's own words.

    `mode` is open, anonymous or confidential; `last_day` is when a form must be handed in, None for no day.
    """

    sender: str
    mode: str
    last_day: date | None
    contact: str
    is_specimen: bool = False
    is_demo: bool = False


def write_words(survey: Survey, language: str, about: About) -> dict[str, object]:
    """The texts around the questions, the same on every form."""
    words, definition = speak(language), survey.definition
    return {
        "sender": about.sender,
        "title": pick_text(definition.title, language),
        "first": list_first(survey, words, about),
        "how_title": words.say("paper.how_title"),
        "how": [words.say(f"paper.how_{n}") for n in (1, 2, 3, 4, 5)],  # keys: paper.how_*
        "care_title": words.say("paper.care_title"),
        "care": list_care(words, about),
        "back_title": words.say("paper.back_title"),
        "back": list_back(words, about),
        "web": words.say("paper.web"),
        "picture": words.say("paper.picture"),
        "page": words.say("paper.page", page="{page}", of="{of}"),
        "code": words.say("paper.code"),
        "empty": words.say("paper.empty"),
        "or": words.say("paper.or"),
        "end": words.say("paper.end"),
        "outro": pick_text(definition.outro, language) if definition.outro else "",
        "urgent": words.say("answer.urgent"),
    }


def list_first(survey: Survey, words: Words, about: About) -> list[str]:
    """What the survey is about, for whom, how long it takes, and that it is voluntary."""
    definition, language = survey.definition, words.language.code
    minutes = definition.minutes.full if survey.form == "full" else definition.minutes.short
    said = [words.say("letter.demo")] if about.is_demo else []
    said += [words.say("paper.specimen")] if about.is_specimen else []
    said.append(pick_text(definition.intro, language))
    if definition.min_age:
        said.append(words.say("answer.min_age", age=words.number(definition.min_age)))
    said.append(words.say("paper.minutes", minutes=words.number(minutes or definition.minutes.full)))
    said.append(words.say("letter.voluntary"))
    return said


def list_care(words: Words, about: About) -> list[str]:
    """How answers on paper are looked after: other promises than for those on the web."""
    return [
        words.say(f"paper.care_{about.mode}"),  # keys: paper.care_*
        words.say("paper.care_keyed"),
        words.say("paper.care_texts"),
        words.say("paper.care_receipt"),
    ]


def list_back(words: Words, about: About) -> list[str]:
    """Until when, and where to; where to ask."""
    said = [words.say("paper.back_by", day=words.day(about.last_day))] if about.last_day else []
    said.append(words.say("paper.back_how"))
    said.append(words.say("paper.ask") if not about.contact else about.contact)
    return said


def write_sections(survey: Survey, language: str) -> list[dict[str, object]]:
    """Every part with its questions, as the press draws them."""
    words = speak(language)
    numbers = {row.id: row.number for row in list_rows(survey)}
    parts = {part.id: part for part, _ in survey.parts}
    recall = pick_text(survey.definition.recall, language) if survey.definition.recall else ""
    return [
        {
            "title": pick_text(parts[section.part_id].title, language),
            "recall": recall if has_scale(section) else "",
            "rows": [write_row(survey, row, words, numbers) for row in section.rows],
        }
        for section in list_sections(survey)
    ]


def has_scale(section: Section) -> bool:
    """Whether a part asks how often something is: then the time that is asked about is said anew."""
    return any(row.asked.question.scale is not None for row in section.rows)


def write_row(survey: Survey, row: Row, words: Words, numbers: dict[str, int]) -> dict[str, object]:
    language, question = words.language.code, row.asked.question
    texts = {option.code: pick_text(option.text, language) for option in row.asked.options}
    advice = survey.definition.writing_advice
    boxes = [{"key": one.key, "text": texts[one.code], "escape": one.is_escape} for one in row.boxes]
    return {
        "number": row.number,
        "kind": row.kind,
        "text": pick_text(question.text, language),
        "help": pick_text(question.help, language) if question.help else "",
        "hint": say_hint(row, words),
        "advice": pick_text(advice, language) if advice and row.kind == "text" else "",
        "only": say_conditions(row, words, numbers, survey),
        "layout": choose_layout([str(one["text"]) for one in boxes if not one["escape"]]),
        "boxes": boxes if row.kind != "written" else [],
        "lines": TEXT_LINES if row.kind == "text" else 1 if row.kind == "written" else 0,
    }


def say_hint(row: Row, words: Words) -> str:
    """How the question is answered, where it is not by one box."""
    question, said = row.asked.question, list[str]()
    if question.sensitive:
        said.append(words.say("answer.sensitive"))
    if row.kind == "many" and question.max_choices is not None:
        said.append(words.count("paper.most", question.max_choices))
    elif row.kind == "many":
        said.append(words.say("answer.choose_all"))
    if row.kind == "written":
        said.append(words.say("paper.write_one"))
    return " ".join(said)


def choose_layout(texts: Sequence[str]) -> int:
    """In how many columns boxes stand; 0 is all in one row, with their labels below."""
    longest = max(map(len, texts), default=0)
    if 2 < len(texts) <= ACROSS_BOXES and longest <= ACROSS_SIGNS:
        return 0
    if len(texts) > ACROSS_BOXES and longest <= NARROW_SIGNS:
        return 3 if len(texts) > MOST_IN_TWO else 2
    return 2 if len(texts) > MOST_IN_ONE and longest <= COLUMN_SIGNS + MORE_SIGNS else 1


MOST_IN_TWO, MOST_IN_ONE = 12, 7
MORE_SIGNS = 16  # of a label that may take a second line


def say_conditions(row: Row, words: Words, numbers: dict[str, int], survey: Survey) -> str:
    """When to answer, in words; empty where everybody does."""
    if not row.conditions:
        return ""
    by_id = {one.id: one for one in list_rows(survey)}
    said = [say_condition(one, by_id[one.question].asked, numbers, words) for one in row.conditions]
    return words.say("paper.only_if", when=words.say("paper.or_if").join(said))


def say_condition(condition: Condition, asked: Asked, numbers: dict[str, int], words: Words) -> str:
    number = words.number(numbers[condition.question])
    if condition.answered is not None:
        kind = "answered" if condition.answered else "unanswered"
        return words.say(f"paper.if_{kind}", number=number)  # keys: paper.if_*
    named = condition.any_of if condition.any_of is not None else condition.none_of or ()
    texts = {option.code: pick_text(option.text, words.language.code) for option in asked.options}
    quoted = words.say("paper.or_answer").join(words.say("paper.quoted", text=texts[one]) for one in named)
    kind = "any" if condition.any_of is not None else "none"
    return words.say(f"paper.if_{kind}", answers=quoted, number=number)  # keys: paper.if_*
