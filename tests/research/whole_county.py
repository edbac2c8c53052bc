"""Which made-up county do the tests of files for research use, and how is such a file read back?"""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from survey.installation import Installation
from survey.people.roles import Person as User
from survey.people.roles import Role
from survey.publication.close import close_ended_months
from survey.research.agreements import ask_for_file, decide, find_agreement
from survey.research.faults import NewAgreement
from survey.research.fetching import fetch_file
from survey.research.making import make_file
from survey.research.states import Event
from survey.store.research_files import Agreement
from tests.survey.little_county import AREAS, PROV, open_county
from tests.survey.seeded import Person, make_people, seed
from tests.walks import Calendar

RESEARCHER, OTHER = User(Role.RESEARCHER, "f0"), User(Role.RESEARCHER, "f1")
OFFICER, ADMINISTRATOR = User(Role.DATA_PROTECTION_OFFICER, "d0"), User(Role.ADMINISTRATOR, "a0")
MONTHS = ("2026-07", "2026-08", "2026-09")
PURPOSE = "Att undersöka hur trygghet hänger ihop med ålder i två län."
NEW = NewAgreement(
    PROV, PURPOSE, "2026-01234-01", "Linnéuniversitetet", "Två forskare", "2027-06-30", "csv", accepted=True
)


@contextmanager
def open_closed_county(
    url: str, folder: Path, calendar: Calendar, *, number: int = 150, months: tuple[str, ...] = MONTHS
) -> Iterator[tuple[Installation, list[Person]]]:
    """A county whose months have been closed, and everybody who answered in them."""
    chance = random.Random(11)
    people = make_people(
        chance, {(area, month): number for area in AREAS for month in months}, units=("", "north")
    )
    with open_county(url, folder, calendar) as installation:
        seed(installation, people)
        calendar.turn_to(2026, 10)
        close_ended_months(installation)
        yield installation, people


def approve(installation: Installation, new: NewAgreement = NEW) -> Agreement:
    """An agreement that has been asked for and approved."""
    asked = ask_for_file(installation, new, by=RESEARCHER)
    decide(installation, asked.id, Event.APPROVE, reason="Etikprövat", based_on=1, by=OFFICER)
    return find_agreement(installation, asked.id, by=RESEARCHER)


def fetch(installation: Installation, agreement: Agreement) -> zipfile.ZipFile:
    """The packet of an agreement, made and fetched."""
    make_file(installation, agreement.id, based_on=agreement.version, by=RESEARCHER)
    size, content = fetch_file(installation, agreement.id, by=RESEARCHER)
    taken = b"".join(content)
    assert len(taken) == size
    return zipfile.ZipFile(io.BytesIO(taken))


def read_answers(packet: zipfile.ZipFile) -> list[dict[str, str]]:
    """The rows of a packet's CSV file."""
    text = packet.read("answers.csv").decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))
