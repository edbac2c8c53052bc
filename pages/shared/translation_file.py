"""How does a translator take the texts to a tool of their own, and bring them back?"""

from __future__ import annotations

import streamlit as st

from analysis.tables import write_file_name
from pages.shared.frame import Frame
from pages.shared.translation_text import DONE, draw_wrong
from survey.errors import SurveyError
from survey.language import LANGUAGES
from survey.translating.exchange import MOST_BYTES, read_file, write_file
from survey.translating.keep import keep_texts
from survey.translating.sets import Set

MEGABYTE = 1_000_000
ROUND = "translation-file"  # counts readings, so that the field is empty after one


def draw_exchange(frame: Frame, of: Set, language: str) -> None:
    """A file to fetch, and a field for the one that comes back."""
    words = frame.words
    with st.expander(words.say("translations.file")):
        st.markdown(words.say("translations.file_about"))
        name = write_file_name(of.part.replace("/", " "), language, ending="po")
        content = write_file(frame.installation, of, language)
        st.download_button(
            words.say("translations.fetch", language=LANGUAGES[language].name), content, name, "text/plain"
        )
        sent = st.file_uploader(
            words.say("translations.upload", most=words.number(MOST_BYTES // MEGABYTE)),
            type="po",
            key=f"{ROUND}-{st.session_state.setdefault(ROUND, 0)}",
            max_upload_size=MOST_BYTES // MEGABYTE,
        )
        approve = st.checkbox(words.say("translations.upload_approve"), key="approve-file")
        label = words.say("translations.upload_keep")
        if sent is not None and st.button(label, key="keep-file"):
            take_file(frame, of, language, sent.getvalue(), approve=approve)


def take_file(frame: Frame, of: Set, language: str, content: bytes, *, approve: bool) -> None:
    """Keep what a file says, all or nothing."""
    try:
        given = read_file(content, language, approve=approve)
        number = keep_texts(frame.installation, of, language, given, by=frame.viewer)
    except SurveyError as wrong:
        draw_wrong(frame, wrong)
        return
    st.session_state[DONE] = frame.words.count("translations.kept", number)
    st.session_state[ROUND] += 1
    st.rerun()
