"""Are ordered codes made once, whoever is killed, and does nothing of them lie anywhere before or after?"""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from survey.answering.codes import read_code
from survey.answering.drafts import hash_code
from survey.diagrams import draw_states
from survey.errors import SurveyError
from survey.installation import Installation
from survey.letters import orders
from survey.letters.orders import (
    CHUNK,
    LIFETIME,
    MOST_CODES,
    find_order,
    list_codes,
    make_chunk,
    make_ordered,
    order_codes,
    tend_orders,
    throw_away_order,
)
from survey.letters.states import STEPS, Event, State, find_next, list_drawn_steps, list_origins
from survey.rounds import find_round_now
from survey.store import audits
from survey.store.tables import invitation_code, invited
from tests.letters.conftest import COORDINATOR, MANAGER, make_order, open_letters
from tests.processes import run_together
from tests.walks import Calendar, opened


def list_hashes(installation: Installation) -> set[bytes]:
    with installation.database.read() as connection:
        return set(connection.scalars(select(invitation_code.c.hash)))


def list_actions(installation: Installation) -> list[str]:
    with installation.database.read() as connection:
        return [event.action for event in audits.list_events(connection)]


def test_an_order_keeps_the_hash_of_every_code_and_no_reference_in_an_anonymous_round(
    installation: Installation,
) -> None:
    order = make_order(installation, open_letters(installation), a0780=3, a0781=2)
    made = list(list_codes(installation, order))
    assert [(place, area) for place, area, _ in made] == [
        (0, "0780"),
        (1, "0780"),
        (2, "0780"),
        (3, "0781"),
        (4, "0781"),
    ]
    assert (order.state, order.made, order.number) == ("ready", 5, 5)
    assert list_hashes(installation) == {hash_code(installation, code) for _, _, code in made}
    with installation.database.read() as connection:
        assert set(connection.scalars(select(invitation_code.c.reference))) == {None}
        assert connection.execute(select(invited)).all() == []  # nobody is invited before it is handed out


def test_a_confidential_round_numbers_its_letters_across_orders(installation: Installation) -> None:
    round_ = open_letters(installation, mode="confidential")
    make_order(installation, round_, a0780=2)
    second = make_order(installation, round_, a0781=3)
    assert second.first_reference == 3
    with installation.database.read() as connection:
        assert sorted(connection.scalars(select(invitation_code.c.reference))) == [1, 2, 3, 4, 5]


def test_codes_are_codes_of_this_kind_of_installation(quick: Installation) -> None:
    order = make_order(quick, open_letters(quick), a0780=50)
    codes = [code for _, _, code in list_codes(quick, order)]
    assert [read_code(code, demo=False) for code in codes] == codes
    assert len(set(codes)) == 50


@pytest.mark.parametrize(
    ("areas", "code"),
    [
        ({}, "codes_none"),
        ({"0780": 0}, "codes_none"),
        ({"0780": -1}, "codes_none"),
        ({"0780": MOST_CODES + 1}, "codes_too_many"),
        ({"9999": 1}, "area_unknown"),
    ],
)
def test_what_cannot_be_ordered_is_told(quick: Installation, areas: dict[str, int], code: str) -> None:
    open_letters(quick)
    with pytest.raises(SurveyError, match=f"^{code}"):
        order_codes(quick, "brev", areas, by=COORDINATOR)
    assert quick.keys.list_order_keys() == ()


def test_only_a_coordinator_orders(quick: Installation) -> None:
    open_letters(quick)
    with pytest.raises(SurveyError, match="not_allowed"):
        order_codes(quick, "brev", {"0780": 1}, by=MANAGER)


def test_making_goes_on_where_it_was_left_and_makes_nothing_twice(installation: Installation) -> None:
    round_ = open_letters(installation)
    order = order_codes(installation, round_.id, {"0780": CHUNK + 7}, by=COORDINATOR)
    assert make_chunk(installation, round_, order)
    assert find_order(installation, order.id).made == CHUNK
    assert not make_chunk(installation, round_, order)  # who still thinks that nothing is made is told no
    tend_orders(installation)
    again = make_ordered(installation, order.id)
    assert (again.state, again.made) == ("ready", CHUNK + 7)
    assert len(list_hashes(installation)) == CHUNK + 7


