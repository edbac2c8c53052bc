"""How is something about people done from a page, and what came of it told?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_done, draw_problem
from survey.errors import SurveyError
from survey.people.faults import list_faults_of
from survey.people.links import find_link_address
from survey.people.organisations import Organisation
from survey.people.roles import Role
from survey.people.sending import send_links_soon

MESSAGE, LINK = "people-message", "people-link"


def take_message(frame: Frame) -> bool:
    """What was just done, told once, in a place that takes the focus; and a link that is shown once.

    Whether anything had been done.
    """
    told: str | None = st.session_state.pop(MESSAGE, None)
    token: str | None = st.session_state.pop(LINK, None)
    if told is not None:
        draw_done(frame, told)
    if token is not None:
        st.markdown(escape_markdown(frame.words.say("people.link_once")))
        st.code(find_whole_link(frame, token), language=None, wrap_lines=True)
    return told is not None


def find_whole_link(frame: Frame, token: str) -> str:
    """The address of a link: the setting's, else the one this page was opened at."""
    link = find_link_address(frame.installation, token)
    return link if "://" in link else f"http://{st.context.headers.get('host', 'localhost')}{link}"


def do(frame: Frame, deed: Callable[[], object], done: str) -> None:
    """Do something and draw the page anew with what was done.

    What goes wrong is told where this is called, everything at once, and what was typed stays.
    """
    try:
        deed()
    except SurveyError as wrong:
        faults = list_faults_of(wrong)
        said = " ".join(dict.fromkeys(frame.words.explain(one) for one in faults))
        if said not in frame.spot:  # told already
            draw_problem(frame, said)
        return
    st.session_state[MESSAGE] = done
    st.rerun()


def hand_over(frame: Frame, token: str) -> None:
    """Send a link's letter; where no letters are sent keep the link for the next run, which shows it once."""
    if frame.installation.settings.sends_mail:
        send_links_soon(frame.installation)
    else:
        st.session_state[LINK] = token


def see_version(key: str, version: int) -> int:
    """The version that stood on the screen when somebody pressed; what is drawn now is the next one's."""
    seen = int(st.session_state.get(key, version))
    st.session_state[key] = version
    return seen


def press(label: str, key: str, *, primary: bool = True) -> bool:
    """The button of a form; whether it was pressed."""
    kind = "primary" if primary else "secondary"
    return st.form_submit_button(escape_markdown(label), type=kind, key=f"{key}-press")


def draw_role(frame: Frame, key: str) -> str:
    """The list of roles that somebody can be given; last the panel's, which its register is asked about."""
    roles: Mapping[str, str] = {
        role.value: frame.words.say(f"role.{role}")  # keys: role.*
        for role in sorted(Role, key=lambda one: one is Role.PANEL_MEMBER)
        if role is not Role.RESIDENT
    }
    label = frame.words.say("people.role")
    return st.selectbox(label, list(roles), format_func=roles.__getitem__, key=f"{key}-role")


def draw_place(frame: Frame, known: Sequence[Organisation], key: str) -> str:
    """The list of organisations, each with what it belongs to."""
    names = name_places(known)
    label = frame.words.say("people.place")
    return st.selectbox(label, list(names), format_func=names.__getitem__, key=f"{key}-place")


def name_places(known: Sequence[Organisation]) -> dict[str, str]:
    """What each organisation is called: its name and, in brackets, the one it belongs to."""
    names = {one.id: one.name for one in known}
    return {one.id: f"{one.name} ({names[one.parent]})" if one.parent in names else one.name for one in known}
