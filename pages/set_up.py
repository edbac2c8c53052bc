"""How a new installation gets its first round, by whoever holds the address that its first start printed."""

from __future__ import annotations

import streamlit as st

from pages.shared.frame import Frame, draw_problem
from pages.shared.links import Link, draw_button_link
from pages.shared.round_form import draw_opened, draw_round_form
from survey.errors import SurveyError
from survey.people.set_up import check_set_up_key, set_up
from survey.rounds import list_rounds

KEY = "key"
DONE = "done"


def draw_set_up(frame: Frame) -> None:
    """The form while the address works; then where the round is answered."""
    done = st.query_params.get(DONE)
    opened = next((one for one in list_rounds(frame.installation) if one.id == done), None)
    if opened is not None:
        draw_opened(frame, opened.title)
        draw_button_link(Link(frame.words.say("set_up.see_round"), f"/e/{opened.id}"), primary=True)
        return
    key = st.query_params.get(KEY, "")
    check_set_up_key(frame.installation, key)
    st.markdown(frame.words.say("set_up.about"))
    draw_form(frame, key)


def draw_form(frame: Frame, key: str) -> None:
    """The form of the first round; what is wrong is told above it."""
    told = st.container()
    try:
        new = draw_round_form(frame, key="first")
        if new is None:
            return
        opened = set_up(frame.installation, key, new)
    except SurveyError as wrong:
        with told:
            draw_problem(frame, frame.words.explain(wrong))
        return
    st.query_params.from_dict({DONE: opened.id})
    st.rerun()
