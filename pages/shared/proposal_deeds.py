"""What can a person do to a proposal, and how is it handed in so that nothing that was typed is lost?"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.following_form import MESSAGE, Deed, draw_elsewhere, draw_text, draw_writing, press
from pages.shared.frame import draw_problem
from pages.shared.proposal_feedback import draw_telling
from pages.shared.proposal_form import OfferedPlace, draw_fields, draw_long
from pages.shared.proposal_hint import press_publish
from survey.errors import SurveyError
from survey.people.roles import Permission
from survey.proposals.decide import decide, promise_another_day
from survey.proposals.faults import MOST_IN_REASON
from survey.proposals.feedback import Told
from survey.proposals.permissions import can_act, can_support, is_managers
from survey.proposals.policies import promise_answer
from survey.proposals.quotes import find_quotes
from survey.proposals.states import Event, State, find_step
from survey.proposals.support import find_support, give_support, take_support_back
from survey.proposals.visibility import Proposal
from survey.proposals.writing import (
    put_forward,
    rewrite_proposal,
    take_down,
    withdraw_proposal,
    write_proposal,
)


def draw_new(place: OfferedPlace, known: int) -> None:
    """The form of a new proposal; `known` is how many there are."""
    words = place.frame.words

    def fill(key: str) -> Deed | None:
        with st.form(key + "-form", border=False):
            new = draw_fields(place, key, None, ())
            pressed = press(place, words.say("proposals.form.save"), key)

        def write(_seen: int) -> str:
            write_proposal(
                place.frame.installation,
                new,
                survey=place.survey,
                area=place.area.code,
                by=place.frame.viewer,
            )
            return words.say("proposals.done.write")

        return write if pressed else None

    draw_writing(place, words.say("proposals.form.new"), f"proposal-new-{place.area.code}", known, fill)


def draw_support(place: OfferedPlace, now: Proposal) -> None:
    """How many support it, and a button for whoever may give or take back theirs."""
    words, frame = place.frame.words, place.frame
    support = find_support(frame.installation, [now], viewer=frame.viewer)[now.id]
    st.header(words.say("proposals.support_heading"), anchor=False)
    st.markdown(words.count("proposals.support", support.number))
    if now.state != State.PROPOSED or not can_act(Event.SUPPORT, by=frame.viewer):
        return
    if not can_support(by=frame.viewer):
        st.caption(words.say("error.support_needs_member"))
        return
    label = words.say("proposals.take_back" if support.is_mine else "proposals.give_support")
    if st.button(label, key="support"):
        act = take_support_back if support.is_mine else give_support
        try:
            act(frame.installation, now.id, by=frame.viewer)
        except SurveyError as wrong:
            draw_problem(frame, words.explain(wrong))
            return
        st.session_state[MESSAGE] = words.say(
            "proposals.done.take_back" if support.is_mine else "proposals.done.support"
        )
        st.rerun()


def draw_deeds(place: OfferedPlace, now: Proposal, told: Told | None) -> None:
    """The forms of everything that this person may do to the proposal now."""
    offers: dict[Event, Callable[[], None]] = {
        Event.WRITE: lambda: draw_rewriting(place, now),
        Event.PROPOSE: lambda: draw_putting_forward(place, now),
        Event.ACCEPT: lambda: draw_reasoned(place, now, Event.ACCEPT),
        Event.DECLINE: lambda: draw_reasoned(place, now, Event.DECLINE),
        Event.PROMISE: lambda: draw_promising(place, now),
        Event.TELL: lambda: draw_telling(place, now, told),
        Event.WITHDRAW: lambda: draw_reasoned(place, now, Event.WITHDRAW),
        Event.TAKE_DOWN: lambda: draw_reasoned(place, now, Event.TAKE_DOWN),
    }
    draw_elsewhere(place, Permission.DECIDE_PROPOSALS)
    for event, draw in offers.items():
        is_offered = can_act(event, by=place.frame.viewer) and (place.is_reached or not is_managers(event))
        if is_offered and (find_step(now.state, event) is not None or was_opened(now, event)):
            draw()


def was_opened(now: Proposal, event: Event) -> bool:
    """Whether somebody fills in a form: it stays when another is first, so that nothing typed is lost."""
    return f"proposal-{event}-{now.id}-opened" in st.session_state


def draw_form(place: OfferedPlace, now: Proposal, event: Event, fill: Callable[[str], Deed | None]) -> None:
    """The form of an event, which keeps the version that was read."""
    label = place.frame.words.say(f"proposals.form.{event}")  # keys: proposals.form.*
    draw_writing(place, label, f"proposal-{event}-{now.id}", now.version, fill)


def draw_rewriting(place: OfferedPlace, now: Proposal) -> None:
    """The draft to write anew."""
    frame = place.frame
    quotes = tuple(one.id for one in find_quotes(frame.installation, [now])[now.id])

    def fill(key: str) -> Deed | None:
        with st.form(key + "-form", border=False):
            new = draw_fields(place, key, now, quotes)
            pressed = press(place, frame.words.say("proposals.form.save"), key)

        def write(seen: int) -> str:
            rewrite_proposal(frame.installation, now, new, based_on=seen, by=frame.viewer)
            return frame.words.say("proposals.done.write")

        return write if pressed else None

    draw_form(place, now, Event.WRITE, fill)


def draw_putting_forward(place: OfferedPlace, now: Proposal) -> None:
    """A button with what comes of it."""
    frame = place.frame

    def fill(key: str) -> Deed | None:
        day = frame.words.day(promise_answer(frame.installation.today()))
        with st.form(key + "-form", border=False):
            st.markdown(escape_markdown(frame.words.say("proposals.form.propose_about", day=day)))
            pressed = press(place, frame.words.say("proposals.form.propose"), key)

        def propose(seen: int) -> str:
            put_forward(frame.installation, now.id, based_on=seen, by=frame.viewer)
            return frame.words.say("proposals.done.propose")

        return propose if pressed else None

    draw_form(place, now, Event.PROPOSE, fill)


def draw_reasoned(place: OfferedPlace, now: Proposal, event: Event) -> None:
    """What is done with a reason: accepting, declining, withdrawing, taking down."""
    frame, words = place.frame, place.frame.words

    def fill(key: str) -> Deed | None:
        with st.form(key + "-form", border=False):
            st.caption(words.say(f"proposals.form.{event}_about"))  # keys: proposals.form.*
            most = words.number(MOST_IN_REASON)
            reason = draw_long(words.say("proposals.form.reason", most=most), f"{key}-reason")
            label = words.say(f"proposals.form.{event}")  # keys: proposals.form.*
            is_public = event in (Event.ACCEPT, Event.DECLINE)
            pressed = press_publish(place, label, key, [reason]) if is_public else press(place, label, key)

        def act(seen: int) -> str:
            known = {"reason": reason, "based_on": seen, "by": frame.viewer}
            do_reasoned(place, now, event, known)
            return words.say(f"proposals.done.{event}")  # keys: proposals.done.*

        return act if pressed else None

    draw_form(place, now, event, fill)


def do_reasoned(place: OfferedPlace, now: Proposal, event: Event, known: dict[str, object]) -> None:
    """Do what the form was for."""
    installation = place.frame.installation
    if event is Event.WITHDRAW:
        withdraw_proposal(installation, now.id, **known)  # type: ignore[arg-type]
    elif event is Event.TAKE_DOWN:
        take_down(installation, now.id, **known)  # type: ignore[arg-type]
    else:
        decide(installation, now.id, event, **known)  # type: ignore[arg-type]


def draw_promising(place: OfferedPlace, now: Proposal) -> None:
    """Another day by which an answer is promised, and why."""
    frame, words = place.frame, place.frame.words

    def fill(key: str) -> Deed | None:
        with st.form(key + "-form", border=False):
            day = draw_text(words.say("proposals.form.day"), f"{key}-day", str(now.answer_by or ""))
            most = words.number(MOST_IN_REASON)
            reason = draw_long(words.say("proposals.form.reason", most=most), f"{key}-reason")
            pressed = press(place, words.say("proposals.form.promise_save"), key)

        def promise(seen: int) -> str:
            promise_another_day(
                frame.installation, now.id, day=day, reason=reason, based_on=seen, by=frame.viewer
            )
            return words.say("proposals.done.promise")

        return promise if pressed else None

    draw_form(place, now, Event.PROMISE, fill)
