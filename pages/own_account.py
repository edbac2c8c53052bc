"""What somebody sees of their own account: who they are here, their roles, and where they are signed in."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.links import Link, draw_button_link
from survey.people.links import say_moment
from survey.people.people import Own, find_own
from survey.people.sessions import PROVIDER

MOST_SESSIONS = 10


def draw_own_account(frame: Frame) -> None:
    """The account of whoever is signed in; in a demonstration, that there are none."""
    words = frame.words
    if frame.signed_in is None:
        st.markdown(words.say("own.none"))
        return
    own = find_own(frame.installation, viewer=frame.viewer, account=frame.signed_in.account.id)
    lines = [
        words.say("own.name", name=own.holder.name),
        words.say("people.address_is", address=own.holder.address),
    ]
    st.markdown("\n".join(f"* {escape_markdown(line)}" for line in lines))
    draw_held(frame, own)
    draw_ways_in(frame, own)
    draw_sessions(frame, own)


def draw_held(frame: Frame, own: Own) -> None:
    """One's roles, and where to change between them."""
    words = frame.words
    st.header(words.say("people.roles"), anchor=False)
    said = [
        words.say(
            "entry.role_at",
            role=words.say(f"role.{held.assignment.role}"),  # keys: role.*
            place=held.organisation.name,
        )
        for held in own.held
    ]
    st.markdown("\n".join(f"* {escape_markdown(one)}" for one in said))
    if len(own.held) > 1:
        draw_button_link(Link(words.say("entry.roles"), "/konto/roll", "/account"))


def draw_ways_in(frame: Frame, own: Own) -> None:
    """Password and second step; for whoever signs in elsewhere, that they are kept there."""
    words, signed_in = frame.words, frame.signed_in
    st.header(words.say("own.ways_in"), anchor=False)
    if signed_in is not None and signed_in.session.way == PROVIDER:
        st.markdown(words.say("entry.change_elsewhere"))
        return
    if own.account.second is None:
        st.markdown(words.say("own.second_off"))
    else:
        st.markdown(words.count("entry.second_left", own.recovery_codes))
    draw_button_link(Link(words.say("entry.second"), "/konto/tvasteg", "/account"))
    draw_button_link(Link(words.say("entry.change"), "/konto/losenord"))


def draw_sessions(frame: Frame, own: Own) -> None:
    """Where one is signed in, newest first, and the way out everywhere."""
    words = frame.words
    st.header(words.count("own.sessions", len(own.sessions)), anchor=False)
    here = frame.signed_in.session.key if frame.signed_in is not None else b""
    lines: list[str] = []
    for one in own.sessions[:MOST_SESSIONS]:
        facts = {"made": say_moment(one.made, words), "seen": say_moment(one.seen, words)}
        said = words.say("own.session_here" if one.key == here else "own.session", **facts)
        lines.append(f"* {escape_markdown(said)}")
    st.markdown("\n".join(lines))
    draw_button_link(Link(words.say("entry.sign_out"), "/logga-ut"))
