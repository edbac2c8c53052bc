"""Does every comment have the readers it is meant to have, and is what is decided so everywhere at once?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from survey.answering.erase import erase_answers
from survey.audit.reading import READ
from survey.insight.comments import search_comments
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.review import queue
from survey.review.agreement import find_agreements
from survey.review.coding import code_again
from survey.review.decide import ANSWER_NOW, add_remark, ask_for_answer, mask_words, withhold
from survey.review.queue import SECOND_BELOW, give_back, take_next
from survey.store import audits, reviews
from tests.comments.readers import ANNA, BO, CHOICE, COORDINATOR, MANAGER, PHONE, code, find_all, refuse, take
from tests.comments.written import KRONOBERG, LJUNGBY, VAXJO, Writer, close_and_publish, make_writers, write
from tests.processes import run_together
from tests.walks import SURVEY, Calendar, opened


def test_a_reader_keeps_a_comment_until_it_is_coded_or_given_back(published: Installation) -> None:
    first = take(published)
    assert take(published).id == first.id
    code(published, first, "access")
    assert take(published).id != first.id


def test_two_readers_never_hold_the_same_comment_unless_it_wants_two(published: Installation) -> None:
    ours, theirs = take(published), take(published, BO)
    assert ours.id != theirs.id or ours.id < SECOND_BELOW


def test_what_is_given_back_goes_to_another(quick: Installation) -> None:
    row = take(quick)
    give_back(quick, row.id, by=ANNA)
    with quick.database.read() as connection:
        assert reviews.list_slots(connection, row.id) == ()
    assert find_all(quick, ANNA, skipped={row.id}).isdisjoint({row.id})
    assert row.id in find_all(quick, BO)


def test_every_comment_is_read_once_and_a_share_by_a_second_reader(quick: Installation) -> None:
    ours = find_all(quick, ANNA)
    assert len(ours) == 30
    assert find_all(quick, BO) == {one for one in ours if one < SECOND_BELOW}


def test_twenty_who_read_at_once_get_different_comments_and_none_is_lost(
    database_url: str, tmp_path: Path
) -> None:
    calendar = Calendar()
    with opened(database_url, tmp_path / "var", calendar, DEMO=True) as installation:
        write(installation, make_writers(VAXJO, 60, PHONE))
        close_and_publish(installation, calendar, 2026, 10)

    def read(number: int) -> list[bytes]:
        with opened(database_url, tmp_path / "var", calendar, DEMO=True) as own:
            me = Person(Role.PANEL_MEMBER, f"m{number}")
            got: list[bytes] = []
            while (row := take_next(own, survey=SURVEY, skipped=(), by=me)) is not None:
                got.append(row.id)
                code(own, row, "access", by=me)
            return got

    outcomes = run_together(*[lambda n=n: read(n) for n in range(20)])
    assert [one.error for one in outcomes if one.error] == []
    times = Counter(row for one in outcomes for row in one.value)
    assert len(times) == 60
    assert {row: n for row, n in times.items() if n != (2 if row < SECOND_BELOW else 1)} == {}


def test_what_is_kept_too_long_goes_to_another_and_its_reader_is_told(
    quick: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = take(quick)
    monkeypatch.setattr(queue, "HELD_FOR", -queue.HELD_FOR)
    take(quick, BO)
    with refuse("comment_taken"):
        code(quick, row, "access")


def test_the_panel_reads_in_no_pool_that_is_thin(on_sqlite: Installation, calendar: Calendar) -> None:
    write(on_sqlite, make_writers(VAXJO, 9, PHONE))
    close_and_publish(on_sqlite, calendar, 2026, 10)
    assert take_next(on_sqlite, survey=SURVEY, skipped=(), by=ANNA) is None
    assert search_comments(on_sqlite, CHOICE, viewer=ANNA, seed=1).is_thin


def test_nobody_reads_what_its_writer_did_not_let_the_panel_read(
    on_sqlite: Installation, calendar: Calendar
) -> None:
    write(on_sqlite, make_writers(VAXJO, 30, PHONE, for_panel=False))
    close_and_publish(on_sqlite, calendar, 2026, 10)
    assert take_next(on_sqlite, survey=SURVEY, skipped=(), by=ANNA) is None


@pytest.mark.parametrize("who", [MANAGER, COORDINATOR, Person()])
def test_only_the_panel_reads_and_codes(quick: Installation, who: Person) -> None:
    with refuse("not_allowed"):
        take_next(quick, survey=SURVEY, skipped=(), by=who)
    row = take(quick)
    for deed in (
        lambda: code(quick, row, by=who),
        lambda: mask_words(quick, row.id, "telefon", by=who),
        lambda: withhold(quick, row.id, "hot", by=who),
        lambda: ask_for_answer(quick, row.id, "nu", by=who),
        lambda: add_remark(quick, row.id, "hej", by=who),
        lambda: find_agreements(quick, survey=SURVEY, viewer=who),
    ):
        with refuse("not_allowed"):
            deed()


def test_a_theme_that_is_not_there_is_refused_and_nothing_is_kept(quick: Installation) -> None:
    row = take(quick)
    with refuse("theme_unknown"):
        code(quick, row, "access", "väder")
    assert take(quick).id == row.id


def test_what_was_taken_back_while_it_was_read_cannot_be_coded(
    on_sqlite: Installation, calendar: Calendar
) -> None:
    writers = make_writers(VAXJO, 30, PHONE)
    write(on_sqlite, writers)
    close_and_publish(on_sqlite, calendar, 2026, 10)
    row = take(on_sqlite)
    for writer in writers:
        erase_answers(on_sqlite, writer.receipt)
    with refuse("comment_gone"):
        code(on_sqlite, row, "access")
    with on_sqlite.database.read() as connection:
        assert reviews.list_slots(connection, row.id) == ()


def test_who_takes_back_takes_the_coding_and_what_was_said_along(
    on_sqlite: Installation, calendar: Calendar
) -> None:
    gone = Writer(VAXJO, text="Den här försvinner.")
    write(on_sqlite, [gone, *make_writers(VAXJO, 29, "")])
    write(on_sqlite, make_writers(LJUNGBY, 2, ""))
    write(on_sqlite, [Writer(LJUNGBY, text="Kvar."), Writer(LJUNGBY, text="Kvar.")])
    close_and_publish(on_sqlite, calendar, 2026, 10)
    row = next(
        r for r in iter(lambda: take(on_sqlite), None) if code(on_sqlite, r, "food") or "försvinner" in r.text
    )
    ask_for_answer(on_sqlite, row.id, "bråttom", by=ANNA)
    erase_answers(on_sqlite, gone.receipt)
    with on_sqlite.database.read() as connection:
        assert reviews.list_all_flags(connection, ANSWER_NOW, waiting=True) == ()
        assert reviews.list_slots(connection, row.id) == ()


def test_two_who_read_differently_talk_and_come_to_agree(quick: Installation) -> None:
    everybody_twice = b"\xff" * 16
    queue.SECOND_BELOW, before = everybody_twice, queue.SECOND_BELOW
    try:
        row = take(quick)
        code(quick, row, "access")
        with refuse("comment_state"):
            add_remark(quick, row.id, "tidigt", by=ANNA)
        other = take(quick, BO)
        assert other.id == row.id
        code(quick, other, "access", "digital", by=BO)
    finally:
        queue.SECOND_BELOW = before
    (apart,) = find_agreements(quick, survey=SURVEY, viewer=ANNA).apart
    assert apart.mine == {"access"}
    add_remark(quick, row.id, "Telefon är inte digitalt.", by=ANNA)
    (apart,) = find_agreements(quick, survey=SURVEY, viewer=BO).apart
    assert [one.text for one in apart.remarks] == ["Telefon är inte digitalt."]
    code_again(quick, row.id, themes=apart.codings[0], by=BO)
    found = find_agreements(quick, survey=SURVEY, viewer=BO)
    assert (found.read_by_two, found.apart) == (1, ())
    with refuse("comment_state"):
        code_again(quick, row.id, themes=("food",), by=BO)


def list_readings(installation: Installation) -> list[tuple[str, str]]:
    """Who read where, as the audit log tells it."""
    with installation.database.read(newest=True) as connection:
        events = audits.list_events(connection, 10_000)
    return [(one.actor, one.subject) for one in reversed(events) if one.action == READ]


def test_that_somebody_reads_is_in_the_log_once_a_day_and_never_what(published: Installation) -> None:
    row = take(published)
    take(published)
    give_back(published, row.id, by=ANNA)
    take(published)
    search_comments(published, CHOICE, viewer=ANNA, seed=1)
    search_comments(published, CHOICE, viewer=ANNA, seed=2)
    search_comments(published, CHOICE, viewer=MANAGER, seed=1)  # sees what was cleared only
    take(published, by=BO)
    assert list_readings(published) == [
        (ANNA.name, f"{SURVEY} coding"),
        (ANNA.name, f"{SURVEY} {KRONOBERG} 2026-Q3"),
        (BO.name, f"{SURVEY} coding"),
    ]


def test_where_there_is_nothing_to_read_nothing_is_said_to_be_read(on_sqlite: Installation) -> None:
    assert take_next(on_sqlite, survey=SURVEY, skipped=(), by=ANNA) is None
    assert list_readings(on_sqlite) == []
