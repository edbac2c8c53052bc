"""How is a request accepted or declined, and a mission given material, cancelled, closed and told of?"""

from __future__ import annotations

from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel.changing import decide
from survey.panel.faults import MOST_CHARACTERS, check_faults, join_lines, list_text_faults
from survey.panel.letters import LetterKind, queue_letters
from survey.panel.states import COMING, HOLDING, Event, Reply
from survey.people.roles import Person
from survey.store.missions import Mission


def accept_request(installation: Installation, mission: str, *, based_on: int, by: Person) -> Mission:
    """Take a request on. Raises what `decide` raises."""
    with decide(installation, mission, Event.ACCEPT, based_on=based_on, by=by) as change:
        change.advance(Event.ACCEPT)
    return change.mission


def decline_request(
    installation: Installation, mission: str, *, reason: str, based_on: int, by: Person
) -> Mission:
    """Say no to a request with a reason for the unit. Raises PanelError, and what `decide` raises."""
    with decide(installation, mission, Event.DECLINE, based_on=based_on, by=by) as change:
        check_faults(list_text_faults("mission_reason", reason, most=MOST_CHARACTERS))
        change.advance(Event.DECLINE, reason=join_lines(reason), ended=installation.today())
    return change.mission


def cancel_mission(
    installation: Installation, mission: str, *, reason: str, based_on: int, by: Person
) -> Mission:
    """Call a mission off; everybody who was asked and has not said no is told.

    Raises PanelError, and what `decide` raises.
    """
    with decide(installation, mission, Event.CANCEL, based_on=based_on, by=by) as change:
        check_faults(list_text_faults("mission_reason", reason, most=MOST_CHARACTERS))
        change.advance(Event.CANCEL, reason=join_lines(reason), ended=installation.today())
        gone = change.withdraw(*(Reply(one) for one in HOLDING))
        queue_letters(installation, change.connection, LetterKind.CANCELLED, change.mission, gone)
    return change.mission


def give_material(
    installation: Installation, mission: str, *, material: str, based_on: int, by: Person
) -> Mission:
    """Write where the material is, or what it says; those who come are told.

    Raises PanelError, and what `decide` raises.
    """
    with decide(installation, mission, Event.GIVE_MATERIAL, based_on=based_on, by=by) as change:
        check_faults(list_text_faults("mission_material", material, most=MOST_CHARACTERS))
        change.advance(Event.GIVE_MATERIAL, material=join_lines(material), material_on=installation.today())
        coming = [one for one in change.list_invitations() if one.state in COMING]
        queue_letters(installation, change.connection, LetterKind.MATERIAL, change.mission, coming)
    return change.mission


def close_mission(installation: Installation, mission: str, *, based_on: int, by: Person) -> Mission:
    """Say that a mission has been done. Raises mission_not_yet before its day, and what `decide` raises."""
    with decide(installation, mission, Event.CLOSE, based_on=based_on, by=by) as change:
        if change.mission.day > installation.today():
            raise SurveyError("mission_not_yet")
        change.advance(Event.CLOSE, ended=installation.today())
    return change.mission


def tell_outcome(
    installation: Installation, mission: str, *, outcome: str, based_on: int, by: Person
) -> Mission:
    """Tell those who took part what came of it. Raises PanelError, and what `decide` raises."""
    with decide(installation, mission, Event.TELL, based_on=based_on, by=by) as change:
        check_faults(list_text_faults("mission_outcome", outcome, most=MOST_CHARACTERS))
        change.advance(Event.TELL, outcome=join_lines(outcome), told=installation.today())
        took_part = [one for one in change.list_invitations() if one.state in COMING]
        queue_letters(installation, change.connection, LetterKind.TOLD, change.mission, took_part)
    return change.mission
