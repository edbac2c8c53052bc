"""Whom do our pages keep out, and where does one say so? The accessibility statement in the app."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_heading
from pages.shared.links import Link, draw_links
from survey.accessibility.page import tell_statement
from survey.accessibility.statement import Section


def draw_accessibility(frame: Frame) -> None:
    """The statement, section by section."""
    statement = tell_statement(frame.installation, frame.words)
    draw_heading(frame, frame.words.say("light.statement.title"))
    st.markdown(escape_markdown(statement.about))
    for section in statement.sections:
        draw_section(section)


def draw_section(section: Section) -> None:
    st.header(escape_markdown(section.title), anchor=False)
    points = "\n".join(f"* {escape_markdown(point)}" for point in section.points)
    st.markdown("\n\n".join([*(escape_markdown(told) for told in section.told), points]))
    if section.ways:
        draw_links([Link(way.label, way.address) for way in section.ways])
