"""Is who wants the weekly letter, and what waits to be sent, kept alike on each engine?"""

from __future__ import annotations

from datetime import date, timedelta

from survey.installation import Installation
from survey.panel.letters import LetterKind
from survey.store import mission_letters, weekly_letters
from survey.store.mission_letters import Queued

TODAY = date(2026, 9, 14)


def queue(
    installation: Installation, letter_id: bytes, *, kind: str = LetterKind.WEEKLY, days: int = 0
) -> bool:
    new = Queued(letter_id, kind, "", None, b"x", TODAY - timedelta(days=days), "waiting")
    with installation.database.write() as connection:
        return mission_letters.add_letter(connection, new)


def list_waiting(installation: Installation) -> set[bytes]:
    with installation.database.read(newest=True) as connection:
        return {bytes(one.id) for one in mission_letters.list_waiting(connection, now=0.0)}


def test_a_reader_is_kept_once_and_gone_when_taken_away(installation: Installation) -> None:
    with installation.database.write() as connection:
        told = [weekly_letters.add_reader(connection, one, TODAY) for one in ("b", "a", "b")]
        assert told == [True, True, False]
        assert weekly_letters.list_readers(connection) == ("a", "b")
        assert [weekly_letters.delete_reader(connection, "b") for _ in range(2)] == [True, False]
        assert (weekly_letters.is_reader(connection, "a"), weekly_letters.is_reader(connection, "b")) == (
            True,
            False,
        )


def test_a_letter_is_written_once_whatever_became_of_it(installation: Installation) -> None:
    assert (queue(installation, b"1" * 32), queue(installation, b"1" * 32)) == (True, False)
    with installation.database.write() as connection:
        assert mission_letters.is_known(connection, b"1" * 32)
        assert not mission_letters.is_known(connection, b"2" * 32)
        dropped = [mission_letters.drop_letter(connection, one) for one in (b"1" * 32, b"1" * 32, b"2" * 32)]
    assert dropped == [True, False, False]
    assert list_waiting(installation) == set()
    assert not queue(installation, b"1" * 32)


def test_only_old_letters_of_the_kind_are_dropped(installation: Installation) -> None:
    queue(installation, b"1" * 32, days=1)
    queue(installation, b"2" * 32)
    queue(installation, b"3" * 32, kind=LetterKind.TOLD, days=30)
    with installation.database.write() as connection:
        assert mission_letters.drop_old(connection, kind=LetterKind.WEEKLY, before=TODAY) == 1
    assert list_waiting(installation) == {b"2" * 32, b"3" * 32}
