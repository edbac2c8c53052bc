"""How a survey that can be answered is offered."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_heading
from pages.shared.links import Link, draw_button_link, draw_links
from pages.shared.place import PART, ROUND
from survey.definition.model import Definition
from survey.installation import find_definition
from survey.language import pick_text
from survey.rounds import Round

CODE_PATH = "/e/kod"


def draw_rounds_to_answer(frame: Frame, rounds: Sequence[Round]) -> None:
    """The surveys there are, each with its way in; a sentence when there are none."""
    if not rounds:
        st.markdown(frame.words.say("answer.no_surveys"))
    for round_ in rounds:
        draw_round(frame, round_)


def draw_round(frame: Frame, round_: Round) -> None:
    """One survey: the plain form first, for it works on any phone; the app beside it."""
    words = frame.words
    with st.container(key=f"round-{round_.id}", border=True):
        st.header(escape_markdown(round_.title), anchor=False)
        st.markdown(words.say("answer.open_until", day=words.day(round_.closes)))
        if round_.door == "coded":
            st.markdown(escape_markdown(words.say(f"answer.about_{round_.mode}")))  # keys: answer.about_*
            draw_button_link(Link(words.say("answer.code_title"), CODE_PATH), primary=True)
        elif round_.door == "panel":
            frame.link_to("answer", words.say("answer.begin"), **{ROUND: round_.id})
        else:
            draw_button_link(Link(words.say("answer.begin"), f"/e/{round_.id}"), primary=True)
            frame.link_to("answer", words.say("answer.in_app"), **{ROUND: round_.id})


def draw_begin(frame: Frame, round_: Round, *, begun: bool) -> None:
    """What the survey is about, why a cookie is needed, and the door."""
    definition = find_definition(frame.installation, round_.survey, round_.version)
    words = frame.words
    frame.spot.extend((round_.id, "begin"))
    draw_heading(frame, pick_text(definition.title, frame.language))
    st.markdown(escape_markdown(pick_text(definition.intro, frame.language)))
    if definition.min_age:
        st.markdown(words.say("answer.min_age", age=words.number(definition.min_age)))
    if begun:
        st.markdown(words.say("answer.continue_about"))
        frame.link_to("answer", words.say("answer.continue"), **{ROUND: round_.id, PART: "1"})
    elif round_.door == "coded":
        st.markdown(escape_markdown(words.say(f"answer.about_{round_.mode}")))  # keys: answer.about_*
        draw_button_link(Link(words.say("answer.code_title"), CODE_PATH), primary=True)
    else:
        draw_doors(frame, round_, definition)
        st.markdown(words.say("answer.begin_why"))
    draw_links([Link(words.say("answer.about_title"), f"/e/{round_.id}/om")])


def draw_doors(frame: Frame, round_: Round, definition: Definition) -> None:
    """One button for each form that the round lets people choose; its address sets the cookie."""
    words, minutes = frame.words, definition.minutes
    path = f"/e/{round_.id}/app"
    if round_.forms != "short":
        label = words.say("answer.begin_full", minutes=words.number(minutes.full))
        draw_button_link(Link(label, path, query={"form": "full"}), primary=True)
    if round_.forms != "full" and minutes.short is not None:
        label = words.say("answer.begin_short", minutes=words.number(minutes.short))
        draw_button_link(Link(label, path, query={"form": "short"}), primary=round_.forms == "short")
