"""Which links let somebody choose a password, how long, and what do their letters say?"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from survey.errors import SurveyError
from survey.installation import SWEDEN, Installation
from survey.language import Words, speak
from survey.people.sealing import Holder, hash_secret, make_token, open_holder, seal
from survey.people.states import Event, find_step
from survey.store import account_links, accounts
from survey.store.account_links import AccountLink
from survey.store.accounts import Account
from survey.store.database import Connection


class LinkKind(StrEnum):
    """What a link is for."""

    INVITE = "invite"
    RESET = "reset"


HOUR = 3600.0
LASTS = {LinkKind.INVITE: 7 * 24 * HOUR, LinkKind.RESET: HOUR}  # seconds
MOST_RESETS = 3  # that work at a time: nobody can have a mailbox filled with our letters
LINK_PATH = "/konto/lank"
LETTER = "account letter"  # what a waiting letter is sealed as


def make_link(
    installation: Installation, connection: Connection, account: Account, kind: LinkKind, *, at: float
) -> str:
    """A new link's secret. Where there is a mail server a letter with it waits to be sent.

    An invitation ends the account's earlier links.
    """
    token = make_token()
    expires = at + LASTS[kind]
    letter: bytes | None = None
    if installation.settings.sends_mail:
        holder = open_holder(installation, account.sealed)
        letter = seal(installation, LETTER, write_letter(installation, kind, holder, token, expires))
    if kind is LinkKind.INVITE:
        account_links.end_links(connection, account.id, at)
    account_links.add_link(
        connection,
        AccountLink(
            hash_secret(installation, "link", token),
            account.id,
            kind,
            expires,
            letter=letter,
            outcome="waiting" if letter else "shown",
        ),
    )
    return token


def find_account_of(
    installation: Installation, connection: Connection, token: str, *, at: float
) -> tuple[AccountLink, Account]:
    """The link and the account of a secret.

    Raises SurveyError link_old for one that is unknown, used or too old, or whose account has been closed:
    a stranger is not told which.
    """
    link = account_links.find_link(connection, hash_secret(installation, "link", token))
    if link is None or link.used is not None or link.expires <= at:
        raise SurveyError("link_old")
    account = accounts.find_account(connection, link.account)
    if account is None or find_step(account.state, Event.CHOOSE_PASSWORD) is None:
        raise SurveyError("link_old")
    return link, account


def find_link_address(installation: Installation, token: str) -> str:
    """The whole address of a link, as far as the installation knows its own."""
    return installation.settings.public_address.rstrip("/") + f"{LINK_PATH}/{token}"


def write_letter(
    installation: Installation, kind: LinkKind, holder: Holder, token: str, expires: float
) -> dict[str, str]:
    """The subject and the text of a link's letter."""
    words = speak(holder.language)
    name = installation.settings.installation_name
    about = {
        "name": name,
        "link": find_link_address(installation, token),
        "until": say_moment(expires, words),
    }
    body = words.say(f"account.letter.{kind}.body", **about)  # keys: account.letter.*
    return {
        "to": holder.address,
        "subject": words.say(f"account.letter.{kind}.subject", name=name),  # keys: account.letter.*
        "plain": body + "\n",
        "language": words.language.code,
    }


def say_moment(at: float, words: Words) -> str:
    """A time as a day and a clock time in Sweden."""
    moment = datetime.fromtimestamp(at, UTC).astimezone(SWEDEN)
    return words.say("account.moment", day=words.day(moment.date()), time=f"{moment:%H:%M}")
