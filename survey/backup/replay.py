"""How is what was erased since a backup erased again from the database that it was put back as?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from survey.answering.erase import erase_hashes
from survey.answering.seal import open_payload
from survey.backup.erasures import Erasures, Kind, make_mark
from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation
from survey.publication import PUBLISHING
from survey.retention.run import remove_older
from survey.store import audits, comments, digests, installations, responses, reviews, submissions
from survey.store.database import Connection, claim_job

NOTHING = b""  # a hash that nothing has


@dataclass(frozen=True)
class Replayed:
    """How much was erased again.

    `masked` comments are withheld until somebody has masked them anew; `unreadable` are sealed answers of
    periods that were closed since: their key is destroyed, and nobody can open them.
    """

    answers: int = 0
    comments: int = 0
    addresses: int = 0
    masked: int = 0
    aged_out: int = 0
    unreadable: int = 0


def replay_erasures(installation: Installation, known: Erasures, *, since: date) -> Replayed:
    """Erase again what was erased on a day or after. Idempotent. Raises SurveyError database_* and key_*."""
    marks = known.list_marks(since)
    with installation.database.write() as connection:
        claim_job(connection, PUBLISHING)
        unreadable = drop_unreadable(installation, connection, known.periods)
        done = Replayed(
            answers=erase_answers_again(installation, connection, marks),
            comments=erase_comments_again(installation, connection, marks),
            addresses=forget_addresses_again(installation, connection, marks),
            masked=withhold_masked(installation, connection, marks),
            aged_out=sum(
                remove_older(installation, connection, one.kind, one.before) for one in known.aged_out
            ),
            unreadable=unreadable,
        )
        audits.add_event(connection, "erasures repeated", "database", by=SYSTEM, **vars(done))
    installation.database.overwrite_erased()
    return done


def drop_unreadable(installation: Installation, connection: Connection, periods: Collection[str]) -> int:
    """Give up the sealed answers of periods whose key was destroyed because they were closed; how many."""
    dropped = 0
    for period in installations.list_living_periods(connection):
        if period in periods and not installation.keys.find_period_file(period).exists():
            dropped += len(submissions.take_sealed(connection, period))
            installations.mark_period_key_destroyed(connection, period)
    return dropped


def erase_answers_again(installation: Installation, connection: Connection, marks: Collection[str]) -> int:
    """Erase responses, sealed or mixed, whose receipt is on the list; how many."""
    pepper = installation.pepper
    found = {
        receipt
        for receipt in (*responses.list_receipts(connection), *list_sealed_receipts(installation, connection))
        if marks and make_mark(pepper, Kind.RESPONSE, receipt) in marks
    }
    for receipt in sorted(found):
        erase_hashes(installation, connection, receipt, NOTHING)
    return len(found)


def list_sealed_receipts(installation: Installation, connection: Connection) -> Iterator[bytes]:
    """The receipt hash of every answer that still lies sealed."""
    for period in installations.list_living_periods(connection):
        sealed = submissions.list_sealed(connection, period)
        if sealed:
            private_key = installation.keys.read_period_key(period)
            yield from (open_payload(one, private_key).response_hash for _, one in sealed)


def erase_comments_again(installation: Installation, connection: Connection, marks: Collection[str]) -> int:
    """Erase the comments whose receipt is on the list; how many."""
    erased = 0
    for receipt in comments.list_receipts(connection):
        if make_mark(installation.pepper, Kind.COMMENT, receipt) in marks:
            erased += responses.erase_response(connection, response_hash=NOTHING, comment_hash=receipt)[1]
    return erased


def forget_addresses_again(installation: Installation, connection: Connection, marks: Collection[str]) -> int:
    """Forget the addresses that have been forgotten, and end the letters that have been ended; how many."""
    forgotten = 0
    for one in digests.list_subscriptions(connection):
        if make_mark(installation.pepper, Kind.ADDRESS, one.address_key) in marks:
            forgotten += digests.delete_address(connection, one.address_key)
        elif make_mark(installation.pepper, Kind.LETTERS, one.address_key + one.about.encode()) in marks:
            digests.delete_subscription(connection, one)
            forgotten += 1
    return forgotten


def withhold_masked(installation: Installation, connection: Connection, marks: Collection[str]) -> int:
    """Let nobody read comments in which words were masked since, before somebody has masked them anew."""
    again = [
        one
        for one in comments.list_ids(connection)
        if marks and make_mark(installation.pepper, Kind.MASKED, one) in marks
    ]
    return sum(reviews.withhold_again(connection, one, by=SYSTEM) for one in again)


def check_reach(known: Erasures | None, made: date, *, accept_gap: bool) -> Erasures | None:
    """The list, when it goes back to a day.

    Raises SurveyError erasures_gap when what was erased between the backup and the list's beginning would
    come back, unless that is accepted.
    """
    if (known is None or made < known.since.date()) and not accept_gap:
        raise SurveyError("erasures_gap", since=known.since.date().isoformat() if known else "-")
    return known
