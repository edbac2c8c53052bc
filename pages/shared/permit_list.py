"""Which permits have other programs, and how is one made or taken back?"""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.people_form import do, press
from pages.shared.program_secret import hand_over
from survey.api.permits import (
    DAYS,
    Figures,
    NewPermit,
    Permit,
    end_permit,
    is_over,
    list_permits,
    make_permit,
)

KEY = "permit-new"


def draw_permits(frame: Frame) -> None:
    """The form for a new one, and the list."""
    words, known = frame.words, list_permits(frame.installation, viewer=frame.viewer)
    st.header(words.say("permits.title"), anchor=False)
    st.markdown(words.say("permits.about", threshold=frame.installation.settings.threshold_signed_in))
    with st.expander(words.say("permits.new"), key=f"{KEY}-fold"):
        told = st.container()
        new = draw_form(frame, key=f"{KEY}-{len(known)}")
        if new is not None:
            with told:
                do(
                    frame,
                    lambda: hand_over(make_permit(frame.installation, new, by=frame.viewer).token),
                    words.say("permits.done.made"),
                )
    if not known:
        st.markdown(words.say("permits.none"))
    for one in known:
        draw_one(frame, one)


def draw_form(frame: Frame, *, key: str) -> NewPermit | None:
    """The form; what was written when it was handed in, else None."""
    words = frame.words
    with st.form(key, border=False):
        name = st.text_input(words.say("permits.name"), key=f"{key}-name", autocomplete="off")
        figures = st.radio(
            words.say("permits.figures"),
            list(Figures),
            format_func=lambda one: words.say(f"permits.figures.{one}"),  # keys: permits.figures.*
            key=f"{key}-figures",
        )
        days = st.selectbox(
            words.say("permits.days"),
            list(DAYS),
            1,
            format_func=lambda one: words.count("permits.days_n", one),
            key=f"{key}-days",
        )
        pressed = press(words.say("permits.make"), key)
    return NewPermit(name, figures, days) if pressed else None


def draw_one(frame: Frame, one: Permit) -> None:
    """A permit: what it is for, until when, used when, and the way to take it back by two presses."""
    words = frame.words
    with st.container(key=f"permit-{one.id}", border=True, gap="small"):
        st.markdown(f"**{escape_markdown(one.name)}**  \n{escape_markdown(say_about(frame, one))}")
        with st.popover(escape_markdown(words.say("permits.end", name=one.name)), key=f"permit-{one.id}-end"):
            told = st.container()
            st.markdown(words.say("permits.end_about"))
            if st.button(words.say("permits.end_sure"), key=f"permit-{one.id}-sure"):
                with told:
                    do(
                        frame,
                        lambda: end_permit(frame.installation, one.id, by=frame.viewer),
                        words.say("permits.done.ended"),
                    )


def say_about(frame: Frame, one: Permit) -> str:
    words = frame.words
    ends = "permits.over" if is_over(one, frame.installation.today()) else "permits.until"
    used = (
        words.say("permits.never_used")
        if one.last_month is None
        else words.say("permits.used", month=words.month(one.last_month))
    )
    return " ".join(
        (
            words.say(f"permits.sees.{one.figures}"),  # keys: permits.sees.*
            words.say(ends, day=words.day(one.expires)),  # keys: permits.over, permits.until
            used,
        )
    )
