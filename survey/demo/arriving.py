"""What has come to the rounds that are open in the month that is running?

It goes through the real pipeline as the months before do, sealed, mixed with others and counted by finished
weeks, so that a round can be followed while it is open.
"""

from __future__ import annotations

from calendar import monthrange

from analysis.periods import month_of
from survey.answering.keys import hash_keyed
from survey.answering.mixer import mix_period
from survey.demo.county import County
from survey.demo.doors import open_doors
from survey.demo.following import make_reached, spread_answers
from survey.demo.sending import find_open_key, seal_month, send_month
from survey.installation import Installation
from survey.store import submissions
from survey.store.rounds import Round


def fill_running_month(installation: Installation, county: County, round_: Round, letters: Round) -> None:
    """Make what has come to an open round and to letters since the month began, once.

    Only in the month in which the round opens: later nothing is made up beside what people have sent. One
    that was killed anywhere is completed by the next. Raises SurveyError key_* and database_*.
    """
    month, done = month_of(installation.today()), find_mark(installation, round_)
    with installation.database.read() as connection:
        if month != month_of(round_.opens) or submissions.has_submission(connection, done):
            return
    doors = open_doors(installation, month, round_, letters)
    public_key = find_open_key(installation, month)
    if public_key is not None:
        part = count_share(installation)
        came = seal_month(installation, doors, county, month, public_key, part)
        send_month(installation, doors, month, came)
    mix_period(installation, month)
    for door in doors:
        spread_answers(installation, door.round_, month)
        make_reached(installation, door.round_)
    with installation.database.write() as connection:
        submissions.add_submission(connection, done, month)


def find_mark(installation: Installation, round_: Round) -> bytes:
    """What is kept where submissions are, so that nothing is made twice."""
    return hash_keyed(installation.pepper, "demonstration is filled", round_.id.encode())


def count_share(installation: Installation) -> float:
    """How much of the running month is over, 0-1, today left out."""
    today = installation.today()
    return (today.day - 1) / monthrange(today.year, today.month)[1]
