"""How are codes for a round ordered, followed, fetched and reminded of?"""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from pages.shared.links import Link, draw_button_link, draw_links
from survey.errors import SurveyError
from survey.letters.orders import list_orders, order_codes, start_making, throw_away_order
from survey.letters.reading_numbers import read_numbers
from survey.letters.reminding import find_next_list, list_unused
from survey.rounds import Round

FETCH_PATH, REMINDER_PATH = "/brev", "/brev/paminnelse"
LIST = "unused-list"  # in the session: the bytes of a list that was just made, for one press
SECONDS_BETWEEN = 2.0  # how often progress is looked at
MAKING, READY, FETCHING, GONE = "making", "ready", "fetching", "gone"


def draw_codes(frame: Frame, round_: Round) -> None:
    """The orders of a round, the form for a new one, and how to remind; all behind one heading."""
    words = frame.words
    orders = [one for one in list_orders(frame.installation, round_id=round_.id) if one.state != GONE]
    label = words.say("codes.title")
    with st.expander(label, expanded=bool(orders), key=f"codes-{round_.id}"):
        st.markdown(words.say("codes.about"))
        if any(one.state == MAKING for one in orders):
            st.fragment(draw_orders, run_every=SECONDS_BETWEEN)(frame, round_.id)
        else:
            draw_orders(frame, round_.id)
        draw_order_form(frame, round_)
        draw_reminding(frame, round_)


def draw_orders(frame: Frame, round_id: str) -> None:
    """Each order that is not gone: how far it has come, where it is fetched, and throwing it away."""
    words = frame.words
    for order in list_orders(frame.installation, round_id=round_id):
        if order.state == GONE:
            continue
        with st.container(key=f"order-{order.id}", border=True):
            made = words.say("codes.made", made=words.number(order.made), number=words.number(order.number))
            st.progress(order.made / order.number, text=made)
            if order.state == READY:
                st.markdown(words.say("codes.ready"))
                link = Link(words.say("codes.fetch"), f"{FETCH_PATH}/{order.id}")
                draw_button_link(link, primary=True)
            elif order.state == FETCHING:  # one that was killed can be taken up again
                st.markdown(words.say("codes.fetching"))
                draw_links([Link(words.say("codes.fetch"), f"{FETCH_PATH}/{order.id}")])
            if order.state != FETCHING and st.button(words.say("codes.throw"), key=f"throw-{order.id}"):
                throw(frame, order.id)


def throw(frame: Frame, order_id: str) -> None:
    """Throw an order away; somebody else may have been first."""
    try:
        throw_away_order(frame.installation, order_id, by=frame.viewer)
    except SurveyError as wrong:
        draw_problem(frame, frame.words.explain(wrong))
        return
    st.rerun()


def draw_order_form(frame: Frame, round_: Round) -> None:
    """How many codes for which municipalities, a line each."""
    words, key = frame.words, f"order-form-{round_.id}"
    with st.form(key, border=False):
        told = st.text_area(
            words.say("codes.numbers"),
            key=f"{key}-numbers",
            placeholder=words.say("codes.example"),
            height=100,
        )
        st.caption(words.say("codes.numbers_help"))
        pressed = st.form_submit_button(words.say("codes.order"))
    if not pressed:
        return
    try:
        wanted = read_numbers(told, frame.installation.areas)
        order = order_codes(frame.installation, round_.id, wanted, by=frame.viewer)
    except SurveyError as wrong:
        draw_problem(frame, words.explain(wrong))
        return
    start_making(frame.installation, order.id).join(timeout=1.0)  # a small order is ready at once
    st.rerun()


def draw_reminding(frame: Frame, round_: Round) -> None:
    """Anonymous: a letter to everybody. Confidential: the numbers that are unused, once a week."""
    words = frame.words
    st.markdown(escape_markdown(words.say(f"codes.remind_{round_.mode}")))  # keys: codes.remind_*
    if not round_.is_confidential:
        draw_links([Link(words.say("codes.remind"), f"{REMINDER_PATH}/{round_.id}")])
        return
    kept = f"{LIST}-{round_.id}"
    later = find_next_list(frame.installation, round_.id)
    if kept in st.session_state:
        name = f"obesvarade-{round_.id}.csv"
        st.download_button(words.say("codes.save_unused"), st.session_state[kept], name, "text/csv")
    elif later is not None:
        st.markdown(words.say("codes.unused_later", day=words.day(later)))
    elif st.button(words.say("codes.list_unused"), key=f"unused-{round_.id}"):
        try:
            st.session_state[kept] = list_unused(frame.installation, round_.id, by=frame.viewer)
        except SurveyError as wrong:
            draw_problem(frame, words.explain(wrong))
            return
        st.rerun()
