"""Is everything that was sent counted once, whoever sends it again and whatever is killed?"""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from survey.answering.drafts import Draft, begin_draft, find_draft, keep_draft
from survey.answering.receipt import hash_receipt, read_receipt
from survey.answering.seal import Payload, open_payload
from survey.answering.submit import Sent, send_answers
from survey.errors import SurveyError
from survey.installation import Installation, check_may_take_answers
from survey.publication.close import close_ended_months
from survey.rounds import make_codes
from survey.store import drafts as stored
from survey.store.rounds import Round
from survey.store.tables import inbox, invitation_code, submission
from tests.processes import reopen, run_together
from tests.survey.sending_in_a_loop import kill_one
from tests.walks import A_DAY, ITS_MONTH, Calendar, Walked, answer_survey, begin_answering, open_a_round

KILLS = {"sqlite": 20, "postgresql": 5}


def count_rows(installation: Installation) -> tuple[int, int, int]:
    """How many codes, sealed answers and submission ids there are."""
    with installation.database.read() as connection:
        return tuple(  # type: ignore[return-value]
            len(connection.execute(select(table)).all()) for table in (invitation_code, inbox, submission)
        )


def open_inbox(installation: Installation) -> list[Payload]:
    private_key = installation.keys.read_period_key(ITS_MONTH)
    with installation.database.read() as connection:
        return [open_payload(one, private_key) for one in connection.scalars(select(inbox.c.sealed))]


