"""What an installation is told about its mail server, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parseaddr
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

from survey.errors import SurveyError
from survey.setting_problems import list_both_set


class Security(StrEnum):
    """How the way to the mail server is encrypted; `port` is the one that is usual for each."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"

    @property
    def port(self) -> int:
        return {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}[self]


class MailSettings(BaseSettings):
    """The mail server's part of the settings. Nothing is sent while SMTP_HOST is empty."""

    smtp_host: str = Field("", alias="SMTP_HOST", description="the mail server; nothing is sent when empty")
    smtp_port: int | None = Field(None, alias="SMTP_PORT", ge=1, le=65535)
    smtp_security: Security = Field(Security.STARTTLS, alias="SMTP_SECURITY")
    smtp_user: str = Field("", alias="SMTP_USER")
    smtp_password: SecretStr = Field(SecretStr(""), alias="SMTP_PASSWORD", repr=False)
    smtp_password_file: Path | None = Field(None, alias="SMTP_PASSWORD_FILE")
    mail_from: str = Field("", alias="MAIL_FROM", description="Name <address> that letters come from")

    @property
    def sends_mail(self) -> bool:
        """Whether there is a mail server to send by."""
        return bool(self.smtp_host)

    @property
    def mail_port(self) -> int:
        """The mail server's port: the one that is set, else the usual one."""
        return self.smtp_port or self.smtp_security.port

    def read_password(self) -> str:
        """The mail server's password; empty when there is none. Raises OSError for a file that is gone."""
        if self.smtp_password_file is None:
            return self.smtp_password.get_secret_value()
        return self.smtp_password_file.read_text(encoding="utf-8").strip()


def list_mail_problems(settings: MailSettings, *, public_address: str) -> Iterator[SurveyError]:
    """Everything that is wrong with the mail server's settings; it repeats no value."""
    if not settings.sends_mail:
        return
    if not is_web_address(public_address):
        yield SurveyError("setting_address_mail")
    if not is_sender(settings.mail_from):
        yield SurveyError("setting_sender")
    password = settings.smtp_password.get_secret_value()
    yield from list_both_set("SMTP_PASSWORD", value=password, file=settings.smtp_password_file)
    yield from list_password_problems(settings)


def list_password_problems(settings: MailSettings) -> Iterator[SurveyError]:
    """Everything that is wrong with how the mail server is signed in to."""
    try:
        password = settings.read_password()
    except (OSError, UnicodeDecodeError):
        yield SurveyError("setting_file", name="SMTP_PASSWORD_FILE")
        return
    if bool(settings.smtp_user) != bool(password):
        yield SurveyError("setting_mail_user")
    elif password and settings.smtp_security is Security.NONE and not is_here(settings.smtp_host):
        yield SurveyError("setting_mail_open")


def is_web_address(address: str) -> bool:
    """Whether people can open an address in a browser."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname) and not parts.query


def is_sender(text: str) -> bool:
    """Whether letters can come from this: an address, with a name before it or without."""
    try:
        validate_email(parseaddr(text)[1], check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return False
    return True


def is_here(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
