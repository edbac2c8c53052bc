"""How does a member begin and end the weekly letter?"""

from __future__ import annotations

import streamlit as st

from pages.shared.frame import Frame
from pages.shared.mission_form import do
from survey.week.subscribe import can_get_letter, gets_letter, start_letter, stop_letter


def draw_week_letter(frame: Frame) -> None:
    """What the letter is, and the one button to press; where none can be sent, that."""
    words, installation, by = frame.words, frame.installation, frame.viewer
    st.header(words.say("week.own.title"), anchor=False)
    st.markdown(words.say("week.own.about"))
    if gets_letter(installation, by=by):
        st.markdown(words.say("week.own.is_on"))
        if st.button(words.say("week.own.stop"), key="week-letter-stop"):
            do(frame, lambda: stop_letter(installation, by=by), words.say("week.own.stopped"))
    elif not can_get_letter(installation, by=by):
        st.markdown(words.say("week.own.no_address"))
    elif st.button(words.say("week.own.start"), key="week-letter-start"):
        do(frame, lambda: start_letter(installation, by=by), words.say("week.own.started"))
