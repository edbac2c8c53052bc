"""Which notices are due, and what becomes of each? A receiver that is slow or gone holds nobody else up."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http import HTTPStatus

from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.logs import locate_fault
from survey.notices.post import WHOLE_SECONDS, post
from survey.notices.reaching import NotReachedError
from survey.notices.receivers import find_receiver, open_where
from survey.notices.write import write_body, write_headers
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits, notices
from survey.store.database import Connection
from survey.store.notices import Notice, NoticeState, ReceiverState

log = logging.getLogger(__name__)
BETWEEN_LOOKS = 20.0  # seconds between two looks into the outbox
AT_ONCE = 8  # receivers that are told at the same time
HELD = WHOLE_SECONDS + 50.0  # seconds a notice is kept from other processes while it is tried
FIRST_WAIT, GROWTH, LONGEST_WAIT = 30.0, 4, 12 * 3600.0  # seconds; 30 s, 2, 8, 32 min, 2, 8.5, 12, 12 … h
GIVE_UP_AFTER = 3 * 24 * 3600.0  # seconds from when it was written
KEPT = 90 * 24 * 3600.0  # seconds that the log is kept
Post = Callable[..., int]
Now = Callable[[], float]


def send_due(
    installation: Installation, *, now: Now = time.time, hand_over: Post = post
) -> Mapping[str, int]:
    """Try every notice that is due, several receivers at once; how many are in which state afterwards.

    Each is tried at least once and by one process at a time. A process that is killed in between is as one
    that got no answer: its receiver may get a notice twice, with the same id. Raises SurveyError database_*.
    """
    with installation.database.read(newest=True) as connection:
        due = notices.list_due(connection, now=now())
    of_receiver: defaultdict[str, list[Notice]] = defaultdict(list)
    for one in due:
        of_receiver[one.receiver].append(one)
    if not of_receiver:
        return {}
    send = partial(send_in_turn, installation, now=now, hand_over=hand_over)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="notices") as threads:
        counts = sum(threads.map(send, of_receiver.values()), Counter[str]())
    log.info("notices: %s", ", ".join(f"{number} {state}" for state, number in sorted(counts.items())))
    return counts


def send_in_turn(
    installation: Installation, due: Sequence[Notice], *, now: Now, hand_over: Post
) -> Counter[str]:
    """Try a receiver's notices, the oldest first, until one is not taken or it has had its time: the others
    wait for the next look."""
    counts: Counter[str] = Counter()
    until = time.monotonic() + WHOLE_SECONDS
    for one in due:
        state = send_quietly(installation, one, now=now, hand_over=hand_over)
        counts[state or "left"] += 1
        if state != NoticeState.DELIVERED or time.monotonic() > until:
            break
    return counts


def send_quietly(installation: Installation, one: Notice, *, now: Now, hand_over: Post) -> str | None:
    """Try one among others; a fault of ours is logged and stops only this one until it is due again."""
    try:
        return send_one(installation, one, now=now, hand_over=hand_over)
    except SurveyError as wrong:
        log.error("a notice was put off: %s", wrong)
    except Exception as fault:
        log.error("a notice failed: %s", locate_fault(fault))
    return None


def send_one(installation: Installation, one: Notice, *, now: Now, hand_over: Post) -> str | None:
    """Try one notice; the state it is in then, None when another process has it."""
    at = now()
    with installation.database.write() as connection:
        receiver = find_receiver(connection, one.receiver)
        if not notices.claim_notice(connection, one, until=at + HELD):
            return None
        told = None if one.publication_id is None else notices.find_told(connection, one.publication_id)
    where = open_where(installation, receiver)
    body = write_body(installation, told)
    headers = write_headers(where.list_secrets(at), one.id, int(at), body)
    status, trouble = None, None
    try:
        networks = installation.settings.receiver_networks
        status = hand_over(where.address, headers, body, networks=networks)
    except NotReachedError as wrong:
        trouble = wrong.trouble
    return settle(installation, one, status, trouble, at=at)


def settle(
    installation: Installation,
    one: Notice,
    status: int | None,
    trouble: str | None,
    *,
    at: float,
) -> str:
    """Write how a try went; the state the notice is in then."""
    tries = one.tries + 1
    is_trial = one.publication_id is None
    state = decide(status, is_last=is_trial or at - one.queued >= GIVE_UP_AFTER)
    changes = {
        "state": state,
        "tries": tries,
        "next_try": at + find_wait(tries),
        "last_try": at,
        "status": status,
        "trouble": trouble,
    }
    with installation.database.write() as connection:
        notices.settle_notice(connection, one.id, changes)
        if state is NoticeState.GIVEN_UP and not is_trial:
            audits.add_event(connection, "notice given up", one.id, by=SYSTEM, receiver=one.receiver)
        if state is NoticeState.DROPPED:
            end_receiver(connection, one.receiver)
    return state


def end_receiver(connection: Connection, receiver: str) -> None:
    """A receiver has asked not to be told again."""
    found = find_receiver(connection, receiver)
    notices.change_receiver(connection, receiver, {"state": ReceiverState.GONE}, based_on=found.version)
    notices.drop_waiting(connection, receiver)
    audits.add_event(connection, "receiver gone", receiver, by=SYSTEM)


def decide(status: int | None, *, is_last: bool) -> NoticeState:
    """What becomes of a notice. Only 2xx is a yes; 410 asks not to be told again; a redirect is no yes.

    `is_last` says that it is not tried again.
    """
    if status is not None and HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return NoticeState.DELIVERED
    if status == HTTPStatus.GONE:
        return NoticeState.DROPPED
    return NoticeState.GIVEN_UP if is_last else NoticeState.WAITING


def find_wait(tries: int) -> float:
    """Seconds until a notice that was tried so many times is tried again."""
    return min(FIRST_WAIT * GROWTH ** min(tries - 1, 10), LONGEST_WAIT)


def send_trial(
    installation: Installation, receiver: str, *, by: Person, now: Now = time.time, hand_over: Post = post
) -> Notice:
    """Send a notice that tells of nothing, once, and say how it went.

    Takes as long as a receiver may: ten seconds. Raises SurveyError not_allowed, receiver_unknown and
    receiver_not_active.
    """
    check_can_do(Permission.MANAGE_PROGRAMS, by=by)
    with installation.database.write() as connection:
        if find_receiver(connection, receiver).state != ReceiverState.ACTIVE:
            raise SurveyError("receiver_not_active")
        at = now()
        new = notices.queue_trial(connection, receiver, at=at, next_try=at + HELD)
        audits.add_event(connection, "receiver tried", receiver, by=by.name)
    send_one(installation, new, now=now, hand_over=hand_over)
    with installation.database.read(newest=True) as connection:
        return next(one for one in notices.list_log(connection, receiver, limit=1_000) if one.id == new.id)


def forget_old(installation: Installation, *, now: Now = time.time) -> None:
    """Remove what was settled long ago."""
    with installation.database.write() as connection:
        notices.delete_settled(connection, before=now() - KEPT)


def keep_sending(installation: Installation, stop: threading.Event) -> None:
    """Look into the outbox now and again until told to stop; what goes wrong is logged and tried again."""
    while not stop.wait(BETWEEN_LOOKS):
        try:
            send_due(installation)
        except SurveyError as wrong:
            log.error("notices were put off: %s", wrong)
        except Exception as fault:
            log.error("notices failed: %s", locate_fault(fault))
