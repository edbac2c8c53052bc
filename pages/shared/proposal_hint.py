"""How is somebody told that a text may point out a person, before everybody reads it?"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.following_form import Place, press
from pages.shared.frame import draw_problem
from survey.proposals.hint import find_pointing


def press_publish(place: Place, label: str, key: str, texts: Iterable[str]) -> bool:
    """The button that makes texts public; whether they are to be published.

    Where something in them may point out a person that is said, and a second button publishes them as they
    are. Only what has been shown can be published with it.
    """
    words, told = place.frame.words, st.container()
    hinted = f"{key}-hinted"  # the pieces that whoever writes has been shown
    pressed, found = press(place, label, key), find_pointing(texts)
    shown: tuple[str, ...] = st.session_state.get(hinted, ())
    if not found and (pressed or not shown):
        return pressed
    if not pressed and not shown:
        return False
    label_anyway = escape_markdown(words.say("proposals.form.publish_anyway"))
    if st.form_submit_button(label_anyway, key=f"{key}-anyway") and set(found) <= set(shown):
        del st.session_state[hinted]
        return True
    st.session_state[hinted] = found or shown
    if found:
        with told:
            draw_problem(place.frame, words.say("proposals.form.hint", words=", ".join(found)))
    return False
