"""How does the keying of forms on paper go, how alike is it, and how many are keyed twice?"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from analysis.keying import ENOUGH, LEAST_FIELDS, KeyedAlike
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_done, draw_problem
from pages.shared.links import Link, draw_button_link
from survey.errors import SurveyError
from survey.keying.alike import AlikeInRound, find_alike
from survey.keying.batches import Batch, find_batch, list_paper_rounds
from survey.keying.sampling import find_share, set_share
from survey.people.permissions import can_do
from survey.people.roles import Permission
from survey.rounds import Round

DESK = "/inmatning"


def draw_keying(frame: Frame) -> None:
    """Each round that paper comes into, with the way to its desk."""
    words = frame.words
    st.markdown(words.say("keying.about"))
    rounds = list_paper_rounds(frame.installation, viewer=frame.viewer)
    if not rounds:
        st.markdown(words.say("keying.no_rounds"))
    for round_ in rounds:
        with st.container(key=f"keying-{round_.id}", border=True):
            draw_round(frame, round_)


def draw_round(frame: Frame, round_: Round) -> None:
    """How many are keyed and wait, and how alike they were."""
    words = frame.words
    st.header(escape_markdown(round_.title), anchor=False)
    draw_button_link(Link(words.say("keying.to_desk"), f"{DESK}/{round_.id}"), primary=True)
    batch = find_batch(frame.installation, round_, viewer=frame.viewer)
    draw_lines(list_numbers(frame, batch))
    draw_alike(frame, round_, find_alike(frame.installation, round_, viewer=frame.viewer))
    if can_do(Permission.LEAD_KEYING, by=frame.viewer):
        draw_share_form(frame, round_)


def draw_lines(said: Iterable[str]) -> None:
    st.markdown("\n".join(f"* {escape_markdown(one)}" for one in said))


def list_numbers(frame: Frame, batch: Batch) -> list[str]:
    words = frame.words
    return [
        words.count("keying.whole", batch.whole),
        words.say("keying.today", own=words.number(batch.own_today), all=words.number(batch.today)),
        words.count("keying.waiting", batch.waiting, own=words.number(batch.waiting_for_me)),
        words.count("keying.differing", batch.differing),
    ]


def draw_alike(frame: Frame, round_: Round, found: AlikeInRound) -> None:
    """The share of equal fields with its interval; a warning under the limit; tables for who leads."""
    words = frame.words
    st.markdown(f"**{escape_markdown(words.say('keying.alike_title'))}**")
    if found.whole is None:
        st.markdown(words.say("keying.alike_few", least=words.number(LEAST_FIELDS)))
        return
    if not found.whole.is_enough:
        limit = words.number(100 * ENOUGH)
        st.warning(escape_markdown(words.say("keying.alike_warning", limit=limit)))
    said = [words.count("keying.alike_forms", found.forms), say_alike(frame, found.whole)]
    if found.own is not None:
        said.append(words.say("keying.alike_own", told=say_alike(frame, found.own)))
    draw_lines(said)
    if found.questions:
        draw_tables(frame, round_, found)


def say_alike(frame: Frame, alike: KeyedAlike) -> str:
    """A share of fields with its interval, in words."""
    words = frame.words
    return words.say(
        "keying.alike",
        share=words.number(100 * alike.share, 1),
        low=words.number(100 * alike.low, 1),
        high=words.number(100 * alike.high, 1),
        n=words.number(alike.compared),
    )


def draw_tables(frame: Frame, round_: Round, found: AlikeInRound) -> None:
    """By question, those that differ most first, and by keyer without names."""
    words = frame.words
    with st.expander(words.say("keying.tables"), key=f"alike-{round_.id}"):
        rows = [
            {
                words.say("keying.column_question"): name,
                words.say("keying.column_compared"): words.number(compared),
                words.say("keying.column_differ"): words.number(compared - alike),
            }
            for name, compared, alike in found.questions
        ]
        st.table(rows)
        few = words.say("keying.few")
        st.table(
            [
                {
                    words.say("keying.column_keyer"): letter,
                    words.say("keying.column_alike"): few if alike is None else say_alike(frame, alike),
                }
                for letter, alike in found.keyers
            ]
        )
        st.caption(words.say("keying.tables_about"))


def draw_share_form(frame: Frame, round_: Round) -> None:
    """How many are keyed twice."""
    words, key = frame.words, f"share-{round_.id}"
    with st.form(key, border=False):
        percent = st.number_input(
            words.say("keying.share"),
            min_value=0,
            max_value=100,
            value=find_share(frame.installation, round_.id),
            key=f"{key}-percent",
        )
        st.caption(words.say("keying.share_about"))
        pressed = st.form_submit_button(words.say("keying.set_share"))
    if not pressed:
        return
    try:
        set_share(frame.installation, round_.id, int(percent), by=frame.viewer)
    except SurveyError as wrong:
        draw_problem(frame, words.explain(wrong))
        return
    draw_done(frame, words.say("keying.share_set", percent=words.number(int(percent))))
