"""Files for research: a researcher asks, others approve or decline, the file is made, fetched and ended."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_done
from pages.shared.people_form import MESSAGE, press
from pages.shared.research_card import do, draw_agreement
from survey.insight.published import find_title, list_surveys
from survey.language import pick_text
from survey.people.permissions import can_do
from survey.people.roles import Permission
from survey.research.agreements import ask_for_file, list_agreements, write_terms
from survey.research.faults import NewAgreement
from survey.research.writing import FileFormat

NEW = "research-new"


def draw_research(frame: Frame) -> None:
    """What such a file is, the form for who may ask, and the agreements."""
    words = frame.words
    st.markdown(words.say("research.about"))
    told: str | None = st.session_state.pop(MESSAGE, None)
    if told is not None:
        draw_done(frame, told)
    found = list_agreements(frame.installation, viewer=frame.viewer)
    if can_do(Permission.ASK_FOR_RESEARCH_FILE, by=frame.viewer):
        draw_request(frame, len(found), expanded=not found)
    if not found:
        st.markdown(words.say("research.none"))
        return
    st.header(words.count("research.count", len(found)), anchor=False)
    for one in found:
        draw_agreement(frame, one)


def draw_request(frame: Frame, number: int, *, expanded: bool) -> None:
    """The form of a request, with the terms that are accepted by it."""
    words = frame.words
    with st.expander(words.say("research.new"), expanded=expanded, key=f"{NEW}-fold"):
        told = st.container()
        surveys = list_surveys(frame.installation)
        if not surveys:
            st.markdown(words.say("error.nothing_published"))
            return
        new = draw_form(frame, surveys, f"{NEW}-{number}")
        if new is not None:
            do(frame, lambda: ask_for_file(frame.installation, new, by=frame.viewer), "ask", told)


def draw_form(frame: Frame, surveys: tuple[str, ...], key: str) -> NewAgreement | None:
    """What was written when it was handed in, else None."""
    say = frame.words.say
    names = {one: name_survey(frame, one) for one in surveys}
    formats = {
        one.value: say(f"research.format.{one.value}") for one in FileFormat
    }  # keys: research.format.*
    with st.form(key, border=False):
        survey = st.selectbox(
            say("research.survey"), list(names), format_func=names.__getitem__, key=f"{key}-survey"
        )
        purpose = st.text_area(say("research.purpose"), key=f"{key}-purpose", help=None)
        approval = st.text_input(say("research.approval"), key=f"{key}-approval", autocomplete="off")
        principal = st.text_input(
            say("research.principal"), key=f"{key}-principal", autocomplete="organization"
        )
        people = st.text_area(say("research.people"), key=f"{key}-people")
        until = st.text_input(say("research.until"), key=f"{key}-until", autocomplete="off")
        chosen = st.selectbox(
            say("research.format"), list(formats), format_func=formats.__getitem__, key=f"{key}-format"
        )
        st.markdown(f"**{say('research.terms_title')}**")
        st.markdown(escape_markdown(write_terms(frame.installation)).replace("\n", "  \n"))
        accepted = st.checkbox(say("research.accept"), key=f"{key}-accept")
        pressed = press(say("research.ask"), key)
    if not pressed:
        return None
    return NewAgreement(survey, purpose, approval, principal, people, until, chosen, accepted)


def name_survey(frame: Frame, survey: str) -> str:
    title = find_title(frame.installation, survey)
    return pick_text(title, frame.language) if title else survey
