"""How is a task shown: its sentence as a way to its place, with its day under it?"""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.week.tasks import FIRST_SHOWN, list_tasks, say_task, say_when
from survey.week.todo import Task


def draw_task(frame: Frame, task: Task, *, key: str) -> None:
    """One task."""
    words = frame.words
    with st.container(key=f"task-{key}", border=True, gap="small"):
        frame.link_to(task.rule.page, say_task(words, task), **task.query)
        when = say_when(words, task, frame.installation.today())
        if when:
            st.markdown(escape_markdown(f"{when}."))


def draw_first_tasks(frame: Frame) -> None:
    """The first of what is somebody's to do, with a way to the rest; nothing where there is nothing."""
    words = frame.words
    tasks = list_tasks(frame.installation, by=frame.viewer, words=words)
    if not tasks:
        return
    st.header(words.say("week.first"), anchor=False)
    for number, task in enumerate(tasks[:FIRST_SHOWN]):
        draw_task(frame, task, key=f"first-{number}")
    frame.link_to("week", words.say("week.more"))
