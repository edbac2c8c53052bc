"""How does somebody ask for letters, confirm it, and leave?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from survey.backup.erasures import Kind
from survey.digest.abouts import ADDS_UP, About, find_start
from survey.digest.addresses import (
    CONFIRM,
    LEAVE,
    Wish,
    find_leave,
    find_wish,
    hash_address,
    hash_token,
    make_token,
    read_address,
    seal,
    seal_wish,
)
from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.language import LANGUAGES
from survey.people.permissions import check_can_do
from survey.people.roles import VISITOR, Permission, Person
from survey.store import audits, digests
from survey.store.digests import Request, Subscription

CONFIRM_DAYS = 7  # how long a request waits for its owner; then it is deleted
PAUSED_DAYS = 30  # how long an address that letters do not reach is kept
MOST_REQUESTS = 3  # that wait for one address: nobody can have a mailbox filled with our letters
MOST_AREAS = 10
RECIPIENT = "recipient"  # who did it, in the audit log: whoever holds a link of a letter


@dataclass(frozen=True)
class Asked:
    """What a person wrote in the form."""

    typed: str
    areas: Sequence[str]
    language: str


def ask_for_digest(installation: Installation, asked: Asked, *, by: Person) -> None:
    """Keep what somebody asks for until its owner confirms it; the link is sent by `send_letters`.

    It goes the same way whether the address is known or not, and returns nothing, so that nobody learns who
    gets letters. An address that waits for three confirmations already is sent no fourth.

    Raises SurveyError not_allowed, mail_off, and the first that `list_faults` finds.
    """
    check_can_do(Permission.GET_DIGEST, by=by)
    keep_request(installation, asked, About.SIGNALS, by=by)


def ask_to_follow(installation: Installation, asked: Asked, *, by: Person = VISITOR) -> None:
    """The same for what happens with proposals, which anybody may follow.

    Raises SurveyError mail_off, and the first that `list_faults` finds.
    """
    keep_request(installation, asked, About.HAPPENED, by=by)


def keep_request(installation: Installation, asked: Asked, about: About, *, by: Person) -> None:
    """Keep what somebody asks for. Raises SurveyError mail_off, and the first that `list_faults` finds."""
    if not installation.settings.sends_mail:
        raise SurveyError("mail_off")
    for fault in list_faults(installation, asked):
        raise fault
    wish = Wish(read_address(asked.typed), tuple(dict.fromkeys(asked.areas)), asked.language)
    token, key = make_token(), hash_address(installation, wish.address)
    request = Request(
        hash_token(installation, CONFIRM, token),
        key,
        about,
        seal_wish(installation, wish),
        seal(installation, {"token": token}),
        installation.today(),
    )
    with installation.database.write() as connection:
        if digests.count_requests(connection, key) < MOST_REQUESTS:
            digests.add_request(connection, request)
        facts = {"about": about.value, "areas": len(wish.areas)}
        audits.add_event(connection, "digest asked for", "digest", by=by.role, **facts)


def list_faults(installation: Installation, asked: Asked) -> Iterator[SurveyError]:
    """Everything that is wrong with what was asked: address_wrong, digest_areas_none, digest_areas_many,
    area_unknown, language_unknown."""
    try:
        read_address(asked.typed)
    except SurveyError as wrong:
        yield wrong
    if not asked.areas:
        yield SurveyError("digest_areas_none")
    if len(asked.areas) > MOST_AREAS:
        yield SurveyError("digest_areas_many", most=MOST_AREAS)
    for code in asked.areas:
        if not installation.areas.has(code):
            yield SurveyError("area_unknown", area=code[:20])
    if asked.language not in LANGUAGES:
        yield SurveyError("language_unknown")


def confirm_digest(installation: Installation, token: str) -> None:
    """Start letters to whoever holds the link, or change which areas they are about.

    Somebody new is told of what comes from now on. The link that ends it stays the same, so that the one in
    an old letter works. Raises SurveyError digest_link_old.
    """
    since = installation.today() - timedelta(days=CONFIRM_DAYS)
    with installation.database.write() as connection:
        request = digests.find_request(connection, hash_token(installation, CONFIRM, token))
        if request is None or request.asked < since:
            raise SurveyError("digest_link_old")
        about = About(request.about)
        known = digests.find_subscription(connection, request.address_key, about)
        leave = find_leave(installation, known.sealed) if known else make_token()
        goes_on = known is not None and known.paused is None
        told = known.told if known and goes_on else find_start(installation, connection, about)
        sealed = seal_wish(installation, join_wishes(installation, request, known), leave=leave)
        leave_key = hash_token(installation, LEAVE, leave)
        kept = Subscription(request.address_key, about, leave_key, sealed, told)
        digests.keep_subscription(connection, kept)
        audits.add_event(connection, "digest confirmed", "digest", by=RECIPIENT, about=about.value)


def join_wishes(installation: Installation, request: Request, known: Subscription | None) -> Wish:
    """What an address gets letters about from now on: what was asked for, with what it followed before."""
    new = find_wish(installation, request.sealed)
    if known is None or request.about not in ADDS_UP:
        return new
    before = find_wish(installation, known.sealed).areas
    return replace(new, areas=tuple(dict.fromkeys([*before, *new.areas])))


def leave_digest(installation: Installation, token: str) -> None:
    """End letters to whoever holds the link and forget the address with them, but where it gets letters about
    something else. Nothing happens the second time.

    A link that never was one is not told from one that has been used.
    """
    with installation.database.write() as connection:
        known = digests.find_leaving(connection, hash_token(installation, LEAVE, token))
        if known is not None:
            address = known.address_key + known.about.encode()
            installation.erasures.note((Kind.LETTERS, address))
            digests.delete_subscription(connection, known)
            audits.add_event(connection, "digest ended", "digest", by=RECIPIENT, about=known.about)


def forget_address(installation: Installation, typed: str, *, by: str) -> bool:
    """Delete an address, whatever it gets letters about, whose owner asks for it in another way; whether it
    was known.

    Raises SurveyError address_wrong.
    """
    key = hash_address(installation, read_address(typed))
    with installation.database.write() as connection:
        known = digests.delete_address(connection, key)
        if known:
            installation.erasures.note((Kind.ADDRESS, key))
            audits.add_event(connection, "digest ended", "digest", by=by)
    return known


def forget_unconfirmed(installation: Installation) -> int:
    """Delete requests older than a week, and addresses that have been paused for a month; how many."""
    today = installation.today()
    with installation.database.write() as connection:
        gone = digests.delete_requests_before(connection, today - timedelta(days=CONFIRM_DAYS))
        gone += digests.delete_paused_before(connection, today - timedelta(days=PAUSED_DAYS))
        if gone:
            audits.add_event(connection, "digest addresses forgotten", "digest", by=SYSTEM, number=gone)
    return gone
