"""Do followers get at most a letter a week, only with news, and never a resident's words?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from survey.digest.abouts import About
from survey.digest.addresses import find_wish, hash_address
from survey.digest.happened_letter import MOST_CHAPTERS
from survey.digest.letters import FOOT_LINE
from survey.digest.mail import MailServer
from survey.digest.send import find_wait, pack_digests, send_due, send_links, send_parcel
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
from survey.proposals.decide import decide
from survey.proposals.faults import NewProposal
from survey.proposals.feedback import tell_residents
from survey.proposals.states import Event, State
from survey.proposals.writing import take_down
from survey.publication.schedule import do_chores
from survey.store import audits, digests
from survey.store.digests import Subscription
from tests.digest.mail_server import Mailbox
from tests.digest.readers import (
    ADDRESS,
    OTHER,
    PUBLIC_ADDRESS,
    SECONDS,
    ask,
    find_link,
    find_token,
    make_mail_settings,
    read_part,
    send,
    subscribe,
)
from tests.insight.hand_made import add_publication
from tests.proposals.written import (
    COORDINATOR,
    COUNTY,
    LJUNGBY,
    MANAGER,
    MARKARYD,
    NEW,
    REASON,
    TEXTS,
    add_comment,
    make,
    show_themes,
)
from tests.walks import A_DAY, Calendar, opened


@pytest.fixture
def installation(
    database_url: str, tmp_path: Path, calendar: Calendar, box: Mailbox
) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var", calendar, DEMO=True, **make_mail_settings(box.port)) as found:
        yield found


def turn(calendar: Calendar, days: int) -> None:
    """So many days after the day that tests begin."""
    calendar.day = A_DAY + timedelta(days=days)


def follow(
    installation: Installation,
    box: Mailbox,
    area: str = LJUNGBY,
    *,
    address: str = ADDRESS,
    language: str = "sv",
) -> None:
    """Ask, get the link and confirm. The mailbox is empty afterwards."""
    ask_to_follow(installation, Asked(address, [area], language))
    send_links(installation, seconds=SECONDS)
    confirm_digest(installation, find_token(box.letters[-1]))
    box.raw.clear()
    box.to.clear()


def find_follower(installation: Installation, address: str = ADDRESS) -> Subscription | None:
    with installation.database.read() as connection:
        return digests.find_subscription(connection, hash_address(installation, address), About.HAPPENED)


def read_last(box: Mailbox) -> str:
    """What the last letter says, without its foot and with single spaces."""
    return " ".join(read_part(box.letters[-1], "plain").split()).partition(f" {FOOT_LINE}")[0]


def test_a_decision_is_told_once_with_its_reason_and_a_link(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    turn(calendar, 2)
    make(installation, State.ACCEPTED)
    turn(calendar, 7)
    assert send(installation) == {"sent": 1}
    assert box.to == [ADDRESS]
    assert box.letters[0]["Subject"] == "Invånarrösten: något nytt har hänt"
    page = f"{PUBLIC_ADDRESS}/vad-hande-sen/{LJUNGBY}?sprak=sv"
    assert read_last(box) == (
        f"Det här är nytt * {NEW.title} (Ljungby) Svaret är ja: det ska göras. Beslutat 2026-09-12. "
        f"Skäl: {REASON} Läs mer på webben {page}"
    )
    html = read_part(box.letters[0], "html")
    assert f'<bdi lang="sv">{REASON}</bdi>' in html
    assert f'href="{page}"' in html
    turn(calendar, 60)
    assert send(installation) == {}


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


@pytest.mark.parametrize(
    ("happens", "sends", "counts"),
    [
        ([], [7, 14], [{}, {}]),  # nothing new, no letter
        ([0], [6, 7], [{}, {"sent": 1}]),  # the first comes a week after confirming, with that day in it
        ([6], [7, 14], [{"sent": 1}, {}]),
        ([7], [7, 8, 14], [{}, {}, {"sent": 1}]),  # a day is told when it has ended
        ([1, 2, 3, 4, 5], [7, 14], [{"sent": 1}, {}]),  # five decisions are one letter
        ([1, 8], [7, 13, 14], [{"sent": 1}, {}, {"sent": 1}]),  # at most one a week
        ([20], [7, 14, 21, 28], [{}, {}, {"sent": 1}, {}]),
        ([30], [31], [{"sent": 1}]),  # nothing was sent for a month: all of it is told
    ],
)
def test_at_most_a_letter_a_week_and_only_with_news(
    installation: Installation,
    box: Mailbox,
    calendar: Calendar,
    happens: list[int],
    sends: list[int],
    counts: list[dict[str, int]],
) -> None:
    follow(installation, box)
    told: list[dict[str, int]] = []
    for day in sorted({*happens, *sends}):
        turn(calendar, day)
        if day in happens:
            make(installation, State.ACCEPTED)
        if day in sends:
            told.append(send(installation))
    assert told == counts


def test_what_was_decided_before_somebody_followed_is_no_news(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    make(installation, State.ACCEPTED)
    turn(calendar, 1)
    follow(installation, box)
    turn(calendar, 30)
    assert send(installation) == {}


def test_what_is_taken_down_on_the_same_day_or_later_is_told_nobody(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    one = make(installation, State.ACCEPTED)
    turn(calendar, 7)
    take_down(installation, one.id, reason="Ett namn", based_on=3, by=COORDINATOR)
    assert send(installation) == {}


def test_a_no_that_becomes_a_yes_is_told_as_what_it_is_now(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    one = make(installation, State.DECLINED)
    turn(calendar, 7)
    decide(installation, one.id, Event.ACCEPT, reason="Pengar finns.", based_on=3, by=MANAGER)
    assert send(installation) == {}  # the no holds no longer, and the day of the yes has not ended
    turn(calendar, 14)
    assert send(installation) == {"sent": 1}
    assert "Svaret är ja" in read_last(box)
    assert "Pengar finns." in read_last(box)


def test_a_letter_never_holds_a_residents_words_nor_the_panels_text(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    show_themes(installation)
    said = "Jag får börja om varje gång."
    follow(installation, box)
    new = replace(NEW, quotes=(add_comment(installation, said),))
    one = make(installation, State.ACCEPTED, new)
    tell_residents(installation, one.id, TEXTS, based_on=0, by=MANAGER)
    turn(calendar, 7)
    send(installation)
    whole = box.raw[0].decode() + read_part(box.letters[0], "plain") + read_part(box.letters[0], "html")
    assert "Det finns en ny text om vad som hände." in whole
    for text in (said, NEW.text, *TEXTS["sv"].values(), *TEXTS["sv-x-lattlast"].values()):
        assert text not in whole


@pytest.mark.parametrize(
    ("language", "said", "has_reason"),
    [
        ("sv", "Svaret är nej: det görs inte.", True),
        ("sv-x-lattlast", "Svaret är nej. Det ska inte göras.", False),
        ("en", "The answer is no: it will not be done.", True),
    ],
)
def test_a_letter_speaks_the_followers_language(
    installation: Installation,
    box: Mailbox,
    calendar: Calendar,
    language: str,
    said: str,
    has_reason: bool,
) -> None:
    follow(installation, box, language=language)
    make(installation, State.DECLINED)
    turn(calendar, 7)
    send(installation)
    assert said in read_last(box)
    assert (REASON in read_last(box)) is has_reason
    assert f"?sprak={language}" in read_last(box)


def test_nothing_that_was_typed_becomes_html(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    hostile = "<script>alert(1)</script> <img src=x>"
    follow(installation, box)
    make(installation, State.ACCEPTED, NewProposal(hostile, hostile, "kontinuitet"))
    turn(calendar, 7)
    send(installation)
    assert "<script" not in read_part(box.letters[0], "html")
    assert hostile in read_part(box.letters[0], "plain")


def test_a_countys_proposal_is_told_once_to_who_follows_two_of_its_municipalities(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    follow(installation, box, MARKARYD)
    make(installation, State.ACCEPTED, replace(NEW, title="Hela länet"), area=COUNTY)
    make(installation, State.ACCEPTED, replace(NEW, title="Grannen"), area=MARKARYD)
    turn(calendar, 7)
    assert send(installation) == {"sent": 1}
    assert read_last(box).count("Hela länet (Kronobergs län)") == 1
    assert f"vad-hande-sen/{MARKARYD}" in read_last(box)


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


def test_a_letter_of_many_proposals_counts_the_rest(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    follow(installation, box)
    for _ in range(MOST_CHAPTERS + 2):
        make(installation, State.ACCEPTED)
    turn(calendar, 7)
    send(installation)
    assert read_last(box).count("* ") == MOST_CHAPTERS
    assert "Det finns 2 förslag till med nyheter på webben." in read_last(box)


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
