"""What does a member say of themselves: experience, times, a pause; and how do they leave?"""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.shared.frame import Frame
from pages.shared.mission_form import do, press
from pages.shared.mission_member import is_somebody
from pages.shared.mission_request import draw_tags
from pages.shared.week_letter import draw_week_letter
from survey.panel.availability import WEEKDAYS, PartOfDay
from survey.panel.leaving import leave_panel
from survey.panel.members import MOST_TAGS, NAME_DAYS, OwnPage, change_own_page, find_self

KEY = "mission-own"


def draw_own_page(frame: Frame) -> None:
    """The form of one's own page, and the way out of the panel."""
    if not is_somebody(frame):
        return
    words = frame.words
    me = find_self(frame.installation, by=frame.viewer)
    seen = int(st.session_state.get(f"{KEY}-seen", me.version))
    st.session_state[f"{KEY}-seen"] = me.version
    st.markdown(words.say("mission.own.about"))
    told = st.container()
    with st.form(KEY, border=False):
        label = words.say("mission.own.tags", most=words.number(MOST_TAGS))
        tags = draw_tags(frame, f"{KEY}-tags", label, me.tags)
        times = draw_times(frame, me.times)
        paused = draw_pause(frame, me.paused_until)
        pressed = press(words.say("mission.own.save"), KEY)
    if pressed:
        own = OwnPage(tags, times, paused)
        with told:
            do(
                frame,
                lambda: change_own_page(frame.installation, own, based_on=seen, by=frame.viewer),
                words.say("mission.done.own"),
            )
    draw_week_letter(frame)
    draw_leave(frame)


def draw_times(frame: Frame, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The times of the week to choose among, said as people say them."""
    words = frame.words
    said = {
        f"{day}_{part}": words.say(
            "mission.time_of_week",
            day=words.say(f"mission.weekday.{day}"),  # keys: mission.weekday.*
            part=words.say(f"mission.part.{part}"),  # keys: mission.part.*
        )
        for day in WEEKDAYS
        for part in PartOfDay
    }
    found = st.multiselect(
        words.say("mission.own.times"),
        list(said),
        [one for one in chosen if one in said],
        format_func=said.__getitem__,
        key=f"{KEY}-times",
        placeholder=words.say("mission.own.any_time"),
    )
    return tuple(found)


def draw_pause(frame: Frame, until: date | None) -> date | None:
    """The last day of a pause, or none; one that is over is none."""
    today = frame.installation.today()
    still = until if until is not None and until >= today else None
    label = frame.words.say("mission.own.pause")
    return st.date_input(label, still, format="YYYY-MM-DD", key=f"{KEY}-pause")


def draw_leave(frame: Frame) -> None:
    """Leaving the panel, folded away; what becomes of what is known is said before."""
    words = frame.words
    with st.expander(words.say("mission.own.leave")):
        st.markdown(words.say("mission.own.leave_about", days=words.number(NAME_DAYS)))
        if st.button(words.say("mission.own.leave_press"), key=f"{KEY}-leave"):
            do(
                frame,
                lambda: leave_panel(frame.installation, frame.viewer.id, by=frame.viewer),
                words.say("mission.done.left_panel"),
            )
