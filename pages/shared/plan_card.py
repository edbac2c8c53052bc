"""How is an activity of the action plan shown, with what its lines say of it?"""

from __future__ import annotations

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.following_form import Deed, draw_list, draw_writing, press, reaches
from pages.shared.proposal_form import OfferedPlace
from survey.people.permissions import can_do
from survey.people.roles import Permission
from survey.proposals.activities import Activity, Organisation, give_to
from survey.proposals.outcome import Outcome, find_outcomes
from survey.proposals.permissions import can_act
from survey.proposals.sentences import tell_activity, tell_outcome
from survey.proposals.states import Event

PAGE, FOLLOW_UP = "proposals", "follow-up"


def draw_activity(place: OfferedPlace, activity: Activity) -> None:
    """What is done, whose it is, what it is to move, whether it has, and the proposal behind it."""
    frame, words, action = place.frame, place.frame.words, activity.action
    with st.container(border=True, key=f"activity-{action.id}"):
        st.markdown(f"**{escape_markdown(action.title)}**")
        lines = [tell_activity(words, activity), tell_effect(place, activity)]
        if action.area != place.area.code:
            county = frame.installation.areas.find(action.area).name
            lines.append(words.say("follow.whole_county", county=county))
        st.markdown(escape_markdown(" ".join(lines)))
        for outcome in find_outcomes(frame.installation, action, viewer=frame.viewer):
            draw_outcome(place, outcome)
        draw_ways(place, activity)
        if can_act(Event.PLAN, by=frame.viewer) and reaches(frame, action.area):
            draw_giving(place, activity)


def tell_effect(place: OfferedPlace, activity: Activity) -> str:
    """Which lines it is expected to move, and which way."""
    words, action = place.frame.words, activity.action
    named = ", ".join(map(place.name, action.dimensions)) or words.say("follow.all_dimensions")
    way = words.say(f"follow.direction.{action.direction}")  # keys: follow.direction.*
    return words.say("plan.effect", dimensions=named, way=way)


def draw_outcome(place: OfferedPlace, outcome: Outcome) -> None:
    """Whether a line has moved since it began."""
    words = place.frame.words
    said = tell_outcome(words, outcome, name=place.name(outcome.dimension))
    with st.container(key=f"outcome-{outcome.dimension}-{id(outcome)}"):
        st.markdown(escape_markdown(said))


def draw_ways(place: OfferedPlace, activity: Activity) -> None:
    """To the proposal, for those who may read it, and to where it is changed, for those who may."""
    frame, action = place.frame, activity.action
    if can_do(Permission.SEE_PROPOSALS, by=frame.viewer):
        label = frame.words.say("plan.to_proposal", title=activity.proposal.title)
        frame.link_to(PAGE, label, proposal=activity.proposal.id)
    if can_do(Permission.FOLLOW_UP, by=frame.viewer):
        frame.link_to(FOLLOW_UP, frame.words.say("plan.change"), area=action.area)


def draw_giving(place: OfferedPlace, activity: Activity) -> None:
    """Whose it is, to be mended where it was written wrongly."""
    frame, words = place.frame, place.frame.words

    def fill(key: str) -> Deed | None:
        with st.form(key + "-form", border=False):
            said = say_organisations(place)
            now = activity.organisation.value
            chosen = draw_list(words.say("plan.form.organisation"), said, f"{key}-organisation", now)
            pressed = press(place, words.say("follow.form.save"), key)

        def give(_seen: int) -> str:
            give_to(frame.installation, activity, chosen, by=frame.viewer)
            return words.say("plan.done.given")

        return give if pressed else None

    draw_writing(place, words.say("plan.form.give"), f"activity-give-{activity.action.id}", 1, fill)


def say_organisations(place: OfferedPlace) -> dict[str, str]:
    """Whose an activity can be, in words."""
    return {
        one.value: place.frame.words.say(f"plan.organisation.{one}")  # keys: plan.organisation.*
        for one in Organisation
    }
