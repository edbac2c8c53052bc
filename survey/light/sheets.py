"""What of a part's page is the same for everybody, and is therefore drawn once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from survey.answering.journey import Step, Survey
from survey.definition.model import Form
from survey.language import LANGUAGES, Words, pick_text
from survey.light.draw import draw_html
from survey.store.rounds import Round

TOKEN_HERE = "token-goes-here"  # noqa: S105  a place in a page
FIELDS_HERE = "fields-go-here"


@dataclass(frozen=True)
class Sheet:
    """What tells one page of a part from another, but for the person's own."""

    round: Round
    form: Form
    number: int
    of: int


@lru_cache(maxsize=1024)
def draw_sheet(sheet: Sheet, part_id: str, words: Words, survey: Survey) -> tuple[str, str, str]:
    """The page of a part, cut at the token and at the fields: the rest is the same for everybody."""
    part = next(part for part, _ in survey.parts if part.id == part_id)
    step = Step(sheet.number, sheet.of, part, ())
    facts = list_facts(sheet.round, sheet.form, survey, step, words)
    page = draw_html(
        "part.html", words, **facts, fields=[FIELDS_HERE], troubled=[], notice="", token=TOKEN_HERE
    )
    before, _, rest = page.partition(TOKEN_HERE)
    between, _, after = rest.partition(FIELDS_HERE)
    return before, between, after


def list_facts(round_: Round, form: Form, survey: Survey, step: Step, words: Words) -> dict[str, object]:
    """What the page of a part says whoever looks at it."""
    language, definition = words.language.code, survey.definition
    return {
        "round": round_,
        "step": step,
        "form": form,
        "title": pick_text(step.part.title, language),
        "recall": pick_text(definition.recall, language) if definition.recall and step.number > 1 else "",
        "languages": [LANGUAGES[code] for code in definition.languages],
    }
