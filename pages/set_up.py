"""How a new installation gets its first round and administrator, by whoever holds the address that its first
start printed."""

from __future__ import annotations

import streamlit as st

from pages.shared.frame import Frame, draw_problem
from pages.shared.links import Link, draw_button_link
from pages.shared.round_form import draw_opened, draw_round_form
from survey.errors import SurveyError
from survey.people.faults import list_faults_of
from survey.people.links import LINK_PATH
from survey.people.sending import send_links_soon
from survey.people.set_up import First, check_set_up_key, set_up
from survey.rounds import list_rounds

KEY = "key"
DONE = "done"
NAME, ADDRESS, LINK = "set-up-name", "set-up-address", "set-up-link"


def draw_set_up(frame: Frame) -> None:
    """The form while the address works; then where the round is answered."""
    done = st.query_params.get(DONE)
    words = frame.words
    opened = next((one for one in list_rounds(frame.installation) if one.id == done), None)
    if opened is not None:
        draw_opened(frame, opened.title)
        draw_next(frame)
        draw_button_link(Link(words.say("set_up.see_round"), f"/e/{opened.id}"))
        return
    key = st.query_params.get(KEY, "")
    check_set_up_key(frame.installation, key)
    st.markdown(words.say("set_up.about"))
    draw_form(frame, key)


def draw_next(frame: Frame) -> None:
    """The way to the first administrator's password, for whoever has just made the account."""
    words, token = frame.words, st.session_state.get(LINK)
    if token is None:
        st.markdown(words.say("set_up.account_there"))
        return
    st.markdown(words.say("set_up.choose_about"))
    draw_button_link(Link(words.say("entry.choose"), f"{LINK_PATH}/{token}"), primary=True)


def draw_first(frame: Frame) -> None:
    """Who is to be the first administrator."""
    words = frame.words
    st.header(words.say("set_up.you"), anchor=False)
    st.text_input(words.say("people.name"), key=NAME, autocomplete="name")
    st.text_input(words.say("people.address"), key=ADDRESS, autocomplete="email")
    st.caption(words.say("set_up.you_about"))
    st.header(words.say("set_up.round"), anchor=False)


def read_first(frame: Frame) -> First:
    """What was written of the first administrator."""
    return First(st.session_state[ADDRESS], st.session_state[NAME], frame.language)


def draw_form(frame: Frame, key: str) -> None:
    """The form of the first round and administrator; everything that is wrong is told above it."""
    told = st.container()
    try:
        new = draw_round_form(frame, key="first", draw_first=lambda: draw_first(frame))
        if new is None:
            return
        opened, invited = set_up(frame.installation, key, new, read_first(frame))
    except SurveyError as wrong:
        with told:
            draw_problem(frame, " ".join(frame.words.explain(one) for one in list_faults_of(wrong)))
        return
    st.session_state[LINK] = invited.token
    send_links_soon(frame.installation)
    st.query_params.from_dict({DONE: opened.id})
    st.rerun()
