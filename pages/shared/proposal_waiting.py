"""What waits for a manager's answer, said on the start page where something does."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.people.permissions import can_do
from survey.people.roles import Permission
from survey.proposals.waiting import find_waiting


def draw_waiting(frame: Frame) -> None:
    """How many proposals wait and how many are late, with a way to the first; nothing where none waits."""
    if not can_do(Permission.DECIDE_PROPOSALS, by=frame.viewer):
        return
    waiting = find_waiting(frame.installation, viewer=frame.viewer)
    if waiting.area is None:
        return
    words = frame.words
    said = words.count("proposals.waiting", waiting.number)
    late = words.count("proposals.waiting_late", waiting.late) if waiting.late else ""
    st.header(words.say("page.proposals"), anchor=False)
    st.markdown(escape_markdown(f"{said} {late}".strip()))
    frame.link_to("proposals", words.say("proposals.to_waiting"), area=waiting.area)
