"""How a round is described before it is opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

import streamlit as st

from pages.shared.frame import Frame, draw_done
from survey.definition.load import load_folder
from survey.definition.model import Definition
from survey.errors import SurveyError
from survey.language import pick_text
from survey.rounds import FORMS, NewRound

DOORS = ("open", "coded", "panel")  # answers from a file come in by a command, not by a door


def draw_round_form(
    frame: Frame, *, key: str, draw_first: Callable[[], None] | None = None
) -> NewRound | None:
    """The form of a new round; what was described when it was handed in, else None.

    `draw_first` draws what else the form asks for, above.

    Raises SurveyError day_wrong when a day is none.
    """
    words, today = frame.words, frame.installation.today()
    with st.form(key, border=False):
        if draw_first is not None:
            draw_first()
        definition = draw_survey_list(frame, key=key)
        title = st.text_input(words.say("rounds.title"), key=f"{key}-title", autocomplete="off")
        name = st.text_input(words.say("rounds.name"), key=f"{key}-name", autocomplete="off")
        st.caption(words.say("rounds.name_help"))
        opens = st.text_input(words.say("rounds.opens"), today.isoformat(), key=f"{key}-opens")
        closes = st.text_input(words.say("rounds.closes"), f"{today.year}-12-31", key=f"{key}-closes")
        doors = {door: words.say(f"rounds.door_{door}") for door in DOORS}  # keys: rounds.door_*
        door = st.radio(words.say("rounds.door"), DOORS, format_func=doors.__getitem__, key=f"{key}-door")
        ways = {form: words.say(f"rounds.forms_{form}") for form in FORMS[::-1]}  # keys: rounds.forms_*
        forms = st.radio(
            words.say("rounds.forms"), list(ways), format_func=ways.__getitem__, key=f"{key}-forms"
        )
        pressed = st.form_submit_button(words.say("rounds.open"), type="primary")
    if not pressed:
        return None
    days = read_day(opens), read_day(closes)
    return NewRound(name.strip(), definition.survey, definition.version, title, *days, door, forms)


def draw_survey_list(frame: Frame, *, key: str) -> Definition:
    """The list of surveys; the one that is chosen."""
    found = load_definitions(frame.installation.settings.surveys_dir)
    said = [say_definition(definition, frame.language) for definition in found]
    label = frame.words.say("rounds.survey")
    place = st.selectbox(label, range(len(found)), format_func=said.__getitem__, key=f"{key}-survey")
    return found[place]


@lru_cache(maxsize=4)
def load_definitions(folder: Path) -> tuple[Definition, ...]:
    """The surveys there are; new files count when the program is started again."""
    return tuple(load_folder(folder))


def say_definition(definition: Definition, language: str) -> str:
    return f"{pick_text(definition.title, language)} ({definition.survey} {definition.version})"


def read_day(text: str) -> date:
    """A day as 2026-11-21. Raises SurveyError day_wrong."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise SurveyError("day_wrong", day=text.strip()[:20]) from None


def draw_opened(frame: Frame, title: str) -> None:
    """That a round is open, in a place that takes the focus."""
    draw_done(frame, frame.words.say("rounds.opened", title=title))
