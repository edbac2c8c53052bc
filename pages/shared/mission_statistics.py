"""What do all missions together look like, and where does the file for whoever pays come from?"""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from analysis.tables import write_file_name
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.mission_card import draw_lines
from survey.panel.payroll import export_month, list_months
from survey.panel.statistics import Counts, Turn, find_statistics

KEY = "mission-payroll"


def draw_statistics(frame: Frame) -> None:
    """The year until today: how long, how many unmet, who is asked how often; then the payroll file."""
    words = frame.words
    found = find_statistics(frame.installation, by=frame.viewer)
    st.markdown(words.say("mission.statistics.about"))
    draw_lines(list(tell_counts(frame, found.counts)))
    st.header(words.say("mission.statistics.turns"), anchor=False)
    st.markdown(words.say("mission.statistics.turns_about"))
    draw_lines([say_turn(frame, one) for one in found.turns])
    draw_payroll(frame)


def tell_counts(frame: Frame, counts: Counts) -> Iterator[str]:
    """A line for each figure; one that there is nothing to count for says so."""
    words = frame.words
    yield words.count("mission.statistics.requested", counts.requested, held=words.number(counts.held))
    yield words.count(
        "mission.statistics.unmet",
        counts.unmet,
        declined=words.number(counts.declined),
        cancelled=words.number(counts.cancelled),
        smaller=words.number(counts.smaller),
    )
    for key, days in (("agreed", counts.days_to_agreed), ("told", counts.days_to_told)):
        if days is None:
            yield words.say(f"mission.statistics.{key}_none")  # keys: mission.statistics.*
        else:
            yield words.say(
                f"mission.statistics.{key}",  # keys: mission.statistics.*
                days=words.number(days, 0 if days == round(days) else 1),
            )
    yield words.count("mission.statistics.late", counts.late)


def say_turn(frame: Frame, one: Turn) -> str:
    """How often a member was asked."""
    words = frame.words
    told = words.count("mission.statistics.turn", one.asked, name=one.name, yes=words.number(one.yes))
    return f"{told} {words.say('mission.candidate.often')}" if one.too_often else told


def draw_payroll(frame: Frame) -> None:
    """A month's approved time as a file, written when it is asked for."""
    words = frame.words
    st.header(words.say("mission.payroll.title"), anchor=False)
    months = list_months(frame.installation, by=frame.viewer)
    if not months:
        st.markdown(words.say("error.payroll_empty"))
        return
    st.markdown(words.say("mission.payroll.about"))
    month = st.selectbox(words.say("mission.payroll.month"), months, format_func=words.month, key=KEY)
    st.download_button(
        escape_markdown(words.say("mission.payroll.press", month=words.month(month))),
        lambda: export_month(frame.installation, month, words, by=frame.viewer),
        write_file_name("arvoden", month, ending="csv"),
        "text/csv",
        on_click="ignore",
        key=f"{KEY}-press",
    )
