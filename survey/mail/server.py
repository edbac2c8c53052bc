"""How is a letter handed to the mail server, and what became of it?"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from email.utils import parseaddr
from enum import StrEnum
from types import TracebackType
from urllib.parse import urlsplit

from survey.errors import SurveyError
from survey.mail_settings import Security
from survey.settings import Settings

SECONDS = 20.0  # that the server may be silent
CLOSING = 421  # the server ends the conversation and says so
TEMPORARY, PERMANENT = 400, 500  # replies from here on are refusals, for now and for good


class Outcome(StrEnum):
    """What became of a letter.

    UNSURE: the line broke after the letter had been sent and before the server said yes. TAKEN: somebody
    else sends it, or it is not wanted any more.
    """

    SENT = "sent"
    PUT_OFF = "put_off"
    REFUSED = "refused"
    UNSURE = "unsure"
    TAKEN = "taken"


class MailServer:
    """A conversation with the mail server, opened when the first letter is handed over.

    What the server says is never repeated: it holds addresses.
    """

    def __init__(self, settings: Settings, *, seconds: float = SECONDS) -> None:
        self._settings = settings
        self._seconds = seconds
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> MailServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def greet(self) -> None:
        """Open the conversation and send nothing. Raises SurveyError mail_*."""
        self._open()

    def deliver(self, message: EmailMessage, to: str, *, claim: Callable[[], bool]) -> Outcome:
        """Hand over a letter.

        `claim` is asked when the server has said yes to sender and recipient, last before the letter itself:
        it says whether the letter is still to be sent, and must remember that it is.

        Raises SurveyError mail_unreachable, mail_insecure, mail_sign_in_refused and mail_sender_refused,
        which are about the server and no letter.
        """
        smtp = self._smtp or self._open()
        try:
            refusal = self._announce(smtp, to)
        except (OSError, smtplib.SMTPException):
            self._end()
            return Outcome.PUT_OFF
        if refusal is not None:
            return refusal
        if not claim():
            with suppress(OSError, smtplib.SMTPException):
                smtp.rset()
            return Outcome.TAKEN
        return self._hand_over(smtp, message)

    def _announce(self, smtp: smtplib.SMTP, to: str) -> Outcome | None:
        """Name sender and recipient; how the server refuses, None when it does not."""
        code, _ = smtp.mail(parseaddr(self._settings.mail_from)[1])
        if code >= PERMANENT:
            self._end()
            raise SurveyError("mail_sender_refused", status=str(code))
        if code < TEMPORARY:
            code, _ = smtp.rcpt(to)
        return None if code < TEMPORARY else self._read_refusal(smtp, code)

    def _hand_over(self, smtp: smtplib.SMTP, message: EmailMessage) -> Outcome:
        """Send the letter itself."""
        try:
            code, _ = smtp.data(message.as_bytes())
        except smtplib.SMTPDataError as refused:
            return self._read_refusal(smtp, refused.smtp_code)
        except (OSError, smtplib.SMTPException):
            self._end()
            return Outcome.UNSURE
        return Outcome.SENT if code < TEMPORARY else self._read_refusal(smtp, code)

    def _read_refusal(self, smtp: smtplib.SMTP, code: int) -> Outcome:
        """Whether a refusal is for now or for good; the conversation is ready for the next letter."""
        if code == CLOSING:
            self._end()
        else:
            with suppress(OSError, smtplib.SMTPException):
                smtp.rset()
        return Outcome.REFUSED if code >= PERMANENT else Outcome.PUT_OFF

    def _open(self) -> smtplib.SMTP:
        try:
            self._smtp = greet(self._settings, seconds=self._seconds)
        except (smtplib.SMTPNotSupportedError, ssl.SSLError):
            raise SurveyError("mail_insecure", host=self._settings.smtp_host) from None
        except (OSError, smtplib.SMTPException):
            raise SurveyError("mail_unreachable", host=self._settings.smtp_host) from None
        return self._smtp

    def _end(self) -> None:
        """Say goodbye if anybody listens."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._smtp.close()
            self._smtp = None


def greet(settings: Settings, *, seconds: float) -> smtplib.SMTP:
    """An open conversation, encrypted and signed in as the settings say."""
    where = (settings.smtp_host, settings.mail_port)
    name = urlsplit(settings.public_address).hostname or "localhost"
    if settings.smtp_security is Security.TLS:
        context = ssl.create_default_context()
        smtp = smtplib.SMTP_SSL(*where, local_hostname=name, timeout=seconds, context=context)
    else:
        smtp = smtplib.SMTP(*where, local_hostname=name, timeout=seconds)
    try:
        prepare(smtp, settings)
    except BaseException:
        smtp.close()
        raise
    return smtp


def prepare(smtp: smtplib.SMTP, settings: Settings) -> None:
    """Encrypt the way and sign in, as far as the settings ask for it."""
    if settings.smtp_security is Security.STARTTLS:
        smtp.starttls(context=ssl.create_default_context())
    smtp.ehlo_or_helo_if_needed()
    if settings.smtp_user:
        try:
            smtp.login(settings.smtp_user, settings.read_password())
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
            raise SurveyError("mail_sign_in_refused", host=settings.smtp_host) from None
