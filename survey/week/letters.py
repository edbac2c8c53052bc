"""When does the weekly letter go, to whom, and what does it say? Titles and numbers only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from survey.errors import SurveyError
from survey.installation import SWEDEN, Installation
from survey.language import Words, speak
from survey.mail.parcels import run_quietly
from survey.panel.contacts import open_contact, seal
from survey.panel.letters import LetterKind
from survey.panel.members import find_active
from survey.people.roles import Person, Role
from survey.store import mission_letters, weekly_letters
from survey.store.database import Connection
from survey.store.members import Kept
from survey.store.mission_letters import Queued
from survey.week.days import MONDAY, find_monday
from survey.week.subscribe import STOP_PATH, make_stop_token, name_letter
from survey.week.tasks import list_tasks, say_task, say_when
from survey.week.todo import Task, group_tasks, is_free

FROM_HOUR, UNTIL_HOUR = 6, 12  # by Swedish clocks: what becomes somebody's later waits for the next letter


def is_time(day: date, hour: int) -> bool:
    """Whether weekly letters are written in an hour of a day: on Monday mornings, holidays too."""
    return day.weekday() == MONDAY and FROM_HOUR <= hour < UNTIL_HOUR


def queue_weekly_letters(installation: Installation, *, hour: int | None = None) -> int:
    """Put this week's letters in the outbox when it is time, each once; how many.

    Letters of an earlier week that still wait are dropped. `hour` is what Swedish clocks say, now where none
    is given.
    """
    today = installation.today()
    with installation.database.write() as connection:
        mission_letters.drop_old(connection, kind=LetterKind.WEEKLY, before=find_monday(today))
        readers = weekly_letters.list_readers(connection)
    at = datetime.now(SWEDEN).hour if hour is None else hour
    if not installation.settings.sends_mail or not is_time(today, at):
        return 0
    return len([one for one in readers if queue_letter(installation, one)])


def queue_weekly_letters_quietly(installation: Installation) -> None:
    """Put this week's letters in the outbox among other work: what fails is logged and tried within the
    hour, and stops nothing else."""
    run_quietly(lambda: queue_weekly_letters(installation), "weekly letters")


def queue_letter(installation: Installation, member: str) -> bool:
    """Put a member's letter in the outbox; False when there is nothing to tell, or it is there already."""
    letter_id, by = name_letter(installation, member), Person(Role.PANEL_MEMBER, member)
    with installation.database.read(newest=True) as connection:
        known = find_reader(connection, member)
        if known is None or mission_letters.is_known(connection, letter_id):
            return False
    words = speak(known.language)
    tasks = list_tasks(installation, by=by, words=words)
    if is_free(tasks, installation.today()):
        return False
    document = write_weekly(installation, tasks, words, member=member)
    with installation.database.write() as connection:
        now = find_reader(connection, member)
        address = open_contact(installation, now.sealed).address if now else ""
        if not address:
            return False
        sealed = seal(installation, document | {"to": address})
        new = Queued(letter_id, LetterKind.WEEKLY, "", None, sealed, installation.today(), "waiting")
        return mission_letters.add_letter(connection, new)


def find_reader(connection: Connection, member: str) -> Kept | None:
    """A member who wants the letter and has not left; None for anybody else."""
    if not weekly_letters.is_reader(connection, member):
        return None
    try:
        return find_active(connection, member)
    except SurveyError:
        return None


def write_weekly(
    installation: Installation, tasks: Iterable[Task], words: Words, *, member: str
) -> dict[str, str]:
    """The subject, the text and the link that ends the letters."""
    today, settings = installation.today(), installation.settings
    base = settings.public_address.rstrip("/")
    stop = f"{base}{STOP_PATH}/{make_stop_token(installation, member)}"
    parts = [words.say("week.letter.body", name=settings.installation_name)]
    for group, some in group_tasks(tasks, today).items():
        title = words.say(f"week.group.{group}")  # keys: week.group.*
        parts.append("\n".join([title, *(f"* {say_line(words, one, today)}" for one in some)]))
    parts += [f"{base}/week", words.say("week.letter.foot", stop=stop)]
    return {
        "subject": words.say("week.letter.subject", week=str(today.isocalendar().week)),
        "plain": "\n\n".join(parts) + "\n",
        "language": words.language.code,
        "leave": stop,
    }


def say_line(words: Words, task: Task, today: date) -> str:
    """A task with its day on one line."""
    said, when = say_task(words, task), say_when(words, task, today)
    return f"{said} {when}." if when else said
