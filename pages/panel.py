"""What a member of the panel can do now, and what the role means."""

from __future__ import annotations

import streamlit as st

from pages.shared.frame import Frame
from pages.shared.round_card import draw_round
from survey.rounds import list_open_rounds


def draw_panel(frame: Frame) -> None:
    """The panel's open rounds; what the role means; what to expect when there are none."""
    words = frame.words
    st.markdown(words.say("panel.role"))
    rounds = [one for one in list_open_rounds(frame.installation, viewer=frame.viewer) if one.door == "panel"]
    frame.link_to("panel-rounds", words.say("page.panel_rounds"))
    st.header(words.say("panel.rounds"), anchor=False)
    for round_ in rounds:
        draw_round(frame, round_)
    if not rounds:
        st.markdown(words.say("panel.none"))
    frame.link_to("trends", words.say("panel.results"))
