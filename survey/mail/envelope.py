"""What stands on a letter by e-mail: sender, recipient, and how such letters are ended with one click?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any

from icalendar import Calendar

from survey.answering.keys import hash_keyed
from survey.calendar.file import FILE_NAME
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


@dataclass(frozen=True)
class Text:
    """What a letter says: always as plain text, and what goes with it where there is any.

    `leave` is the address that ends such letters; `calendar` is a file for calendars.
    """

    subject: str
    plain: str
    language: str
    html: str = ""
    leave: str = ""
    calendar: str = ""


def address_letter(installation: Installation, text: Text, to: str, *, mark: bytes) -> EmailMessage:
    """A letter ready to be sent, in seven-bit signs.

    `mark` tells it from every other: the same letter tried again has the same Message-ID, so that a mailbox
    that got it twice can show it once. The one-click headers are RFC 8058's.
    """
    message = EmailMessage(policy=LETTER_POLICY)
    sender = installation.settings.mail_from
    domain = parseaddr(sender)[1].rpartition("@")[2]
    message["From"] = sender
    message["To"] = to
    message["Subject"] = text.subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{hash_keyed(installation.pepper, 'letter', mark).hex()[:32]}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if text.leave:
        message[LEAVE_HEADER] = f"<{text.leave}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text.plain, charset="utf-8", cte="quoted-printable")
    if text.html:
        message.add_alternative(text.html, subtype="html", charset="utf-8", cte="quoted-printable")
    if text.calendar:
        attach_calendar(message, text.calendar)
    message["Content-Language"] = text.language  # last: what is added to a letter takes such headers along
    return message


def attach_calendar(message: EmailMessage, calendar: str) -> None:
    """The file for calendars beside the text; programs read what is to be done with it from its type."""
    method = str(Calendar.from_ical(calendar)["method"])
    message.add_attachment(
        calendar, subtype="calendar", charset="utf-8", filename=FILE_NAME, params={"method": method}
    )
