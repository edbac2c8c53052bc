"""One agreement about a file for research: what was agreed, what came of it, and what can be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from pages.shared.links import Link, draw_button_link
from pages.shared.people_form import MESSAGE, press, see_version
from survey.errors import SurveyError
from survey.following.faults import FollowingError
from survey.people.permissions import can_do
from survey.research.agreements import Agreement, decide, end_agreement, read_told
from survey.research.fetching import is_there
from survey.research.making import make_file
from survey.research.routes import PATH
from survey.research.states import Event, find_step


def draw_agreement(frame: Frame, one: Agreement) -> None:
    """An agreement with its ways on."""
    words, key = frame.words, f"research-{one.id}"
    seen = see_version(f"{key}-seen", one.version)
    with st.container(key=key, border=True, gap="small"):
        st.subheader(
            escape_markdown(words.say(f"research.state.{one.state}")), anchor=False
        )  # keys: research.state.*
        st.markdown("\n".join(f"* {escape_markdown(line)}" for line in list_lines(frame, one)))
        told = st.container()
        if is_there(frame.installation, one) and one.asked_by == frame.viewer.name:
            draw_button_link(Link(words.say("research.to_fetch"), f"{PATH}/{one.id}"), primary=True)
        draw_making(frame, one, seen, told)
        draw_deciding(frame, one, seen, told)
        draw_ending(frame, one, seen, told)


def list_lines(frame: Frame, one: Agreement) -> Iterator[str]:
    """What was agreed, and what came of it, a line for each thing."""
    words = frame.words
    yield words.say(
        "research.line.survey", survey=one.survey, format=words.say(f"research.format.{one.format}")
    )
    yield words.say("research.line.purpose", purpose=one.purpose)
    yield words.say("research.line.approval", approval=one.approval, principal=one.principal)
    yield words.say("research.line.people", people=one.people)
    yield words.say("research.line.asked", day=words.day(one.asked), until=words.day(one.until))
    if one.decided is not None:
        yield words.say("research.line.decided", day=words.day(one.decided))
    if one.reason:
        yield words.say("research.line.reason", reason=one.reason)
    if one.made is not None:
        yield words.say("research.line.made", day=words.day(one.made), **say_told(frame, read_told(one)))
    if one.kept_until is not None:
        yield words.say("research.line.kept", day=words.day(one.kept_until))
    if one.fetched is not None:
        yield words.say("research.line.fetched", day=words.day(one.fetched))
    if one.ended is not None:
        yield words.say("research.line.ended", day=words.day(one.ended))


def say_told(frame: Frame, told: Mapping[str, object]) -> dict[str, str]:
    """What is told of a file that was made, as its reader's language writes numbers."""
    numbers = {name: frame.words.number(int(str(told[name]))) for name in ("people", "left_out", "k")}
    return numbers | {"alike": frame.words.number(float(str(told["alike"])), 2)}


def may(frame: Frame, one: Agreement, event: Event) -> bool:
    """Whether the reader may do this to the agreement as it is now."""
    step = find_step(one.state, event)
    return step is not None and any(can_do(permission, by=frame.viewer) for permission in step.who)


def draw_making(frame: Frame, one: Agreement, seen: int, told: DeltaGenerator) -> None:
    """The button that makes the file; for its researcher."""
    if not may(frame, one, Event.MAKE):
        return
    with st.form(f"research-{one.id}-make", border=False):
        pressed = press(frame.words.say("research.make"), f"research-{one.id}-make", primary=one.made is None)
    if pressed:
        with st.spinner(frame.words.say("research.making")):
            do(
                frame,
                lambda: make_file(frame.installation, one.id, based_on=seen, by=frame.viewer),
                "make",
                told,
            )


def draw_deciding(frame: Frame, one: Agreement, seen: int, told: DeltaGenerator) -> None:
    """The form in which a request is approved or declined, with a reason."""
    if not may(frame, one, Event.APPROVE):
        return
    key = f"research-{one.id}-decide"
    words = frame.words
    with st.expander(words.say("research.terms_title"), key=f"{key}-terms"):
        st.markdown(escape_markdown(one.terms).replace("\n", "  \n"))
    with st.form(key, border=False):
        st.markdown(words.say("research.decide_about"))
        reason = st.text_area(words.say("research.reason"), key=f"{key}-reason")
        approved = press(words.say("research.approve"), f"{key}-yes")
        declined = press(words.say("research.decline"), f"{key}-no", primary=False)
    for pressed, event in ((approved, Event.APPROVE), (declined, Event.DECLINE)):
        if pressed:
            do(
                frame,
                lambda event=event: decide(
                    frame.installation, one.id, event, reason=reason, based_on=seen, by=frame.viewer
                ),
                event.value,
                told,
            )


def draw_ending(frame: Frame, one: Agreement, seen: int, told: DeltaGenerator) -> None:
    """The way to end an agreement, which removes its file."""
    if not may(frame, one, Event.END):
        return
    words, key = frame.words, f"research-{one.id}-end"
    with st.popover(words.say("research.end"), key=f"{key}-open"), st.form(key, border=False):
        st.markdown(words.say("research.end_about"))
        reason = st.text_area(words.say("research.reason"), key=f"{key}-reason")
        pressed = press(words.say("research.end"), key)
    if pressed:
        do(
            frame,
            lambda: end_agreement(frame.installation, one.id, reason=reason, based_on=seen, by=frame.viewer),
            "end",
            told,
        )


def do(frame: Frame, deed: Callable[[], object], done: str, told: DeltaGenerator) -> None:
    """Do something and draw the page anew; what is wrong is told in its place, and what was typed stays."""
    try:
        deed()
    except SurveyError as wrong:
        faults = wrong.faults if isinstance(wrong, FollowingError) else (wrong,)
        with told:
            draw_problem(frame, " ".join(dict.fromkeys(frame.words.explain(one) for one in faults)))
        return
    st.session_state[MESSAGE] = frame.words.say(f"research.done.{done}")  # keys: research.done.*
    st.rerun()
