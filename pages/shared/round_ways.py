"""Which links and tablets lead into a round, and how is one added or closed?"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from pages.shared.links import Link, draw_links
from pages.shared.round_form import read_most
from survey.errors import SurveyError
from survey.rounds import Round
from survey.ways import KINDS, add_way, close_way, list_ways


def draw_ways(frame: Frame, round_: Round, *, begins: str) -> None:
    """The ways into a round with their addresses, and a form for one more. `begins` as addresses begin."""
    words, kind = frame.words, KINDS[round_.door]
    found = list_ways(frame.installation, round_.id)
    title = words.say(f"ways.title_{kind}")  # keys: ways.title_*
    with st.expander(title, expanded=round_.door == "kiosk", key=f"ways-{round_.id}"):
        st.markdown(words.say(f"ways.about_{kind}"))  # keys: ways.about_*
        for way in found:
            path = f"/e/{round_.id}/v/{way.key}"
            if way.closed:
                st.markdown(escape_markdown(f"{way.name}: {words.say('ways.closed')}"))
                continue
            limit = f" ({words.number(way.most_a_day)})" if way.most_a_day is not None else ""
            draw_links([Link(begins + path, path)], before=f"{way.name}{limit}")
            if st.button(words.say("ways.close"), key=f"close-{way.key}"):
                do(frame, lambda key=way.key: close_way(frame.installation, key, by=frame.viewer))
        draw_form(frame, round_, number=len(found))


def draw_form(frame: Frame, round_: Round, *, number: int) -> None:
    """A place and its limit."""
    words, key = frame.words, f"way-{round_.id}-{number}"
    with st.form(key, border=False):
        name = st.text_input(words.say("ways.name"), key=f"{key}-name", autocomplete="off")
        most = st.text_input(words.say("ways.most"), key=f"{key}-most", autocomplete="off")
        pressed = st.form_submit_button(words.say("ways.add"))
    if pressed:
        do(
            frame,
            lambda: add_way(
                frame.installation,
                round_.id,
                name,
                most_a_day=read_most(most, "way_most_wrong"),
                by=frame.viewer,
            ),
        )


def do(frame: Frame, work: Callable[[], object]) -> None:
    """Do something and draw the page anew; what is wrong is told."""
    try:
        work()
    except SurveyError as wrong:
        draw_problem(frame, frame.words.explain(wrong))
        return
    st.rerun()
