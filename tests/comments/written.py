"""What have people written in a test, and how is it closed and published?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from survey.answering.mixer import make_rows
from survey.answering.receipt import hash_receipt, make_receipt, read_receipt, show_receipt
from survey.answering.seal import Payload
from survey.comments.publish import Due, publish_themes
from survey.installation import Installation, find_definition
from survey.publication.close import close_ended_months
from survey.store import responses
from survey.store.tables import comment
from tests.walks import SURVEY, VERSION, Calendar

GOOD, BETTER = "ft1", "ft2"
VAXJO, LJUNGBY, MARKARYD = "0780", "0781", "0767"
KRONOBERG = "07"


@dataclass(frozen=True)
class Writer:
    """Somebody who answered, and perhaps wrote."""

    area: str
    month: str = "2026-07"
    text: str = ""
    question: str = BETTER
    for_panel: bool = True
    receipt: str = field(default_factory=lambda: show_receipt(make_receipt()))


def write(installation: Installation, writers: Iterable[Writer]) -> None:
    """Keep what people sent, as the mixer does."""
    find_definition(installation, SURVEY, VERSION)
    rows, comments = make_rows(installation, [make_payload(one) for one in writers])
    with installation.database.write() as connection:
        responses.add_responses(connection, rows)
        responses.add_comments(connection, comments)


def make_payload(writer: Writer) -> Payload:
    receipt = read_receipt(writer.receipt)
    return Payload(
        survey=SURVEY,
        version=VERSION,
        round_id="runda",
        month=writer.month,
        area=writer.area,
        channel="open",
        language="sv",
        answers={"a01": "4"},
        comments={writer.question: writer.text} if writer.text else {},
        for_panel=writer.for_panel,
        response_hash=hash_receipt(receipt, "response"),
        comment_hash=hash_receipt(receipt, "comment"),
        unit="",
    )


def make_writers(
    area: str, number: int, text: str, *, month: str = "2026-07", **more: object
) -> list[Writer]:
    """So many people of a municipality who wrote the same."""
    return [Writer(area, month, text, **more) for _ in range(number)]  # type: ignore[arg-type]


def close_and_publish(
    installation: Installation, calendar: Calendar, year: int, month: int
) -> tuple[Due, ...]:
    """Close every month that has ended on the first day of a month, and publish the themes that are due."""
    calendar.turn_to(year, month)
    close_ended_months(installation)
    return publish_themes(installation)


def list_texts(installation: Installation) -> list[tuple[str, str]]:
    """(text, what it was read with) of every stored comment."""
    with installation.database.read() as connection:
        rows = connection.execute(select(comment.c.text, comment.c.chain).order_by(comment.c.text))
        return [(row[0], row[1]) for row in rows]