def test_processes_that_make_one_order_at_once_make_it_once(
    installation: Installation, database_url: str, tmp_path: Path
) -> None:
    order = order_codes(installation, open_letters(installation).id, {"0780": 3 * CHUNK}, by=COORDINATOR)

    def make() -> None:
        with opened(database_url, tmp_path / "var", PUBLIC_ADDRESS="https://svara.exempel.se") as own:
            make_ordered(own, order.id)

    done = run_together(make, make)
    assert [one.error for one in done] == ["", ""]
    tend_orders(installation)
    assert find_order(installation, order.id).state == "ready"
    assert len(list_hashes(installation)) == 3 * CHUNK


def test_a_process_that_is_killed_half_way_leaves_an_order_that_can_be_finished(
    installation: Installation, database_url: str, tmp_path: Path
) -> None:
    order = order_codes(installation, open_letters(installation).id, {"0780": 5 * CHUNK}, by=COORDINATOR)

    def make_and_die() -> None:
        with opened(database_url, tmp_path / "var", PUBLIC_ADDRESS="https://svara.exempel.se") as own:
            round_ = find_round_now(own, "brev")
            make_chunk(own, round_, find_order(own, order.id))
            make_chunk(own, round_, find_order(own, order.id))
            os.kill(os.getpid(), signal.SIGKILL)

    run_together(make_and_die)
    assert find_order(installation, order.id).made == 2 * CHUNK
    tend_orders(installation)
    assert find_order(installation, order.id).state == "ready"
    assert len(list_hashes(installation)) == 5 * CHUNK


def test_what_nobody_fetched_within_a_day_is_gone_with_its_codes(installation: Installation) -> None:
    order = make_order(installation, open_letters(installation), a0780=3)
    tend_orders(installation, at=order.expires - timedelta(seconds=1))
    assert find_order(installation, order.id).state == "ready"
    tend_orders(installation, at=order.expires + timedelta(seconds=1))
    assert find_order(installation, order.id).state == "gone"
    assert (list_hashes(installation), installation.keys.list_order_keys()) == (set(), ())
    assert "codes thrown away" in list_actions(installation)
    assert timedelta(hours=23) < order.expires - datetime.now(UTC) <= LIFETIME


def test_an_order_is_thrown_away_once(installation: Installation) -> None:
    order = make_order(installation, open_letters(installation), a0780=3)
    throw_away_order(installation, order.id, by=COORDINATOR)
    with pytest.raises(SurveyError, match="order_gone"):
        throw_away_order(installation, order.id, by=COORDINATOR)
    assert list_hashes(installation) == set()


def test_a_round_that_ended_while_codes_were_made_gets_none(quick: Installation, calendar: Calendar) -> None:
    order = order_codes(quick, open_letters(quick).id, {"0780": 3}, by=COORDINATOR)
    calendar.turn_to(2027, 1)
    assert make_ordered(quick, order.id).state == "gone"
    assert list_hashes(quick) == set()
    with pytest.raises(SurveyError, match="round_over"):
        order_codes(quick, "brev", {"0780": 1}, by=COORDINATOR)


def test_a_key_file_without_an_order_is_destroyed(quick: Installation) -> None:
    quick.keys.create_order_key("0123456789abcdef")
    order = make_order(quick, open_letters(quick), a0780=1)
    tend_orders(quick)
    assert quick.keys.list_order_keys() == (order.id,)


def test_a_disk_that_is_full_stops_making_and_keeps_what_was_made(
    quick: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = open_letters(quick)
    order = order_codes(quick, round_.id, {"0780": 2 * CHUNK}, by=COORDINATOR)
    make_chunk(quick, round_, order)

    def fill(*_: object) -> None:
        raise SurveyError("database_full")

    with monkeypatch.context() as full:
        full.setattr(orders.letter_orders, "add_order_codes", fill)
        with pytest.raises(SurveyError, match="database_full"):
            make_ordered(quick, order.id)
    assert find_order(quick, order.id).made == CHUNK == len(list_hashes(quick))
    assert make_ordered(quick, order.id).state == "ready"


def test_the_drawn_states_are_those_of_the_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "invitations.md").read_text(encoding="utf-8")
    assert draw_states(list_drawn_steps()) in page


def test_every_state_and_event_is_in_the_table() -> None:
    assert {state for come, _, to, _ in STEPS for state in (come, to)} == set(State)
    assert {event for _, event, _, _ in STEPS} == set(Event)
    assert list_origins(Event.FETCH) == (State.READY,)
    assert find_next(State.GONE, Event.FETCH) is None
