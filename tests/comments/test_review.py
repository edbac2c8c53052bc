"""Does every comment have the readers it is meant to have, and is what is decided so everywhere at once?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.answering.erase import erase_answers
from survey.audit.reading import READ
from survey.errors import SurveyError
from survey.insight.comment_choice import CommentChoice
from survey.insight.comments import find_quotes, search_comments
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.review import queue
from survey.review.agreement import find_agreements
from survey.review.coding import code_again, code_comment
from survey.review.decide import (
    ANSWER_NOW,
    TAKEN_OUT,
    add_remark,
    answer_flag,
    ask_for_answer,
    mask_words,
    release,
    take_out,
    withhold,
)
from survey.review.needing_answer import list_needing_answer
from survey.review.queue import SECOND_BELOW, give_back, take_next
from survey.review.withheld import list_withheld
from survey.store import audits, comments, reviews, themes
from survey.store.comments import Readable
from tests.comments.written import (
    KRONOBERG,
    LJUNGBY,
    VAXJO,
    Writer,
    close_and_publish,
    list_texts,
    make_writers,
    write,
)
from tests.processes import run_together
from tests.walks import SURVEY, Calendar, opened

ANNA, BO = Person(Role.PANEL_MEMBER, "a1"), Person(Role.PANEL_MEMBER, "b2")
MANAGER, COORDINATOR = Person(Role.MANAGER), Person(Role.COORDINATOR)
PHONE = "Det är omöjligt att komma fram på telefon."
CHOICE = CommentChoice(SURVEY, KRONOBERG, "2026-Q3")


def take(installation: Installation, by: Person = ANNA) -> Readable:
    found = take_next(installation, survey=SURVEY, skipped=(), by=by)
    assert found is not None
    return found


def code(
    installation: Installation, row: Readable, *themes: str, by: Person = ANNA, quotable: bool = False
) -> None:
    code_comment(installation, row.id, themes=themes, quotable=quotable, by=by)


def refuse(code_: str) -> pytest.RaisesExc[SurveyError]:
    return pytest.raises(SurveyError, check=lambda wrong: wrong.code == code_)


@pytest.fixture
def published(installation: Installation, calendar: Calendar) -> Iterator[Installation]:
    """Thirty comments of a quarter that is published."""
    write(installation, make_writers(VAXJO, 30, PHONE))
    close_and_publish(installation, calendar, 2026, 10)
    yield installation


@pytest.fixture
def quick(on_sqlite: Installation, calendar: Calendar) -> Iterator[Installation]:
    """The same where no engine has a say."""
    write(on_sqlite, make_writers(VAXJO, 30, PHONE))
    close_and_publish(on_sqlite, calendar, 2026, 10)
    yield on_sqlite


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


def find_all(installation: Installation, by: Person, skipped: set[bytes] = frozenset()) -> set[bytes]:  # type: ignore[assignment]
    """Everything that somebody gets until nothing is left."""
    found: set[bytes] = set()
    while (row := take_next(installation, survey=SURVEY, skipped=skipped, by=by)) is not None:
        found.add(row.id)
        code(installation, row, by=by)
    return found


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


# Deciding beside the themes.


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Kerstins dotter på Storgatan såg det.", "Kerstins dotter", f"{TAKEN_OUT} på Storgatan såg det."),
        ("Ring Pia. PIA svarar.", "pia", f"Ring {TAKEN_OUT}. {TAKEN_OUT} svarar."),
        ("Pianot är ostämt, sa Pia.", "Pia", f"Pianot är ostämt, sa {TAKEN_OUT}."),
        ("Hon heter  Eva\nMaria.", "Eva Maria", f"Hon heter  {TAKEN_OUT}."),
        ("Priset (5 kr) höjdes.", "(5 kr)", f"Priset {TAKEN_OUT} höjdes."),
        ("Ingenting.", "annat", "Ingenting."),
    ],
)
def test_words_are_taken_out_wherever_they_stand(text: str, words: str, left: str) -> None:
    assert take_out(text, words) == left


def test_masking_more_is_at_once_and_everywhere_and_the_words_stand_in_no_log(
    published: Installation,
) -> None:
    row = take(published)
    code(published, row, "access", quotable=True)
    after = mask_words(published, row.id, "omöjligt", by=ANNA)
    assert after == f"Det är {TAKEN_OUT} att komma fram på telefon."
    assert sum(after == text for text, _ in list_texts(published)) == 1
    assert find_quotes(published, CHOICE, viewer=MANAGER, seed=1) == ()
    with published.database.read() as connection:
        told = str(audits.list_events(connection))
    assert "words masked in a comment" in told
    assert "omöjligt" not in told


@pytest.mark.parametrize(("words", "wrong"), [("  ", "words_missing"), ("finns inte där", "words_not_found")])
def test_words_that_cannot_be_masked_are_told(quick: Installation, words: str, wrong: str) -> None:
    row = take(quick)
    with refuse(wrong):
        mask_words(quick, row.id, words, by=ANNA)


def test_a_cleared_comment_is_a_quote_for_managers_and_only_that(published: Installation) -> None:
    assert find_quotes(published, CHOICE, viewer=MANAGER, seed=1) == ()
    assert search_comments(published, CHOICE, viewer=MANAGER, seed=1).said == ()
    code(published, take(published), "access", quotable=True)
    assert [one.text for one in find_quotes(published, CHOICE, viewer=MANAGER, seed=1)] == [PHONE]
    assert len(search_comments(published, CHOICE, viewer=MANAGER, seed=1).said) == 1
    assert len(search_comments(published, CHOICE, viewer=ANNA, seed=1).said) == 20


def test_what_is_withheld_appears_nowhere_until_it_is_released(quick: Installation) -> None:
    row = take(quick)
    code(quick, row, "access", quotable=True)
    withhold(quick, row.id, "Hotar en namngiven.", by=ANNA)
    assert find_quotes(quick, CHOICE, viewer=MANAGER, seed=1) == ()
    assert row.id not in find_all(quick, BO)
    with refuse("comment_state"):
        withhold(quick, row.id, "igen", by=BO)
    (withheld,) = list_withheld(quick, survey=SURVEY, viewer=BO)
    assert withheld.reason == "Hotar en namngiven."
    release(quick, withheld.id, "Det var ett citat ur en bok.", by=BO)
    assert list_withheld(quick, survey=SURVEY, viewer=BO) == ()
    with refuse("flag_handled"):
        release(quick, withheld.id, "igen", by=ANNA)


def test_what_is_withheld_before_its_year_ends_stays_in_what_was_counted(
    on_sqlite: Installation, calendar: Calendar
) -> None:
    write(on_sqlite, make_writers(VAXJO, 30, PHONE))
    write(on_sqlite, make_writers(VAXJO, 25, PHONE, month="2026-10"))
    close_and_publish(on_sqlite, calendar, 2026, 10)
    with on_sqlite.database.write() as connection:
        open_one = next(row for row, _ in comments.iterate_heard(connection, SURVEY, ["2026-10"]))
        reviews.set_withheld(connection, open_one.id, withheld=True)
    row = take(on_sqlite)
    withhold(on_sqlite, row.id, "fel", by=ANNA)
    close_and_publish(on_sqlite, calendar, 2027, 1)
    with on_sqlite.database.read() as connection:
        counted = {
            one.period: one.comments for one in themes.list_published(connection, SURVEY, areas=[VAXJO])
        }
    assert counted == {"2026-Q3": 30, "2026-Q4": 24, "2026": 54}


def test_an_urgent_comment_reaches_the_coordinator_and_is_answered_once(published: Installation) -> None:
    row = take(published)
    ask_for_answer(published, row.id, "Någon kan fara illa, ring 070-174 06 05.", by=ANNA)
    with refuse("not_allowed"):
        list_needing_answer(published, survey=SURVEY, viewer=MANAGER)
    (one,) = list_needing_answer(published, survey=SURVEY, viewer=COORDINATOR)
    assert (one.text, one.note, one.answer) == (PHONE, "Någon kan fara illa, ring [telefon].", "")
    answer_flag(published, one.id, "Enheten är uppringd.", by=COORDINATOR)
    with refuse("flag_handled"):
        answer_flag(published, one.id, "igen", by=COORDINATOR)
    (one,) = list_needing_answer(published, survey=SURVEY, viewer=COORDINATOR)
    assert one.answer == "Enheten är uppringd."


@pytest.mark.parametrize(
    ("text", "wrong"), [("", "text_missing"), (" \n", "text_missing"), ("a" * 1501, "text_too_long")]
)
def test_a_reason_that_is_none_is_refused(quick: Installation, text: str, wrong: str) -> None:
    row = take(quick)
    for deed in (withhold, ask_for_answer):
        with refuse(wrong):
            deed(quick, row.id, text, by=ANNA)


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
