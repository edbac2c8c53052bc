"""Which definition of each survey is in force, and where it can be seen as those who answer see it."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.links import Link, draw_links
from survey.definitions_in_force import Known, list_known
from survey.language import LANGUAGES, pick_text

PREVIEW_PATH = "/forhandsvisning"


def draw_definitions(frame: Frame) -> None:
    """Each definition in a line, with links to its previews."""
    with st.expander(frame.words.say("rounds.definitions"), key="definitions"):
        for known in list_known(frame.installation):
            draw_definition(frame, known)


def draw_definition(frame: Frame, known: Known) -> None:
    words, definition = frame.words, known.definition
    name = f"{pick_text(definition.title, frame.language)} ({definition.survey} {definition.version})"
    states = [words.say("rounds.in_force" if known.in_force else "rounds.older")]
    if known.frozen:
        states.append(words.say("rounds.frozen"))
    st.markdown(f"**{escape_markdown(name)}:** {escape_markdown(', '.join(states))}")
    if known.sensitive:
        told = "; ".join(pick_text(one.text, frame.language) for one in known.sensitive)
        st.markdown(escape_markdown(words.say("rounds.sensitive", questions=told)))
    for form in definition.forms:
        path = f"{PREVIEW_PATH}/{definition.survey}/{definition.version}/{form}"
        links = [
            Link(LANGUAGES[code].name, path, query={"sprak": code}, language=code)
            for code in definition.languages
        ]
        draw_links(links, before=words.say(f"rounds.preview_{form}"))  # keys: rounds.preview_*
