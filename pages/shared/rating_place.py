"""Where somebody is in the panel's rounds, and what they are told after a step."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from pages.shared.comment_sentences import name_theme
from pages.shared.escape import escape_markdown
from pages.shared.following_form import MESSAGE
from survey.answering.answers import Asked
from survey.definition.model import Option
from survey.language import Words, pick_text
from survey.panel_rounds.sheets import CHOOSES_THEMES, Kind, Sheet
from survey.panel_rounds.subjects import Subject

ADDRESS = "panel-rounds"
ROUND, PAGE, WAVE, MEND = "round", "page", "time", "mend"
LOOK_OVER = "granska"


def go_to(
    round_id: str = "", page: str = "", *, wave: str = "", mend: int = 0, message: str = ""
) -> NoReturn:
    """Put a round, and a page or a time of it, in the address and draw anew; `message` is told there once."""
    if message:
        st.session_state[MESSAGE] = message
    asked = {ROUND: round_id, PAGE: page, WAVE: wave, MEND: str(mend) if mend else ""}
    st.query_params.from_dict({name: value for name, value in asked.items() if value})
    st.rerun()


def draw_way(label: str, key: str, round_id: str = "", page: str = "", *, wave: str = "") -> None:
    """A button that leads on: a link to the page one is on does not stay in the address (Streamlit 1.67)."""
    if st.button(escape_markdown(label), key=key, type="primary" if page else "secondary"):
        go_to(round_id, page, wave=wave)


def name_subject(words: Words, subject: Subject) -> str:
    """What is rated: a theme in the reader's language, a proposal as its writers called it."""
    return name_theme(words, subject.ref) if subject.kind == Kind.THEME else subject.title


def name_sheet(words: Words, sheet: Sheet) -> str:
    """The heading of a page: its subject, or what its part is called."""
    if sheet.subject is not None:
        return name_subject(words, sheet.subject)
    return pick_text(sheet.part.title, words.language.code)


def say_options(words: Words, asked: Asked) -> Asked:
    """A question whose themes are named in the reader's language; the others are as they are."""
    if asked.question.options_from != CHOOSES_THEMES:
        return asked
    language = words.language.code
    named = tuple(
        Option(code=option.code, text={language: name_theme(words, option.code)}) for option in asked.options
    )
    return Asked(asked.id, asked.question, named, asked.codes)
