"""Is every publication told to every receiver, by a signature they can check, and is nobody held up?"""

from __future__ import annotations

import json
import random
import threading
import time
from pathlib import Path

import pytest

from survey.installation import Installation
from survey.notices import post
from survey.notices.reaching import NotReachedError
from survey.notices.receivers import start_receiver
from survey.notices.send import GIVE_UP_AFTER, find_wait, forget_old, send_due, send_trial
from survey.publication import close, correct
from survey.publication.close import close_ended_months
from survey.publication.correct import correct_month
from survey.store import audits
from tests.notices.conftest import ADMINISTRATOR, ALLOWED, Clock, add, see
from tests.notices.machines import Machine, make_certificate, run_machine, run_slow_machine
from tests.notices.publishing import DAY, publish, verify
from tests.survey.little_county import PROV, open_county
from tests.survey.seeded import make_people, seed
from tests.walks import Calendar, opened


def test_a_notice_is_signed_and_says_what_was_published_and_where_it_is(
    installation: Installation, machine: Machine, clock: Clock
) -> None:
    _, secret = add(installation, machine.address)
    number = publish(installation, "2026-01", at=clock())
    assert send_due(installation, now=clock) == {"delivered": 1}
    headers, body = machine.got[0]
    assert verify(secret, headers, body) == [True]
    assert verify(secret, headers, body + b" ") == [False]
    assert headers["content-type"] == "application/json"
    assert headers["webhook-timestamp"] == "1800000000"
    assert headers["host"] == f"127.0.0.1:{machine.port}"
    said = json.loads(body)
    cells = "https://siffror.example.se/api/v1/surveys/invanarupplevelse/cells"
    assert said["type"] == "publication.published"
    assert said["timestamp"] == "2027-01-15T08:00:00Z"
    assert said["data"]["publication"] == number
    assert (said["data"]["month"], said["data"]["revision"]) == ("2026-01", 1)
    assert said["data"]["links"]["cells"] == f"{cells}?kind=month&from=2026-01&to=2026-01"
    assert send_due(installation, now=clock) == {}


def test_a_correction_is_told_as_one_with_its_reason(
    installation: Installation, machine: Machine, clock: Clock
) -> None:
    add(installation, machine.address)
    publish(installation, "2026-02", at=clock(), revision=2, reason="Ny befolkning")
    send_due(installation, now=clock)
    said = json.loads(machine.got[0][1])
    assert (said["type"], said["data"]["reason"]) == ("publication.corrected", "Ny befolkning")


