"""Is a round closed once and for all members together, and does it only go where the table says?"""

from __future__ import annotations

import pytest
from sqlalchemy import text

from survey.installation import Installation
from survey.panel_rounds.close import Progress, close_round, count_progress, finish_round, open_second
from survey.panel_rounds.find import find_panel_round, list_panel_rounds
from survey.panel_rounds.open import open_panel_round, withdraw_subject
from survey.panel_rounds.results import find_results, find_texts
from survey.panel_rounds.states import OWN_STEPS, STEPS, Event, OwnState, State, can_take
from survey.people.roles import Person, Role
from survey.store import audits
from survey.store import panel_rounds as stored
from survey.store.panel_rounds import Cell, PanelRound
from tests.panel_rounds.rated import (
    ANNA,
    CONTACT,
    COORDINATOR,
    NEW,
    SPREAD,
    close,
    find_code,
    open_a_round,
    open_again,
    rate_as,
    rate_page,
    rate_together,
)
from tests.processes import run_together
from tests.walks import opened

DEEDS = {Event.CLOSE: close_round, Event.OPEN_SECOND: open_second, Event.FINISH: finish_round}
WAY_TO = {
    State.FIRST_OPEN: [],
    State.FIRST_CLOSED: [Event.CLOSE],
    State.SECOND_OPEN: [Event.CLOSE, Event.OPEN_SECOND],
    State.SECOND_CLOSED: [Event.CLOSE, Event.OPEN_SECOND, Event.CLOSE],
    State.FINISHED: [Event.CLOSE, Event.FINISH],
}
# From each state, what may be done and where it leads.
NEXT = """
first_open:    close=first_closed
first_closed:  open_second=second_open finish=finished
second_open:   close=second_closed
second_closed: finish=finished
finished:
"""
ROWS = {
    row.split(":")[0]: dict(one.split("=") for one in row.split(":")[1].split())
    for row in NEXT.split("\n")[1:-1]
}


def go(installation: Installation, found: PanelRound, event: Event) -> PanelRound:
    seen = find_panel_round(installation, found.id, viewer=COORDINATOR).state
    return DEEDS[event](installation, found.id, seen=seen, by=COORDINATOR)


@pytest.mark.parametrize("event", DEEDS)
@pytest.mark.parametrize("state", State)
def test_a_round_goes_where_the_table_says_and_nowhere_else(
    on_sqlite: Installation, state: State, event: Event
) -> None:
    found = open_a_round(on_sqlite)
    for step in WAY_TO[state]:
        go(on_sqlite, found, step)
    leads_to = ROWS[state].get(event)
    assert can_take(state, event, by=COORDINATOR) is (leads_to is not None)
    if leads_to is None:
        assert find_code(go, on_sqlite, found, event) == "panel_round_moved"
    else:
        assert go(on_sqlite, found, event).state == leads_to


def test_the_tables_know_every_state() -> None:
    assert {one.next for one in STEPS} == set(State)
    assert {one.next for one in OWN_STEPS} >= set(OwnState)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_only_coordinators_run_the_rounds(on_sqlite: Installation, role: Role) -> None:
    found, by = open_a_round(on_sqlite), Person(role, "x")
    assert find_code(open_panel_round, on_sqlite, NEW, by=by) == "not_allowed"
    for deed in DEEDS.values():
        assert find_code(deed, on_sqlite, found.id, seen="first_open", by=by) == "not_allowed"
    assert find_code(withdraw_subject, on_sqlite, found.id, 1, by=by) == "not_allowed"
    assert find_code(count_progress, on_sqlite, found.id, viewer=by) == "not_allowed"
    assert find_code(find_texts, on_sqlite, found.id, viewer=by) == "not_allowed"


def test_residents_see_nothing_of_the_panels_rounds(on_sqlite: Installation) -> None:
    found, viewer = open_a_round(on_sqlite), Person()
    assert find_code(list_panel_rounds, on_sqlite, viewer=viewer) == "not_allowed"
    assert find_code(find_results, on_sqlite, found.id, viewer=viewer) == "not_allowed"


def test_of_two_who_close_at_once_the_second_is_told(installation: Installation) -> None:
    found = open_a_round(installation)
    rate_together(installation, found.id, SPREAD)
    close_round(installation, found.id, seen="first_open", by=COORDINATOR)
    assert (
        find_code(close_round, installation, found.id, seen="first_open", by=COORDINATOR)
        == "panel_round_moved"
    )
    assert find_results(installation, found.id, viewer=COORDINATOR).sent == 5


