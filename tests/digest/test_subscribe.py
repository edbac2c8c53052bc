"""Who may ask for letters, who starts and ends them, and is nobody told who gets them?"""

from __future__ import annotations

import pytest

from survey.digest.abouts import About
from survey.digest.addresses import find_wish, hash_address, read_address
from survey.digest.send import send_links
from survey.digest.subscribe import (
    CONFIRM_DAYS,
    MOST_AREAS,
    MOST_REQUESTS,
    PAUSED_DAYS,
    Asked,
    confirm_digest,
    forget_address,
    forget_unconfirmed,
    leave_digest,
    list_faults,
)
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.store import digests
from tests.digest.readers import ADDRESS, MANAGER, OTHER, SECONDS, ask, find_token, send, subscribe
from tests.insight.hand_made import add_publication
from tests.mail.mail_server import Mailbox
from tests.walks import Calendar


def count_kept(installation: Installation) -> int:
    """How many rows there are of an address."""
    key = hash_address(installation, ADDRESS)
    with installation.database.read() as connection:
        known = digests.find_subscription(connection, key, About.SIGNALS)
        return digests.count_requests(connection, key) + (known is not None)


def find_areas(installation: Installation, address: str = ADDRESS) -> tuple[str, ...]:
    with installation.database.read() as connection:
        known = digests.find_subscription(connection, hash_address(installation, address), About.SIGNALS)
    assert known is not None
    return find_wish(installation, known.sealed).areas


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.PANEL_MEMBER])
def test_who_may_not_see_publications_may_not_ask(installation: Installation, role: Role) -> None:
    with pytest.raises(SurveyError) as wrong:
        ask(installation, by=Person(role))
    assert wrong.value.code == "not_allowed"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("anna.svensson@exempel.se", "anna.svensson@exempel.se"),
        ("  anna@exempel.se ", "anna@exempel.se"),
        ("anna+utskick@exempel.se", "anna+utskick@exempel.se"),
        ("Anna@Exempel.SE", "Anna@exempel.se"),
        ("anna@exämpel.se", "anna@xn--exmpel-cua.se"),
    ],
)
def test_an_address_is_read_as_people_write_it(typed: str, read: str) -> None:
    assert read_address(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "anna",
        "anna@",
        "@exempel.se",
        "anna@exempel",
        "anna@localhost",
        "anna @exempel.se",
        "Anna <anna@exempel.se>",
        "anna@exempel.se, bo@exempel.se",
        "anna@exempel.se\nBcc: bo@exempel.se",
        "anna@exempel.se\r\nRCPT TO:<bo@exempel.se>",
        "anna@[127.0.0.1]",
        "å@exempel.se",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(SurveyError) as wrong:
        read_address(typed)
    assert (wrong.value.code, wrong.value.facts) == ("address_wrong", {})


def test_everything_that_is_wrong_is_told_at_once(installation: Installation) -> None:
    asked = Asked("anna", ("9999",) * (MOST_AREAS + 1), "xx")
    codes = [fault.code for fault in list_faults(installation, asked)]
    assert codes == [
        "address_wrong",
        "digest_areas_many",
        *["area_unknown"] * (MOST_AREAS + 1),
        "language_unknown",
    ]
    assert [fault.code for fault in list_faults(installation, Asked(ADDRESS, (), "sv"))] == [
        "digest_areas_none"
    ]
    most = [area.code for area in installation.areas][:MOST_AREAS]
    assert list(list_faults(installation, Asked(ADDRESS, most, "sv"))) == []


def test_asking_again_looks_the_same_for_who_gets_letters_and_who_does_not(
    installation: Installation, box: Mailbox
) -> None:
    subscribe(installation, box)
    assert ask(installation) is ask(installation, OTHER) is None
    send_links(installation, seconds=SECONDS)
    first, second = box.letters
    assert first["Subject"] == second["Subject"]
    assert sorted(box.to) == [ADDRESS, OTHER]


def test_nobody_is_there_twice_however_the_address_is_written(
    installation: Installation, box: Mailbox
) -> None:
    subscribe(installation, box, "Anna.Svensson@exempel.se")
    subscribe(installation, box, ADDRESS.upper())
    add_publication(installation)
    assert send(installation) == {"sent": 1}


def test_only_the_owner_changes_what_letters_are_about(installation: Installation, box: Mailbox) -> None:
    subscribe(installation, box)
    ask(installation, ADDRESS, "0780")
    assert find_areas(installation) == ("07",)
    send_links(installation, seconds=SECONDS)
    confirm_digest(installation, find_token(box.letters[-1]))
    assert find_areas(installation) == ("0780",)


def test_a_change_tells_nothing_twice_and_misses_nothing(installation: Installation, box: Mailbox) -> None:
    subscribe(installation, box)
    add_publication(installation)
    subscribe(installation, box, ADDRESS, "0780")
    assert send(installation) == {"sent": 1}
    subscribe(installation, box)
    assert send(installation) == {}


def test_the_link_in_an_old_letter_still_ends_a_changed_subscription(
    installation: Installation, box: Mailbox
) -> None:
    subscribe(installation, box)
    add_publication(installation)
    send(installation)
    old = find_token(box.letters[0])
    subscribe(installation, box, ADDRESS, "0780")
    leave_digest(installation, old)
    assert count_kept(installation) == 0


def test_a_mailbox_cannot_be_filled_with_links(installation: Installation, box: Mailbox) -> None:
    for _ in range(MOST_REQUESTS + 2):
        ask(installation)
    send_links(installation, seconds=SECONDS)
    assert box.to == [ADDRESS] * MOST_REQUESTS


def test_confirming_answers_every_link_that_waits(installation: Installation, box: Mailbox) -> None:
    ask(installation)
    ask(installation, ADDRESS, "0780")
    send_links(installation, seconds=SECONDS)
    first, second = (find_token(letter) for letter in box.letters)
    confirm_digest(installation, first)
    for used in (first, second, "nonsense", ""):
        with pytest.raises(SurveyError) as wrong:
            confirm_digest(installation, used)
        assert wrong.value.code == "digest_link_old"


def test_a_link_to_leave_does_not_confirm_nor_the_other_way_round(
    installation: Installation, box: Mailbox
) -> None:
    confirm = subscribe(installation, box)
    add_publication(installation)
    send(installation)
    leave = find_token(box.letters[0])
    leave_digest(installation, confirm)
    assert count_kept(installation) == 1
    with pytest.raises(SurveyError):
        confirm_digest(installation, leave)


def test_leaving_takes_the_address_and_every_link_with_it(installation: Installation, box: Mailbox) -> None:
    subscribe(installation, box)
    add_publication(installation)
    send(installation)
    leave = find_token(box.letters[0])
    ask(installation)
    send_links(installation, seconds=SECONDS)
    waiting = find_token(box.letters[1])
    for _ in range(2):
        leave_digest(installation, leave)
        assert count_kept(installation) == 0
    with pytest.raises(SurveyError):
        confirm_digest(installation, waiting)


@pytest.mark.parametrize(("days", "kept"), [(CONFIRM_DAYS, 1), (CONFIRM_DAYS + 1, 0)])
def test_what_nobody_confirms_is_deleted_after_a_week(
    installation: Installation, calendar: Calendar, box: Mailbox, days: int, kept: int
) -> None:
    calendar.turn_to(2026, 9, 1)
    ask(installation)
    send_links(installation, seconds=SECONDS)
    token = find_token(box.letters[0])
    calendar.turn_to(2026, 9, 1 + days)
    if not kept:  # also where the chores have not been there yet
        with pytest.raises(SurveyError):
            confirm_digest(installation, token)
    assert forget_unconfirmed(installation) == 1 - kept
    assert count_kept(installation) == kept


@pytest.mark.parametrize(("days", "kept"), [(PAUSED_DAYS, 1), (PAUSED_DAYS + 1, 0)])
def test_an_address_that_letters_do_not_reach_is_deleted_after_a_month(
    installation: Installation, calendar: Calendar, box: Mailbox, days: int, kept: int
) -> None:
    calendar.turn_to(2026, 9, 1)
    subscribe(installation, box)
    for month in ("2026-06", "2026-07", "2026-08"):
        add_publication(installation, month)
        box.recipient_replies = ["550 no"]
        send(installation)
    calendar.turn_to(2026, 9 + days // 30, 1 + days % 30)
    forget_unconfirmed(installation)
    assert count_kept(installation) == kept


def test_an_address_is_deleted_when_its_owner_asks_for_it(installation: Installation, box: Mailbox) -> None:
    subscribe(installation, box)
    ask(installation)
    assert forget_address(installation, f" {ADDRESS.upper()} ", by="test")
    assert count_kept(installation) == 0
    assert not forget_address(installation, ADDRESS, by="test")


def test_a_coordinator_may_ask_too(installation: Installation) -> None:
    ask(installation, by=Person(Role.COORDINATOR))
    ask(installation, by=MANAGER)
    assert count_kept(installation) == 2
