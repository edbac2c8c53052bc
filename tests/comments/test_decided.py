"""Is what a reader masks, clears, withholds or calls urgent so at once and everywhere?"""

from __future__ import annotations

import pytest

from survey.insight.comments import find_quotes, search_comments
from survey.installation import Installation
from survey.review.decide import (
    TAKEN_OUT,
    answer_flag,
    ask_for_answer,
    mask_words,
    release,
    take_out,
    withhold,
)
from survey.review.needing_answer import list_needing_answer
from survey.review.withheld import list_withheld
from survey.store import audits, comments, reviews, themes
from tests.comments.readers import ANNA, BO, CHOICE, COORDINATOR, MANAGER, PHONE, code, find_all, refuse, take
from tests.comments.written import VAXJO, close_and_publish, list_texts, make_writers, write
from tests.walks import SURVEY, Calendar


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
