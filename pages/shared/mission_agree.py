"""How does a member read the agreement, declare a conflict of interest, and sign?"""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.mission_card import draw_lines
from pages.shared.mission_form import do, press
from survey.language import pick_text
from survey.panel.agreements import Conflict, load_agreement
from survey.panel.answering import Invitation, sign_agreement


def draw_agreement(frame: Frame, invitation: Invitation) -> None:
    """The clauses, the question about conflicts without an answer chosen beforehand, and the button."""
    words, key = frame.words, f"agree-{invitation.id}"
    agreement = load_agreement(frame.installation.settings)
    st.subheader(words.say("mission.agreement"), anchor=False)
    draw_lines([pick_text(clause, frame.language) for clause in agreement.clauses])
    if invitation.conflict == Conflict.TALK:
        st.info(words.say("mission.conflict_noted"))
    said = {one.value: words.say(f"mission.conflict.{one}") for one in Conflict}  # keys: mission.conflict.*
    told = st.container()
    with st.form(key, border=False):
        chosen = st.radio(
            escape_markdown(pick_text(agreement.conflict_question, frame.language)),
            list(said),
            index=None,
            format_func=said.__getitem__,
            key=f"{key}-conflict",
        )
        pressed = press(words.say("mission.do.sign"), key)
    if pressed:
        named = {"version": agreement.version, "conflict": chosen or "", "by": frame.viewer}
        done = words.say("mission.done.talk" if chosen == Conflict.TALK else "mission.done.sign")
        with told:
            do(frame, lambda: sign_agreement(frame.installation, invitation.id, **named), done)