def refusal(installation: Installation, round_: Round, code: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(SurveyError) as wrong:
        begin_draft(installation, round_, form="full", language="sv", code=code)
    return wrong.value.code, dict(wrong.value.facts)


def make_one_code(installation: Installation, round_: Round, area: str = "0780") -> str:
    return make_codes(installation, round_, area=area, number=1, by="test")[0]


def test_what_is_sent_once_is_kept_as_it_was_given(installation: Installation, open_round: Round) -> None:
    walked = begin_answering(installation, open_round, municipality="0763", comment="Ring 070-123 45 67")
    draft = find_draft(installation, open_round, walked.secret)
    assert draft is not None
    sent = send_answers(installation, open_round, walked.secret)
    (payload,) = open_inbox(installation)
    assert not sent.again
    assert (payload.area, payload.month, payload.channel) == ("0763", ITS_MONTH, "open")
    assert {q: a for q, a in payload.answers.items() if a is not None} == {
        q: a for q, a in draft.answers.items() if q not in payload.comments
    }
    assert set(payload.comments.values()) == {"Ring [telefon]"}
    assert payload.response_hash == hash_receipt(read_receipt(sent.receipt), "response")


def test_sending_twice_counts_once_and_gives_the_same_receipt(
    installation: Installation, open_round: Round
) -> None:
    walked = begin_answering(installation, open_round)
    first = send_answers(installation, open_round, walked.secret)
    assert send_answers(installation, open_round, walked.secret) == Sent(first.receipt, again=True)
    assert count_rows(installation) == (0, 1, 1)


def test_eight_tabs_that_send_at_once_count_once(installation: Installation, coded_round: Round) -> None:
    walked = begin_answering(installation, coded_round, code=make_one_code(installation, coded_round))
    with ThreadPoolExecutor(8) as tabs:
        sent = list(tabs.map(lambda _: send_answers(installation, coded_round, walked.secret), range(8)))
    assert Counter(one.again for one in sent) == {True: 7, False: 1}
    assert len({one.receipt for one in sent}) == 1
    assert count_rows(installation) == (0, 1, 1)


def test_processes_that_send_the_same_draft_count_once(
    installation: Installation, coded_round: Round
) -> None:
    walked = begin_answering(installation, coded_round, code=make_one_code(installation, coded_round))
    installation.database.close()
    sent = run_together(*[lambda: send_answers(reopen(installation), coded_round, walked.secret)] * 3)
    assert [one.error for one in sent] == ["", "", ""]
    assert Counter(one.value.again for one in sent) == {True: 2, False: 1}
    assert len({one.value.receipt for one in sent}) == 1
    assert count_rows(installation) == (0, 1, 1)


def test_sending_again_in_the_same_browser_after_a_lost_acknowledgement_gives_the_receipt(
    installation: Installation, coded_round: Round
) -> None:
    code = make_one_code(installation, coded_round)
    walked = answer_survey(installation, coded_round, code=code)
    assert send_answers(installation, coded_round, walked.secret) == Sent(walked.receipt, again=True)


def test_a_used_code_gets_the_same_words_at_once_and_shows_nobody_the_receipt(
    installation: Installation, coded_round: Round
) -> None:
    code = make_one_code(installation, coded_round)
    answer_survey(installation, coded_round, code=code)
    with pytest.raises(SurveyError, match="code_unknown"):
        begin_draft(installation, coded_round, form="full", language="sv", code=code)


def test_when_the_receipt_is_not_kept_any_more_it_is_said_that_it_was_sent(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    walked = answer_survey(installation, open_round)
    expire_drafts(installation, calendar)
    with pytest.raises(SurveyError, match="already_sent"):
        send_answers(installation, open_round, walked.secret)
    assert count_rows(installation) == (0, 1, 1)


def expire_drafts(installation: Installation, calendar: Calendar) -> None:
    calendar.day += timedelta(days=2)
    with installation.database.write() as connection:
        assert stored.delete_expired_drafts(connection, calendar.day) == 1


def test_an_unknown_a_used_and_another_rounds_code_get_the_same_words(
    installation: Installation, coded_round: Round, calendar: Calendar
) -> None:
    other_round = open_a_round(installation, "annan", door="coded")
    used = make_one_code(installation, coded_round)
    answer_survey(installation, coded_round, code=used)
    expire_drafts(installation, calendar)
    of_another = make_one_code(installation, other_round)
    for code in (used, of_another, "ABCDEFGHJKM"):
        assert refusal(installation, coded_round, code) == ("code_unknown", {})
    assert begin_draft(installation, other_round, form="full", language="sv", code=of_another)


def test_a_code_is_used_by_the_first_who_sends(installation: Installation, coded_round: Round) -> None:
    code = make_one_code(installation, coded_round)
    walked = begin_answering(installation, coded_round, code=code)
    with installation.database.write() as connection:
        connection.execute(invitation_code.delete())
    with pytest.raises(SurveyError, match="code_unknown"):
        send_answers(installation, coded_round, walked.secret)
    assert count_rows(installation) == (0, 0, 0)
    assert find_draft(installation, coded_round, walked.secret) is not None


def test_a_code_and_its_draft_are_kept_when_the_disk_fails(
    installation: Installation, coded_round: Round
) -> None:
    walked = begin_answering(installation, coded_round, code=make_one_code(installation, coded_round))
    before = find_draft(installation, coded_round, walked.secret)
    refuse_inserts(installation)
    with pytest.raises(SurveyError) as wrong:
        send_answers(installation, coded_round, walked.secret)
    assert wrong.value.code.startswith("database_")
    assert count_rows(installation) == (1, 0, 0)
    assert find_draft(installation, coded_round, walked.secret) == before
    allow_inserts(installation)
    assert not send_answers(installation, coded_round, walked.secret).again
    assert count_rows(installation) == (0, 1, 1)


def refuse_inserts(installation: Installation) -> None:
    """Make the database itself fail on the last row of the transaction."""
    with installation.database.write() as connection:
        if installation.database.is_sqlite:
            connection.execute(
                text(
                    "CREATE TRIGGER broken BEFORE INSERT ON inbox"
                    " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
                )
            )
            return
        connection.execute(
            text(
                "CREATE FUNCTION break_it() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$"
            )
        )
        connection.execute(
            text("CREATE TRIGGER broken BEFORE INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION break_it()")
        )


def allow_inserts(installation: Installation) -> None:
    with installation.database.write() as connection:
        on_table = "" if installation.database.is_sqlite else " ON inbox"
        connection.execute(text(f"DROP TRIGGER broken{on_table}"))


def test_a_person_whose_sending_is_refused_takes_nobody_else_with_them(
    installation: Installation, coded_round: Round
) -> None:
    good = [
        begin_answering(installation, coded_round, code=make_one_code(installation, coded_round))
        for _ in range(9)
    ]
    with installation.database.write() as connection:
        kept = set(connection.scalars(select(invitation_code.c.hash)))
    bad = [
        begin_answering(installation, coded_round, code=make_one_code(installation, coded_round))
        for _ in range(9)
    ]
    with installation.database.write() as connection:
        connection.execute(invitation_code.delete().where(invitation_code.c.hash.not_in(kept)))

    def send(walked: Walked) -> str:
        try:
            return send_answers(installation, coded_round, walked.secret).receipt
        except SurveyError as wrong:
            return wrong.code

    mingled = [one for pair in zip(good, bad, strict=True) for one in pair]
    with ThreadPoolExecutor(18) as people:
        told = list(people.map(send, mingled))
    assert set(told[1::2]) == {"code_unknown"}
    assert {hash_receipt(read_receipt(one), "response") for one in told[0::2]} == {
        one.response_hash for one in open_inbox(installation)
    }
    assert count_rows(installation) == (0, 9, 9)


def test_a_tab_left_open_cannot_put_an_unsent_draft_in_the_place_of_what_was_sent(
    installation: Installation, open_round: Round
) -> None:
    walked = begin_answering(installation, open_round)
    left_open = find_draft(installation, open_round, walked.secret)
    assert left_open is not None
    receipt = send_answers(installation, open_round, walked.secret).receipt
    with pytest.raises(SurveyError, match="already_sent"):
        keep_draft(installation, open_round, walked.secret, left_open)
    assert send_answers(installation, open_round, walked.secret) == Sent(receipt, again=True)


def test_what_is_left_of_a_sent_draft_holds_no_answer_and_no_code(
    installation: Installation, coded_round: Round
) -> None:
    code = make_one_code(installation, coded_round)
    walked = answer_survey(installation, coded_round, code=code, comment="Hej")
    stub = find_draft(installation, coded_round, walked.secret)
    assert stub == Draft("full", "sv", "invited", read_receipt(walked.receipt), sent=True)


def test_an_answer_to_a_month_that_was_closed_at_that_moment_is_refused_and_not_lost(
    installation: Installation, open_round: Round, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_survey(installation, open_round)
    walked = begin_answering(installation, open_round)
    key = installation.keys.read_period_key(ITS_MONTH).public_key
    calendar.turn_to(2026, 10)
    close_ended_months(installation)
    calendar.day = A_DAY
    with monkeypatch.context() as slow, pytest.raises(SurveyError, match="period_closed"):
        slow.setattr("survey.answering.submit.find_answering_month", lambda _: ITS_MONTH)
        slow.setattr("survey.answering.submit.ensure_period_key", lambda *_: bytes(key))
        send_answers(installation, open_round, walked.secret)
    calendar.turn_to(2026, 10)
    assert not send_answers(installation, open_round, walked.secret).again


def test_when_the_clock_is_set_back_into_a_closed_month_answers_count_in_the_next(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    for n in range(6):
        answer_survey(installation, open_round, chance=random.Random(n))
    calendar.turn_to(2026, 10)
    close_ended_months(installation)
    calendar.day = A_DAY
    check_may_take_answers(installation)
    for n in range(6):
        answer_survey(installation, open_round, chance=random.Random(n))
    assert close_ended_months(installation) == ()
    calendar.turn_to(2026, 11)
    assert [(one.month, one.responses) for one in close_ended_months(installation)] == [("2026-10", 6)]


def test_nothing_can_be_sent_without_a_draft_or_when_the_round_is_over(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    walked = begin_answering(installation, open_round)
    with pytest.raises(SurveyError, match="nothing_to_send"):
        send_answers(installation, open_round, b"x" * 16)
    calendar.turn_to(2027, 1)
    with pytest.raises(SurveyError, match="round_not_open"):
        send_answers(installation, open_round, walked.secret)
    assert count_rows(installation) == (0, 0, 0)


def test_a_text_that_is_too_long_must_be_mended_before_it_is_sent(
    installation: Installation, open_round: Round
) -> None:
    walked = begin_answering(installation, open_round)
    draft = find_draft(installation, open_round, walked.secret)
    assert draft is not None
    too_long = replace(draft, answers={**draft.answers, "ft1": "x" * 1501})
    keep_draft(installation, open_round, walked.secret, too_long)
    with pytest.raises(SurveyError, match="answers_need_mending"):
        send_answers(installation, open_round, walked.secret)
    assert find_draft(installation, open_round, walked.secret) == too_long


@pytest.mark.parametrize(
    ("given", "area"), [("0763", "0763"), ("other", "elsewhere"), ("pns", "elsewhere"), (None, "0880")]
)
def test_an_answer_counts_where_the_person_says_else_where_the_letter_was_sent(
    installation: Installation, coded_round: Round, given: str | None, area: str
) -> None:
    code = make_one_code(installation, coded_round, area="0880")
    secret, draft = begin_draft(installation, coded_round, form="full", language="sv", code=code)
    keep_draft(installation, coded_round, secret, replace(draft, answers={"b2": given} if given else {}))
    send_answers(installation, coded_round, secret)
    assert [one.area for one in open_inbox(installation)] == [area]


def test_every_answer_that_was_acknowledged_before_a_kill_is_there_once(
    installation: Installation, open_round: Round, tmp_path: Path
) -> None:
    answer_survey(installation, open_round)  # so that keys and definition are settled before the kills
    chance = random.Random(3)
    installation.database.close()
    kills = KILLS["sqlite" if installation.database.is_sqlite else "postgresql"]
    promised = [
        kill_one(installation, open_round, tmp_path / f"heard-{number}", chance) for number in range(kills)
    ]
    receipts = [receipt for one in promised for receipt in one.receipts]
    begun = [secret for one in promised for secret in one.begun]
    kept = Counter(one.response_hash for one in open_inbox(installation))
    assert len(receipts) >= kills
    assert set(kept.values()) == {1}
    assert {hash_receipt(read_receipt(one), "response") for one in receipts} <= set(kept)
    assert len(receipts) + 1 <= len(kept) <= len(begun) + 1

    for secret in begun:
        send_answers(installation, open_round, secret)
    assert count_rows(installation) == (0, len(begun) + 1, len(begun) + 1)
