"""How is something about a mission done from a page, and what went wrong told?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_done, draw_problem
from survey.errors import SurveyError
from survey.panel.changing import can_decide
from survey.panel.faults import PanelError
from survey.panel.seen import Mission
from survey.panel.sending import send_letters_soon
from survey.panel.states import Event

MESSAGE = "mission-message"


@dataclass(frozen=True)
class Case:
    """A mission on somebody's screen. `seen` is the version that stood there when they pressed."""

    frame: Frame
    mission: Mission
    seen: int

    def key(self, part: str) -> str:
        """What a widget of this mission is remembered by."""
        return f"mission-{part}-{self.mission.id}"

    def may(self, event: Event) -> bool:
        """Whether the person may do this to the mission as it is now."""
        return can_decide(self.mission, event, by=self.frame.viewer)


def open_case(frame: Frame, mission: Mission) -> Case:
    """The mission as it is drawn now; what is drawn now is what the next press is judged by."""
    key = f"mission-seen-{mission.id}"
    seen = int(st.session_state.get(key, mission.version))
    st.session_state[key] = mission.version
    return Case(frame, mission, seen)


def take_message(frame: Frame) -> None:
    """What was just done, told once, in a place that takes the focus."""
    told: str | None = st.session_state.pop(MESSAGE, None)
    if told is not None:
        draw_done(frame, told)


def do(frame: Frame, deed: Callable[[], object], done: str) -> None:
    """Do something and draw the page anew with what was done; letters are on their way at once.

    What goes wrong is told where this is called, everything at once, and what was typed stays.
    """
    try:
        deed()
    except SurveyError as wrong:
        faults = wrong.faults if isinstance(wrong, PanelError) else (wrong,)
        draw_problem(frame, " ".join(dict.fromkeys(frame.words.explain(one) for one in faults)))
        return
    send_letters_soon(frame.installation)
    st.session_state[MESSAGE] = done
    st.rerun()


def press(label: str, key: str, *, primary: bool = True) -> bool:
    """The button of a form; whether it was pressed."""
    return st.form_submit_button(
        escape_markdown(label), type="primary" if primary else "secondary", key=f"{key}-press"
    )
