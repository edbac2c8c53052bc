"""How a person takes back what they sent, with the words of the receipt."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.answering.erase import Erased, erase_answers

DONE = "erased"  # how many were erased, for the one run after; never the words


def draw_withdraw(frame: Frame) -> None:
    """The form, and after it that the answers are gone."""
    erased = st.session_state.pop(DONE, None)
    if isinstance(erased, Erased):
        draw_erased(frame)
        return
    words = frame.words
    st.markdown(words.say("answer.withdraw_about"))
    with st.form("withdraw", border=False):
        typed = st.text_input(words.say("answer.withdraw_label"), key="receipt-words", autocomplete="off")
        pressed = st.form_submit_button(words.say("answer.withdraw_button"), type="primary")
    if pressed:
        st.session_state[DONE] = erase_answers(frame.installation, typed)
        st.rerun()


def draw_erased(frame: Frame) -> None:
    frame.spot.append(DONE)
    st.success(escape_markdown(frame.words.say("answer.withdrawn")))
    frame.link_to("trends", frame.words.say("answer.results"))
