"""Does a follower get each letter once, whatever the mail server does and whichever process dies?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.digest.abouts import About
from survey.digest.send import pack_digests, send_due
from survey.digest.subscribe import leave_digest
from survey.errors import SurveyError
from survey.installation import Installation
from survey.mail.parcels import find_wait, send_parcel
from survey.mail.server import MailServer
from survey.proposals.states import State
from survey.publication.schedule import do_chores
from survey.store import digests
from tests.digest.followers.following import follow, read_last, turn
from tests.digest.readers import ADDRESS, SECONDS, find_token, send
from tests.mail.mail_server import Mailbox
from tests.proposals.written import make
from tests.walks import Calendar


def test_a_letter_that_is_put_off_waits_and_is_sent_once(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    make(installation, State.ACCEPTED)
    turn(calendar, 7)
    box.recipient_replies = ["451 4.7.1 later"]
    assert send(installation, at=0.0) == {"put_off": 1}
    assert send(installation, at=find_wait(1) - 1) == {}
    turn(calendar, 8)  # a day later the letter tells a day more
    make(installation, State.DECLINED)
    turn(calendar, 9)
    assert send(installation, at=find_wait(1)) == {"sent": 1}
    assert "Svaret är nej" in read_last(box)
    assert send(installation, at=1e9) == {}


def test_an_address_that_refuses_three_letters_is_paused(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    for week in range(1, 5):
        make(installation, State.ACCEPTED)
        turn(calendar, 7 * week)
        box.recipient_replies = ["550 5.1.1 no such user"]
        assert send(installation) == ({"refused": 1} if week < 4 else {})
    with installation.database.read() as connection:
        assert digests.count_subscriptions(connection, About.HAPPENED) == (0, 1)
    box.recipient_replies = []
    follow(installation, box)  # its owner confirms anew
    make(installation, State.ACCEPTED)
    turn(calendar, 35)
    assert send(installation) == {"sent": 1}


def test_a_mail_server_that_is_down_loses_nothing(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    make(installation, State.ACCEPTED)
    turn(calendar, 7)
    nowhere = installation.settings.model_copy(update={"smtp_port": 1})
    with pytest.raises(SurveyError) as wrong:
        send_due(replace(installation, settings=nowhere), seconds=SECONDS)
    assert wrong.value.code == "mail_unreachable"
    do_chores(installation)
    assert box.to == [ADDRESS]


def test_two_processes_send_one_letter_also_around_midnight(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    make(installation, State.ACCEPTED)
    turn(calendar, 7)
    told: list[dict[str, int]] = []

    def send_too() -> None:
        box.before_reply = lambda: None
        turn(calendar, 8)  # for the other it is tomorrow already
        told.append(send(installation))

    box.before_reply = send_too
    assert send(installation) == {"taken": 1}
    assert told == [{"sent": 1}]
    assert box.to == [ADDRESS]
    assert send(installation) == {}


@pytest.mark.parametrize("has_claimed", [False, True])
def test_a_process_that_dies_sends_never_twice_and_loses_nothing_it_had_not_begun(
    installation: Installation, box: Mailbox, calendar: Calendar, has_claimed: bool
) -> None:
    follow(installation, box)
    make(installation, State.ACCEPTED)
    turn(calendar, 7)
    parcel = next(pack_digests(installation, now=0.0))

    def die() -> bool:
        if has_claimed:
            parcel.claim()
        raise KeyboardInterrupt

    with (
        pytest.raises(KeyboardInterrupt),
        MailServer(installation.settings, seconds=SECONDS) as server,
    ):
        send_parcel(server, replace(parcel, claim=die))
    assert send(installation) == ({} if has_claimed else {"sent": 1})


def test_leaving_is_final_even_while_a_letter_is_on_its_way(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    make(installation, State.ACCEPTED)
    turn(calendar, 7)
    assert send(installation) == {"sent": 1}
    leave = find_token(box.letters[0])
    make(installation, State.ACCEPTED)
    turn(calendar, 14)
    box.before_reply = lambda: leave_digest(installation, leave)
    assert send(installation) == {"taken": 1}
    assert len(box.to) == 1
