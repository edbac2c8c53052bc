"""Is a letter sent once when the line breaks, a process dies or two send?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from survey.digest.send import pack_digests
from survey.digest.subscribe import leave_digest
from survey.installation import Installation
from survey.mail.parcels import HOUR, Parcel, send_parcel
from survey.mail.server import MailServer
from tests.digest.readers import ADDRESS, OTHER, SECONDS, find_token, send, subscribe
from tests.insight.hand_made import add_publication
from tests.mail.mail_server import BREAK_OFF, Mailbox


def test_a_line_that_breaks_after_the_letter_is_never_sent_again(
    installation: Installation, box: Mailbox
) -> None:
    subscribe(installation, box)
    add_publication(installation)
    box.letter_replies = [BREAK_OFF]
    assert send(installation) == {"unsure": 1}
    assert send(installation, at=1e9) == {}
    assert box.to == [ADDRESS]


def test_a_line_that_breaks_before_the_letter_puts_off_one_and_not_the_others(
    installation: Installation, box: Mailbox
) -> None:
    subscribe(installation, box)
    subscribe(installation, box, OTHER)
    add_publication(installation)
    box.recipient_replies = [BREAK_OFF]
    assert send(installation) == {"put_off": 1, "sent": 1}
    assert send(installation, at=HOUR) == {"sent": 1}
    assert sorted(box.to) == [ADDRESS, OTHER]


def test_a_server_that_says_goodbye_is_greeted_again(installation: Installation, box: Mailbox) -> None:
    subscribe(installation, box)
    subscribe(installation, box, OTHER)
    add_publication(installation)
    box.recipient_replies = ["421 4.3.2 closing"]
    assert send(installation) == {"put_off": 1, "sent": 1}


def test_a_process_that_dies_before_the_letter_has_sent_nothing_and_another_sends_it(
    installation: Installation, box: Mailbox
) -> None:
    subscribe(installation, box)
    add_publication(installation)
    parcel = next(pack_digests(installation, now=0.0))
    with pytest.raises(KeyboardInterrupt):
        send_once(installation, parcel, before=die)
    assert send(installation) == {"sent": 1}
    assert box.to == [ADDRESS]


def test_a_process_that_dies_while_the_letter_is_sent_never_sends_it_twice(
    installation: Installation, box: Mailbox
) -> None:
    subscribe(installation, box)
    add_publication(installation)
    parcel = next(pack_digests(installation, now=0.0))
    with pytest.raises(KeyboardInterrupt):
        send_once(installation, parcel, after=die)
    assert send(installation, at=1e9) == {}


def do_nothing() -> None:
    pass


def die() -> None:
    raise KeyboardInterrupt


def send_once(
    installation: Installation,
    parcel: Parcel,
    *,
    before: Callable[[], None] = do_nothing,
    after: Callable[[], None] = do_nothing,
) -> None:
    """Send one parcel, and do something before or after it is claimed."""

    def claim() -> bool:
        before()
        claimed = parcel.claim()
        after()
        return claimed

    with MailServer(installation.settings, seconds=SECONDS) as server:
        send_parcel(server, replace(parcel, claim=claim))


def test_two_processes_send_one_letter(installation: Installation, box: Mailbox) -> None:
    subscribe(installation, box)
    add_publication(installation)
    told: list[dict[str, int]] = []

    def send_too() -> None:
        box.before_reply = lambda: None
        told.append(send(installation))

    box.before_reply = (
        send_too  # the other comes while the first waits for the server to accept the recipient
    )
    assert send(installation) == {"taken": 1}
    assert told == [{"sent": 1}]
    assert box.to == [ADDRESS]


def test_leaving_is_final_even_while_a_letter_is_on_its_way(installation: Installation, box: Mailbox) -> None:
    subscribe(installation, box)
    add_publication(installation)
    send(installation)
    leave = find_token(box.letters[0])
    add_publication(installation, "2026-11")
    box.before_reply = lambda: leave_digest(installation, leave)
    assert send(installation) == {"taken": 1}
    assert len(box.to) == 1
