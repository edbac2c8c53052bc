"""What needs a manager's eye today: the signals of the last publication, each with a way to its line."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.insight.choice import RESIDENTS_SURVEY
from survey.insight.published import list_surveys
from survey.insight.signals import Signals, find_signals, tell_signal


def draw_signals(frame: Frame) -> None:
    """Up to five signals; that there are none, or nothing published, is said."""
    words = frame.words
    if RESIDENTS_SURVEY not in list_surveys(frame.installation):
        st.markdown(words.say("error.nothing_published"))
        return
    areas = [area.code for area in frame.installation.areas]
    signals = find_signals(frame.installation, RESIDENTS_SURVEY, areas, viewer=frame.viewer)
    month = words.month(signals.month) if signals.month else ""
    st.header(escape_markdown(words.say("signal.heading", month=month)), anchor=False)
    if not signals.every:
        st.markdown(words.say("signal.none"))
    for signal in signals.first:
        with st.container(key=f"signal-{signal.area.code}-{signal.dimension.id}"):
            old = "" if signal.is_new else f" {words.say('signal.goes_on')}"
            st.markdown(escape_markdown(tell_signal(words, signal) + old))
            frame.link_to("trends", words.say("signal.see", area=signal.area.name), area=signal.area.code)
    st.caption(escape_markdown(tell_how_many(frame, signals)))


def tell_how_many(frame: Frame, signals: Signals) -> str:
    """How many lines were looked at and how many signals there are, so that nobody takes chance for news."""
    words = frame.words
    return words.count("signal.of_lines", len(signals.new), lines=words.number(signals.lines))
