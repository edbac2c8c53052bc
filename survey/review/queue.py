"""Which comment does a reader get next, so that nobody reads what another reads unless two are meant to?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from analysis.periods import enclosing_periods
from analysis.text.learning_next import Candidate, choose_next
from survey.audit.reading import note_reading
from survey.comments.model_in_force import describe_anew, find_model_in_force
from survey.comments.reading import find_asked
from survey.comments.theme_lists import find_themes_of
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import comments, reviews, themes
from survey.store.comments import Readable
from survey.store.database import Connection
from survey.store.reviews import Slot
from survey.store.themes import PublishedThemes

QUEUE = "coding"  # what the audit log calls the comments that wait to be coded
LOOKED_AT = 200  # comments among which the next one is chosen
HELD_FOR = timedelta(hours=24)  # how long somebody keeps a comment that they do not code
SECOND_SHARE = 0.2  # of comments have two readers, to tell how well people agree
SECOND_BELOW = round(SECOND_SHARE * 2**128).to_bytes(16, "big")  # ids are 128 random bits
SECOND = 2  # the slot of a second reader
POOL_ANSWERS = 10  # answers a pool must have before the panel reads in it (privacy.md 2)
POOL_COMMENTS = 3  # comments that it must have


def can_read_pool(published: PublishedThemes | None) -> bool:
    """Whether the panel may read single comments of an area and period: 10 answers and 3 comments or more."""
    return published is not None and published.answers >= POOL_ANSWERS and published.readable >= POOL_COMMENTS


def take_next(
    installation: Installation, *, survey: str, skipped: Collection[bytes], by: Person
) -> Readable | None:
    """The comment that somebody holds, else the one whose coding teaches most; None when none waits.

    A comment that wants its second reader comes first, then themes with few codes, then the least certain.
    Only of pools that the panel may read in: a county's quarter that is published. What somebody keeps for a
    day without coding it goes to another. That they read is written in the audit log. Raises SurveyError
    not_allowed.
    """
    check_can_do(Permission.CODE_COMMENTS, by=by)
    found = hand_out(installation, survey, skipped, by=by)
    if found is not None:
        note_reading(installation, f"{survey} {QUEUE}", by=by)
    return found


def hand_out(
    installation: Installation, survey: str, skipped: Collection[bytes], *, by: Person
) -> Readable | None:
    """What somebody holds, else the next that is free, from now on theirs; None when none waits."""
    held = find_held(installation, by=by)
    if held is not None:
        return held
    now = datetime.now(UTC)
    while True:
        waiting = list_open(installation, survey, by.name, skipped)
        if not waiting:
            return None
        row, slot = choose(installation, survey, waiting)
        with installation.database.write() as connection:
            reviews.free_late(connection, now - HELD_FOR)
            if reviews.take_slot(connection, Slot(row.id, slot, by.name, now, done=False)):
                return comments.find_readable(connection, row.id)


def find_held(installation: Installation, *, by: Person) -> Readable | None:
    """The comment that somebody reads now; None when none, or when it has been taken back or withheld."""
    with installation.database.read(newest=True) as connection:
        held = reviews.find_held(connection, by.name)
        return None if held is None else comments.find_readable(connection, held.comment_id)


def give_back(installation: Installation, comment_id: bytes, *, by: Person) -> None:
    """Let another read a comment that one passes over. Raises SurveyError not_allowed."""
    check_can_do(Permission.CODE_COMMENTS, by=by)
    with installation.database.write() as connection:
        reviews.give_back(connection, comment_id, by.name)


def list_open(
    installation: Installation, survey: str, reader: str, skipped: Collection[bytes]
) -> list[tuple[Readable, int]]:
    """Comments that lack a reader, of pools that may be read in, each with its free slot."""
    with installation.database.read(newest=True) as connection:
        pools = {(row.area, row.period): row for row in themes.list_published(connection, survey)}
        waiting = list_waiting(connection, survey, reader, LOOKED_AT + len(skipped))
    return [
        (row, slot)
        for row, slot in waiting
        if row.id not in skipped and can_read_pool(pools.get(find_pool(installation, row)))
    ]


def list_waiting(
    connection: Connection, survey: str, reader: str, limit: int
) -> Sequence[tuple[Readable, int]]:
    return reviews.list_waiting(
        connection, survey=survey, reader=reader, second_below=SECOND_BELOW, limit=limit
    )


def find_pool(installation: Installation, row: Readable) -> tuple[str, str]:
    """The county and the quarter of a comment: nothing tells its reader which municipality it came from."""
    areas = installation.areas
    county = (areas.find(row.area).parent or row.area) if areas.has(row.area) else row.area
    return county, enclosing_periods(row.month)[0].code


def choose(
    installation: Installation, survey: str, waiting: Sequence[tuple[Readable, int]]
) -> tuple[Readable, int]:
    """The one of some comments that teaches most; one that wants its second reader before all others."""
    halves = [(row, slot) for row, slot in waiting if row.id < SECOND_BELOW and slot == SECOND]
    if halves:
        return halves[0]
    with installation.database.read(newest=True) as connection:
        coded = reviews.count_coded_themes(connection)
    lists = find_themes_of(installation.settings)
    candidates = [
        Candidate(
            row.id.hex(),
            describe_anew(row.text, find_asked(installation, survey, row.question), row.language, lists),
        )
        for row, _ in waiting
    ]
    known = {code: coded.get(code, 0) for code in lists.names}
    first = choose_next(candidates, find_model_in_force(installation), known, 1)
    # A comment without a word teaches nothing, and is read after all others.
    return next(((row, slot) for row, slot in waiting if row.id.hex() in first), waiting[0])
