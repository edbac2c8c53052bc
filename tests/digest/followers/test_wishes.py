"""Is what somebody follows theirs to begin, add to and end, and known to nobody else?"""

from __future__ import annotations

import pytest

from survey.digest.addresses import find_wish
from survey.digest.send import send_links
from survey.digest.subscribe import (
    CONFIRM_DAYS,
    MOST_REQUESTS,
    Asked,
    ask_to_follow,
    confirm_digest,
    forget_address,
    forget_unconfirmed,
    leave_digest,
)
from survey.errors import SurveyError
from survey.installation import Installation
from survey.proposals.states import State
from survey.store import audits
from tests.digest.followers.following import find_follower, follow, read_last, turn
from tests.digest.readers import (
    ADDRESS,
    OTHER,
    PUBLIC_ADDRESS,
    SECONDS,
    ask,
    find_link,
    find_token,
    send,
    subscribe,
)
from tests.insight.hand_made import add_publication
from tests.mail.mail_server import Mailbox
from tests.proposals.written import LJUNGBY, MARKARYD, make
from tests.walks import Calendar


def test_it_can_be_ended_with_one_click_from_each_letter(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    make(installation, State.DECLINED)
    turn(calendar, 7)
    send(installation)
    letter = box.letters[0]
    assert letter["List-Unsubscribe"] == f"<{find_link(letter)}>"
    assert find_link(letter).startswith(f"{PUBLIC_ADDRESS}/e/u/sluta/")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for _ in range(2):
        leave_digest(installation, find_token(letter))
        assert find_follower(installation) is None


def test_following_another_place_adds_it_and_only_its_owner_does_so(
    installation: Installation, box: Mailbox
) -> None:
    follow(installation, box)
    ask_to_follow(installation, Asked(ADDRESS, [MARKARYD], "sv"))
    known = find_follower(installation)
    assert known is not None
    assert find_wish(installation, known.sealed).areas == (LJUNGBY,)
    follow(installation, box, MARKARYD)
    follow(installation, box, LJUNGBY, language="en")
    known = find_follower(installation)
    assert known is not None
    wish = find_wish(installation, known.sealed)
    assert (wish.areas, wish.language) == ((LJUNGBY, MARKARYD), "en")


def test_digests_and_following_are_apart_and_forgetting_takes_both(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    subscribe(installation, box)
    follow(installation, box)
    make(installation, State.ACCEPTED)
    turn(calendar, 7)
    assert send(installation) == {"sent": 1}  # nothing has been published
    add_publication(installation)
    assert send(installation) == {"sent": 1}
    happened, figures = box.letters
    assert (happened["Message-ID"] != figures["Message-ID"]) and "siffror" in figures["Subject"]
    ask(installation)
    leave_digest(installation, find_token(happened))
    make(installation, State.ACCEPTED)
    add_publication(installation, "2026-11")
    turn(calendar, 14)
    assert send(installation) == {"sent": 1}
    assert "siffror" in box.letters[-1]["Subject"]
    follow(installation, box)
    assert forget_address(installation, ADDRESS, by="test")
    assert find_follower(installation) is None
    make(installation, State.ACCEPTED)
    add_publication(installation, "2026-12")
    turn(calendar, 28)
    assert send(installation) == {}


def test_three_links_at_most_wait_for_an_address_whatever_they_are_about(
    installation: Installation, box: Mailbox
) -> None:
    ask(installation)
    for _ in range(MOST_REQUESTS + 2):
        ask_to_follow(installation, Asked(ADDRESS, [LJUNGBY], "sv"))
    send_links(installation, seconds=SECONDS)
    assert len(box.to) == MOST_REQUESTS


def test_a_link_is_used_once_and_for_a_week(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    def get_token(address: str) -> str:
        ask_to_follow(installation, Asked(address, [LJUNGBY], "sv"))
        send_links(installation, seconds=SECONDS)
        assert box.letters[-1]["Subject"] == "Invånarrösten: ja till mejl om vad som händer?"
        assert "Ljungby" in read_last(box)
        assert "/e/u/folj/" in find_link(box.letters[-1])
        return find_token(box.letters[-1])

    token, late, never = get_token(ADDRESS), get_token(OTHER), get_token("cia@exempel.se")
    confirm_digest(installation, token)
    turn(calendar, CONFIRM_DAYS)
    confirm_digest(installation, late)
    turn(calendar, CONFIRM_DAYS + 1)
    for used in (token, late, never, "nonsense", ""):
        with pytest.raises(SurveyError) as wrong:
            confirm_digest(installation, used)
        assert wrong.value.code == "digest_link_old"
    assert forget_unconfirmed(installation) == 1


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked("anna", [LJUNGBY], "sv"), "address_wrong"),
        (Asked("a" * 10_000 + "@exempel.se", [LJUNGBY], "sv"), "address_wrong"),
        (Asked("a@" + "exempel." * 1_250 + "se", [LJUNGBY], "sv"), "address_wrong"),
        (Asked(ADDRESS, ["9999"], "sv"), "area_unknown"),
        (Asked(ADDRESS, [], "sv"), "digest_areas_none"),
        (Asked(ADDRESS, [LJUNGBY], "xx"), "language_unknown"),
    ],
)
def test_what_cannot_be_followed_is_refused_and_not_kept(
    installation: Installation, asked: Asked, code: str
) -> None:
    with pytest.raises(SurveyError) as wrong:
        ask_to_follow(installation, asked)
    assert wrong.value.code == code
    assert asked.typed not in str(wrong.value)


def test_the_audit_log_tells_what_and_never_who(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    make(installation, State.ACCEPTED)
    turn(calendar, 7)
    send(installation)
    leave_digest(installation, find_token(box.letters[0]))
    with installation.database.read() as connection:
        events = [one for one in audits.list_events(connection) if one.subject == "digest"]
    told = [(one.action, one.facts.get("about")) for one in reversed(events)]
    assert told[:1] + told[2:3] + told[-1:] == [
        ("digest asked for", "happened"),
        ("digest confirmed", "happened"),
        ("digest ended", "happened"),
    ]
    assert not any(secret in str(events) for secret in (ADDRESS, "anna", "exempel.se", LJUNGBY))
