"""How does a test ask for letters, confirm them and read what came?"""

from __future__ import annotations

import re
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

from survey.digest.send import send_due, send_links
from survey.digest.subscribe import Asked, ask_for_digest, confirm_digest
from survey.installation import Installation
from survey.mail.server import Outcome
from survey.people.roles import Person, Role
from tests.mail.mail_server import Mailbox

ADDRESS = "anna.svensson@exempel.se"
OTHER = "bo@exempel.se"
MANAGER = Person(Role.MANAGER)
PUBLIC_ADDRESS = "https://svara.example.se"
SECONDS = 20.0  # that a test's server may be silent, on a machine that stands still for a while too
LINK = re.compile(r"https://svara\.example\.se/e/u/(?:ja|nej|folj|sluta)/\S+")


def make_mail_settings(port: int, **more: Any) -> dict[str, Any]:
    """The settings of an installation that sends by a server on this machine."""
    return {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": port,
        "SMTP_SECURITY": "none",
        "MAIL_FROM": "Invånarrösten <utskick@example.se>",
        "PUBLIC_ADDRESS": PUBLIC_ADDRESS,
        **more,
    }


def ask(
    installation: Installation,
    address: str = ADDRESS,
    *areas: str,
    language: str = "sv",
    by: Person = MANAGER,
) -> None:
    """Ask for letters about some areas, Kronoberg unless others are named."""
    ask_for_digest(installation, Asked(address, areas or ("07",), language), by=by)


def subscribe(
    installation: Installation, box: Mailbox, address: str = ADDRESS, *areas: str, **how: Any
) -> str:
    """Ask, get the link and confirm; the link's secret. The mailbox is empty afterwards."""
    ask(installation, address, *areas, **how)
    send_links(installation, seconds=SECONDS)
    token = find_token(box.letters[-1])
    confirm_digest(installation, token)
    box.raw.clear()
    box.to.clear()
    return token


def send(installation: Installation, *, at: float = 0.0) -> dict[str, int]:
    """Send what is due at a time in seconds; how many digests went how."""
    counts = send_due(installation, now=lambda: at, seconds=SECONDS)
    return {Outcome(outcome).value: number for outcome, number in counts.items()}


def read_part(letter: EmailMessage, kind: str) -> str:
    """The text of the plain or html part."""
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def find_link(letter: EmailMessage) -> str:
    """The link of ours that confirms or leaves."""
    found = LINK.search(read_part(letter, "plain"))
    assert found is not None
    return found[0]


def find_token(letter: EmailMessage) -> str:
    return urlsplit(find_link(letter)).path.rpartition("/")[2]
