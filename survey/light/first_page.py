"""What does a survey's first page say, and which form does a person get?"""

from __future__ import annotations

from functools import lru_cache

from survey.answering.drafts import find_survey
from survey.answering.journey import Survey
from survey.definition.model import Form
from survey.language import Words, pick_text
from survey.light.draw import draw_html
from survey.light.offer import Offer
from survey.light.sheets import tell_languages
from survey.light.visit import Visit
from survey.store.rounds import Round


def draw_start(visit: Visit, round_: Round, state: str, path: str = "") -> str:
    """The first page for those who have begun, who have sent, and who are new.

    `path` is where beginning leads, where that is another address than the round's own.
    """
    survey = find_survey(visit.installation, round_, "full")
    return draw_start_once(survey, round_, visit.words, state, path or f"/e/{round_.id}", visit.offer)


@lru_cache(maxsize=256)
def draw_start_once(
    survey: Survey, round_: Round, words: Words, state: str, path: str, offer: Offer | None
) -> str:
    """The first page, drawn once for each of those and each language."""
    definition = survey.definition
    language = words.language.code
    return draw_html(
        "start.html",
        words,
        round=round_,
        path=path,
        offer=offer,
        state=state,
        title=pick_text(definition.title, language),
        intro=pick_text(definition.intro, language),
        recall=pick_text(definition.recall, language) if definition.recall else "",
        minutes=definition.minutes,
        min_age=definition.min_age,
        **tell_languages(survey, words),
        closes=words.day(round_.closes),
        mode=say_mode(round_, words),
    )


def say_mode(round_: Round, words: Words) -> str:
    """What a round with codes promises: anonymous and confidential are told apart; empty for other doors."""
    return words.say(f"answer.about_{round_.mode}") if round_.door == "coded" else ""  # keys: answer.about_*


def choose_form(round_: Round, asked: str) -> Form:
    """The form a person gets: the one they asked for where the round lets them choose."""
    if round_.forms == "choose":
        return "short" if asked == "short" else "full"
    return "short" if round_.forms == "short" else "full"
