"""Are a receiver's address and secret kept sealed, changed and stopped as its owner says?"""

from __future__ import annotations

import logging

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.notices.receivers import change_secret, remove_receiver, start_receiver, stop_receiver
from survey.notices.send import send_due, send_trial
from survey.people.faults import PeopleError
from survey.store import audits
from survey.store.tables import notice, receiver
from tests.notices.conftest import ADMINISTRATOR, Clock, add, see
from tests.notices.machines import Machine
from tests.notices.publishing import DAY, publish, verify


def test_for_a_day_after_a_change_both_secrets_hold(
    installation: Installation, machine: Machine, clock: Clock
) -> None:
    one, old = add(installation, machine.address)
    new = change_secret(installation, one, based_on=1, by=ADMINISTRATOR, at=clock()).secret
    for month in ("2026-12", "2027-01"):
        publish(installation, month, at=clock())
        send_due(installation, now=clock)
        clock.at += DAY
    both, later = machine.got
    assert [verify(new, *both), verify(old, *both)] == [[True, False], [False, True]]
    assert [verify(new, *later), verify(old, *later)] == [[True], [False]]


def test_a_stopped_receiver_is_told_nothing_not_even_what_waits(
    installation: Installation, machine: Machine, clock: Clock
) -> None:
    one, _ = add(installation, machine.address)
    publish(installation, "2027-02", at=clock())
    stop_receiver(installation, one, based_on=1, by=ADMINISTRATOR)
    publish(installation, "2027-03", at=clock())
    assert send_due(installation, now=clock) == {}
    assert [each.state for each in see(installation, one).log] == ["dropped"]
    with pytest.raises(SurveyError) as wrong:
        send_trial(installation, one, by=ADMINISTRATOR)
    assert wrong.value.code == "receiver_not_active"


def test_addresses_and_secrets_lie_sealed_and_are_in_no_log(
    installation: Installation, machine: Machine, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        one, secret = add(installation, f"{machine.address}?k=hemligt")
        publish(installation, "2027-06", at=clock())
        machine.status = 500
        send_due(installation, now=clock)
    with installation.database.read() as connection:
        stored = repr(connection.execute(receiver.select()).all() + connection.execute(notice.select()).all())
        told = repr(audits.list_events(connection))
    for text in (stored, told, caplog.text):
        assert secret.removeprefix("whsec_") not in text
        assert "hemligt" not in text
    assert see(installation, one).host == f"127.0.0.1:{machine.port}"


def test_everything_that_is_wrong_with_a_receiver_is_told_at_once(installation: Installation) -> None:
    with pytest.raises(PeopleError) as wrong:
        add(installation, "ftp://x", " ")
    assert [one.code for one in wrong.value.faults] == ["receiver_name_missing", "receiver_address_wrong"]


def test_of_two_changes_at_once_the_second_is_told_of_the_first(
    installation: Installation, machine: Machine
) -> None:
    one, _ = add(installation, machine.address)
    stop_receiver(installation, one, based_on=1, by=ADMINISTRATOR)
    for deed in (stop_receiver, start_receiver, change_secret, remove_receiver):
        with pytest.raises(SurveyError) as wrong:
            deed(installation, one, based_on=1, by=ADMINISTRATOR)
        assert wrong.value.code == "people_changed_meanwhile"
    remove_receiver(installation, one, based_on=2, by=ADMINISTRATOR)
    with pytest.raises(SurveyError) as gone:
        remove_receiver(installation, one, based_on=2, by=ADMINISTRATOR)
    assert gone.value.code == "receiver_unknown"
