"""How does a coordinator follow a round, close it, open it a second time and end it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from pages.shared.rating_place import go_to, name_subject
from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel_rounds.close import close_round, count_progress, finish_round, open_second
from survey.panel_rounds.find import PanelRound, find_open_wave
from survey.panel_rounds.open import withdraw_subject
from survey.panel_rounds.states import Event, can_take
from survey.panel_rounds.subjects import list_rated

Deed = Callable[..., PanelRound]
DEEDS: Mapping[Event, Deed] = {
    Event.CLOSE: close_round,
    Event.OPEN_SECOND: open_second,
    Event.FINISH: finish_round,
}


def draw_running(frame: Frame, found: PanelRound) -> None:
    """How many have sent, what can be taken out, and the steps that the round can take now."""
    words = frame.words
    st.header(words.say("ratings.run"), anchor=False)
    if find_open_wave(found):
        progress = count_progress(frame.installation, found.id, viewer=frame.viewer)
        told = words.count("ratings.have_sent_count", progress.sent, begun=words.number(progress.begun))
        st.markdown(escape_markdown(told))
    for event in DEEDS:
        if can_take(found.state, event, by=frame.viewer):
            draw_step(frame, found, event)
    if can_take(found.state, Event.WITHDRAW_SUBJECT, by=frame.viewer):
        draw_subjects(frame, found)


def draw_step(frame: Frame, found: PanelRound, event: Event) -> None:
    """What a step means, and the button that takes it."""
    words = frame.words
    with st.expander(words.say(f"ratings.step.{event}")):  # keys: ratings.step.*
        st.markdown(words.say(f"ratings.step_about.{event}"))  # keys: ratings.step_about.*
        told = st.container()
        label = words.say(f"ratings.step.{event}")  # keys: ratings.step.*
        if st.button(label, key=f"{event}-{found.state}", type="primary"):
            with told:
                take(frame, found, event)


def take(frame: Frame, found: PanelRound, event: Event) -> None:
    """Take a step from the state that was seen; who comes second is told."""
    words, installation = frame.words, frame.installation
    try:
        DEEDS[event](installation, found.id, seen=found.state, by=frame.viewer)
    except SurveyError as wrong:
        draw_problem(frame, words.explain(wrong))
        return
    go_to(found.id, message=words.say(f"ratings.step_done.{event}"))  # keys: ratings.step_done.*


def draw_subjects(frame: Frame, found: PanelRound) -> None:
    """What is rated, each with a button that takes it out of the round."""
    words = frame.words
    with st.expander(words.say("ratings.subjects")):
        st.markdown(words.say("ratings.subjects_about"))
        told = st.container()
        for subject in list_rated(frame.installation, found.id, viewer=frame.viewer):
            with st.container(border=True):
                name = name_subject(words, subject)
                st.markdown(escape_markdown(name))
                label = escape_markdown(words.say("ratings.withdraw", name=name))
                if st.button(label, key=f"withdraw-{subject.number}"):
                    with told:
                        withdraw(frame, frame.installation, found, subject.number)


def withdraw(frame: Frame, installation: Installation, found: PanelRound, number: int) -> None:
    try:
        withdraw_subject(installation, found.id, number, by=frame.viewer)
    except SurveyError as wrong:
        draw_problem(frame, frame.words.explain(wrong))
        return
    go_to(found.id, message=frame.words.say("ratings.withdrawn"))
