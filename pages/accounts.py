"""Who may come in: the accounts, the form that invites somebody, and one account with what can be done."""

from __future__ import annotations

import streamlit as st

from pages.shared.account_card import draw_account
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_heading, draw_problem
from pages.shared.people_form import do, draw_place, draw_role, hand_over, press, take_message
from survey.errors import SurveyError
from survey.language import WHOLE_LANGUAGES
from survey.people.accounts import Invitation, invite
from survey.people.assignments import NewAssignment
from survey.people.organisations import Organisation, list_organisations
from survey.people.people import Seen, list_people

PAGE, ACCOUNT, KEY = "accounts", "account", "invite"
MOST_SHOWN = 50  # accounts in the list; more are found by name
MANY = 10  # accounts, from which a list is looked through by typing


def draw_accounts(frame: Frame) -> None:
    """The list, or the account that the address names."""
    known = list_people(frame.installation, viewer=frame.viewer)
    places = list_organisations(frame.installation, viewer=frame.viewer)
    asked = st.query_params.get(ACCOUNT)
    if asked is None:
        draw_heading(frame, frame.words.say("page.accounts"))
        take_message(frame)
        draw_invite(frame, places, key=f"{KEY}-{len(known)}")
        draw_list(frame, known)
        return
    one = next((one for one in known if one.account.id == asked), None)
    if one is None:
        draw_problem(frame, frame.words.explain(SurveyError("account_unknown")))
        frame.link_to(PAGE, frame.words.say("people.all"))
        return
    draw_heading(frame, one.holder.name)
    frame.spot.append(asked)
    is_own_doing = take_message(frame)
    frame.link_to(PAGE, frame.words.say("people.all"))
    draw_account(frame, one, places, is_own_doing=is_own_doing)


def draw_invite(frame: Frame, places: tuple[Organisation, ...], *, key: str) -> None:
    """The form that invites somebody; without an organisation, where to begin."""
    words = frame.words
    st.markdown(words.say("people.about"))
    if frame.installation.is_demo:
        st.info(words.explain(SurveyError("not_for_demonstration")))
        return
    if not places:
        st.info(words.say("people.no_places"))
        frame.link_to("organisations", words.say("page.organisations"))
        return
    with st.expander(words.say("people.invite"), key=f"{key}-fold"):
        told = st.container()
        with st.form(key, border=False):
            name = st.text_input(words.say("people.name"), key=f"{key}-name", autocomplete="off")
            typed = st.text_input(words.say("people.address"), key=f"{key}-address", autocomplete="off")
            first = NewAssignment(draw_role(frame, key), draw_place(frame, places, key))
            language = st.selectbox(
                words.say("people.language"),
                list(WHOLE_LANGUAGES),
                format_func=lambda code: WHOLE_LANGUAGES[code].name,
                key=f"{key}-language",
            )
            pressed = press(words.say("people.do.invite"), key)
        if pressed:
            wanted = Invitation(typed, name, first, language)
            with told:
                do(
                    frame, lambda: send_invitation(frame, wanted), words.say(find_told(frame))
                )  # keys: people.done.*


def send_invitation(frame: Frame, wanted: Invitation) -> None:
    hand_over(frame, invite(frame.installation, wanted, by=frame.viewer).token)


def find_told(frame: Frame) -> str:
    """What is said of an invitation: that a letter is on its way, or that its link is to be handed over."""
    return "people.done.sent" if frame.installation.settings.sends_mail else "people.done.made"


def draw_list(frame: Frame, known: tuple[Seen, ...]) -> None:
    """The accounts by name, with state and roles; the name leads to the account."""
    words = frame.words
    st.header(words.count("people.count", len(known)), anchor=False)
    if not known:
        st.markdown(words.say("people.none"))
        return
    wanted = ""
    if len(known) > MANY:
        wanted = st.text_input(words.say("people.find"), key="people-find", autocomplete="off").strip()
    found = [one for one in known if wanted.casefold() in one.holder.name.casefold()]
    for one in found[:MOST_SHOWN]:
        with st.container(key=f"person-{one.account.id}", border=True, gap="small"):
            frame.link_to(PAGE, one.holder.name, account=one.account.id)
            st.markdown(escape_markdown(say_briefly(frame, one)))
    if len(found) > MOST_SHOWN:
        st.markdown(words.say("people.more", shown=words.number(MOST_SHOWN)))
    if not found:
        st.markdown(words.say("people.not_found"))


def say_briefly(frame: Frame, one: Seen) -> str:
    """An account in a line: where it stands, and the roles it has."""
    words = frame.words
    state = words.say(f"people.state.{one.account.state}")  # keys: people.state.*
    roles = [
        words.say(
            "entry.role_at",
            role=words.say(f"role.{held.assignment.role}"),  # keys: role.*
            place=held.organisation.name,
        )
        for held in one.held
    ]
    return f"{state} {'; '.join(roles) or words.say('people.no_role')}"
