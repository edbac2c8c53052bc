"""Who is in the panel, and how does a coordinator add somebody or end a membership?"""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.mission_form import do, press
from survey.language import WHOLE_LANGUAGES
from survey.panel.leaving import leave_panel
from survey.panel.members import NewMember, add_member, list_register

KEY = "mission-member"


def draw_register(frame: Frame) -> None:
    """The form for a new member, and everybody by name. What members say of themselves is not shown."""
    words = frame.words
    st.markdown(words.say("mission.register.about"))
    draw_new(frame)
    known = list_register(frame.installation, by=frame.viewer)
    st.header(words.count("mission.register.members", len(known)), anchor=False)
    for kept, contact in known:
        with st.container(key=f"member-{kept.id}", border=True, gap="small"):
            lines = [words.say("mission.register.joined", day=words.day(kept.joined))]
            if kept.paused_until is not None and kept.paused_until >= frame.installation.today():
                lines.append(words.say("mission.register.paused", day=words.day(kept.paused_until)))
            if not contact.address:
                lines.append(words.say("mission.register.no_address"))
            st.markdown(f"**{escape_markdown(contact.name)}**  \n{escape_markdown(' '.join(lines))}")
            draw_end(frame, kept.id, contact.name)


def draw_new(frame: Frame) -> None:
    """The form for a new member."""
    words = frame.words
    with st.expander(words.say("mission.register.add"), key=f"{KEY}-fold"):
        told = st.container()
        with st.form(KEY, border=False, clear_on_submit=False):
            name = st.text_input(words.say("mission.register.name"), key=f"{KEY}-name", autocomplete="off")
            typed = st.text_input(
                words.say("mission.register.address"), key=f"{KEY}-address", autocomplete="off"
            )
            language = st.selectbox(
                words.say("mission.register.language"),
                list(WHOLE_LANGUAGES),
                format_func=lambda code: WHOLE_LANGUAGES[code].name,
                key=f"{KEY}-language",
            )
            pressed = press(words.say("mission.register.save"), KEY)
        if pressed:
            new = NewMember(name, typed, language)
            with told:
                do(
                    frame,
                    lambda: add_member(frame.installation, new, by=frame.viewer),
                    words.say("mission.done.member"),
                )


def draw_end(frame: Frame, member: str, name: str) -> None:
    """A membership is ended by two presses, the second of which says what happens."""
    words = frame.words
    with st.popover(escape_markdown(words.say("mission.register.end", name=name)), key=f"{KEY}-end-{member}"):
        st.markdown(words.say("mission.register.end_about"))
        if st.button(words.say("mission.register.end_press"), key=f"{KEY}-end-press-{member}"):
            do(
                frame,
                lambda: leave_panel(frame.installation, member, by=frame.viewer),
                words.say("mission.done.left"),
            )
