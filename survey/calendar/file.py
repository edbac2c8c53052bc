"""What does a calendar file say of missions? Never who else comes, nor what residents have written.

RFC 5545 and 5546. Times are Swedish clock times with a length, so that a meeting over a night when the clocks
are changed is as long as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from email.utils import parseaddr

from icalendar import Calendar, Event, vCalAddress

from survey.answering.keys import hash_keyed
from survey.calendar.standing import Booked, Standing
from survey.calendar.zone import make_zone, put
from survey.installation import SWEDEN, Installation
from survey.language import Words
from survey.store.missions import Mission

MAKER = "-//Invanarrosten//Uppdrag//SV"
UID_SIGNS = 32  # hexadecimal signs of an event's id: 128 bits, never two alike
NO_DOMAIN = "invanarrosten.invalid"  # where no sender of mail is set
ASK_AGAIN = timedelta(hours=4)  # how often a program that follows a calendar is asked to look
FILE_NAME = "uppdrag.ics"


def write_one(
    installation: Installation, booked: Booked, words: Words, *, owner: str, at: datetime | None = None
) -> str:
    """The file of one mission for its owner (Person.name): to be put into a calendar, or taken out of it."""
    method = "CANCEL" if booked.standing is Standing.CANCELLED else "PUBLISH"
    return write_file(installation, [booked], words, owner=owner, method=method, at=at)


def write_all(
    installation: Installation,
    booked: Iterable[Booked],
    words: Words,
    *,
    owner: str,
    at: datetime | None = None,
) -> str:
    """The file of everything in somebody's calendar, which programs read again and again."""
    return write_file(installation, booked, words, owner=owner, method="PUBLISH", at=at)


def write_file(
    installation: Installation,
    booked: Iterable[Booked],
    words: Words,
    *,
    owner: str,
    method: str,
    at: datetime | None,
) -> str:
    """The file with its zone and its events, as it was written at a moment; now where none is given."""
    calendar = Calendar()
    put(calendar, "version", "2.0")
    put(calendar, "prodid", MAKER)
    put(calendar, "calscale", "GREGORIAN")
    put(calendar, "method", method)
    put(calendar, "x-wr-calname", words.say("calendar.name", name=installation.settings.installation_name))
    put(calendar, "refresh-interval", ASK_AGAIN, VALUE="DURATION")
    calendar.add_component(make_zone())
    for one in booked:
        calendar.add_component(make_event(installation, one, words, owner=owner, at=at or datetime.now(UTC)))
    return calendar.to_ical().decode()


def make_event(
    installation: Installation, booked: Booked, words: Words, *, owner: str, at: datetime
) -> Event:
    """One mission: when, how long, where, for whom, and which version of it this is."""
    mission = booked.mission
    event = Event()
    put(event, "uid", make_uid(installation, mission, owner))
    put(event, "sequence", mission.version)
    put(event, "dtstamp", at)
    put(event, "dtstart", find_start(mission))
    put(event, "duration", timedelta(minutes=mission.minutes))
    put(event, "summary", words.say("calendar.summary", unit=mission.unit))
    put(event, "location", mission.place)
    put(event, "description", write_about(installation, mission, words))
    put(event, "contact", mission.unit)
    put(event, "status", booked.standing.upper())
    put(event, "class", "PRIVATE")
    sender = parseaddr(installation.settings.mail_from)[1]
    if sender:
        put(event, "organizer", vCalAddress(f"mailto:{sender}"))
    return event


def write_about(installation: Installation, mission: Mission, words: Words) -> str:
    """What the mission is for, how people take part, and the page where the rest is read."""
    form = words.say(f"mission.form.{mission.form}")  # keys: mission.form.*
    lines = [form, words.say("mission.fact.purpose", purpose=mission.purpose)]
    page = installation.settings.public_address.rstrip("/")
    return "\n".join([*lines, *([f"{page}/missions"] if page else [])])


def find_start(mission: Mission) -> datetime:
    """When a mission begins, by Swedish clocks."""
    return datetime.combine(mission.day, time.fromisoformat(mission.starts), SWEDEN)


def make_uid(installation: Installation, mission: Mission, owner: str) -> str:
    """The event's id: the same whatever becomes of the mission, and nobody can tell whose it is."""
    told = hash_keyed(installation.pepper, "calendar event", mission.id.encode(), owner.encode())
    domain = parseaddr(installation.settings.mail_from)[1].rpartition("@")[2] or NO_DOMAIN
    return f"{told.hex()[:UID_SIGNS]}@{domain}"
