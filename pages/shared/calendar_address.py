"""How does somebody follow their calendar in another program, and stop?"""

from __future__ import annotations

import streamlit as st

from pages.shared.frame import Frame
from pages.shared.mission_form import do
from survey.calendar.subscriptions import end_subscription, find_address, start_subscription


def draw_own_address(frame: Frame) -> None:
    """The address where there is one, with a way to take it back; else a way to make one."""
    words, installation, by = frame.words, frame.installation, frame.viewer
    address = find_address(installation, by=by)
    st.header(words.say("calendar.own"), anchor=False)
    st.markdown(words.say("calendar.own_about"))
    if address:
        st.code(address, language=None, wrap_lines=True)
    with st.container(horizontal=True):
        label = words.say("calendar.make_anew" if address else "calendar.make")
        makes = st.button(label, key="calendar-make")
        ends = bool(address) and st.button(words.say("calendar.take_back"), key="calendar-take-back")
    if makes:
        do(
            frame,
            lambda: start_subscription(installation, language=frame.language, by=by),
            words.say("calendar.made"),
        )
    if ends:
        do(frame, lambda: end_subscription(installation, by=by), words.say("calendar.taken_back"))
