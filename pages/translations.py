"""What translators see: the Swedish and English beside each text in a language, and how it is approved."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_done
from pages.shared.theme_figures import draw_rows
from pages.shared.translation_file import draw_exchange
from pages.shared.translation_text import DONE, draw_text, find_given, keep_given
from survey.language import LANGUAGES
from survey.translating.sets import SCREENS, TRANSLATED, Set, count_states, list_entries, list_sets
from survey.translating.states import Entry, State
from survey.translating.terms import read_terms

ON_A_PAGE = 10  # texts that are shown at a time
TO_REVIEW, ALL = "to_review", "all"


def draw_translations(frame: Frame) -> None:
    """How far each language has come, and the texts of the one that was chosen."""
    words = frame.words
    told: str = st.session_state.pop(DONE, "")
    if told:
        draw_done(frame, told)
    st.markdown(words.say("translations.lead"))
    sets = list_sets(frame.installation)
    language = draw_language(frame)
    of = draw_set(frame, sets)
    entries = list_entries(frame.installation, of, language)
    draw_progress(frame, entries)
    draw_terms(frame, language)
    draw_exchange(frame, of, language)
    draw_entries(frame, of, language, entries)


def draw_language(frame: Frame) -> str:
    return st.selectbox(
        frame.words.say("translations.language"),
        [one.code for one in TRANSLATED],
        format_func=lambda code: LANGUAGES[code].name,
        key="translating-language",
    )


def draw_set(frame: Frame, sets: tuple[Set, ...]) -> Set:
    """The set that was chosen: the screens' texts or a survey's."""
    by_part = {one.part: one for one in sets}
    chosen = st.selectbox(
        frame.words.say("translations.set"),
        list(by_part),
        format_func=lambda part: name_set(frame, by_part[part]),
        key="translating-set",
    )
    return by_part[chosen]


def name_set(frame: Frame, of: Set) -> str:
    if of.part == SCREENS:
        return frame.words.say("translations.screens")
    return frame.words.say("translations.survey", survey=of.survey, version=of.version)


def draw_progress(frame: Frame, entries: tuple[Entry, ...]) -> None:
    """How many of the texts are approved, and how many are in each other state."""
    words = frame.words
    numbers = count_states(entries)
    approved, of = words.number(numbers[State.APPROVED]), words.number(len(entries))
    st.progress(
        numbers[State.APPROVED] / len(entries),
        text=words.say("translations.approved_of", approved=approved, of=of),
    )
    others = [
        words.say(f"translations.number.{state}", number=words.number(number))  # keys: translations.number.*
        for state, number in numbers.items()
        if number and state is not State.APPROVED
    ]
    st.markdown(" ".join(others) if others else words.say("translations.all_approved"))


def draw_terms(frame: Frame, language: str) -> None:
    """The words that are used for the same thing everywhere."""
    words = frame.words
    with st.expander(words.say("translations.terms")):
        heads = (words.say("translations.swedish"), LANGUAGES[language].name)
        rows = [(swedish, said.get(language, "")) for swedish, said in read_terms().items()]
        draw_rows([heads, *rows], alt=words.say("translations.terms"))


def draw_entries(frame: Frame, of: Set, language: str, entries: tuple[Entry, ...]) -> None:
    """The texts, ten at a time, those that nobody has approved first."""
    words = frame.words
    st.header(words.say("translations.texts"), anchor=False)
    which = st.radio(
        words.say("translations.which"),
        [TO_REVIEW, ALL],
        format_func=lambda one: words.say(f"translations.which_{one}"),  # keys: translations.which_*
        key="translating-which",
        horizontal=True,
    )
    found = tuple(one for one in entries if which == ALL or one.state is not State.APPROVED)
    if not found:
        st.markdown(words.say("translations.none_left"))
        return
    shown = choose_page(frame, found)
    for entry in shown:
        draw_text(frame, of, language, entry)
    draw_approve_shown(frame, of, language, shown)
    draw_approve_all(frame, of, language, found)


def choose_page(frame: Frame, found: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The texts of the page that was chosen, where there is more than one."""
    words = frame.words
    pages = -(-len(found) // ON_A_PAGE)
    if pages == 1:
        return found
    page = st.selectbox(
        words.say("translations.page"),
        range(pages),
        format_func=lambda one: words.say(
            "translations.page_of",
            first=words.number(one * ON_A_PAGE + 1),
            last=words.number(min(len(found), (one + 1) * ON_A_PAGE)),
            of=words.number(len(found)),
        ),
        key="translating-page",
    )
    return found[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]


def draw_approve_shown(frame: Frame, of: Set, language: str, shown: tuple[Entry, ...]) -> None:
    """Approve every text that is shown, with what was changed in it."""
    words = frame.words
    waiting = [one for one in shown if one.state is not State.APPROVED and one.said]
    if not waiting:
        return
    label = words.count("translations.approve_shown", len(waiting))
    if st.button(label, key="approve-shown"):
        keep_given(frame, of, language, [find_given(language, one, approve=True) for one in waiting])


def draw_approve_all(frame: Frame, of: Set, language: str, found: tuple[Entry, ...]) -> None:
    """Approve a whole set, by whoever says that they have read all of it."""
    words = frame.words
    waiting = [one for one in found if one.state is not State.APPROVED and one.said]
    if len(waiting) <= ON_A_PAGE:
        return
    with st.expander(words.say("translations.whole")):
        st.markdown(escape_markdown(words.say("translations.whole_about")))
        read = st.checkbox(words.count("translations.have_read", len(waiting)), key="have-read")
        if st.button(words.say("translations.approve_whole"), key="approve-whole", disabled=not read):
            keep_given(frame, of, language, [find_given(language, one, approve=True) for one in waiting])