def test_a_real_closing_and_a_real_correction_write_a_notice_in_their_transaction(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar = Calendar()
    county = open_county(database_url, tmp_path / "county", calendar, **ALLOWED)
    with county as installation, run_machine() as to:
        people = make_people(random.Random(1), {("0101", "2026-01"): 30})
        seed(installation, people)
        receiver_id, _ = add(installation, to.address)
        calendar.turn_to(2026, 2)
        breaks = RuntimeError("killed after the notice was written")

        def fail(*_: object, **__: object) -> None:
            raise breaks

        with monkeypatch.context() as patch:
            patch.setattr(close.audits, "add_event", fail)
            with pytest.raises(RuntimeError):
                close_ended_months(installation)
        assert see(installation, receiver_id).log == ()
        close_ended_months(installation)
        assert [one.state for one in see(installation, receiver_id).log] == ["waiting"]
        with monkeypatch.context() as patch:
            patch.setattr(correct.audits, "add_event", fail)
            with pytest.raises(RuntimeError):
                correct_month(installation, PROV, "2026-01", reason="Skäl", by="test")
        correct_month(installation, PROV, "2026-01", reason="Skäl", by="test")
        assert send_due(installation) == {"delivered": 2}
        assert sorted(json.loads(body)["type"] for _, body in to.got) == [
            "publication.corrected",
            "publication.published",
        ]


def test_a_receiver_that_hangs_or_drips_holds_nobody_else_up(
    installation: Installation, machine: Machine, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "STEP_SECONDS", 1.0)
    monkeypatch.setattr(post, "WHOLE_SECONDS", 2.0)
    with run_slow_machine() as silent, run_slow_machine(b"H") as dripping:
        slow = [add(installation, address, f"Seg {n}")[0] for n, address in enumerate((silent, dripping))]
        quick, _ = add(installation, machine.address)
        for month in ("2026-03", "2026-04"):
            publish(installation, month, at=clock())
        started = time.monotonic()
        sending = threading.Thread(target=send_due, args=(installation,), kwargs={"now": clock}, daemon=True)
        sending.start()
        while len(machine.got) < 2 and time.monotonic() < started + 30:
            time.sleep(0.01)
        was_still_waiting = sending.is_alive()
        sending.join(30)
        assert not sending.is_alive()
    assert was_still_waiting
    assert [one.state for one in see(installation, quick).log] == ["delivered"] * 2
    for one in slow:
        log = see(installation, one).log
        assert sorted((each.state, each.tries) for each in log) == [("waiting", 0), ("waiting", 1)]
        assert {each.trouble for each in log} == {None, "silent"}


@pytest.mark.parametrize("status", [300, 301, 302, 307, 400, 404, 429, 500, 503])
def test_nothing_but_a_yes_is_a_yes_and_no_redirect_is_followed(
    installation: Installation, machine: Machine, clock: Clock, status: int
) -> None:
    with run_machine() as elsewhere:
        machine.status, machine.location = status, elsewhere.address
        one, _ = add(installation, machine.address)
        publish(installation, "2026-05", at=clock())
        assert send_due(installation, now=clock) == {"waiting": 1}
        assert elsewhere.got == []
    log = see(installation, one).log[0]
    assert (log.status, log.tries, log.next_try) == (status, 1, clock() + 30)


def test_it_is_tried_less_and_less_often_for_three_days_and_then_given_up(
    installation: Installation, machine: Machine, clock: Clock
) -> None:
    machine.status = 503
    one, _ = add(installation, machine.address)
    publish(installation, "2026-06", at=clock())
    began, waits = clock(), []
    while (log := see(installation, one).log[0]).state == "waiting":
        send_due(installation, now=clock)
        waits.append(clock() - began)
        clock.at = max(clock.at + 1, see(installation, one).log[0].next_try)
    assert log.state == "given_up"
    assert [round(one) for one in waits[:6]] == [0, 30, 150, 630, 2550, 10230]
    assert GIVE_UP_AFTER <= waits[-1] < GIVE_UP_AFTER + 12 * 3600
    assert len({headers["webhook-id"] for headers, _ in machine.got}) == 1
    assert len({body for _, body in machine.got}) == 1
    with installation.database.read() as connection:
        assert audits.list_events(connection, 1)[0].action == "notice given up"


@pytest.mark.parametrize(("tries", "seconds"), [(1, 30), (2, 120), (6, 30720), (7, 43200), (1000, 43200)])
def test_how_long_the_next_try_waits(tries: int, seconds: float) -> None:
    assert find_wait(tries) == seconds


def test_who_answers_that_it_is_gone_is_not_told_again(
    installation: Installation, machine: Machine, clock: Clock
) -> None:
    machine.status = 410
    one, _ = add(installation, machine.address)
    publish(installation, "2026-07", at=clock())
    publish(installation, "2026-08", at=clock())
    assert send_due(installation, now=clock) == {"dropped": 1}
    found = see(installation, one)
    assert (found.receiver.state, {each.state for each in found.log}) == ("gone", {"dropped"})
    publish(installation, "2026-09", at=clock())
    assert len(see(installation, one).log) == 2
    start_receiver(installation, one, based_on=found.receiver.version, by=ADMINISTRATOR)
    publish(installation, "2026-11", at=clock())
    assert len(see(installation, one).log) == 3


@pytest.mark.parametrize(("status", "state"), [(200, "delivered"), (500, "given_up"), (410, "dropped")])
def test_a_trial_is_sent_at_once_and_once(
    installation: Installation, machine: Machine, clock: Clock, status: int, state: str
) -> None:
    machine.status = status
    one, secret = add(installation, machine.address)
    tried = send_trial(installation, one, by=ADMINISTRATOR, now=clock)
    assert (tried.state, tried.status, tried.tries) == (state, status, 1)
    assert json.loads(machine.got[0][1])["type"] == "trial"
    assert verify(secret, *machine.got[0]) == [True]
    clock.at += GIVE_UP_AFTER
    assert send_due(installation, now=clock) == {}


def test_two_processes_that_look_at_once_send_once(
    installation: Installation, machine: Machine, clock: Clock
) -> None:
    one, _ = add(installation, machine.address)
    publish(installation, "2027-04", at=clock())
    together = [threading.Thread(target=send_due, args=(installation,), kwargs={"now": clock}) for _ in "ab"]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    assert len(machine.got) == 1
    assert see(installation, one).log[0].state == "delivered"


def test_whoever_was_killed_while_sending_is_followed_by_another_after_a_minute(
    installation: Installation, machine: Machine, clock: Clock
) -> None:
    add(installation, machine.address)
    publish(installation, "2027-05", at=clock())

    def die(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_due(installation, now=clock, hand_over=die)
    assert send_due(installation, now=clock) == {}
    clock.at += 61
    assert send_due(installation, now=clock) == {"delivered": 1}


def test_without_the_operators_leave_nothing_is_sent_inside(tmp_path: Path, machine: Machine) -> None:
    url, settings = f"sqlite:///{tmp_path / 'one.db'}", {"PUBLIC_ADDRESS": "https://siffror.example.se"}
    with opened(url, tmp_path / "var", **settings) as installation:
        one, _ = add(installation, f"https://127.0.0.1:{machine.port}/")
        tried = send_trial(installation, one, by=ADMINISTRATOR)
    assert (tried.state, tried.trouble, machine.got) == ("given_up", "address_inside", [])


def test_a_certificate_that_does_not_hold_is_refused_and_one_that_does_is_not(
    installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path)
    with run_machine(certificate) as machine:
        one, _ = add(installation, machine.address)
        assert send_trial(installation, one, by=ADMINISTRATOR).trouble == "insecure"
        assert machine.got == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert send_trial(installation, one, by=ADMINISTRATOR).state == "delivered"


def test_a_machine_that_is_not_there_is_said_to_be_out_of_reach(installation: Installation) -> None:
    nobody, _ = add(installation, "http://127.0.0.1:9/")
    assert send_trial(installation, nobody, by=ADMINISTRATOR).trouble == "unreachable"


def test_the_log_is_forgotten_after_ninety_days_but_not_what_waits(
    installation: Installation, machine: Machine, clock: Clock
) -> None:
    one, _ = add(installation, machine.address)
    publish(installation, "2027-07", at=clock())
    send_due(installation, now=clock)
    publish(installation, "2027-08", at=clock())
    clock.at += 91 * DAY
    forget_old(installation, now=clock)
    assert [each.state for each in see(installation, one).log] == ["waiting"]


def test_a_fault_of_ours_stops_nobody_elses_notice(
    installation: Installation, machine: Machine, clock: Clock
) -> None:
    add(installation, machine.address, "A")
    with run_machine() as other:
        add(installation, other.address, "B")
        publish(installation, "2027-09", at=clock())

        def hand_over(address: str, *_: object, **__: object) -> int:
            if address == other.address:
                raise ZeroDivisionError
            raise NotReachedError("silent")

        assert send_due(installation, now=clock, hand_over=hand_over) == {"waiting": 1, "left": 1}
