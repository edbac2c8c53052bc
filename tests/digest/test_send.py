"""Does each address get one letter for a publication, and never two, whatever the mail server does?"""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from survey.digest.abouts import About
from survey.digest.send import pack_digests, send_due, send_links_soon
from survey.errors import SurveyError
from survey.installation import Installation
from survey.mail.parcels import HOUR, MOST_TRIES, find_wait
from survey.publication.schedule import do_chores
from survey.store import digests
from survey.store.audits import list_events
from survey.store.digests import Subscription
from tests.digest.readers import ADDRESS, OTHER, SECONDS, ask, find_token, make_mail_settings, send, subscribe
from tests.insight.hand_made import add_publication
from tests.mail.mail_server import Mailbox, run_silent_server
from tests.walks import Calendar, opened

SERVERS_OWN_LOG = "mail.log"  # of the mail server in the test


def find_only(installation: Installation) -> Subscription:
    """The one subscription there is, whenever it is due."""
    with installation.database.read() as connection:
        found = digests.list_due(connection, about=About.SIGNALS, told_until=10**6, now=float("inf"))
    assert len(found) == 1
    return found[0]


def test_a_publication_is_one_letter_and_the_next_run_sends_nothing(
    installation: Installation, box: Mailbox
) -> None:
    subscribe(installation, box)
    add_publication(installation)
    assert send(installation) == {"sent": 1}
    assert send(installation) == {}
    assert box.to == [ADDRESS]


def test_nobody_gets_a_letter_about_what_was_published_before_they_confirmed(
    installation: Installation, box: Mailbox
) -> None:
    add_publication(installation, "2026-09")
    subscribe(installation, box)
    assert send(installation) == {}


def test_several_months_that_are_closed_at_once_are_one_letter(
    installation: Installation, box: Mailbox
) -> None:
    subscribe(installation, box)
    for month in ("2026-08", "2026-09", "2026-10"):
        add_publication(installation, month)
    assert send(installation) == {"sent": 1}
    assert box.letters[0]["Subject"] == "Invånarrösten: nya siffror till och med oktober 2026"


def test_the_next_publication_is_another_letter_with_another_id(
    installation: Installation, box: Mailbox
) -> None:
    subscribe(installation, box)
    add_publication(installation, "2026-09")
    send(installation)
    add_publication(installation, "2026-10")
    assert send(installation) == {"sent": 1}
    assert len({letter["Message-ID"] for letter in box.letters}) == 2


def test_everybody_gets_their_own_letter(installation: Installation, box: Mailbox) -> None:
    subscribe(installation, box)
    subscribe(installation, box, OTHER, "0780", language="en")
    add_publication(installation)
    assert send(installation) == {"sent": 2}
    assert sorted(box.to) == [ADDRESS, OTHER]
    assert len({find_token(letter) for letter in box.letters}) == 2
    assert all(letter["To"] == to for letter, to in zip(box.letters, box.to, strict=True))


def test_without_a_confirmation_nothing_is_sent(installation: Installation, box: Mailbox) -> None:
    ask(installation)
    add_publication(installation)
    assert send(installation) == {}
    assert [letter["Subject"] for letter in box.letters] == ["Invånarrösten: bekräfta att du vill ha utskick"]


@pytest.mark.parametrize("replies", ["recipient_replies", "letter_replies"])
def test_a_letter_that_is_put_off_waits_and_is_sent_once(
    installation: Installation, box: Mailbox, replies: str
) -> None:
    subscribe(installation, box)
    add_publication(installation)
    setattr(box, replies, ["451 4.7.1 try later"])
    assert send(installation, at=0.0) == {"put_off": 1}
    assert send(installation, at=find_wait(1) - 1) == {}
    assert send(installation, at=find_wait(1)) == {"sent": 1}
    assert send(installation, at=find_wait(1) + 1) == {}
    assert box.to == [ADDRESS]


def test_a_letter_that_is_tried_again_keeps_its_id(installation: Installation, box: Mailbox) -> None:
    subscribe(installation, box)
    add_publication(installation)
    first, second = (next(pack_digests(installation, now=0.0)).message["Message-ID"] for _ in range(2))
    assert first == second


def test_the_waits_double_from_an_hour_to_a_day() -> None:
    assert [round((find_wait(tries) + 600) / HOUR) for tries in range(1, MOST_TRIES)] == [
        1,
        2,
        4,
        8,
        16,
        24,
        24,
    ]


def test_a_letter_that_is_put_off_too_often_is_given_up_until_the_next_publication(
    installation: Installation, box: Mailbox
) -> None:
    subscribe(installation, box)
    add_publication(installation, "2026-09")
    box.recipient_replies = ["450 4.2.1 busy"] * MOST_TRIES
    at = [24 * HOUR * day for day in range(MOST_TRIES + 1)]
    assert [send(installation, at=one) for one in at] == [{"put_off": 1}] * MOST_TRIES + [{}]
    assert (find_only(installation).failures, find_only(installation).tries) == (1, 0)
    add_publication(installation, "2026-10")
    assert send(installation, at=at[-1]) == {"sent": 1}
    assert find_only(installation).failures == 0


@pytest.mark.parametrize("replies", ["recipient_replies", "letter_replies"])
def test_an_address_that_is_refused_three_times_is_paused(
    installation: Installation, box: Mailbox, replies: str
) -> None:
    subscribe(installation, box)
    for month in ("2026-06", "2026-07", "2026-08"):
        add_publication(installation, month)
        setattr(box, replies, ["550 5.1.1 no such user"])
        assert send(installation) == {"refused": 1}
        assert send(installation) == {}  # what was refused for good is not tried again
    add_publication(installation, "2026-09")
    assert send(installation) == {}
    with installation.database.read() as connection:
        assert digests.count_subscriptions(connection, About.SIGNALS) == (0, 1)


