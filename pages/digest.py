"""How a person asks for letters about what was published, and what such a letter says."""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_done, draw_problem
from pages.shared.links import draw_legend
from survey.digest.addresses import Wish
from survey.digest.send import send_links_soon
from survey.digest.signals_desk import preview_digest
from survey.digest.subscribe import CONFIRM_DAYS, MOST_AREAS, Asked, ask_for_digest, list_faults
from survey.errors import SurveyError
from survey.language import WHOLE_LANGUAGES

DONE = "digest-asked"  # that somebody has asked, for the one run after; never the address
LANGUAGE = "digest-language"
COLUMNS = 3  # of areas beside each other where there is room


def draw_digest(frame: Frame) -> None:
    """What a letter is, the form to ask for it, and the letter as it would be now."""
    words = frame.words
    st.markdown(words.say("digest.form.about"))
    if not frame.installation.settings.sends_mail:
        st.info(words.say("digest.form.off"))
    elif st.session_state.pop(DONE, False):
        draw_asked(frame)
    else:
        draw_form(frame)
    draw_preview(frame)


def draw_asked(frame: Frame) -> None:
    """The same words whether the address was known or not."""
    draw_done(frame, frame.words.say("digest.form.done", days=frame.words.number(CONFIRM_DAYS)))


def draw_form(frame: Frame) -> None:
    """Address, areas and language. Everything that is wrong is told above, and what was typed stays."""
    words, told = frame.words, st.container()
    with st.form("digest", border=False):
        typed = st.text_input(words.say("digest.form.address"), key="digest-address", autocomplete="email")
        with st.container(key="question-areas"):
            areas = draw_areas(frame)
        language = draw_languages(frame)
        st.caption(words.say("digest.form.promise"))
        pressed = st.form_submit_button(words.say("digest.form.button"), type="primary")
    if not pressed:
        return
    asked = Asked(typed, areas, language)
    faults = list(list_faults(frame.installation, asked))
    if faults:
        with told:
            draw_problem(frame, " ".join(words.explain(fault) for fault in faults))
        return
    ask_for_digest(frame.installation, asked, by=frame.viewer)
    send_links_soon(frame.installation)
    st.session_state[DONE] = True
    st.rerun()


def draw_areas(frame: Frame) -> list[str]:
    """The areas to tick, the counties first; the first county is ticked beforehand."""
    areas = list(frame.installation.areas)
    draw_legend(frame.words.say("digest.form.areas", most=frame.words.number(MOST_AREAS)), (), trouble="")
    length = -(-len(areas) // COLUMNS)
    ticked: list[str] = []
    for number, column in enumerate(st.columns(COLUMNS, gap="small")):
        with column, st.container(gap=None):
            for area in areas[number * length : (number + 1) * length]:
                if st.checkbox(escape_markdown(area.name), area == areas[0], key=find_key(area.code)):
                    ticked.append(area.code)
    return ticked


def find_key(area: str) -> str:
    """What an area's box is remembered by."""
    return f"digest-area-{area}"


def draw_languages(frame: Frame) -> str:
    """The language of the letters; the page's is chosen beforehand."""
    codes = list(WHOLE_LANGUAGES)
    return st.selectbox(
        frame.words.say("digest.form.language"),
        codes,
        index=codes.index(frame.language),
        format_func=lambda code: WHOLE_LANGUAGES[code].name,
        key=LANGUAGE,
    )


def draw_preview(frame: Frame) -> None:
    """The letter as it would be now, for the areas and the language of the form when it was last sent in."""
    words = frame.words
    codes = [area.code for area in frame.installation.areas]
    chosen = [code for code in codes if st.session_state.get(find_key(code))] or codes[:1]
    language = st.session_state.get(LANGUAGE, frame.language)
    st.header(words.say("digest.form.preview"), anchor=False)
    try:
        letter = preview_digest(frame.installation, Wish("", tuple(chosen), language))
    except SurveyError as wrong:
        st.markdown(escape_markdown(words.explain(wrong)))
        return
    with st.container(key="digest-preview", border=True):
        st.markdown(f"**{escape_markdown(letter.subject)}**")
        st.markdown(escape_markdown(letter.body).replace("\n", "  \n"))
