"""What has been done, by whom and when: the log, for whoever watches over people's data."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.people.links import say_moment
from survey.people.log import MOST, list_log


def draw_audit_log(frame: Frame) -> None:
    """The newest events; a box to look for an action, an actor or a subject."""
    words = frame.words
    st.markdown(words.say("log.about"))
    wanted = st.text_input(words.say("log.find"), key="log-find", autocomplete="off")
    found = list_log(frame.installation, wanted, viewer=frame.viewer)
    if not found:
        st.markdown(words.say("log.none"))
        return
    rows = [
        {
            words.say("log.at"): say_moment(one.at.timestamp(), words),
            words.say("log.actor"): one.actor,
            words.say("log.action"): one.action,
            words.say("log.subject"): one.subject,
            words.say("log.facts"): ", ".join(f"{name}: {value}" for name, value in one.facts.items()),
        }
        for one in found
    ]
    st.dataframe(rows, hide_index=True, width="stretch", key="log")
    st.caption(escape_markdown(words.say("log.most", most=words.number(MOST))))
