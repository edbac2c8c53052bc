"""What the panel is asked to do: requests, invitations, time and what came of it, as each role needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from pages.shared.calendar_month import draw_calendar
from pages.shared.frame import Frame, draw_heading
from pages.shared.mission_form import take_message
from pages.shared.mission_lead import draw_led_mission
from pages.shared.mission_list import draw_led, draw_requested
from pages.shared.mission_member import draw_own_missions
from pages.shared.mission_own import draw_own_page
from pages.shared.mission_register import draw_register
from pages.shared.mission_request import draw_request
from pages.shared.mission_statistics import draw_statistics
from pages.shared.mission_unit import draw_unit_mission
from survey.panel.seen import find_seen
from survey.people.permissions import can_do
from survey.people.roles import Permission

PAGE, VIEW, MISSION = "missions", "view", "mission"
View = tuple[str, Callable[[Frame], None]]


def draw_missions(frame: Frame) -> None:
    """The role's own views of missions; the address says which, and of which mission."""
    keep_address()
    views = list_views(frame)
    asked = st.query_params.get(MISSION)
    if asked and not can_do(Permission.DO_MISSIONS, by=frame.viewer):
        draw_one(frame, asked)
        return
    view = st.query_params.get(VIEW, "")
    chosen = view if view in views else ""  # another role's view, after a change of role, is the first
    name, draw = views[chosen]
    draw_heading(frame, frame.words.say(name))  # keys: mission.view.*
    frame.spot.append(chosen)
    take_message(frame)
    draw_ways(frame, views, chosen)
    draw(frame)


def keep_address() -> None:
    """Write to the browser's address what was asked for: a link within a page leaves it as it was."""
    st.query_params.from_dict(st.query_params.to_dict())


def list_views(frame: Frame) -> Mapping[str, View]:
    """The views of a role by what they are called in the address; the first where none is asked for."""
    if can_do(Permission.LEAD_MISSIONS, by=frame.viewer):
        return {
            "": ("mission.view.led", draw_led),
            "members": ("mission.view.members", draw_register),
            "calendar": ("mission.view.calendar", draw_calendar),
            "statistics": ("mission.view.statistics", draw_statistics),
        }
    if can_do(Permission.REQUEST_MISSION, by=frame.viewer):
        return {
            "": ("mission.view.requested", draw_requested),
            "request": ("mission.view.request", draw_request),
            "calendar": ("mission.view.calendar", draw_calendar),
        }
    return {
        "": ("mission.view.mine", draw_own_missions),
        "calendar": ("mission.view.calendar", draw_calendar),
        "me": ("mission.view.me", draw_own_page),
    }


def draw_ways(frame: Frame, views: Mapping[str, View], chosen: str) -> None:
    """Links to the other views."""
    for name, (title, _) in views.items():
        if name != chosen:
            query = {VIEW: name} if name else {}
            frame.link_to(PAGE, frame.words.say(title), **query)  # keys: mission.view.*


def draw_one(frame: Frame, mission: str) -> None:
    """One mission for whoever leads it or asked for it."""
    found = find_seen(frame.installation, mission, viewer=frame.viewer)
    draw_heading(frame, frame.words.say("mission.title", unit=found.unit))
    frame.spot.append(f"{found.id} {found.version}")
    take_message(frame)
    frame.link_to(PAGE, frame.words.say("mission.all"))
    draw = draw_led_mission if can_do(Permission.LEAD_MISSIONS, by=frame.viewer) else draw_unit_mission
    draw(frame, found)
