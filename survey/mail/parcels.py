"""How are letters sent that wait, each once, and how long does one wait that the server puts off?

A letter is claimed in the database after the server has accepted its recipient and before its text is sent: a
process that is killed earlier has sent nothing, one that is killed later sends it never again.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage

from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.logs import locate_fault
from survey.mail.server import MailServer, Outcome
from survey.store import audits

log = logging.getLogger(__name__)
HOUR = 3600.0
MOST_TRIES = 8  # about three days
LONGEST_WAIT = 24 * HOUR
A_LITTLE = 600.0  # seconds by which a wait is cut, so that the hourly chores do not come just too early

Counts = Mapping[Outcome, int]


@dataclass(frozen=True)
class Parcel:
    """A letter with its address. `claim` notes, last before it is sent, that it is; `settle` how it went, and
    whether it had been claimed."""

    to: str
    message: EmailMessage
    claim: Callable[[], bool]
    settle: Callable[[Outcome, bool], None]


def send_parcels(
    installation: Installation, server: MailServer, parcels: Iterable[Parcel], *, kind: str, of: str
) -> Counts:
    """Send parcels and write how many went how, also where the server fails half-way.

    `kind` is what they are in the log, `of` what they are about. Raises SurveyError mail_* when the server
    cannot be used; what was not sent is tried the next time.
    """
    counts: Counter[Outcome] = Counter()
    try:
        for parcel in parcels:
            counts[send_parcel(server, parcel)] += 1
    finally:
        if counts:
            told = {outcome.value: number for outcome, number in counts.items()}
            log.info("%s: %s", kind, ", ".join(f"{number} {name}" for name, number in sorted(told.items())))
            with installation.database.write() as connection:
                audits.add_event(connection, f"{kind} sent", of, by=SYSTEM, **told)
    return counts


def send_parcel(server: MailServer, parcel: Parcel) -> Outcome:
    """Send one and write how it went."""
    claimed: list[bool] = []

    def claim() -> bool:
        claimed.append(parcel.claim())
        return claimed[-1]

    outcome = server.deliver(parcel.message, parcel.to, claim=claim)
    parcel.settle(outcome, any(claimed))
    return outcome


def find_wait(tries: int) -> float:
    """Seconds until a letter that was put off so many times is tried again: one hour, two, four … a day."""
    return min(HOUR * 2 ** (tries - 1), LONGEST_WAIT) - A_LITTLE


def run_quietly(work: Callable[[], object], kind: str) -> None:
    """Do some work whose failing is only logged, without what anybody wrote."""
    try:
        work()
    except SurveyError as wrong:
        log.error("%s put off: %s", kind, wrong)
    except Exception as fault:
        log.error("%s failed: %s", kind, locate_fault(fault))


def run_soon(work: Callable[[], object], kind: str) -> threading.Thread:
    """The same without keeping anybody waiting; what fails is tried again by the chores."""
    thread = threading.Thread(target=run_quietly, args=(work, kind), daemon=True)
    thread.start()
    return thread
