"""How do letters with links get from the outbox to the mail server, each once?

A letter is claimed after the server has accepted its recipient and before its text is sent, as the digests
are: a process that is killed earlier has sent nothing, one that is killed later never sends it again.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from survey.digest.mail import SECONDS, MailServer, Outcome
from survey.digest.send import find_wait, run_quietly
from survey.installation import SYSTEM, Installation
from survey.people.faults import tell_time
from survey.people.links import LETTER
from survey.people.sealing import open_sealed
from survey.store import account_links, audits
from survey.store.account_links import AccountLink


def send_links(
    installation: Installation, *, at: float | None = None, seconds: float = SECONDS
) -> Mapping[Outcome, int]:
    """Send every letter that waits; how many went how. Nothing where no mail server is set.

    Raises SurveyError mail_* when the server cannot be used; what was not sent is tried the next time.
    """
    if not installation.settings.sends_mail:
        return {}
    now = tell_time(at)
    with installation.database.read(newest=True) as connection:
        waiting = account_links.list_waiting(connection, now)
    counts: Counter[Outcome] = Counter()
    with MailServer(installation.settings, seconds=seconds) as server:
        try:
            for link in waiting:
                counts[send_link(installation, server, link, at=now)] += 1
        finally:
            if counts:
                told = {outcome.value: number for outcome, number in counts.items()}
                with installation.database.write() as connection:
                    audits.add_event(connection, "account letters sent", "accounts", by=SYSTEM, **told)
    return counts


def send_links_quietly(installation: Installation) -> None:
    """Send what waits among other work: what fails is logged and tried again, and stops nothing else."""
    run_quietly(lambda: send_links(installation), "account letters")


def send_links_soon(installation: Installation) -> threading.Thread:
    """Send what waits without keeping anybody waiting; what fails is tried again by the chores."""
    thread = threading.Thread(target=send_links_quietly, args=(installation,), daemon=True)
    thread.start()
    return thread


def send_link(installation: Installation, server: MailServer, link: AccountLink, *, at: float) -> Outcome:
    """Send one and write how it went."""
    document = open_sealed(installation, LETTER, link.letter or b"")
    claimed: list[bool] = []

    def claim() -> bool:
        with installation.database.write() as connection:
            claimed.append(account_links.take_letter(connection, link.key))
        return claimed[-1]

    message = address_letter(installation, link, document)
    outcome = server.deliver(message, document["to"], claim=claim)
    changes = find_changes(link, outcome, at=at, claimed=any(claimed))
    if changes:
        with installation.database.write() as connection:
            account_links.settle_letter(connection, link.key, **changes)
    return outcome


def find_changes(link: AccountLink, outcome: Outcome, *, at: float, claimed: bool) -> Mapping[str, object]:
    """What is written of a letter: one that is put off waits longer each time until its link is too old."""
    tries = link.tries + 1
    if outcome is Outcome.PUT_OFF:
        kept = {"letter": link.letter, "outcome": account_links.WAITING} if claimed else {}
        return {**kept, "tries": tries, "retry_after": at + find_wait(tries)}
    if outcome is Outcome.REFUSED:
        return {"letter": None, "outcome": "refused", "tries": tries}
    return {}


def address_letter(
    installation: Installation, link: AccountLink, document: Mapping[str, str]
) -> EmailMessage:
    """A letter ready to be sent: plain text in seven-bit signs, with the same Message-ID when tried again."""
    message = EmailMessage(policy=SMTP)
    sender = installation.settings.mail_from
    domain = parseaddr(sender)[1].rpartition("@")[2]
    message["From"] = sender
    message["To"] = document["to"]
    message["Subject"] = document["subject"]
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{link.key.hex()[:32]}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(document["plain"], charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = document["language"]
    return message
