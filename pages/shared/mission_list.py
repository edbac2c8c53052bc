"""How are missions listed: what needs a decision first, and what is over last?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.mission_card import PAGE, say_state
from survey.panel.seen import Mission, is_feedback_late, list_missions
from survey.panel.states import State

GROUPS: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("mission.group.requested", (State.REQUESTED,)),
    ("mission.group.planned", (State.ACCEPTED, State.INVITING, State.AGREED)),
    ("mission.group.done", (State.DONE,)),
)
OVER = (State.TOLD, State.DECLINED, State.CANCELLED)


def draw_led(frame: Frame) -> None:
    """Every mission, for a coordinator."""
    st.markdown(frame.words.say("mission.intro.led"))
    draw_groups(frame, list_missions(frame.installation, viewer=frame.viewer))


def draw_requested(frame: Frame) -> None:
    """A unit's own missions."""
    st.markdown(frame.words.say("mission.intro.requested"))
    known = list_missions(frame.installation, viewer=frame.viewer)
    if not known:
        st.markdown(frame.words.say("mission.none_requested"))
    draw_groups(frame, known)


def draw_groups(frame: Frame, known: Sequence[Mission]) -> None:
    """The missions under a heading for each group that has any; those that are over can be unfolded."""
    for title, states in GROUPS:
        found = [one for one in known if one.state in states]
        if found:
            st.header(frame.words.say(title), anchor=False)  # keys: mission.group.*
        for one in found:
            draw_row(frame, one)
    over = [one for one in known if one.state in OVER]
    if over:
        with st.expander(frame.words.count("mission.group.over", len(over))):
            for one in reversed(over):
                draw_row(frame, one)


def draw_row(frame: Frame, mission: Mission) -> None:
    """One mission: whose, when, how far it has come, whether feedback is late, and the way to it."""
    words = frame.words
    lines = [f"{words.day(mission.day)} {mission.starts}. {say_state(frame, mission)}."]
    if is_feedback_late(mission, frame.installation.today()):
        lines.append(words.say("mission.feedback_late", day=words.day(mission.feedback_by)))
    with st.container(key=f"mission-row-{mission.id}", border=True, gap="small"):
        st.markdown(f"**{escape_markdown(mission.unit)}**  \n{escape_markdown(' '.join(lines))}")
        label = words.say("mission.open", unit=mission.unit, day=words.day(mission.day))
        frame.link_to(PAGE, label, mission=mission.id)
