"""What stands on a letter: sender, recipient, and how it can be ended with one click?"""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any

from survey.answering.keys import hash_keyed
from survey.digest.letters import Letter
from survey.installation import Installation

LEAVE_HEADER = "List-Unsubscribe"


class WholeLinks(EmailPolicy):
    """Headers as mail servers take them, but that an address is never broken onto a line of its own: not
    every mailbox reads one that is."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name == LEAVE_HEADER:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


LETTER_POLICY = WholeLinks(linesep="\r\n")


def address_letter(installation: Installation, letter: Letter, to: str, *, mark: bytes) -> EmailMessage:
    """A letter ready to be sent: plain text first, then HTML, in seven-bit signs.

    `mark` tells it from every other: the same letter tried again has the same Message-ID, so that a mailbox
    that got it twice can show it once. The one-click headers are RFC 8058's.
    """
    message = EmailMessage(policy=LETTER_POLICY)
    sender = installation.settings.mail_from
    domain = parseaddr(sender)[1].rpartition("@")[2]
    message["From"] = sender
    message["To"] = to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{hash_keyed(installation.pepper, 'digest letter', mark).hex()[:32]}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.leave:
        message[LEAVE_HEADER] = f"<{letter.leave}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.plain, charset="utf-8", cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = letter.language
    return message
