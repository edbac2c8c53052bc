"""Which rounds the panel has, and what a person can do in each."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.links import Link, draw_links
from pages.shared.rating_open import draw_opening
from pages.shared.rating_place import ADDRESS, draw_way
from survey.demo.panel_rounds import MEMBERS
from survey.panel_rounds.answer import find_walk
from survey.panel_rounds.find import PanelRound, find_open_wave, list_panel_rounds
from survey.panel_rounds.permissions import can_rate, can_run_rounds
from survey.panel_rounds.results import list_closed_waves
from survey.people.roles import Role

OFFERED = 3  # made-up members that a demonstration lets people be


def draw_list(frame: Frame) -> None:
    """What a round is, the rounds with the newest first, and for coordinators the form of a new one."""
    words = frame.words
    is_member = frame.viewer.role is Role.PANEL_MEMBER
    st.markdown(words.say("ratings.lead_member" if is_member else "ratings.lead"))
    if is_member and not can_rate(by=frame.viewer):
        draw_who_are_you(frame)
    found = list_panel_rounds(frame.installation, viewer=frame.viewer)
    if not found:
        st.markdown(words.say("ratings.none"))
    for one in found:
        with st.container(border=True, key=f"panel-round-{one.id}"):
            draw_card(frame, one)
    if can_run_rounds(by=frame.viewer):
        draw_opening(frame, len(found))


def draw_who_are_you(frame: Frame) -> None:
    """That answers belong to one member; a demonstration lets people be one."""
    words = frame.words
    st.markdown(words.say("error.panel_member_unknown"))
    if frame.installation.is_demo:
        links = [
            Link(
                words.say("ratings.be_member", number=words.number(number)),
                f"/roll/{Role.PANEL_MEMBER}",
                f"/{ADDRESS}",
                query={"person": member},
            )
            for number, member in enumerate(MEMBERS[:OFFERED], start=1)
        ]
        draw_links(links, before=words.say("ratings.be_one"))


def draw_card(frame: Frame, found: PanelRound) -> None:
    """One round: how far it has come, and the way into it."""
    st.header(escape_markdown(found.title), anchor=False)
    st.markdown(escape_markdown(tell_state(frame, found)))
    draw_way(say_way_in(frame, found), f"to-{found.id}", found.id)


def tell_state(frame: Frame, found: PanelRound) -> str:
    """How far a round has come, in a sentence."""
    words = frame.words
    said = words.say(f"ratings.state.{found.state}", day=words.day(found.changed))  # keys: ratings.state.*
    if find_open_wave(found):
        said += " " + words.say("ratings.answer_by", day=words.day(found.answer_by))
    return said


def say_way_in(frame: Frame, found: PanelRound) -> str:
    """What the link to a round says: what is to be done there."""
    words = frame.words
    if can_rate(by=frame.viewer) and find_open_wave(found):
        walk = find_walk(frame.installation, found.id, by=frame.viewer)
        if walk.own.sent:
            return words.say("ratings.see_sent")
        return words.say("ratings.go_on" if walk.has_begun else "ratings.begin_look")
    if can_run_rounds(by=frame.viewer):
        return words.say("ratings.run")
    return words.say("ratings.see_results" if list_closed_waves(found) else "ratings.see")
