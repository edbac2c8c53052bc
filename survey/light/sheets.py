"""What of a page is the same for everybody, and is therefore drawn once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from analysis.text.masking import Kind
from survey.answering.journey import Step, Survey
from survey.answering.masked import say_masked
from survey.definition.model import Form, Part
from survey.language import LANGUAGES, Language, Words, pick_text
from survey.light.draw import draw_html
from survey.light.spoken import find_other_of, is_draft
from survey.store.rounds import Round

HERE = "\x00"  # where something of the person's own goes: a sign that no text has


@dataclass(frozen=True)
class Sheet:
    """What tells one page of a part from another, but for the person's own."""

    round: Round
    form: Form
    number: int
    of: int


@dataclass(frozen=True)
class Overview:
    """What tells one look-over page from another, but for the answers. `parts` are ids."""

    round: Round
    parts: tuple[str, ...]
    answered: int
    asked: int
    masked: tuple[Kind, ...]
    notice: str


def fill(sheet: Sequence[str], *own: str) -> str:
    """The page of a sheet with a person's own in its places. Raises ValueError when one is missing."""
    return "".join(piece for pair in zip(sheet, (*own, ""), strict=True) for piece in pair)


@lru_cache(maxsize=1024)
def draw_sheet(sheet: Sheet, part_id: str, words: Words, survey: Survey) -> tuple[str, ...]:
    """The page of a part, cut at the token and at the fields: the rest is the same for everybody."""
    step = Step(sheet.number, sheet.of, find_part(survey, part_id), ())
    facts = list_facts(sheet.round, sheet.form, survey, step, words)
    page = draw_html("part.html", words, **facts, fields=[HERE], troubled=[], notice="", token=HERE)
    return tuple(page.split(HERE))


def find_part(survey: Survey, part_id: str) -> Part:
    return next(part for part, _ in survey.parts if part.id == part_id)


def list_facts(round_: Round, form: Form, survey: Survey, step: Step, words: Words) -> dict[str, object]:
    """What the page of a part says whoever looks at it."""
    language, definition = words.language.code, survey.definition
    return {
        "round": round_,
        "step": step,
        "form": form,
        "title": pick_text(step.part.title, language),
        "recall": pick_text(definition.recall, language) if definition.recall and step.number > 1 else "",
        **tell_languages(survey, words),
    }


@lru_cache(maxsize=256)
def draw_receipt_sheet(round_: Round, words: Words, survey: Survey) -> tuple[str, ...]:
    """The page of the receipt, cut at the receipt and at the token."""
    outro = survey.definition.outro
    page = draw_html(
        "sent.html",
        words,
        round=round_,
        receipt=HERE,
        outro=pick_text(outro, words.language.code) if outro else "",
        token=HERE,
        **tell_languages(survey, words),
    )
    return tuple(page.split(HERE))


@lru_cache(maxsize=1024)
def draw_overview(overview: Overview, words: Words, survey: Survey) -> tuple[str, ...]:
    """The look-over page, cut at every part's answers and at the token."""
    language = words.language.code
    titles = [pick_text(find_part(survey, part).title, language) for part in overview.parts]
    page = draw_html(
        "look_over.html",
        words,
        round=overview.round,
        parts=[(number, title, HERE) for number, title in enumerate(titles, start=1)],
        answered=overview.answered,
        asked=overview.asked,
        masked=say_masked(words, overview.masked),
        notice=overview.notice,
        token=HERE,
        **tell_languages(survey, words),
    )
    return tuple(page.split(HERE))


def tell_languages(survey: Survey, words: Words) -> dict[str, Any]:
    """What a page of a survey says of languages: which there are, and what is not reviewed or not there."""
    return {
        "languages": list_languages(survey),
        "is_draft": is_draft(survey, words),
        "other_language": find_other_of(survey, words),
    }


def list_languages(survey: Survey) -> list[Language]:
    """The languages that a survey can be read in."""
    return [LANGUAGES[code] for code in survey.definition.languages if code in LANGUAGES]
