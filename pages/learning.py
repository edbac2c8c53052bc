"""What is learnt from the panel's coding, how good it is, and what is in force."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.text.learning import LEAST_CODES
from analysis.text.learning_accuracy import Share
from pages.shared.comment_sentences import name_theme
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from pages.shared.theme_figures import draw_rows
from survey.comments.learning import (
    MOST_REASON,
    Judged,
    Learning,
    Learnt,
    find_learning,
    put_in_force,
    train_model,
)
from survey.comments.reading import read_comments
from survey.errors import SurveyError
from survey.insight.choice import RESIDENTS_SURVEY
from survey.installation import SWEDEN
from survey.language import Words

DECIMALS = 2
PERCENT = 100
LEXICON = 0  # in the list of what can be put in force: the lexicon alone
ACCURACIES = ("lexicon", "model")


def draw_learning(frame: Frame) -> None:
    """What is coded, the newest model beside the lexicon, what is in force, and what waits to be read."""
    words = frame.words
    found = find_learning(frame.installation, by=frame.viewer)
    st.markdown(words.say("learning.lead", least=words.number(LEAST_CODES)))
    draw_in_force(frame, found)
    draw_unread(frame, found)
    draw_coded(frame, found)
    if found.models:
        draw_model(frame, found.models[0])
        draw_choice(frame, found)
        draw_choices(frame, found)


def draw_in_force(frame: Frame, found: Learning) -> None:
    """What suggests themes now."""
    st.markdown(
        f"**{escape_markdown(frame.words.say('learning.now', what=name(frame.words, found.in_force)))}**"
    )


def name(words: Words, number: int | None) -> str:
    """A model by its number, or the lexicon alone."""
    if not number:
        return words.say("learning.lexicon")
    return words.say("learning.model", number=words.number(number))


def draw_unread(frame: Frame, found: Learning) -> None:
    """How many comments wait to be read with what is in force, and a button to read them now."""
    words = frame.words
    if not found.unread:
        return
    st.markdown(words.count("learning.unread", found.unread))
    if st.button(words.say("learning.read_now"), key="read-now"):
        bar = st.progress(0.0, words.say("learning.reading"))
        read_comments(frame.installation, tell=lambda done, of: bar.progress(done / of))
        st.rerun()


def draw_coded(frame: Frame, found: Learning) -> None:
    """How many codings there are of each theme, and the button to learn from them."""
    words = frame.words
    st.header(words.say("learning.coded"), anchor=False)
    st.markdown(words.count("coding.done", found.codings))
    heads = (words.say("comments.theme"), words.say("learning.codes"), words.say("learning.enough"))
    rows = [
        (
            name_theme(words, theme),
            words.number(number),
            words.say("learning.yes" if number >= LEAST_CODES else "learning.no"),
        )
        for theme, number in found.coded.items()
    ]
    draw_rows([heads, *rows], alt=words.say("learning.coded"))
    if st.button(words.say("learning.train"), key="train", type="primary"):
        try:
            with st.spinner(words.say("learning.training")):
                train_model(frame.installation, survey=RESIDENTS_SURVEY, by=frame.viewer)
        except SurveyError as wrong:
            draw_problem(frame, words.explain(wrong))
            return
        st.rerun()


def draw_model(frame: Frame, learnt: Learnt) -> None:
    """The newest model on comments that it had not seen, theme by theme beside the lexicon."""
    words = frame.words
    st.header(name(words, learnt.number), anchor=False)
    day = words.day(learnt.made.astimezone(SWEDEN).date())
    coded, held_out = words.number(learnt.coded), words.number(learnt.held_out)
    st.markdown(escape_markdown(words.say("learning.made", day=day, coded=coded, held_out=held_out)))
    verdict = words.say(f"learning.verdict.{learnt.verdict}")  # keys: learning.verdict.*
    if learnt.macro_f1 is not None and learnt.lexicon_macro_f1 is not None:
        model, lexicon = (words.number(one, DECIMALS) for one in (learnt.macro_f1, learnt.lexicon_macro_f1))
        told = words.say("learning.overall", verdict=verdict, model=model, lexicon=lexicon)
        st.markdown(f"**{escape_markdown(told)}**")
    draw_rows(make_rows(words, learnt.themes), alt=words.say("learning.alt"))
    st.caption(escape_markdown(words.say("learning.about")))


def make_rows(words: Words, judged: Sequence[Judged]) -> list[tuple[str, ...]]:
    """A row for each theme: recall and precision of both, and the verdict."""
    heads = ("comments.theme", "learning.recall_lexicon", "learning.recall_model")
    more = ("learning.precision_lexicon", "learning.precision_model", "learning.says")
    rows = [tuple(map(words.say, (*heads, *more)))]  # keys: learning.*, comments.theme
    for one in judged:
        shares = (one.lexicon.recall, one.model.recall, one.lexicon.precision, one.model.precision)
        basis = words.say(f"learning.basis.{one.basis}")  # keys: learning.basis.*
        verdict = words.say(f"learning.verdict.{one.verdict}")  # keys: learning.verdict.*
        told = verdict if one.basis == "learnt" else basis
        rows.append((name_theme(words, one.theme), *(tell_share(words, share) for share in shares), told))
    return rows


def tell_share(words: Words, share: Share | None) -> str:
    """A share in per cent with its interval; that there is none."""
    if share is None:
        return words.say("learning.not_there")
    middle, low, high = (words.number(PERCENT * one) for one in (share.share, share.low, share.high))
    return words.say("learning.share", share=middle, low=low, high=high)


def draw_choice(frame: Frame, found: Learning) -> None:
    """Put a model in force, or the lexicon alone, with a reason."""
    words = frame.words
    st.header(words.say("learning.choose"), anchor=False)
    options = [*(one.number for one in found.models), LEXICON]
    with st.form("put-in-force", border=False):
        chosen = st.radio(
            words.say("learning.what"), options, format_func=lambda number: name(words, number), key="chosen"
        )
        reason = st.text_input(words.say("learning.reason"), key="why", max_chars=MOST_REASON)
        pressed = st.form_submit_button(words.say("learning.put"), type="primary")
    if not pressed:
        return
    try:
        put_in_force(frame.installation, chosen or None, reason, by=frame.viewer)
    except SurveyError as wrong:
        draw_problem(frame, words.explain(wrong))
        return
    st.rerun()


def draw_choices(frame: Frame, found: Learning) -> None:
    """What was put in force before, the newest first, with its reason."""
    words = frame.words
    if not found.choices:
        return
    st.header(words.say("learning.history"), anchor=False)
    told = [
        words.say(
            "learning.chosen",
            day=words.day(one.made.astimezone(SWEDEN).date()),
            what=name(words, one.model),
            reason=one.reason,
        )
        for one in found.choices
    ]
    st.markdown("\n".join(f"* {escape_markdown(one)}" for one in told))
