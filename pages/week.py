"""What is mine to do this week: everything of a role's own in order of day, each with a way to its place."""

from __future__ import annotations

import streamlit as st

from pages.shared.frame import Frame, draw_heading
from pages.shared.mission_member import is_somebody
from pages.shared.week_tasks import draw_task
from survey.people.permissions import can_do
from survey.people.roles import Permission
from survey.week.days import find_monday, find_sunday
from survey.week.tasks import list_tasks, say_day
from survey.week.todo import group_tasks, is_free

ADDRESS = "week"


def draw_week(frame: Frame) -> None:
    """The week, and the tasks of each group under its heading; that there are none is said."""
    words, today = frame.words, frame.installation.today()
    monday, sunday = find_monday(today), find_sunday(today)
    first = str(monday.day) if monday.month == sunday.month else say_day(words, monday, today)
    last = say_day(words, sunday, today)
    week = str(today.isocalendar().week)
    above = words.say("week.above", week=week, first=first, last=last)
    draw_heading(frame, words.say("page.week"), above=above)
    if can_do(Permission.DO_MISSIONS, by=frame.viewer):
        is_somebody(frame, to=f"/{ADDRESS}")
    tasks = list_tasks(frame.installation, by=frame.viewer, words=words)
    if not tasks:
        st.markdown(words.say("week.free"))
        return
    st.markdown(words.say("week.free_but_later" if is_free(tasks, today) else "week.lead"))
    for group, some in group_tasks(tasks, today).items():
        st.header(words.say(f"week.group.{group}"), anchor=False)  # keys: week.group.*
        for number, task in enumerate(some):
            draw_task(frame, task, key=f"{group}-{number}")
