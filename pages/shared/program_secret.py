"""How is a token or a secret that was just made shown once, and then never again?"""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame

SECRET = "program-secret"  # noqa: S105 - in the session, until the next run


def hand_over(secret: str) -> None:
    """Keep a secret for the next run, which shows it once."""
    st.session_state[SECRET] = secret


def draw_secret(frame: Frame) -> None:
    """The secret that was just made, if one was."""
    secret: str | None = st.session_state.pop(SECRET, None)
    if secret is not None:
        st.markdown(escape_markdown(frame.words.say("programs.secret_once")))
        st.code(secret, language=None, wrap_lines=True)
