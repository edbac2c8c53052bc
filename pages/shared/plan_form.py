"""How is an activity planned because of an accepted proposal?"""

from __future__ import annotations

import streamlit as st

from pages.shared.following_actions import draw_dimensions, draw_direction, draw_state
from pages.shared.following_form import Deed, draw_list, draw_text, draw_writing, press
from pages.shared.plan_card import say_organisations
from pages.shared.proposal_form import OfferedPlace
from survey.following.actions import ActionKind, NewAction
from survey.following.faults import MOST_IN_TITLE, find_this_month
from survey.proposals.activities import Organisation, add_activity
from survey.proposals.states import State
from survey.proposals.visibility import list_proposals


def draw_planning(place: OfferedPlace, known: int) -> None:
    """The form of a new activity where something has been accepted; where nothing has, that."""
    frame, words = place.frame, place.frame.words
    accepted = {
        one.id: one
        for one in list_proposals(frame.installation, place.area.code, viewer=frame.viewer)
        if one.state == State.ACCEPTED and one.area == place.area.code
    }
    if not accepted:
        st.caption(words.say("plan.nothing_accepted", area=place.area.name))
        return

    def fill(key: str) -> Deed | None:
        titles = {one.id: one.title for one in accepted.values()}
        with st.form(key + "-form", border=False):
            label = words.say("plan.form.proposal")
            chosen = draw_list(label, titles, f"{key}-proposal", next(iter(titles)))
            said, now = say_organisations(place), Organisation.BOTH.value
            organisation = draw_list(words.say("plan.form.organisation"), said, f"{key}-organisation", now)
            new = draw_fields(place, key)
            pressed = press(place, words.say("follow.form.save"), key)

        def plan(_seen: int) -> str:
            proposal = accepted[chosen]
            add_activity(frame.installation, proposal, new, organisation=organisation, by=frame.viewer)
            return words.say("plan.done.added")

        return plan if pressed else None

    draw_writing(place, words.say("plan.form.add"), f"activity-add-{place.area.code}", known, fill)


def draw_fields(place: OfferedPlace, key: str) -> NewAction:
    """Everything about the activity itself."""
    words = place.frame.words
    short = words.number(MOST_IN_TITLE)
    title = draw_text(words.say("follow.form.title", most=short), f"{key}-title")
    month = find_this_month(place.frame.installation)
    starts = draw_text(words.say("follow.form.starts"), f"{key}-starts", month)
    state = draw_state(place, key, None)
    dimensions = draw_dimensions(place, key, None)
    direction = draw_direction(place, key, None)
    owner = draw_text(words.say("follow.form.owner", most=short), f"{key}-owner")
    st.caption(words.say("follow.form.owner_help"))
    return NewAction(
        ActionKind.ACTION, title, starts.strip(), owner, dimensions, direction=direction, state=state
    )