def test_a_second_closing_that_was_meant_for_the_first_time_does_nothing(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    close(on_sqlite, found)
    open_again(on_sqlite, found)
    assert (
        find_code(close_round, on_sqlite, found.id, seen="first_open", by=COORDINATOR) == "panel_round_moved"
    )
    assert find_panel_round(on_sqlite, found.id, viewer=COORDINATOR).state == "second_open"


def test_processes_that_close_at_once_count_each_answer_once(
    installation: Installation, database_url: str, tmp_path
) -> None:  # type: ignore[no-untyped-def]
    found = open_a_round(installation)
    rate_together(installation, found.id, SPREAD)

    def close_elsewhere() -> None:
        with opened(database_url, tmp_path / "var", DEMO=True) as other:
            close_round(other, found.id, seen="first_open", by=COORDINATOR)

    done = run_together(*[close_elsewhere] * 3)
    assert sorted(bool(one.error) for one in done) == [False, True, True]
    with installation.database.read(newest=True) as connection:
        counts = stored.list_counts(connection, found.id, 1)
    assert counts[Cell(1, "b01", "4")] == 2
    assert sum(number for cell, number in counts.items() if cell.question == "b01") == 5


def test_skipped_not_able_to_judge_and_not_come_to_are_three_things(installation: Installation) -> None:
    found = open_a_round(installation)
    rate_together(installation, found.id, ["5", "na", "", ""])
    close(installation, found)
    with installation.database.read(newest=True) as connection:
        counts = stored.list_counts(connection, found.id, 1)
    assert {cell.answer: number for cell, number in counts.items() if cell.question == "b01"} == {
        "5": 1,
        "na": 1,
        "": 2,
    }
    assert not any(cell.subject == 2 for cell in counts)


def test_what_was_not_sent_is_not_counted(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    rate_page(on_sqlite, found.id, "1", {"b01": ["1"], "b06": ["Mitt"]}, by=ANNA)
    rate_together(on_sqlite, found.id, SPREAD)
    assert count_progress(on_sqlite, found.id, viewer=COORDINATOR) == Progress(sent=5, begun=1)
    close(on_sqlite, found)
    results = find_results(on_sqlite, found.id, viewer=COORDINATOR)
    assert (results.sent, results.judged[0].spreads[0].shown) == (5, {"5": 1, "4": 2, "3": 1, "2": 1, "1": 0})
    assert find_texts(on_sqlite, found.id, viewer=COORDINATOR) == ()


@pytest.mark.parametrize(("number", "told"), [(0, False), (1, False), (4, False), (5, True)])
def test_of_fewer_than_five_who_sent_nothing_is_shown(
    on_sqlite: Installation, number: int, told: bool
) -> None:
    found = open_a_round(on_sqlite)
    for one in range(number):
        rate_as(on_sqlite, found.id, f"m{one}", {"1": {"b01": [SPREAD[one]], "b06": [f"Text {one}"]}})
    assert close(on_sqlite, found).first_sent == number
    results = find_results(on_sqlite, found.id, viewer=COORDINATOR)
    texts = find_texts(on_sqlite, found.id, viewer=COORDINATOR)
    assert (results.sent, results.is_told, bool(results.judged), len(texts)) == (
        number,
        told,
        told,
        number * told,
    )


def test_a_round_that_is_open_shows_nothing(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite)
    rate_together(on_sqlite, found.id, SPREAD)
    assert find_code(find_results, on_sqlite, found.id, viewer=COORDINATOR) == "panel_round_still_open"
    assert find_code(find_texts, on_sqlite, found.id, viewer=COORDINATOR) == "panel_round_still_open"
    close(on_sqlite, found)
    open_again(on_sqlite, found)
    assert find_results(on_sqlite, found.id, viewer=COORDINATOR).wave == 1
    second = {"viewer": COORDINATOR, "wave": 2}
    assert find_code(find_results, on_sqlite, found.id, **second) == "panel_round_still_open"


def test_nothing_left_to_rate_is_not_opened_again(on_sqlite: Installation) -> None:
    found = open_a_round(on_sqlite, CONTACT)
    close(on_sqlite, found)
    withdraw_subject(on_sqlite, found.id, 1, by=COORDINATOR)
    assert find_code(open_again, on_sqlite, found) == "panel_round_empty"


def test_every_step_is_in_the_log_with_numbers_and_no_member(installation: Installation) -> None:
    found = open_a_round(installation)
    rate_together(installation, found.id, SPREAD)
    withdraw_subject(installation, found.id, 2, by=COORDINATOR)
    for event in (Event.CLOSE, Event.OPEN_SECOND, Event.CLOSE, Event.FINISH):
        go(installation, found, event)
    with installation.database.read(newest=True) as connection:
        log = [one for one in audits.list_events(connection) if one.subject == found.id]
    assert [one.action for one in log][::-1] == [
        "panel round opened",
        "panel subject withdrawn",
        "panel round closed",
        "panel round opened again",
        "panel round closed",
        "panel round finished",
    ]
    assert {one.actor for one in log} == {"coordinator"}
    assert log[3].facts == {"state": "first_closed", "sent": 5}


def test_nothing_is_counted_when_the_log_cannot_be_written(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = open_a_round(installation)
    rate_together(installation, found.id, SPREAD)

    def fail(*_given: object, **_named: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(audits, "add_event", fail)
        with pytest.raises(RuntimeError):
            close(installation, found)
    with installation.database.read(newest=True) as connection:
        assert connection.execute(text("SELECT count(*) FROM panel_count")).scalar_one() == 0
    assert close(installation, found).first_sent == 5


def test_where_rows_lie_tells_nothing_of_whose_they_are(installation: Installation) -> None:
    """Texts lie in the order of their random ids, and counts in that of questions and answers."""
    found = open_a_round(installation)
    for number, answer in enumerate(SPREAD):
        rate_as(installation, found.id, f"m{number}", {"1": {"b01": [answer], "b06": [f"Text {number}"]}})
    close(installation, found)
    with installation.database.read(newest=True) as connection:
        if installation.database.is_sqlite:
            made = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
            free = {name for name, sql in made if name.startswith("panel_") and "WITHOUT ROWID" in sql}
            assert free >= {"panel_draft", "panel_count", "panel_text"}
            return
        ids = connection.execute(text("SELECT id FROM panel_text ORDER BY ctid")).scalars().all()
        cells = connection.execute(
            text("SELECT subject, question, answer FROM panel_count ORDER BY ctid")
        ).all()
    assert [bytes(one) for one in ids] == sorted(bytes(one) for one in ids)
    assert [tuple(one) for one in cells] == sorted(tuple(one) for one in cells)
