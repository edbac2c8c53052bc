"""Which round does a made-up person come to, and how: by the open address, or with the code of a letter?

One person in three answers a letter. The letters begin a month before the open round, so that a response rate
has been published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from analysis.periods import month_of
from survey.answering.codes import make_code
from survey.answering.drafts import find_survey, hash_code, seal_area
from survey.answering.journey import Survey
from survey.installation import SYSTEM, Installation, find_definition
from survey.store import audits, invitations, submissions
from survey.store.database import Connection
from survey.store.rounds import Round

ONE_IN = 3  # people of whom one answers a letter
LETTERS_FOR_AN_ANSWER = 2.5
OPEN_CHANNEL, LETTER_CHANNEL = "open", "invited"  # as real drafts have them


@dataclass(frozen=True)
class Door:
    """A round that made-up people come to, how they come, and its forms."""

    round_: Round
    channel: str
    surveys: Mapping[str, Survey]


def choose_door(number: int, doors: Sequence[Door]) -> Door:
    """Where a person comes in: every third by letter where there is a round of letters, the last door."""
    return doors[-1] if len(doors) > 1 and number % ONE_IN == 0 else doors[0]


def invite(
    installation: Installation, connection: Connection, letters: Round, came: Mapping[str, int]
) -> None:
    """Invite more people than have answered, by area; a code whose answers were sent is gone, as always."""
    for area, answered in sorted(came.items()):
        invited = ceil(answered * LETTERS_FOR_AN_ANSWER)
        codes = [make_code(demo=True) for _ in range(invited - answered)]
        rows = [(hash_code(installation, code), seal_area(installation, code, area)) for code in codes]
        submissions.add_codes(connection, letters.id, rows)
        invitations.add_invited(connection, letters.id, area, invited)
        audits.add_event(connection, "codes made", letters.id, by=SYSTEM, number=invited, area=area)


def open_doors(installation: Installation, month: str, round_: Round, letters: Round) -> tuple[Door, ...]:
    """The doors of a month: the round, and the letters from the month they begin in."""
    rounds = [(round_, OPEN_CHANNEL)]
    if month >= month_of(letters.opens):
        rounds.append((letters, LETTER_CHANNEL))
    definition = find_definition(installation, round_.survey, round_.version)
    return tuple(
        Door(one, channel, {form: find_survey(installation, one, form) for form in definition.forms})
        for one, channel in rounds
    )
