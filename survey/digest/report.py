"""What does the command line tell of letters: what was sent, and what would be?"""

from __future__ import annotations

import time
from collections.abc import Iterator

from survey.digest.abouts import About
from survey.digest.due import preview_due
from survey.digest.send import send_due
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import Words
from survey.mail.server import Outcome
from survey.store import digests


def say_sent(installation: Installation, words: Words) -> Iterator[str]:
    """Send what is due; how many letters went how, a line for each. Raises SurveyError mail_*."""
    check_mail_on(installation)
    counts = send_due(installation)
    if not counts:
        yield words.say("command.digests.none")
    for outcome in Outcome:
        if counts.get(outcome):
            yield words.count(f"command.digests.{outcome}", counts[outcome])  # keys: command.digests.*


def say_due(installation: Installation, words: Words) -> Iterator[str]:
    """What would be sent now, each text once; never an address, and nothing is sent.

    Raises SurveyError mail_off: without an address of our own there are no links to show.
    """
    check_mail_on(installation)
    with installation.database.read() as connection:
        counts = {about: digests.count_subscriptions(connection, about) for about in About}
    for about, (active, paused) in counts.items():
        numbers = {"active": words.number(active), "paused": words.number(paused)}
        yield words.say(f"command.digests.known_{about}", **numbers)  # keys: command.digests.*
    previews = preview_due(installation, now=time.time())
    if not previews:
        yield words.say("command.digests.none")
    for letter, number in previews:
        yield words.count("command.digests.would", number)
        yield f"{letter.subject}\n\n{letter.plain}"


def check_mail_on(installation: Installation) -> None:
    """Raises SurveyError mail_off where no mail server is set."""
    if not installation.settings.sends_mail:
        raise SurveyError("mail_off")
