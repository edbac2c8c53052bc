"""How does a unit ask the panel for a mission?"""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.mission_form import do, press
from pages.shared.mission_when import draw_feedback_day, draw_when
from survey.panel.faults import MOST_CHARACTERS
from survey.panel.requests import MeetingForm, NewMission, request_mission
from survey.panel.tags import load_tags, name_tag

KEY = "mission-new"


def draw_request(frame: Frame) -> None:
    """The form. Everything that is missing or wrong is told above it at once, and what was typed stays."""
    words, told = frame.words, st.container()
    st.markdown(words.say("mission.intro.request"))
    with st.form(KEY, border=False):
        new = draw_fields(frame)
        pressed = press(words.say("mission.do.request"), KEY)
    if pressed:
        with told:
            do(
                frame,
                lambda: request_mission(frame.installation, new, by=frame.viewer),
                words.say("mission.done.request"),
            )


def draw_fields(frame: Frame) -> NewMission:
    """Everything that a request holds."""
    words, most = frame.words, frame.words.number(MOST_CHARACTERS)
    unit = st.text_input(words.say("mission.form.unit"), key=f"{KEY}-unit")
    purpose = st.text_area(words.say("mission.form.purpose", most=most), key=f"{KEY}-purpose")
    question = st.text_area(words.say("mission.form.question", most=most), key=f"{KEY}-question")
    form = draw_form(frame)
    when = draw_when(frame, KEY)
    number = st.number_input(
        words.say("mission.form.number"), min_value=0, value=2, step=1, key=f"{KEY}-number"
    )
    tags = draw_tags(frame, f"{KEY}-tags", words.say("mission.form.tags"), ())
    feedback_from = st.text_input(words.say("mission.form.feedback_from"), key=f"{KEY}-from")
    feedback_by = draw_feedback_day(frame, KEY)
    typed = st.text_input(words.say("mission.form.contact"), key=f"{KEY}-contact", autocomplete="email")
    return NewMission(
        unit, purpose, question, form, when, int(number), tags, feedback_by, feedback_from, typed
    )


def draw_form(frame: Frame) -> str:
    """How members take part."""
    said = {one.value: frame.words.say(f"mission.form.{one}") for one in MeetingForm}  # keys: mission.form.*
    label = frame.words.say("mission.form.form")
    return st.selectbox(label, list(said), format_func=said.__getitem__, key=f"{KEY}-form")


def draw_tags(frame: Frame, key: str, label: str, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The list of experiences to choose among."""
    settings = frame.installation.settings
    codes = list(load_tags(settings))
    found = st.multiselect(
        escape_markdown(label),
        codes,
        [one for one in chosen if one in codes],
        format_func=lambda code: name_tag(settings, code, frame.language),
        key=key,
        placeholder=frame.words.say("mission.form.choose"),
    )
    return tuple(found)
