"""How do people come into an open round by a poster, or a kiosk round on a tablet, and how many may?

What is counted is surveys that are begun, never what is sent: decision 0009. A limit holds for a way and for
the round, never for an address: a whole hospital is one.
"""

from __future__ import annotations

import secrets

from survey.answering.codes import ALPHABET
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.rounds import find_round_now
from survey.store import audits, ways
from survey.store.database import claim_job
from survey.store.rounds import Round
from survey.store.ways import Way

KINDS = {"open": "link", "kiosk": "kiosk"}  # which kind of way leads into a round with which door
KEY_SIGNS = 10
MOST_NAME = 80  # signs
MOST_WAYS = 200  # into one round


def add_way(
    installation: Installation, round_id: str, name: str, *, most_a_day: int | None, by: Person
) -> Way:
    """A new way into a round, with an address of its own.

    Raises SurveyError: not_allowed, round_unknown, way_door_wrong, way_name_wrong, way_most_wrong, ways_many.
    """
    check_can_do(Permission.INVITE, by=by)
    round_ = find_round_now(installation, round_id)
    if round_.door not in KINDS:
        raise SurveyError("way_door_wrong")
    if not name.strip() or len(name.strip()) > MOST_NAME:
        raise SurveyError("way_name_wrong", most=MOST_NAME)
    if most_a_day is not None and most_a_day < 1:
        raise SurveyError("way_most_wrong")
    key = "".join(secrets.choice(ALPHABET) for _ in range(KEY_SIGNS)).lower()
    found = Way(key, round_id, KINDS[round_.door], name.strip(), most_a_day, closed=False)
    with installation.database.write() as connection:
        if len(ways.list_ways(connection, round_id)) >= MOST_WAYS:
            raise SurveyError("ways_many", most=MOST_WAYS)
        ways.add_way(connection, found)
        facts = {"kind": found.kind, "most_a_day": most_a_day}
        audits.add_event(connection, "way added", round_id, by=by.name, **facts)
    return found


def close_way(installation: Installation, key: str, *, by: Person) -> None:
    """Close a way for good. Raises SurveyError not_allowed, way_unknown and way_closed."""
    check_can_do(Permission.INVITE, by=by)
    with installation.database.write() as connection:
        found = ways.find_way(connection, key)
        if found is None:
            raise SurveyError("way_unknown")
        if not ways.close_way(connection, key):
            raise SurveyError("way_closed")
        audits.add_event(connection, "way closed", found.round_id, by=by.name)


def list_ways(installation: Installation, round_id: str) -> tuple[Way, ...]:
    with installation.database.read(newest=True) as connection:
        return ways.list_ways(connection, round_id)


def find_way(installation: Installation, round_: Round, key: str) -> Way:
    """The way of an address. Raises SurveyError way_unknown, also for another round's, and way_closed."""
    with installation.database.read(newest=True) as connection:
        found = ways.find_way(connection, key)
    if found is None or found.round_id != round_.id:
        raise SurveyError("way_unknown")
    if found.closed:
        raise SurveyError("way_closed")
    return found


def count_beginning(installation: Installation, round_: Round, way: Way | None) -> None:
    """Count that somebody begins, where there is a limit to keep.

    Raises SurveyError way_full when a way has had its surveys for today, and round_full when the round has.
    """
    if way is None and round_.most is None:
        return
    today, key = installation.today(), way.key if way is not None else ""
    with installation.database.write() as connection:
        claim_job(connection, f"begin {round_.id}")
        limit = way.most_a_day if way is not None else None
        if limit is not None and ways.count_begun(connection, round_.id, way=key, day=today) >= limit:
            raise SurveyError("way_full")
        if round_.most is not None and ways.count_begun(connection, round_.id) >= round_.most:
            raise SurveyError("round_full")
        ways.note_begun(connection, round_.id, way=key, day=today)
