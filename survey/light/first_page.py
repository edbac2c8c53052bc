"""What does a survey's first page say, and which form does a person get?"""

from __future__ import annotations

from functools import lru_cache

from survey.answering.drafts import find_survey
from survey.definition.model import Form
from survey.installation import Installation
from survey.language import LANGUAGES, Words, pick_text
from survey.light.draw import draw_html
from survey.store.rounds import Round


@lru_cache(maxsize=256)
def draw_start(installation: Installation, round_: Round, words: Words, state: str, path: str = "") -> str:
    """The first page for those who have begun, who have sent, and who are new: drawn once for each.

    `path` is where beginning leads, where that is another address than the round's own.
    """
    definition = find_survey(installation, round_, "full").definition
    language = words.language.code
    return draw_html(
        "start.html",
        words,
        round=round_,
        path=path or f"/e/{round_.id}",
        state=state,
        title=pick_text(definition.title, language),
        intro=pick_text(definition.intro, language),
        recall=pick_text(definition.recall, language) if definition.recall else "",
        minutes=definition.minutes,
        min_age=definition.min_age,
        languages=[LANGUAGES[code] for code in definition.languages],
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
