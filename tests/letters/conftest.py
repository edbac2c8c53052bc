"""What a test of letters may ask for: an installation on each engine, rounds with codes, who orders them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from survey.installation import Installation
from survey.letters.orders import make_ordered, order_codes
from survey.people.roles import Person, Role
from survey.rounds import NewRound, open_round
from survey.store.letter_orders import Order
from survey.store.rounds import Round
from tests.walks import SURVEY, VERSION, Calendar, opened

COORDINATOR, MANAGER = Person(Role.COORDINATOR), Person(Role.MANAGER)
ADDRESS = "https://svara.exempel.se"
LETTERS = NewRound("brev", SURVEY, VERSION, "Brev", date(2026, 1, 1), date(2026, 12, 31), door="coded")


@pytest.fixture
def calendar() -> Calendar:
    """10 September 2026, until the test turns it."""
    return Calendar()


@pytest.fixture
def installation(database_url: str, tmp_path: Path, calendar: Calendar) -> Iterator[Installation]:
    """A new installation, on each engine."""
    with opened(database_url, tmp_path / "var", calendar, PUBLIC_ADDRESS=ADDRESS) as found:
        yield found


@pytest.fixture
def quick(tmp_path: Path, calendar: Calendar) -> Iterator[Installation]:
    """The same on SQLite alone, where it is the rule that matters and not the engine."""
    with opened("", tmp_path / "var", calendar, PUBLIC_ADDRESS=ADDRESS) as found:
        yield found


def open_letters(installation: Installation, *, mode: str = "anonymous", name: str = "brev") -> Round:
    return open_round(installation, replace(LETTERS, id=name, mode=mode), by="test")


def make_order(installation: Installation, round_: Round, **areas: int) -> Order:
    """An order that is ready; `areas` as a0780=3."""
    wanted = {area.removeprefix("a"): number for area, number in areas.items()}
    return make_ordered(installation, order_codes(installation, round_.id, wanted, by=COORDINATOR).id)
