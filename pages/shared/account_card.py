"""What does an administrator see of one account, and what can be done to it?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from pages.shared.people_form import do, draw_place, draw_role, hand_over, press, see_version
from survey.errors import SurveyError
from survey.people.accounts import invite_again
from survey.people.assignments import NewAssignment, assign_role, end_assignment
from survey.people.ending import close_account, forget_account, sign_out_everywhere, take_second_step
from survey.people.organisations import Organisation
from survey.people.people import Held, Seen
from survey.people.states import Event, State, find_step

LETTERS = ("waiting", "sent", "refused")  # how an invitation's letter may have gone


def draw_account(frame: Frame, one: Seen, places: Sequence[Organisation], *, is_own_doing: bool) -> None:
    """Who it is, how it stands, its roles, and the ways to change it.

    That somebody else has changed it is told also where what was pressed is not there any more.
    """
    seen = see_version(f"people-seen-{one.account.id}", one.account.version)
    if seen != one.account.version and not is_own_doing:
        draw_problem(frame, frame.words.explain(SurveyError("people_changed_meanwhile")))
    st.markdown("\n".join(f"* {escape_markdown(line)}" for line in list_facts(frame, one)))
    draw_roles(frame, one)
    if one.account.state != State.CLOSED:
        draw_new_role(frame, one, places)
    st.header(frame.words.say("people.access"), anchor=False)
    draw_deeds(frame, one, seen)


def list_facts(frame: Frame, one: Seen) -> list[str]:
    """What is known of an account, a line each."""
    words, account = frame.words, one.account
    lines = [
        words.say(f"people.state.{account.state}"),  # keys: people.state.*
        words.say("people.address_is", address=one.holder.address),
        words.say("people.since", day=words.day(account.created.date())),
    ]
    if account.state == State.INVITED and one.letter in LETTERS:
        lines.append(words.say(f"people.letter.{one.letter}"))  # keys: people.letter.*
    if account.state == State.ACTIVE:
        lines.append(words.say("people.second_on" if account.second else "people.second_off"))
        lines.append(words.count("people.signed_in", one.sessions))
    if account.member is not None:
        lines.append(words.say("people.is_member"))
    return lines


def draw_roles(frame: Frame, one: Seen) -> None:
    """The roles, each with a way to take it back, by two presses."""
    words = frame.words
    st.header(words.say("people.roles"), anchor=False)
    if not one.held:
        st.markdown(words.say("people.no_role"))
    for held in one.held:
        with st.container(key=f"held-{held.assignment.id}", border=True, gap="small"):
            st.markdown(escape_markdown(say_role(frame, held)))
            draw_twice(
                frame,
                words.say("people.do.take_back"),
                words.say("people.take_back_about"),
                lambda held=held: end_assignment(frame.installation, held.assignment.id, by=frame.viewer),
                words.say("people.done.take_back"),
                key=f"back-{held.assignment.id}",
            )


def say_role(frame: Frame, held: Held) -> str:
    words = frame.words
    role = words.say(f"role.{held.assignment.role}")  # keys: role.*
    said = words.say("entry.role_at", role=role, place=held.organisation.name)
    return f"{said} ({words.say('people.provided')})" if held.assignment.provided else said


def draw_new_role(frame: Frame, one: Seen, places: Sequence[Organisation]) -> None:
    """The form for one more role."""
    words, key = frame.words, f"role-{one.account.id}"
    with st.expander(words.say("people.give"), key=f"{key}-fold"):
        told = st.container()
        with st.form(key, border=False):
            new = NewAssignment(draw_role(frame, key), draw_place(frame, places, key))
            pressed = press(words.say("people.do.give"), key)
        if pressed:
            with told:
                do(
                    frame,
                    lambda: assign_role(frame.installation, one.account.id, new, by=frame.viewer),
                    words.say("people.done.give"),
                )


def draw_deeds(frame: Frame, one: Seen, seen: int) -> None:
    """A new link, out everywhere, no second step, closed: each by two presses."""
    installation, account, by = frame.installation, one.account, frame.viewer
    versioned = {"based_on": seen, "by": by}

    def link() -> None:
        hand_over(frame, invite_again(installation, account.id, by=by).token)

    deeds: list[tuple[str, Callable[[], object]]] = [
        ("link_again" if account.state == State.ACTIVE else "invite_again", link)
    ]
    if one.sessions:
        deeds.append(("sign_out", lambda: sign_out_everywhere(installation, account.id, by=by)))
    if account.second is not None:
        deeds.append(("take_second", lambda: take_second_step(installation, account.id, **versioned)))
    if find_step(account.state, Event.FORGET) is not None:
        deeds.append(("forget", lambda: forget_account(installation, account.id, **versioned)))
    if find_step(account.state, Event.CLOSE) is not None:
        deeds.append(("close", lambda: close_account(installation, account.id, **versioned)))
    for name, deed in deeds:
        draw_twice(
            frame,
            frame.words.say(f"people.do.{name}"),  # keys: people.do.*
            frame.words.say(f"people.{name}_about"),  # keys: people.*_about
            deed,
            frame.words.say(f"people.done.{name}"),  # keys: people.done.*
            key=f"{name}-{account.id}",
        )


def draw_twice(
    frame: Frame, label: str, about: str, deed: Callable[[], object], done: str, *, key: str
) -> None:
    """Something that is done by two presses, the second of which says what happens."""
    with st.popover(escape_markdown(label), key=f"people-{key}"):
        st.markdown(about)
        if st.button(escape_markdown(label), key=f"people-{key}-press"):
            do(frame, deed, done)
