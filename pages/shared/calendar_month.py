"""How is a month of missions shown: a list by week, which a phone and a screen reader read alike?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages.shared.calendar_address import draw_own_address
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.mission_member import is_somebody
from survey.calendar.booked import Booked, list_booked, list_weeks, select_month
from survey.calendar.months import find_neighbours, read_month
from survey.calendar.standing import Standing
from survey.panel.letters import say_length
from survey.people.permissions import can_do
from survey.people.roles import Permission
from survey.week.tasks import say_weekday

PAGE, VIEW, MONTH = "missions", "calendar", "month"


def draw_calendar(frame: Frame) -> None:
    """The month of the address, this one where it names none, with ways to the months beside it."""
    words, today = frame.words, frame.installation.today()
    if can_do(Permission.DO_MISSIONS, by=frame.viewer) and not is_somebody(frame):
        return
    asked = st.query_params.get(MONTH, "")
    month = read_month(asked)
    if asked and month is None:
        st.warning(words.say("calendar.wrong_month"))
    shown = month or today.isoformat()[:7]
    frame.spot.append(shown)
    st.header(escape_markdown(words.month(shown).capitalize()), anchor=False)
    draw_ways(frame, shown)
    found = select_month(list_booked(frame.installation, viewer=frame.viewer), shown)
    if not found:
        st.markdown(escape_markdown(words.say("calendar.none", month=words.month(shown))))
    for monday, some in list_weeks(found):
        draw_one_week(frame, monday, some)
    draw_own_address(frame)


def draw_ways(frame: Frame, month: str) -> None:
    """The months before and after, where the calendar has any."""
    before, after = find_neighbours(month)
    with st.container(horizontal=True):
        for key, other in (("calendar.before", before), ("calendar.after", after)):
            if other is not None:
                label = frame.words.say(key, month=frame.words.month(other))  # keys: calendar.*
                frame.link_to(PAGE, label, view=VIEW, month=other)


def draw_one_week(frame: Frame, monday: date, some: Sequence[Booked]) -> None:
    """A week's missions, in order of day and time."""
    words = frame.words
    week = str(monday.isocalendar().week)
    with st.container(key=f"week-of-{monday}"):
        st.subheader(escape_markdown(words.say("calendar.week", week=week)), anchor=False)
        for one in some:
            with st.container(key=f"booked-{one.mission.id}", border=True, gap="small"):
                draw_booked(frame, one)


def draw_booked(frame: Frame, one: Booked) -> None:
    """When, whose and where; how sure it is; and the way to it, unless it is gone from its member's page."""
    words, mission = frame.words, one.mission
    standing = words.say(f"calendar.standing.{one.standing}")  # keys: calendar.standing.*
    when = words.say(
        "calendar.when",
        day=say_weekday(words, mission.day).capitalize(),
        starts=mission.starts,
        length=say_length(mission.minutes, words),
    )
    st.markdown(f"**{escape_markdown(when)}**  \n{escape_markdown(f'{mission.place}. {standing}.')}")
    label = words.say("mission.open", unit=mission.unit, day=words.day(mission.day))
    if one.standing is Standing.CANCELLED and can_do(Permission.DO_MISSIONS, by=frame.viewer):
        st.markdown(escape_markdown(words.say("mission.title", unit=mission.unit)))
    else:
        frame.link_to(PAGE, label, mission=mission.id)
