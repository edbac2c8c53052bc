"""Which letters are due, and what becomes of each: never the same to an address twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import partial

from survey.digest.abouts import About
from survey.digest.addresses import find_leave, find_wish, open_sealed
from survey.digest.due import Desk, find_due, open_desks
from survey.digest.letters import write_confirmation
from survey.digest.subscribe import CONFIRM_DAYS, forget_unconfirmed
from survey.installation import Installation
from survey.language import speak
from survey.mail.envelope import address_letter
from survey.mail.parcels import MOST_TRIES, Counts, Parcel, find_wait, run_quietly, run_soon, send_parcels
from survey.mail.server import SECONDS, MailServer, Outcome
from survey.store import digests
from survey.store.digests import Request, Subscription

DIGEST = "digest"  # what its letters are about in the audit log
MOST_FAILURES = 3  # letters in a row that were refused for good
LETTER_DAYS = 1  # a link that has not gone out by the next day is not sent: its reader has forgotten it


def send_due(
    installation: Installation, *, now: Callable[[], float] = time.time, seconds: float = SECONDS
) -> Counts:
    """Send every link and letter that is due; how many went how. Nothing where no mail server is set.

    Raises SurveyError mail_* when the server cannot be used; what was not sent is tried the next time.
    """
    forget_unconfirmed(installation)
    if not installation.settings.sends_mail:
        return {}
    with MailServer(installation.settings, seconds=seconds) as server:
        send_parcels(installation, server, pack_links(installation), kind="links", of=DIGEST)
        digests_due = pack_digests(installation, now=now())
        return send_parcels(installation, server, digests_due, kind="digests", of=DIGEST)


def send_due_quietly(installation: Installation) -> None:
    """Send what is due among other work: what fails is logged and tried again, and stops nothing else."""
    run_quietly(lambda: send_due(installation), "digests")


def send_links(installation: Installation, *, seconds: float = SECONDS) -> Counts:
    """Send the links that wait. Raises SurveyError mail_*."""
    with MailServer(installation.settings, seconds=seconds) as server:
        return send_parcels(installation, server, pack_links(installation), kind="links", of=DIGEST)


def send_links_soon(installation: Installation) -> threading.Thread:
    """Send the links that wait without keeping anybody waiting; what fails is tried again by the chores."""
    return run_soon(lambda: send_links(installation), "links")


def pack_links(installation: Installation) -> Iterator[Parcel]:
    """The links that people have asked for and not been sent."""
    since = installation.today() - timedelta(days=LETTER_DAYS)
    with installation.database.read(newest=True) as connection:
        waiting = digests.list_letters(connection, since=since)
    for request in waiting:
        if request.letter is None:
            continue
        wish, token = (
            find_wish(installation, request.sealed),
            open_sealed(installation, request.letter)["token"],
        )
        last_day = speak(wish.language).day(request.asked + timedelta(days=CONFIRM_DAYS))
        about = About(request.about)
        letter = write_confirmation(installation, wish, token, last_day=last_day, about=about)
        yield Parcel(
            wish.address,
            address_letter(installation, letter, wish.address, mark=request.id),
            partial(claim_link, installation, request),
            partial(settle_link, installation, request),
        )


def claim_link(installation: Installation, request: Request) -> bool:
    with installation.database.write() as connection:
        return digests.take_letter(connection, request.id)


def settle_link(installation: Installation, request: Request, outcome: Outcome, claimed: bool) -> None:
    """A link that was put off waits; one that was refused for good is forgotten with its address."""
    with installation.database.write() as connection:
        if outcome is Outcome.REFUSED:
            digests.delete_request(connection, request.id)
        elif outcome is Outcome.PUT_OFF and claimed:
            digests.put_letter_back(connection, request)


def pack_digests(
    installation: Installation, *, now: float, desks: Iterable[Desk] | None = None
) -> Iterator[Parcel]:
    """The letters of some desks, of every desk when none is named, to whoever is due."""
    for desk in open_desks(installation) if desks is None else desks:
        for one in find_due(installation, desk, now=now):
            wish, leave = find_wish(installation, one.sealed), find_leave(installation, one.sealed)
            letter = desk.write(wish, one.told, leave=leave)
            if letter is None:
                pass_over(installation, one, desk.latest)
                continue
            mark = one.address_key + one.about.encode() + desk.latest.to_bytes(8, "big")
            yield Parcel(
                wish.address,
                address_letter(installation, letter, wish.address, mark=mark),
                partial(claim_digest, installation, one, desk.latest),
                partial(settle_digest, installation, one, desk.latest, now),
            )


def pass_over(installation: Installation, one: Subscription, latest: int) -> None:
    """There is nothing to tell: the subscription counts as told."""
    changes = {"told": latest, "tries": 0, "retry_after": None}
    with installation.database.write() as connection:
        digests.settle(connection, one, changes.items(), told_now=one.told)


def claim_digest(installation: Installation, one: Subscription, latest: int) -> bool:
    with installation.database.write() as connection:
        return digests.claim(connection, one, latest=latest)


def settle_digest(
    installation: Installation, one: Subscription, latest: int, now: float, outcome: Outcome, claimed: bool
) -> None:
    """Write how a letter went. What the server put off waits, longer each time; what it refused is not sent
    again, and after three letters in a row nothing is."""
    if outcome is Outcome.TAKEN:
        return
    tries = one.tries + 1
    if outcome is Outcome.PUT_OFF and tries < MOST_TRIES:
        changes = {"told": one.told, "tries": tries, "retry_after": now + find_wait(tries)}
    elif outcome in (Outcome.SENT, Outcome.UNSURE):
        changes = {"told": latest, "tries": 0, "retry_after": None, "failures": 0}
    else:
        failures = one.failures + 1
        paused = installation.today() if failures >= MOST_FAILURES else None
        changes = {"told": latest, "tries": 0, "retry_after": None, "failures": failures, "paused": paused}
    with installation.database.write() as connection:
        digests.settle(connection, one, changes.items(), told_now=latest if claimed else one.told)