def test_a_letter_that_arrives_forgives_what_was_refused_before(
    installation: Installation, box: Mailbox
) -> None:
    subscribe(installation, box)
    for number, reply in enumerate(["550 no", "550 no", "250 OK", "550 no", "550 no", "250 OK"], start=1):
        add_publication(installation, f"2026-0{number}")
        box.recipient_replies = [reply]
        send(installation)
    assert len(box.to) == 2


def test_confirming_anew_ends_a_pause(installation: Installation, box: Mailbox) -> None:
    subscribe(installation, box)
    for month in ("2026-06", "2026-07", "2026-08"):
        add_publication(installation, month)
        box.recipient_replies = ["550 no"]
        send(installation)
    subscribe(installation, box)
    assert send(installation) == {}
    add_publication(installation, "2026-09")
    assert send(installation) == {"sent": 1}


def test_a_server_that_cannot_be_reached_is_tried_again_and_counts_against_nobody(
    installation: Installation, box: Mailbox
) -> None:
    subscribe(installation, box)
    add_publication(installation)
    nowhere = installation.settings.model_copy(update={"smtp_port": 1})
    with pytest.raises(SurveyError) as wrong:
        send_due(replace(installation, settings=nowhere), seconds=SECONDS)
    assert wrong.value.code == "mail_unreachable"
    assert (find_only(installation).tries, find_only(installation).failures) == (0, 0)
    assert send(installation) == {"sent": 1}


def test_a_server_that_never_says_a_word_is_left_in_time(installation: Installation, box: Mailbox) -> None:
    subscribe(installation, box)
    add_publication(installation)
    with run_silent_server() as port:
        silent = installation.settings.model_copy(update={"smtp_port": port})
        with pytest.raises(SurveyError) as wrong:
            send_due(replace(installation, settings=silent), seconds=0.2)
    assert wrong.value.code == "mail_unreachable"
    assert send(installation) == {"sent": 1}


def test_a_sender_that_is_refused_is_our_fault_and_counts_against_nobody(
    installation: Installation, box: Mailbox
) -> None:
    subscribe(installation, box)
    add_publication(installation)
    box.sender_replies = ["553 5.7.1 not your address"]
    with pytest.raises(SurveyError) as wrong:
        send(installation)
    assert (wrong.value.code, wrong.value.facts) == ("mail_sender_refused", {"status": "553"})
    assert (find_only(installation).tries, find_only(installation).failures) == (0, 0)


def test_the_chores_send_what_is_due(installation: Installation, box: Mailbox) -> None:
    subscribe(installation, box)
    add_publication(installation)
    do_chores(installation)
    assert box.to == [ADDRESS]


def test_nothing_is_sent_where_no_mail_server_is_set(tmp_path: Path, calendar: Calendar) -> None:
    with opened(f"sqlite:///{tmp_path / 'off.db'}", tmp_path / "var", calendar) as installation:
        add_publication(installation)
        assert send_due(installation) == {}
        with pytest.raises(SurveyError) as wrong:
            ask(installation)
        assert wrong.value.code == "mail_off"


def test_a_link_that_is_put_off_is_sent_by_the_next_run_and_only_once(
    installation: Installation, box: Mailbox
) -> None:
    ask(installation)
    box.letter_replies = ["451 later"]
    send_links_soon(installation).join()
    assert box.to == []
    send(installation)
    send(installation)
    assert box.to == [ADDRESS]


def test_a_link_to_an_address_that_is_not_there_is_forgotten(
    installation: Installation, box: Mailbox
) -> None:
    ask(installation)
    box.recipient_replies = ["550 5.1.1 no such user"]
    send(installation)
    send(installation)
    assert box.to == []


def test_an_area_that_is_no_longer_the_installations_is_left_out(
    installation: Installation, box: Mailbox, tmp_path: Path, calendar: Calendar
) -> None:
    subscribe(installation, box, ADDRESS, "0780", "0880")
    subscribe(installation, box, OTHER, "0880")
    add_publication(installation)
    url = str(installation.database.url)
    fewer = make_mail_settings(box.port, COUNTIES=("07",))
    with opened(url, tmp_path / "var", calendar, **fewer) as only_kronoberg:
        assert send(only_kronoberg) == {"sent": 1}
    assert box.to == [ADDRESS]


def test_nothing_personal_is_logged_told_or_kept_readable(
    installation: Installation, box: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = subscribe(installation, box)
    add_publication(installation)
    said = f"550 5.1.1 <{ADDRESS}> unknown"
    box.recipient_replies = [said]
    send(installation)
    add_publication(installation, "2026-11")
    box.letter_replies = [said]
    send(installation)
    add_publication(installation, "2026-12")
    box.recipient_replies = [f"451 <{ADDRESS}> later"]
    send(installation)
    with installation.database.read() as connection:
        events = str(list_events(connection))
    ours = (one for one in caplog.records if one.name != SERVERS_OWN_LOG)
    told = " ".join(f"{one.getMessage()} {one.exc_text or ''}" for one in ours) + events
    assert "1 refused" in told
    for secret in (ADDRESS, "anna", "svensson", "exempel.se", token):
        assert secret not in told.lower()
    database = Path(str(installation.database.url.database))
    for file in database.parent.glob(f"{database.name}*"):
        content = file.read_bytes().lower()
        assert not any(secret.encode().lower() in content for secret in (ADDRESS, "svensson", token))


def test_an_address_that_is_wrong_is_not_repeated_in_the_error(installation: Installation) -> None:
    with pytest.raises(SurveyError) as wrong:
        ask(installation, "anna.svensson@")
    assert "anna" not in str(wrong.value)
