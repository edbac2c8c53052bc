"""How is one text drawn for whoever translates it: both sources, the translation, and what may be done?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_problem
from survey.errors import SurveyError
from survey.language import LANGUAGES
from survey.translating.keep import Given, Wrong, keep_texts
from survey.translating.sets import Set
from survey.translating.states import Entry, Forms, State, seal_source, tell_source

DONE = "translation-done"  # what was done, told in the one run after
HEIGHT_OF_LINE, CHARACTERS_IN_LINE, LEAST_HEIGHT = 28, 42, 96  # of a field, in pixels


def draw_text(frame: Frame, of: Set, language: str, entry: Entry) -> None:
    """A text: Swedish and English on one side, the language on the other, and two buttons."""
    words = frame.words
    with st.container(key=f"translation-{LANGUAGES[language].direction}-{name_field(entry, 0)}", border=True):
        st.caption(
            escape_markdown(f"{entry.key} · {words.say(f'translations.state.{entry.state}')}")
        )  # keys: translations.state.*
        with st.form(f"form-{language}-{entry.key}", border=False):
            source, target = st.columns(2)
            with source:
                draw_sources(frame, entry)
            with target:
                draw_target(frame, language, entry)
            with st.container(horizontal=True, key=f"buttons-{language}-{name_field(entry, 0)}"):
                approves = st.form_submit_button(
                    words.say("translations.approve"), key=f"approve-{language}-{entry.key}"
                )
                keeps = st.form_submit_button(
                    words.say("translations.keep"), key=f"keep-{language}-{entry.key}"
                )
        if entry.kept is not None:
            draw_kept(frame, entry)
    if approves or keeps:
        keep_given(frame, of, language, [find_given(language, entry, approve=approves)])


def draw_sources(frame: Frame, entry: Entry) -> None:
    """The text as it is in Swedish and in English."""
    words = frame.words
    for heading, forms in (("translations.swedish", entry.swedish), ("translations.english", entry.english)):
        told = "\n\n".join(escape_markdown(form) for form in dict.fromkeys(forms))
        st.markdown(f"**{words.say(heading)}**\n\n{told}")  # keys: translations.swedish, translations.english


def draw_target(frame: Frame, language: str, entry: Entry) -> None:
    """A field for each form of the text."""
    words, name = frame.words, LANGUAGES[language].name
    said = entry.said or ("",) * entry.forms
    for number, form in enumerate(said):
        label = (
            name
            if entry.forms == 1
            else words.say(
                "translations.form",
                language=name,
                number=words.number(number + 1),
                of=words.number(entry.forms),
            )
        )
        lines = max(len(form), len(entry.swedish[0])) // CHARACTERS_IN_LINE + 3
        st.text_area(
            label,
            form,
            key=f"{language}-{name_field(entry, number)}",
            height=max(LEAST_HEIGHT, lines * HEIGHT_OF_LINE),
        )


def name_field(entry: Entry, number: int) -> str:
    """A field's key: another when the Swedish or the text changes, so that nothing of before stays in it."""
    seen = seal_source((entry.source, *entry.said))[:8]
    return f"{entry.key}-{number}-{seen}".replace(":", "-").replace(".", "-")


def draw_kept(frame: Frame, entry: Entry) -> None:
    """Who left the text as it is, and when."""
    words, kept = frame.words, entry.kept
    if kept is None:
        return
    role = words.say(f"role.{kept.made_by.split()[0]}")  # keys: role.*
    said = "translations.was_approved" if kept.is_approved else "translations.was_written"
    st.caption(
        escape_markdown(words.say(said, day=words.day(kept.made), role=role))
    )  # keys: translations.was_*
    if entry.state is State.OUTDATED:
        st.caption(escape_markdown(words.say("translations.outdated", source=tell_source(entry.swedish))))


def find_given(language: str, entry: Entry, *, approve: bool) -> Given:
    """What stands in a text's fields now."""
    said = entry.said or ("",) * entry.forms
    forms: Forms = tuple(
        str(st.session_state.get(f"{language}-{name_field(entry, number)}", form))
        for number, form in enumerate(said)
    )
    return Given(entry.key, forms, entry.source, approve)


def keep_given(frame: Frame, of: Set, language: str, given: Sequence[Given]) -> None:
    """Keep texts and draw the page anew, or say everything that is wrong with them."""
    try:
        number = keep_texts(frame.installation, of, language, given, by=frame.viewer)
    except SurveyError as wrong:
        draw_wrong(frame, wrong)
        return
    st.session_state[DONE] = frame.words.count("translations.kept", number)
    st.rerun()


def draw_wrong(frame: Frame, wrong: SurveyError) -> None:
    """The error, and what is wrong with each text."""
    words, found = frame.words, wrong.facts.get("wrong")
    draw_problem(frame, words.explain(wrong))
    if isinstance(found, tuple):
        faults = [one for one in found if isinstance(one, Wrong)]
        st.markdown(
            "\n".join(f"* {escape_markdown(f'{one.key}: {words.explain(one.fault)}')}" for one in faults)
        )
