"""How sure is it that a mission takes place with somebody?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from survey.panel.states import COMING, HOLDING, State
from survey.store.missions import Mission

CERTAIN = (State.AGREED, State.DONE, State.TOLD)


class Standing(StrEnum):
    """How sure it is that a mission takes place with the person, as calendars call it."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Booked:
    """A mission in somebody's calendar. Its day is the one that holds now, also when it has been moved."""

    mission: Mission
    standing: Standing


def find_standing(mission: Mission, reply: str | None = None) -> Standing:
    """How a mission stands for who replied so, or for whoever leads or asked for it (None).

    A place that was given back or taken back is called off for its member, whatever becomes of the mission.
    """
    gone = reply is not None and reply not in HOLDING
    if gone or mission.state in (State.CANCELLED, State.DECLINED):
        return Standing.CANCELLED
    if mission.state in CERTAIN and (reply is None or reply in COMING):
        return Standing.CONFIRMED
    return Standing.TENTATIVE
