"""Do claims, confirmations and leaving hold on each database engine?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from survey.digest.abouts import About
from survey.digest.subscribe import forget_unconfirmed, leave_digest
from survey.installation import Installation
from survey.store import digests
from survey.store.digests import Subscription
from tests.digest.readers import OTHER, ask, find_token, make_mail_settings, send, subscribe
from tests.insight.hand_made import add_publication
from tests.mail.mail_server import Mailbox
from tests.walks import Calendar, opened

KEY = b"k" * 32


@pytest.fixture
def installation(
    database_url: str, tmp_path: Path, calendar: Calendar, box: Mailbox
) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var", calendar, **make_mail_settings(box.port)) as found:
        yield found


def test_a_whole_subscription_from_asking_to_leaving(
    installation: Installation, box: Mailbox, calendar: Calendar
) -> None:
    subscribe(installation, box)
    subscribe(installation, box, language="en")
    add_publication(installation)
    box.letter_replies = ["451 later"]
    assert send(installation) == {"put_off": 1}
    assert send(installation, at=1e6) == {"sent": 1}
    leave_digest(installation, find_token(box.letters[-1]))
    add_publication(installation, "2026-11")
    assert send(installation) == {}
    ask(installation, OTHER)
    calendar.turn_to(2026, 10, 1)
    assert forget_unconfirmed(installation) == 1


def test_a_letter_is_claimed_once(installation: Installation) -> None:
    one = Subscription(KEY, About.SIGNALS, KEY, b"sealed", told=1)

    def find_due(now: float) -> list[int]:
        due = digests.list_due(connection, about=About.SIGNALS, told_until=1, now=now)
        return [found.tries for found in due]

    with installation.database.write() as connection:
        digests.keep_subscription(connection, one)
        digests.keep_subscription(connection, replace(one, about=About.HAPPENED, leave_key=b"l" * 32))
        assert digests.claim(connection, one, latest=2)
        assert not digests.claim(connection, one, latest=2)
        assert not digests.claim(connection, one, latest=3)  # read before the other told it
        digests.settle(connection, one, [("told", 1), ("tries", 1)], told_now=1)  # another has told it more
        assert find_due(0.0) == []
        digests.settle(connection, one, [("told", 1), ("tries", 1), ("retry_after", 9.0)], told_now=2)
        assert find_due(8.9) == []
        assert find_due(9.0) == [1]
        (other,) = digests.list_due(connection, about=About.HAPPENED, told_until=1, now=0.0)
        assert (other.told, other.tries) == (1, 0)  # the same address about something else is left alone
