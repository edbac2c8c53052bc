"""How does somebody follow a place in a test, and what does their last letter say?"""

from __future__ import annotations

from datetime import timedelta

from survey.digest.abouts import About
from survey.digest.addresses import hash_address
from survey.digest.letters import FOOT_LINE
from survey.digest.send import send_links
from survey.digest.subscribe import Asked, ask_to_follow, confirm_digest
from survey.installation import Installation
from survey.store import digests
from survey.store.digests import Subscription
from tests.digest.readers import ADDRESS, SECONDS, find_token, read_part
from tests.mail.mail_server import Mailbox
from tests.proposals.written import LJUNGBY
from tests.walks import A_DAY, Calendar


def turn(calendar: Calendar, days: int) -> None:
    """So many days after the day that tests begin."""
    calendar.day = A_DAY + timedelta(days=days)


def follow(
    installation: Installation,
    box: Mailbox,
    area: str = LJUNGBY,
    *,
    address: str = ADDRESS,
    language: str = "sv",
) -> None:
    """Ask, get the link and confirm. The mailbox is empty afterwards."""
    ask_to_follow(installation, Asked(address, [area], language))
    send_links(installation, seconds=SECONDS)
    confirm_digest(installation, find_token(box.letters[-1]))
    box.raw.clear()
    box.to.clear()


def find_follower(installation: Installation, address: str = ADDRESS) -> Subscription | None:
    with installation.database.read() as connection:
        return digests.find_subscription(connection, hash_address(installation, address), About.HAPPENED)


def read_last(box: Mailbox) -> str:
    """What the last letter says, without its foot and with single spaces."""
    return " ".join(read_part(box.letters[-1], "plain").split()).partition(f" {FOOT_LINE}")[0]
