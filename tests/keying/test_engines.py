"""Does a form live through restarts in every state, on each engine?"""

from __future__ import annotations

from pathlib import Path

from survey.keying.finishing import choose_between, undo_last
from survey.keying.keeping import keep_all_last
from survey.keying.opening import keep_typed
from survey.keying.sampling import set_share
from survey.keying.states import State
from survey.paper.boxes import list_rows
from survey.rounds import list_rounds
from tests.keying.keyed import ANNA, BO, LEADER, key_form, list_payloads, make_code, open_paper
from tests.walks import Calendar, open_a_round, opened

UNTYPED = {"a01": "1"}


def test_a_form_is_found_where_it_was_after_each_restart(database_url: str, tmp_path: Path) -> None:
    calendar, folder = Calendar(), tmp_path / "var"
    with opened(database_url, folder, calendar) as one:
        round_ = open_a_round(one, "brev", door="coded")
        set_share(one, round_.id, 100, by=LEADER)
        code = make_code(one, round_)
        survey = open_paper(one, round_, code).survey
        keys = {row.id: "-" for row in list_rows(survey) if row.kind != "text"} | UNTYPED
        keep_typed(one, open_paper(one, round_, code), keys)
    with opened(database_url, folder, calendar) as two:
        (round_,) = list_rounds(two)
        half = open_paper(two, round_, code)
        assert half.draft.answers == keys
        assert key_form(two, round_, code, keys).state is State.WAITING
    with opened(database_url, folder, calendar) as three:
        assert key_form(three, round_, code, keys | {"a01": "2"}, by=BO).state is State.DIFFERING
    with opened(database_url, folder, calendar) as four:
        choose_between(four, open_paper(four, round_, code, by=BO), {"a01": "second"}, by=BO)
    with opened(database_url, folder, calendar) as five:
        undo_last(five, round_, by=BO)
        assert key_form(five, round_, code, keys, by=BO).state is State.LAST
    with opened(database_url, folder, calendar) as six:
        assert keep_all_last(six, round_.id, by=ANNA.id) == 0
        assert list_payloads(six) == []  # it is Bo's last, and not Anna's
        keep_all_last(six, round_.id, by=BO.id)
        (payload,) = list_payloads(six)
        assert (payload.answers["a01"], payload.area) == ("5", "0780")
        six.database.forget_traces()
