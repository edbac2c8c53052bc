"""For which areas may somebody decide: those of the organisation they act in?

Everybody sees the same published figures. What is decided for an area, its goals, actions, new limits and
answers to proposals, is decided by those who work there: a municipality for itself, a region for its county
and the municipalities in it. A role without an organisation, as in a demonstration, decides everywhere.
"""

from __future__ import annotations

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.roles import Person
from survey.store import organisations
from survey.store.database import Connection

NOWHERE = ""  # the reach of an organisation that no area is written down for


def find_reach(connection: Connection, *, by: Person) -> str | None:
    """The code of the area that a person decides for; None for everywhere, NOWHERE where none is known.

    That of their organisation, or of the nearest that it belongs to.
    """
    if not by.organisation:
        return None
    known = {one.id: one for one in organisations.list_organisations(connection)}
    found = known.get(by.organisation)
    while found is not None and not found.area:
        found = known.get(found.parent or "")
    return NOWHERE if found is None else found.area


def is_within(installation: Installation, area: str, reach: str | None) -> bool:
    """Whether an area is what somebody decides for, or lies in it."""
    if reach is None:
        return True
    return area == reach or (installation.areas.has(area) and installation.areas.find(area).parent == reach)


def can_reach(installation: Installation, area: str, *, by: Person) -> bool:
    """Whether a person may decide for an area, as far as their organisation says."""
    if not by.organisation:
        return True
    with installation.database.read(newest=True) as connection:
        return is_within(installation, area, find_reach(connection, by=by))


def check_can_reach(installation: Installation, connection: Connection, area: str, *, by: Person) -> None:
    """Raises SurveyError not_your_area when others decide for an area, and reach_missing when nobody has
    written down which area a person's organisation has."""
    reach = find_reach(connection, by=by)
    if reach == NOWHERE:
        raise SurveyError("reach_missing")
    if not is_within(installation, area, reach):
        name = installation.areas.find(area).name if installation.areas.has(area) else area[:20]
        raise SurveyError("not_your_area", area=name)
