"""How do letters about missions get from the outbox to the mail server, each once?

A letter is claimed in the database after the server has accepted its recipient and before its text is sent,
as the digests are (survey/digest/send.py): a process that is killed earlier has sent nothing, one that is
killed later never sends it again.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from icalendar import Calendar

from survey.calendar.file import FILE_NAME
from survey.digest.envelope import LEAVE_HEADER, LETTER_POLICY
from survey.digest.mail import SECONDS, MailServer, Outcome
from survey.digest.send import MOST_TRIES, find_wait, run_quietly
from survey.installation import SYSTEM, Installation
from survey.panel.contacts import open_sealed
from survey.panel.letters import ASKING
from survey.store import audits, mission_letters
from survey.store.mission_letters import Queued


def send_letters(
    installation: Installation, *, now: float | None = None, seconds: float = SECONDS
) -> Mapping[Outcome, int]:
    """Send what waits in the outbox at a time (seconds since 1970); how many letters went how.

    Nothing where no mail server is set. Raises SurveyError mail_* when the server cannot be used; what was
    not sent is tried the next time.
    """
    if not installation.settings.sends_mail:
        return {}
    at = time.time() if now is None else now
    with installation.database.write() as connection:
        mission_letters.drop_unwanted(connection, asking=ASKING)
        waiting = mission_letters.list_waiting(connection, now=at)
    counts: Counter[Outcome] = Counter()
    with MailServer(installation.settings, seconds=seconds) as server:
        try:
            for letter in waiting:
                counts[send_letter(installation, server, letter, at=at)] += 1
        finally:
            if counts:
                told = {outcome.value: number for outcome, number in counts.items()}
                with installation.database.write() as connection:
                    audits.add_event(connection, "mission letters sent", "missions", by=SYSTEM, **told)
    return counts


def send_letters_quietly(installation: Installation) -> None:
    """Send what waits among other work: what fails is logged and tried again, and stops nothing else."""
    run_quietly(lambda: send_letters(installation), "mission letters")


def send_letters_soon(installation: Installation) -> threading.Thread:
    """Send what waits without keeping anybody waiting; what fails is tried again by the chores."""
    thread = threading.Thread(target=send_letters_quietly, args=(installation,), daemon=True)
    thread.start()
    return thread


def send_letter(installation: Installation, server: MailServer, letter: Queued, *, at: float) -> Outcome:
    """Send one and write how it went."""
    document = open_sealed(installation, letter.sealed or b"")
    claimed: list[bool] = []

    def claim() -> bool:
        with installation.database.write() as connection:
            claimed.append(mission_letters.take_letter(connection, letter, asks=letter.kind in ASKING))
        return claimed[-1]

    message = address_letter(installation, letter, document)
    outcome = server.deliver(message, document["to"], claim=claim)
    changes = find_changes(letter, outcome, at=at, claimed=any(claimed))
    if changes:
        with installation.database.write() as connection:
            mission_letters.settle_letter(connection, letter, changes)
    return outcome


def find_changes(letter: Queued, outcome: Outcome, *, at: float, claimed: bool) -> Mapping[str, object]:
    """What is written of a letter: one that is put off waits longer each time, and is given up in the end."""
    tries = letter.tries + 1
    if outcome is Outcome.PUT_OFF and tries < MOST_TRIES:
        kept = {"sealed": letter.sealed, "outcome": "waiting"} if claimed else {}
        return {**kept, "tries": tries, "retry_after": at + find_wait(tries)}
    if outcome in (Outcome.PUT_OFF, Outcome.REFUSED):
        return {"sealed": None, "outcome": "refused", "tries": tries}
    return {}


def address_letter(installation: Installation, letter: Queued, document: Mapping[str, str]) -> EmailMessage:
    """A letter ready to be sent: plain text in seven-bit signs, with the same Message-ID when tried again.

    One that can be ended says so in the headers of RFC 8058.
    """
    message = EmailMessage(policy=LETTER_POLICY)
    sender = installation.settings.mail_from
    domain = parseaddr(sender)[1].rpartition("@")[2]
    message["From"] = sender
    message["To"] = document["to"]
    message["Subject"] = document["subject"]
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{letter.id.hex()[:32]}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if document.get("leave"):
        message[LEAVE_HEADER] = f"<{document['leave']}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(document["plain"], charset="utf-8", cte="quoted-printable")
    if document.get("calendar"):
        attach_calendar(message, document["calendar"])
    message["Content-Language"] = document["language"]
    return message


def attach_calendar(message: EmailMessage, calendar: str) -> None:
    """The file for calendars beside the text; programs read what is to be done with it from its type."""
    method = str(Calendar.from_ical(calendar)["method"])
    message.add_attachment(
        calendar, subtype="calendar", charset="utf-8", filename=FILE_NAME, params={"method": method}
    )
