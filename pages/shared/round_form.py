"""How a round is described before it is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import streamlit as st

from pages.shared.frame import Frame, draw_done
from survey.definition.load import load_folder
from survey.definition.model import Definition
from survey.errors import SurveyError
from survey.language import pick_text
from survey.rounds import FORMS, MODES, NewRound, list_sensitive

DOORS = ("open", "coded", "kiosk", "panel")  # answers from a file come in by a command, not by a door

MOST_DIGITS = 7  # of a limit


def draw_round_form(
    frame: Frame,
    *,
    key: str,
    planned: NewRound | None = None,
    draw_first: Callable[[], None] | None = None,
) -> NewRound | None:
    """The form of a new round, filled in as `planned`; what was described when it was handed in, else None.

    `draw_first` draws what else the form asks for, above.

    Raises SurveyError day_wrong when a day is none, and round_most_wrong.
    """
    words, today = frame.words, frame.installation.today()
    with st.form(key, border=False):
        if draw_first is not None:
            draw_first()
        definition = draw_survey_list(frame, key=key, planned=planned)
        title = draw_text(frame, "title", planned.title if planned else "", key=key)
        name = draw_text(frame, "name", planned.id if planned else "", key=key)
        st.caption(words.say("rounds.name_help"))
        audience = draw_text(frame, "audience", planned.audience if planned else "", key=key)
        first = (planned.opens if planned else today).isoformat()
        last = planned.closes.isoformat() if planned else f"{today.year}-12-31"
        opens, closes = draw_text(frame, "opens", first, key=key), draw_text(frame, "closes", last, key=key)
        door = draw_radio(frame, "door", DOORS, planned.door if planned else DOORS[0], key=key)
        mode = draw_radio(frame, "mode", MODES, planned.mode if planned else MODES[0], key=key)
        forms = draw_radio(frame, "forms", FORMS[::-1], planned.forms if planned else FORMS[-1], key=key)
        most = draw_text(frame, "most", str(planned.most or "") if planned else "", key=key)
        left_out = draw_sensitive(frame, key=key, planned=planned)
        pressed = st.form_submit_button(words.say("rounds.open"), type="primary")
    if not pressed:
        return None
    asked = {question.id for question in list_sensitive(definition)}
    left = tuple(one for one in left_out if one in asked)
    days, limit = (read_day(opens), read_day(closes)), read_most(most, "round_most_wrong")
    which = (name.strip(), definition.survey, definition.version, title)
    return NewRound(*which, *days, door, forms, mode, audience, left, limit)


def draw_text(frame: Frame, field: str, value: str, *, key: str) -> str:
    """One line of text."""
    label = frame.words.say(f"rounds.{field}")  # keys: rounds.*
    return st.text_input(label, value, key=f"{key}-{field}", autocomplete="off")


def draw_radio(frame: Frame, field: str, options: Sequence[str], chosen: str, *, key: str) -> str:
    """One of some options, each in words."""
    words = frame.words
    said = {one: words.say(f"rounds.{field}_{one}") for one in options}  # keys: rounds.*
    place = list(options).index(chosen) if chosen in options else 0
    return st.radio(
        words.say(f"rounds.{field}"),  # keys: rounds.*
        options,
        index=place,
        format_func=said.__getitem__,
        key=f"{key}-{field}",
    )


def draw_sensitive(frame: Frame, *, key: str, planned: NewRound | None) -> list[str]:
    """The sensitive questions of every survey that has some; those of another survey make no difference."""
    found = {
        question.id: f"{pick_text(question.text, frame.language)} ({definition.survey} {definition.version})"
        for definition in load_definitions(frame.installation.settings.surveys_dir)
        for question in list_sensitive(definition)
    }
    if not found:
        return []
    chosen = [one for one in (planned.left_out if planned else ()) if one in found]
    return st.multiselect(
        frame.words.say("rounds.left_out"),
        list(found),
        chosen,
        format_func=found.__getitem__,
        key=f"{key}-left-out",
        placeholder=frame.words.say("rounds.left_out_none"),
    )


def draw_survey_list(frame: Frame, *, key: str, planned: NewRound | None) -> Definition:
    """The list of surveys; the one that is chosen."""
    found = load_definitions(frame.installation.settings.surveys_dir)
    said = [say_definition(definition, frame.language) for definition in found]
    label = frame.words.say("rounds.survey")
    known = [(one.survey, one.version) for one in found]
    asked = (planned.survey, planned.version) if planned else known[0]
    place = st.selectbox(
        label,
        range(len(found)),
        index=known.index(asked) if asked in known else 0,
        format_func=said.__getitem__,
        key=f"{key}-survey",
    )
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


def read_most(text: str, code: str) -> int | None:
    """A limit, None where none was typed. Raises SurveyError with the code when it is no number."""
    typed = "".join(text.split())
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit()) or len(typed) > MOST_DIGITS:
        raise SurveyError(code)  # keys: error.round_most_wrong, error.way_most_wrong
    return int(typed)


def draw_opened(frame: Frame, title: str) -> None:
    """That a round is open, in a place that takes the focus."""
    draw_done(frame, frame.words.say("rounds.opened", title=title))
