"""How is a round reminded? Everybody, where it is anonymous; unused references, where it is confidential."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import DEFAULT_LANGUAGE, speak
from survey.letters.addresses import Addressee, read_addresses
from survey.letters.files import Wish, write_csv
from survey.letters.orders import check_takes_codes
from survey.letters.printing import Letter, print_letters
from survey.letters.states import State
from survey.letters.wording import find_address, write_reminder
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.rounds import find_round_now
from survey.store import audits, letter_orders
from survey.store.database import claim_job
from survey.store.rounds import Round

BETWEEN = timedelta(days=7)  # between two lists of one round: closer lists would tell when somebody answered


@dataclass(frozen=True)
class Remindable:
    """An anonymous round that can be reminded, and how many people were invited to it."""

    round: Round
    number: int


def check_can_remind(installation: Installation, round_id: str, *, by: Person) -> Remindable:
    """An anonymous round whose letters were handed out.

    Raises SurveyError not_allowed, round_unknown, round_not_coded, round_over, reminder_confidential and
    reminder_none.
    """
    check_can_do(Permission.INVITE, by=by)
    round_ = find_round_now(installation, round_id)
    check_takes_codes(installation, round_)
    if round_.is_confidential:
        raise SurveyError("reminder_confidential")
    with installation.database.read(newest=True) as connection:
        number = letter_orders.count_invited(connection, round_id)
    if number == 0:
        raise SurveyError("reminder_none")
    return Remindable(round_, number)


def remind_everybody(
    installation: Installation, round_id: str, wish: Wish, content: bytes, *, by: Person
) -> Iterator[bytes]:
    """One PDF of letters without codes: one for each row of a list, or for each who was invited.

    It tells nothing of who has answered, so it can be made as often as one likes. Raises what
    check_can_remind and read_addresses raise, and letters_not_set.
    """
    found = check_can_remind(installation, round_id, by=by)
    addressees: Sequence[Addressee] = ()
    if content:
        addressees = read_everybody(content, installation)
    letters = [Letter(address=one.list_lines()) for one in addressees] or [Letter()] * found.number
    address = find_address(installation, asked_at=wish.begins)
    wording = write_reminder(installation, found.round, wish.language, address=address)
    with installation.database.write() as connection:
        audits.add_event(connection, "reminders made", round_id, by=by.name, number=len(letters))
    return print_letters(letters, wording, wish.style)


def read_everybody(content: bytes, installation: Installation) -> tuple[Addressee, ...]:
    """The addressees of a list, however many there are: nothing is joined with them."""
    return read_addresses(content, shape="letters", areas=installation.areas, wanted={})


def find_next_list(installation: Installation, round_id: str) -> date | None:
    """From which day a new list of unused references can be had; None when it can be had now."""
    with installation.database.read(newest=True) as connection:
        last = letter_orders.find_last_reminder(connection, round_id)
    return last + BETWEEN if last is not None and installation.today() < last + BETWEEN else None


def list_unused(installation: Installation, round_id: str, *, by: Person) -> bytes:
    """A CSV of the references of a confidential round that are unused, in the order of their numbers.

    It never tells when the others were used, and a new list can be had after a week. Raises SurveyError
    not_allowed, round_unknown, round_not_coded, round_over, reminder_anonymous, and reminder_soon with the
    day.
    """
    check_can_do(Permission.INVITE, by=by)
    round_ = find_round_now(installation, round_id)
    check_takes_codes(installation, round_)
    if not round_.is_confidential:
        raise SurveyError("reminder_anonymous")
    today = installation.today()
    with installation.database.write() as connection:
        claim_job(connection, f"reminder {round_id}")
        last = letter_orders.find_last_reminder(connection, round_id)
        if last is not None and today < last + BETWEEN:
            raise SurveyError("reminder_soon", day=(last + BETWEEN).isoformat())
        orders = letter_orders.list_orders(connection, round_id=round_id)
        handed_out = [one for one in orders if one.state == State.GONE.value]
        unused = letter_orders.list_unused_references(connection, round_id, orders=handed_out)
        letter_orders.add_reminder(connection, round_id, today)
        audits.add_event(connection, "unused references listed", round_id, by=by.name)
    head = speak(DEFAULT_LANGUAGE).say("letter.column.reference")
    return b"".join(write_csv([[head], *([str(number)] for number in unused)]))
