"""Is anything that is done to the log afterwards found, and is it said where?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from survey.audit import chain
from survey.audit.chain import Broken, check_chain, note_newest, seal_events
from survey.audit.note import find_file, read_note
from survey.errors import SurveyError
from survey.installation import Installation
from survey.store import audits
from survey.store.tables import audit, audit_seal
from tests.walks import opened


def do_something(installation: Installation, number: int = 5) -> None:
    for one in range(number):
        with installation.database.write() as connection:
            audits.add_event(connection, "thing done", f"thing {one}", by="coordinator", number=one)


def find_verdict(installation: Installation) -> tuple[Broken | None, int | None]:
    verdict = check_chain(installation)
    return verdict.broken, verdict.at


def find_event(installation: Installation, place: int) -> bytes:
    """The id of the event of a link."""
    with installation.database.read(newest=True) as connection:
        query = select(audit_seal.c.event_id).where(audit_seal.c.number == place)
        return bytes(connection.execute(query).scalar_one())


def test_what_nobody_has_touched_is_whole(installation: Installation) -> None:
    do_something(installation)
    made = seal_events(installation)
    verdict = check_chain(installation)
    assert made >= 5
    assert (verdict.is_whole, verdict.checked, verdict.number, verdict.unsealed) == (True, made, made, 0)
    assert seal_events(installation) == 0


def test_what_has_happened_since_is_told_and_sealed_the_next_time(installation: Installation) -> None:
    seal_events(installation)
    do_something(installation, 2)
    assert check_chain(installation).unsealed == 2
    assert seal_events(installation) == 2
    assert check_chain(installation).is_whole


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "manager"},
        {"action": "thing undone"},
        {"subject": "another"},
        {"facts": '{"number": 7}'},
    ],
    ids=["who", "what", "about what", "facts"],
)
def test_an_event_that_is_changed_is_found_with_its_place(
    installation: Installation, change: dict[str, str]
) -> None:
    do_something(installation)
    seal_events(installation)
    event = find_event(installation, 3)
    with installation.database.write() as connection:
        connection.execute(update(audit).where(audit.c.id == event).values(**change))
    assert find_verdict(installation) == (Broken.CHANGED, 3)


def test_an_event_that_is_taken_away_is_missed(installation: Installation) -> None:
    do_something(installation)
    seal_events(installation)
    event = find_event(installation, 2)
    with installation.database.write() as connection:
        connection.execute(delete(audit).where(audit.c.id == event))
    assert find_verdict(installation) == (Broken.MISSING, 2)


def test_an_event_that_goes_with_its_link_leaves_a_gap(installation: Installation) -> None:
    do_something(installation)
    seal_events(installation)
    event = find_event(installation, 2)
    with installation.database.write() as connection:
        connection.execute(delete(audit).where(audit.c.id == event))
        connection.execute(delete(audit_seal).where(audit_seal.c.number == 2))
    assert find_verdict(installation) == (Broken.GAP, 3)


@pytest.mark.parametrize("place", ["end", "beginning"])
def test_an_end_that_is_cut_off_is_told_by_the_note_beside_the_keys_and_stays_told(
    installation: Installation, place: str
) -> None:
    do_something(installation)
    number = seal_events(installation)
    kept = audit_seal.c.number < number if place == "end" else audit_seal.c.number > 2
    with installation.database.write() as connection:
        gone = [bytes(one) for one in connection.scalars(select(audit_seal.c.event_id).where(~kept))]
        connection.execute(delete(audit).where(audit.c.id.in_(gone)))
        connection.execute(delete(audit_seal).where(~kept))
    assert check_chain(installation).broken is Broken.CUT
    do_something(installation)
    seal_events(installation)  # the note is not written over, or one hour would be enough to hide it
    assert check_chain(installation).broken is Broken.CUT
    assert note_newest(installation, anew=True)
    assert check_chain(installation).is_whole


def test_an_event_that_is_put_in_between_without_the_key_is_found(installation: Installation) -> None:
    do_something(installation)
    number = seal_events(installation)
    with installation.database.write() as connection:
        values = {"id": b"x" * 16, "actor": "manager", "action": "a", "subject": "b", "facts": "{}"}
        at = connection.execute(select(audit.c.at).limit(1)).scalar_one()
        connection.execute(insert(audit).values(at=at, **values))
        link = {"number": number + 1, "event_id": b"x" * 16, "hash": b"y" * 32}
        connection.execute(insert(audit_seal).values(**link))
    assert find_verdict(installation) == (Broken.CHANGED, number + 1)


def test_nobody_without_the_key_can_make_the_chain_anew(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_something(installation)
    seal_events(installation)
    with installation.database.write() as connection:
        connection.execute(delete(audit_seal))
    monkeypatch.setattr(chain, "hash_keyed", lambda _key, purpose, *values: b"z" * 32)
    monkeypatch.setattr(chain, "keep_note", lambda *_given: None)
    seal_events(installation)
    monkeypatch.undo()
    assert not check_chain(installation).is_whole


def test_of_several_who_seal_at_once_each_event_gets_one_link(installation: Installation) -> None:
    from concurrent.futures import ThreadPoolExecutor

    do_something(installation, 20)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(seal_events, [installation] * 4))
    with installation.database.read(newest=True) as connection:
        events = connection.execute(select(audit.c.id)).all()
        links = connection.execute(select(audit_seal.c.number)).all()
    assert len(links) == len(events)
    assert check_chain(installation).is_whole


@pytest.mark.parametrize("said", ["", "{}", "[]", '{"first": 1, "number": "x", "hash": ""}', "\xff"])
def test_a_note_that_says_nothing_is_told_and_never_read_as_whole(on_sqlite: Installation, said: str) -> None:
    do_something(on_sqlite)
    seal_events(on_sqlite)
    find_file(on_sqlite).write_text(said, encoding="latin-1")
    with pytest.raises(SurveyError) as wrong:
        check_chain(on_sqlite)
    assert wrong.value.code == "key_unreadable"


def test_the_note_is_for_its_owner_alone(on_sqlite: Installation) -> None:
    do_something(on_sqlite)
    number = seal_events(on_sqlite)
    assert oct(find_file(on_sqlite).stat().st_mode)[-3:] == "600"
    note = read_note(on_sqlite)
    assert note is not None and (note.first, note.number) == (1, number)


@given(values=st.lists(st.text(max_size=5), min_size=4, max_size=4))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_two_events_are_told_alike(on_sqlite: Installation, values: list[str]) -> None:
    """Signs that move from one column to the next make another link."""
    with on_sqlite.database.read() as connection:
        some = audits.list_unsealed(connection, 1)[0]
    actor, action, subject, facts = values
    one = audits.Written(some.id, some.at, actor, action, subject, json.dumps(facts))
    moved = audits.Written(some.id, some.at, actor + action[:1], action[1:], subject, json.dumps(facts))
    same = (one.actor, one.action) == (moved.actor, moved.action)
    assert (chain.link(on_sqlite, b"", one) == chain.link(on_sqlite, b"", moved)) == same


def test_machines_that_share_the_second_place_share_the_note(tmp_path: Path) -> None:
    url, copies = f"sqlite:///{tmp_path / 'x.db'}", tmp_path / "shared"
    with (
        opened(url, tmp_path / "one", KEYS_COPY_DIR=copies) as one,
        opened(url, tmp_path / "two", KEYS_COPY_DIR=copies) as two,
    ):
        seal_events(one)
        assert read_note(two) == read_note(one) is not None
        assert find_file(one).is_relative_to(copies)
