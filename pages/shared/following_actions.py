"""How are an area's actions and events shown, written down and changed?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from pages.shared.escape import escape_markdown
from pages.shared.following_form import (
    Deed,
    Place,
    draw_card,
    draw_history,
    draw_list,
    draw_text,
    draw_writing,
    press,
)
from survey.following.actions import (
    FIRST_STATES,
    Action,
    ActionKind,
    Direction,
    NewAction,
    add_action,
    change_action,
    list_action_histories,
    list_next_states,
)
from survey.following.faults import MOST_IN_TITLE, find_this_month

PAGE = "follow-up"


def draw_actions(place: Place) -> None:
    """What is done and what happens in the area and its county, the latest first; then what was before."""
    words = place.frame.words
    histories = list_action_histories(place.frame.installation, place.area.code, place.survey)
    st.header(words.say("follow.actions"), anchor=False)
    if not histories:
        st.markdown(escape_markdown(words.say("follow.actions_none", area=place.area.name)))
    for action in sorted((one[-1] for one in histories), key=lambda one: one.starts, reverse=True):
        with st.container(border=True, key=f"action-{action.id}"):
            draw_card(place, action, tell_head(place, action), list_about(place, action))
            draw_change(place, action)
    name = f"action-add-{place.area.code}"
    draw_writing(
        place, words.say("follow.form.action_add"), name, len(histories), lambda key: fill_add(place, key)
    )
    draw_history(place, list(tell_earlier(place, histories)))


def tell_head(place: Place, action: Action) -> str:
    """The title, what it is and how far it has come."""
    words = place.frame.words
    kind = words.say(f"follow.kind.{action.kind}")  # keys: follow.kind.*
    return f"{action.title} ({kind}, {words.say(f'follow.state.{action.state}')})"  # keys: follow.state.*


def list_about(place: Place, action: Action) -> list[str]:
    """When, on what, which way, whose, and why it was changed."""
    words = place.frame.words
    starts = words.month(action.starts)
    lines = [
        words.say("follow.span", starts=starts, ends=words.month(action.ends))
        if action.ends
        else words.say("follow.span_open", starts=starts)
    ]
    if action.area != place.area.code:
        county = place.frame.installation.areas.find(action.area).name
        lines.append(words.say("follow.whole_county", county=county))
    named = ", ".join(map(place.name, action.dimensions)) or words.say("follow.all_dimensions")
    lines.append(words.say("follow.concerns", dimensions=named))
    lines.append(words.say(f"follow.direction.{action.direction}"))  # keys: follow.direction.*
    lines.append(words.say("follow.owner", owner=action.owner.rstrip(".")))
    return lines + ([words.say("follow.note", note=action.note)] if action.note else [])


def tell_earlier(place: Place, histories: Sequence[Sequence[Action]]) -> Iterator[tuple[Action, str]]:
    """Every version but the newest of each."""
    for versions in histories:
        for one in versions[:-1]:
            yield one, " ".join([f"{tell_head(place, one)}.", *list_about(place, one)])


def fill_add(place: Place, key: str) -> Deed | None:
    """The form of a new action or event."""
    with st.form(key + "-form", border=False):
        new = draw_fields(place, key, None)
        pressed = press(place, place.frame.words.say("follow.form.save"), key)

    def add(_seen: int) -> str:
        installation, viewer = place.frame.installation, place.frame.viewer
        add_action(installation, new, survey=place.survey, area=place.area.code, by=viewer)
        return place.frame.words.say("follow.done.action_added")

    return add if pressed else None


def draw_change(place: Place, action: Action) -> None:
    """The form that writes an action anew; the county's is changed on the county's own page."""
    words = place.frame.words
    if action.area != place.area.code:
        if place.may_write:
            place.frame.link_to(PAGE, words.say("follow.change_there"), area=action.area)
        return

    def fill(key: str) -> Deed | None:
        with st.form(key + "-form", border=False):
            new = draw_fields(place, key, action)
            pressed = press(place, words.say("follow.form.save"), key)

        def change(seen: int) -> str:
            change_action(place.frame.installation, action.id, new, based_on=seen, by=place.frame.viewer)
            return words.say("follow.done.action_changed")

        return change if pressed else None

    label = words.say("follow.form.action_change", title=action.title)
    draw_writing(place, label, f"action-change-{action.id}", action.version, fill)


def draw_fields(place: Place, key: str, action: Action | None) -> NewAction:
    """Everything about an action; as it is when there is one."""
    words = place.frame.words
    month = find_this_month(place.frame.installation)
    short = words.number(MOST_IN_TITLE)
    kinds = {one.value: words.say(f"follow.kind.{one}") for one in ActionKind}  # keys: follow.kind.*
    kind_label = words.say("follow.form.kind")
    kind = draw_list(kind_label, kinds, f"{key}-kind", action.kind if action else ActionKind.ACTION.value)
    title_label = words.say("follow.form.title", most=short)
    title = draw_text(title_label, f"{key}-title", action.title if action else "")
    starts = draw_text(words.say("follow.form.starts"), f"{key}-starts", action.starts if action else month)
    ends = draw_text(words.say("follow.form.ends"), f"{key}-ends", (action.ends or "") if action else "")
    state = draw_state(place, key, action)
    dimensions = draw_dimensions(place, key, action)
    direction = draw_direction(place, key, action)
    owner_label = words.say("follow.form.owner", most=short)
    owner = draw_text(owner_label, f"{key}-owner", action.owner if action else "")
    st.caption(words.say("follow.form.owner_help"))
    note = draw_text(words.say("follow.form.note"), f"{key}-note") if action else ""
    return NewAction(kind, title, starts.strip(), owner, dimensions, ends.strip(), direction, state, note)


def draw_state(place: Place, key: str, action: Action | None) -> str:
    """The states that it may be given."""
    words = place.frame.words
    states = FIRST_STATES if action is None else list_next_states(action.state)
    said = {one.value: words.say(f"follow.state.{one}") for one in states}  # keys: follow.state.*
    now = states[0].value if action is None else action.state
    return draw_list(words.say("follow.form.state"), said, f"{key}-state", now)


def draw_direction(place: Place, key: str, action: Action | None) -> str:
    """What the scores are expected to do."""
    words = place.frame.words
    said = {one.value: words.say(f"follow.direction.{one}") for one in Direction}  # keys: follow.direction.*
    now = Direction.BETTER.value if action is None else action.direction
    return draw_list(words.say("follow.form.direction"), said, f"{key}-direction", now)


def draw_dimensions(place: Place, key: str, action: Action | None) -> tuple[str, ...]:
    """What it may move; none is everything."""
    words = place.frame.words
    chosen = st.multiselect(
        words.say("follow.form.dimensions"),
        list(place.dimensions),
        [one for one in (action.dimensions if action else ()) if one in place.dimensions],
        format_func=place.name,
        key=f"{key}-dimensions",
        placeholder=words.say("follow.form.choose"),
    )
    return tuple(chosen)
