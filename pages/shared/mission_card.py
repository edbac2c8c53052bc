"""How is a mission shown: what it is about, how far it has come, and what is late?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.panel.letters import list_facts
from survey.panel.seen import Mission, is_feedback_late
from survey.panel.states import State
from survey.panel.tags import name_tag
from survey.panel.timing import find_material_day

PAGE = "missions"


def say_state(frame: Frame, mission: Mission) -> str:
    """How far a mission has come."""
    return frame.words.say(f"mission.state.{mission.state}")  # keys: mission.state.*


def draw_card(frame: Frame, mission: Mission, *, wanted: bool = True) -> None:
    """Everything that may be known about a mission; `wanted` adds the experience that was asked for."""
    st.markdown(f"**{escape_markdown(say_state(frame, mission))}**")
    draw_lines([*list_facts(mission, frame.words), *list_more(frame, mission, wanted=wanted)])
    if is_feedback_late(mission, frame.installation.today()):
        day = frame.words.day(mission.feedback_by)
        st.warning(escape_markdown(frame.words.say("mission.feedback_late", day=day)))


def list_more(frame: Frame, mission: Mission, *, wanted: bool) -> Iterator[str]:
    """How many people, which experience, the material, and what was said at the end."""
    words, settings = frame.words, frame.installation.settings
    yield words.count("mission.fact.number", mission.number)
    if wanted and mission.tags:
        named = ", ".join(name_tag(settings, tag, frame.language) for tag in mission.tags)
        yield words.say("mission.fact.tags", tags=named)
    if mission.material:
        yield say_material(frame, mission)
    elif mission.state in (State.ACCEPTED, State.INVITING, State.AGREED):
        yield words.say("mission.fact.no_material", day=words.day(find_material_day(mission)))
    if mission.reason:
        yield words.say("mission.fact.reason", reason=mission.reason)
    if mission.outcome and mission.told:
        yield words.say("mission.fact.outcome", outcome=mission.outcome, day=words.day(mission.told))


def say_material(frame: Frame, mission: Mission) -> str:
    """The material, when it came, and whether that was in good time."""
    words, due = frame.words, find_material_day(mission)
    if mission.material_on is None or mission.material_on <= due:
        return words.say("mission.fact.material", material=mission.material)
    came = words.day(mission.material_on)
    return words.say("mission.fact.material_late", material=mission.material, day=came, due=words.day(due))


def draw_lines(lines: Sequence[str]) -> None:
    """Lines under each other in one element; every sign of them is escaped."""
    st.markdown("\n".join(f"* {escape_markdown(line)}" for line in lines))
