"""What does a mail server on this machine do with a letter: take it, refuse it, put it off, break off?"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.postgres_server import find_free_port

TAKEN = "250 OK"
BREAK_OFF = "break off"  # the line is cut in place of a reply
USER, PASSWORD = "utskick", "hemligt-ord-7"


@dataclass
class Mailbox:
    """Everything the server was handed, and how it replies. A reply is used once for each letter, in turn;
    then it takes what comes."""

    port: int = 0
    raw: list[bytes] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    sender_replies: list[str] = field(default_factory=list)
    recipient_replies: list[str] = field(default_factory=list)
    letter_replies: list[str] = field(default_factory=list)
    before_reply: Callable[[], None] = lambda: None
    was_encrypted: list[bool] = field(default_factory=list)
    greetings: int = 0

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(one, policy=default) for one in self.raw]  # type: ignore[misc]

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, replies: list[str]
    ) -> list[str]:
        self.greetings += 1
        session.host_name = name
        return replies

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = self.sender_replies.pop(0) if self.sender_replies else TAKEN
        if reply == TAKEN:
            envelope.mail_from = address
        return reply

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.get_running_loop().run_in_executor(None, self.before_reply)
        reply = self.recipient_replies.pop(0) if self.recipient_replies else TAKEN
        if reply == BREAK_OFF:
            server.transport.abort()
        if reply == TAKEN:
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        reply = self.letter_replies.pop(0) if self.letter_replies else TAKEN
        if reply in (TAKEN, BREAK_OFF):
            self.raw.append(bytes(envelope.content or b""))
            self.to.extend(envelope.rcpt_tos)
            self.was_encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        if reply == BREAK_OFF:
            server.transport.abort()
        return reply


def sign_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
    """The one user there is."""
    is_right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


@contextmanager
def run_mail_server(port: int | None = None, **how: Any) -> Iterator[Mailbox]:
    """A server on the loopback address; `how` is what aiosmtpd's Controller takes."""
    box = Mailbox(port or find_free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **how)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


@contextmanager
def run_silent_server() -> Iterator[int]:
    """The port of something that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def make_context(certificate: str, key: str) -> ssl.SSLContext:
    """What a server with a certificate encrypts with."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
