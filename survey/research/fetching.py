"""How does a researcher fetch a file: as long as it lies there, and as long as the agreement stands?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.research.agreements import check_not_over, find_agreement, step_on
from survey.research.kept import find_file
from survey.research.making import watch
from survey.research.states import WITH_FILE, Event
from survey.store.research_files import Agreement

PIECE = 1_048_576  # bytes that are handed over at a time


def check_can_fetch(installation: Installation, agreement_id: str, *, by: Person) -> Agreement:
    """The agreement, if its file can be fetched now by this person: by whoever asked, and nobody else.

    Raises SurveyError not_allowed, research_unknown, research_ended, and research_no_file.
    """
    check_can_do(Permission.ASK_FOR_RESEARCH_FILE, by=by)
    agreement = find_agreement(installation, agreement_id, by=by)
    if agreement.asked_by != by.name:
        raise SurveyError("research_unknown")
    check_not_over(installation, agreement)
    if not is_there(installation, agreement):
        raise SurveyError("research_no_file")
    return agreement


def is_there(installation: Installation, agreement: Agreement) -> bool:
    """Whether an agreement's file lies there to be fetched."""
    is_kept = agreement.kept_until is not None and agreement.kept_until >= installation.today()
    return agreement.state in WITH_FILE and is_kept and find_file(installation, agreement.id).is_file()


def fetch_file(
    installation: Installation, agreement_id: str, *, based_on: int | None = None, by: Person
) -> tuple[int, Iterator[bytes]]:
    """How many bytes the file has, and its bytes. That it is fetched is written down before the first.

    Raises as check_can_fetch, and research_changed.
    """
    agreement = check_can_fetch(installation, agreement_id, by=by)
    path = find_file(installation, agreement.id)
    with installation.database.write() as connection:
        seen = agreement.version if based_on is None else based_on
        step_on(connection, agreement, Event.FETCH, based_on=seen, by=by.name, fetched=installation.today())
    return path.stat().st_size, hand_over(installation, agreement, path)


def hand_over(installation: Installation, agreement: Agreement, path: Path) -> Iterator[bytes]:
    """The bytes, for as long as the agreement stands: one that is ended meanwhile breaks the line."""
    check = watch(installation, agreement)
    with path.open("rb") as source:
        while piece := source.read(PIECE):
            check()
            yield piece
