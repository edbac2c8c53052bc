"""Is a keyed form kept once, sealed until then, keyed twice where drawn, and undone while it can be?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from survey.installation import Installation
from survey.keying.alike import find_alike
from survey.keying.batches import find_batch, list_paper_rounds
from survey.keying.finishing import choose_between, finish_form, undo_last, undo_waiting
from survey.keying.keeping import UNDO_FOR, tend_keyed
from survey.keying.opening import find_paper_round, keep_typed, open_form, put_aside, read_paper_code
from survey.keying.sampling import set_share
from survey.keying.states import State
from survey.paper.marks import begin_mark, write_mark
from survey.paper.numbers import make_numbers
from survey.people.roles import Person, Role
from survey.publication.schedule import CHORES
from survey.rounds import retire_rounds
from survey.store import audits
from survey.store.rounds import Round
from tests.keying.keyed import (
    ANNA,
    BO,
    FULL,
    LEADER,
    forget_secrets,
    key_form,
    list_payloads,
    make_code,
    open_paper,
)
from tests.keying.papers import fill_paper, keep, refuse, share
from tests.walks import Calendar, answer_survey

WRITTEN = "Ring mig på 070-123 45 67."


def list_actions(installation: Installation) -> list[str]:
    with installation.database.read() as connection:
        return [one.action for one in reversed(audits.list_events(connection)) if "paper" in one.action]


@pytest.mark.parametrize("comment", ["", WRITTEN])
def test_a_keyed_form_is_stored_as_the_same_walk_on_the_web_but_for_its_channel(
    installation: Installation, letters: Round, comment: str
) -> None:
    share(installation, letters, 0)
    answer_survey(installation, letters, code=make_code(installation, letters), comment=comment)
    keys = fill_paper(installation, letters, comment=comment)
    key_form(installation, letters, make_code(installation, letters), keys)
    keep(installation, letters)
    web, paper = sorted(map(forget_secrets, list_payloads(installation)), key=lambda one: one.channel)
    assert (web.channel, paper.channel) == ("invited", "paper")
    assert {**vars(web), "channel": ""} == {**vars(paper), "channel": ""}
    assert "070" not in str(paper.comments)


def test_a_form_without_a_municipality_counts_where_its_letter_went(
    installation: Installation, letters: Round
) -> None:
    share(installation, letters, 0)
    keys = fill_paper(installation, letters) | {"b2": "-"}
    key_form(installation, letters, make_code(installation, letters, "0781"), keys)
    keep(installation, letters)
    assert [one.area for one in list_payloads(installation)] == ["0781"]


class TestACodeCountsOnce:
    def test_a_code_that_was_used_on_the_web_opens_no_form(
        self, installation: Installation, letters: Round
    ) -> None:
        code = make_code(installation, letters)
        answer_survey(installation, letters, code=code)
        assert refuse(lambda: open_paper(installation, letters, code)) == "code_unknown"

    def test_a_form_that_is_kept_cannot_be_keyed_nor_answered_on_the_web(
        self, installation: Installation, letters: Round
    ) -> None:
        share(installation, letters, 0)
        code = make_code(installation, letters)
        key_form(installation, letters, code, fill_paper(installation, letters))
        assert refuse(lambda: open_paper(installation, letters, code)) == "form_just_keyed"
        keep(installation, letters)
        assert refuse(lambda: open_paper(installation, letters, code)) == "code_unknown"
        assert refuse(lambda: answer_survey(installation, letters, code=code)) == "code_unknown"
        assert len(list_payloads(installation)) == 1

    def test_what_is_sent_on_the_web_while_the_paper_lies_here_counts_and_the_paper_does_not(
        self, installation: Installation, letters: Round
    ) -> None:
        share(installation, letters, 0)
        code = make_code(installation, letters)
        key_form(installation, letters, code, fill_paper(installation, letters))
        answer_survey(installation, letters, code=code)
        assert keep(installation, letters) == 1
        assert [one.channel for one in list_payloads(installation)] == ["invited"]
        assert list_actions(installation)[-1] == "paper form dropped"

    def test_two_who_key_one_form_at_once_finish_it_once(
        self, installation: Installation, letters: Round
    ) -> None:
        share(installation, letters, 0)
        code, keys = make_code(installation, letters), fill_paper(installation, letters)
        first, second = (
            keep_typed(installation, open_paper(installation, letters, code, by=by), keys)
            for by in (ANNA, BO)
        )
        finish_form(installation, first, by=ANNA)
        assert refuse(lambda: finish_form(installation, second, by=BO)) == "form_just_keyed"

    def test_a_code_of_another_round_is_unknown(
        self, installation: Installation, letters: Round, everybody: Round
    ) -> None:
        code = make_code(installation, letters)
        assert refuse(lambda: open_paper(installation, everybody, code)) == "code_unknown"


class TestNumbersOfOpenRounds:
    def test_a_number_counts_once_and_opens_nothing_on_the_web(
        self, installation: Installation, everybody: Round
    ) -> None:
        share(installation, everybody, 0)
        (number,) = make_numbers(installation, everybody, 1, by=LEADER)
        assert refuse(lambda: answer_survey(installation, everybody, code=number)) == "code_unknown"
        key_form(installation, everybody, number, fill_paper(installation, everybody))
        keep(installation, everybody)
        assert refuse(lambda: open_paper(installation, everybody, number)) == "code_unknown"
        assert [one.channel for one in list_payloads(installation)] == ["paper"]

    @pytest.mark.parametrize("number", [0, -1, 501])
    def test_there_are_1_to_500(self, installation: Installation, everybody: Round, number: int) -> None:
        assert (
            refuse(lambda: make_numbers(installation, everybody, number, by=LEADER)) == "paper_number_wrong"
        )

    def test_letters_have_codes_of_their_own(self, installation: Installation, letters: Round) -> None:
        assert refuse(lambda: make_numbers(installation, letters, 1, by=LEADER)) == "round_no_numbers"


def test_a_square_says_which_form_it_is(installation: Installation, letters: Round) -> None:
    code = make_code(installation, letters)
    square = write_mark(begin_mark(letters.survey, letters.version, "short", "en"), 3, code)
    assert read_paper_code(installation, letters, square, FULL) == (code, type(FULL)("short", "en"))
    other = write_mark(begin_mark("resursgrupp", letters.version, "full", "sv"), 1, code)
    assert refuse(lambda: read_paper_code(installation, letters, other, FULL)) == "code_other_survey"
    assert refuse(lambda: read_paper_code(installation, letters, "IR1:x", FULL)) == "code_mistyped"


class TestNothingIsLost:
    def test_a_half_keyed_form_is_there_after_a_restart(
        self, installation: Installation, letters: Round
    ) -> None:
        code = make_code(installation, letters)
        keep_typed(installation, open_paper(installation, letters, code), {"b1": "1", "ft1": WRITTEN})
        again = open_paper(installation, letters, code).draft.answers
        assert (again["b1"], "070" in str(again["ft1"])) == ("1", False)
        put_aside(installation, open_paper(installation, letters, code))
        assert open_paper(installation, letters, code).draft.answers == {}

    def test_a_form_with_something_to_mend_is_not_finished(
        self, installation: Installation, letters: Round
    ) -> None:
        code = make_code(installation, letters)
        finished = key_form(installation, letters, code, fill_paper(installation, letters) | {"a01": "7"})
        assert (finished.state, [one.code for one in finished.troubles]) == (State.HALF, ["key_unknown"])
        assert open_paper(installation, letters, code).draft.answers["a01"] == "7"

    def test_the_last_is_kept_by_the_next_and_by_the_clock(
        self, installation: Installation, letters: Round
    ) -> None:
        share(installation, letters, 0)
        keys, now = fill_paper(installation, letters), datetime.now(UTC)
        for _ in range(3):
            key_form(installation, letters, make_code(installation, letters), keys)
        tend_keyed(installation, at=now + UNDO_FOR - timedelta(seconds=5))
        assert len(list_payloads(installation)) == 2
        tend_keyed(installation, at=datetime.now(UTC) + UNDO_FOR + timedelta(seconds=5))
        assert len(list_payloads(installation)) == 3

    def test_what_waits_when_the_round_ends_counts_as_it_was_keyed_first(
        self, installation: Installation, letters: Round, calendar: Calendar
    ) -> None:
        share(installation, letters, 100)
        codes = [make_code(installation, letters) for _ in range(2)]
        keys = fill_paper(installation, letters) | {"a01": "1"}
        for code in codes:
            assert key_form(installation, letters, code, keys).state is State.WAITING
        assert key_form(installation, letters, codes[0], keys | {"a01": "2"}, by=BO).state is State.DIFFERING
        calendar.turn_to(2027, 1, 9)
        assert retire_rounds(installation) == ()  # the key stays while something needs it
        tend_keyed(installation)
        assert retire_rounds(installation) == (letters.id,)
        with installation.database.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM inbox").scalar() == 2
            assert connection.exec_driver_sql("SELECT count(*) FROM keyed_form").scalar() == 0

    def test_the_chores_keep_what_was_keyed_before_they_close_a_month(self) -> None:
        assert CHORES[0] is tend_keyed


def test_undoing_the_last_puts_it_back_as_it_was_typed(installation: Installation, letters: Round) -> None:
    share(installation, letters, 0)
    code, keys = make_code(installation, letters), fill_paper(installation, letters)
    key_form(installation, letters, code, keys)
    assert [find_batch(installation, letters, viewer=by).can_undo for by in (ANNA, BO)] == [True, False]
    assert refuse(lambda: undo_last(installation, letters, by=BO)) == "nothing_to_undo"
    undo_last(installation, letters, by=ANNA)
    opened = open_paper(installation, letters, code)
    assert finish_form(installation, opened, by=ANNA).state is State.LAST
    keep(installation, letters)
    assert refuse(lambda: undo_last(installation, letters, by=ANNA)) == "nothing_to_undo"
    assert find_batch(installation, letters, viewer=ANNA).own_today == 1
    expected = ["paper form keyed", "paper form undone", "paper form keyed", "paper form kept"]
    assert list_actions(installation) == expected


def test_the_log_tells_nothing_of_answers_or_codes(installation: Installation, letters: Round) -> None:
    share(installation, letters, 0)
    code = make_code(installation, letters)
    key_form(installation, letters, code, fill_paper(installation, letters))
    keep(installation, letters)
    with installation.database.read() as connection:
        events = [one for one in audits.list_events(connection) if "paper" in one.action]
    assert [(one.actor, one.subject, one.facts) for one in reversed(events)] == [
        ("keyer a1", letters.id, {"state": "last"}),
        ("system", letters.id, {}),
    ]


class TestWhoMay:
    @pytest.mark.parametrize("role", [one for one in Role if one not in (Role.KEYER, Role.COORDINATOR)])
    def test_only_keyers_and_coordinators_key(
        self, installation: Installation, letters: Round, role: Role
    ) -> None:
        by, code = Person(role, "x"), make_code(installation, letters)
        opened = open_paper(installation, letters, code)
        for deed in (
            lambda: open_form(installation, letters, code, FULL, by=by),
            lambda: finish_form(installation, opened, by=by),
            lambda: undo_last(installation, letters, by=by),
            lambda: undo_waiting(installation, letters, code, by=by),
            lambda: choose_between(installation, opened, {}, by=by),
            lambda: find_paper_round(installation, letters.id, by=by),
            lambda: find_batch(installation, letters, viewer=by),
            lambda: find_alike(installation, letters, viewer=by),
            lambda: list_paper_rounds(installation, viewer=by),
        ):
            assert refuse(deed) == "not_allowed"

    def test_a_keyer_sets_no_share_and_sees_no_one_elses_figures(
        self, installation: Installation, letters: Round
    ) -> None:
        assert refuse(lambda: set_share(installation, letters.id, 5, by=ANNA)) == "not_allowed"
        found = find_alike(installation, letters, viewer=ANNA)
        assert (found.questions, found.keyers) == ((), ())

    @pytest.mark.parametrize("percent", [-1, 101])
    def test_a_share_is_a_percentage(self, installation: Installation, letters: Round, percent: int) -> None:
        assert refuse(lambda: set_share(installation, letters.id, percent, by=LEADER)) == "share_wrong"
