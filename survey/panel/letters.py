"""What do letters about missions say, and how do they come into the outbox?

A letter is written in the transaction of what it tells of, once for each thing and each reader. It is plain
text, and says nothing that residents have written.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from survey.answering.keys import hash_keyed
from survey.calendar.file import write_one
from survey.calendar.standing import Booked, find_standing
from survey.installation import Installation
from survey.language import DEFAULT_LANGUAGE, Words, speak
from survey.panel.contacts import open_contact, open_sealed, seal
from survey.panel.seen import make_link
from survey.people.roles import Person, Role
from survey.store import members, mission_letters
from survey.store.database import Connection
from survey.store.mission_letters import Queued
from survey.store.missions import Invitation, Mission


class LetterKind(StrEnum):
    """What a letter is for."""

    INVITE = "invite"
    INVITE_ANEW = "invite_anew"
    CONFIRMED = "confirmed"
    MATERIAL = "material"
    CANCELLED = "cancelled"
    TOLD = "told"
    REMIND = "remind"
    WEEKLY = "weekly"


MINUTES_IN_HOUR = 60
EXACT_MINUTES = (60, 6)  # what a number of minutes is a multiple of that is hours with no decimal, with one
ASKING = (LetterKind.INVITE, LetterKind.INVITE_ANEW)
DATED = (LetterKind.CONFIRMED, LetterKind.INVITE_ANEW, LetterKind.CANCELLED)  # with a file for calendars


def queue_letters(
    installation: Installation,
    connection: Connection,
    kind: LetterKind,
    mission: Mission,
    invitations: Iterable[Invitation],
) -> None:
    """Put a letter to each of those who were asked in the outbox.

    Nothing where no mail server is set, or to somebody who has no address or has left.
    """
    if not installation.settings.sends_mail:
        return
    for one in invitations:
        member = members.find_member(connection, one.member)
        if member is None or member.left_on is not None:
            continue
        address = open_contact(installation, member.sealed).address
        link = make_link(installation, one.id) if kind in ASKING else ""
        words = speak(member.language)
        document = write_letter(installation, kind, mission, words, link=link, asked=one)
        if kind in DATED:
            document["calendar"] = write_calendar(installation, mission, one, words)
        put(installation, connection, kind, mission, document | {"to": address}, invitation=one.id)


def write_calendar(installation: Installation, mission: Mission, asked: Invitation, words: Words) -> str:
    """The file that puts a mission in its reader's calendar, moves it there, or takes it out."""
    standing = find_standing(mission, asked.state)
    owner = Person(Role.PANEL_MEMBER, asked.member).name
    return write_one(installation, Booked(mission, standing), words, owner=owner)


def queue_reminder(installation: Installation, connection: Connection, mission: Mission) -> None:
    """Put a reminder that feedback is late in the outbox, to where the unit said that reminders go."""
    if not installation.settings.sends_mail or mission.contact is None:
        return
    address = open_sealed(installation, mission.contact)["address"]
    document = write_letter(installation, LetterKind.REMIND, mission, speak(DEFAULT_LANGUAGE))
    put(installation, connection, LetterKind.REMIND, mission, document | {"to": address})


def put(
    installation: Installation,
    connection: Connection,
    kind: LetterKind,
    mission: Mission,
    document: dict[str, str],
    *,
    invitation: str = "",
) -> None:
    """One letter. The same thing is told the same reader once: a mission's version tells one from another."""
    if not document["to"]:
        return
    told = f"{kind} {mission.id} {mission.version} {invitation}"
    if kind in ASKING:
        told = f"{kind} {invitation}"
    mission_letters.add_letter(
        connection,
        Queued(
            hash_keyed(installation.pepper, "mission letter", told.encode()),
            kind,
            mission.id,
            invitation or None,
            seal(installation, document),
            installation.today(),
            "waiting",
        ),
    )


def write_letter(
    installation: Installation,
    kind: LetterKind,
    mission: Mission,
    words: Words,
    *,
    link: str = "",
    asked: Invitation | None = None,
) -> dict[str, str]:
    """The subject and the text of a letter."""
    name = installation.settings.installation_name
    about = {
        "unit": mission.unit,
        "day": words.day(mission.day),
        "name": name,
        "answer_by": words.day(asked.answer_by) if asked else "",
        "feedback_by": words.day(mission.feedback_by),
        "outcome": mission.outcome,
        "material": mission.material,
        "link": link,
        "page": installation.settings.public_address.rstrip("/") + "/missions",
    }
    body = words.say(f"mission.letter.{kind}.body", **about)  # keys: mission.letter.*
    facts = () if kind in (LetterKind.TOLD, LetterKind.REMIND) else list_facts(mission, words)
    parts = [body, "\n".join(facts), words.say("mission.letter.foot", name=name)]
    return {
        "subject": words.say(f"mission.letter.{kind}.subject", **about),  # keys: mission.letter.*
        "plain": "\n\n".join(part for part in parts if part) + "\n",
        "language": words.language.code,
    }


def say_length(minutes: int, words: Words) -> str:
    """A time as people say it: 45 minutes, 1.5 hours, with no more decimals than it has."""
    if minutes < MINUTES_IN_HOUR:
        return words.say("mission.minutes", minutes=words.number(minutes))
    if minutes == MINUTES_IN_HOUR:
        return words.say("mission.one_hour")
    decimals = next((n for n, part in enumerate(EXACT_MINUTES) if minutes % part == 0), len(EXACT_MINUTES))
    return words.say("mission.hours", hours=words.number(minutes / MINUTES_IN_HOUR, decimals))


def list_facts(mission: Mission, words: Words) -> tuple[str, ...]:
    """What a mission is about, a line for each thing; for letters and for pages alike."""
    form = words.say(f"mission.form.{mission.form}")  # keys: mission.form.*
    length = say_length(mission.minutes, words)
    when = words.say("mission.when", day=words.day(mission.day), starts=mission.starts, length=length)
    return (
        words.say("mission.fact.unit", unit=mission.unit),
        words.say("mission.fact.purpose", purpose=mission.purpose),
        words.say("mission.fact.question", question=mission.question),
        words.say("mission.fact.when", when=when),
        words.say("mission.fact.place", form=form, place=mission.place),
        words.say(
            "mission.fact.feedback",
            who=mission.feedback_from,
            day=words.day(mission.feedback_by),
        ),
    )
