"""What a test of notices may ask for: an installation that may send to loopback, and machines there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from survey.installation import Installation
from survey.notices.receivers import Seen, add_receiver, list_receivers, remove_receiver
from survey.people.roles import Person, Role
from tests.notices.machines import Machine, run_machine
from tests.walks import opened

ADMINISTRATOR = Person(Role.ADMINISTRATOR, "f00d")
ALLOWED = {"RECEIVER_NETWORKS": "127.0.0.0/8", "PUBLIC_ADDRESS": "https://siffror.example.se/"}


@dataclass
class Clock:
    """Seconds since 1970, until a test lets time pass."""

    at: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def opened_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder: Path = tmp_path_factory.mktemp("notices")
    with opened(f"sqlite:///{folder / 'notices.db'}", folder / "var", **ALLOWED) as found:
        yield found


@pytest.fixture
def installation(opened_once: Installation) -> Installation:
    """One without receivers."""
    for one in list_receivers(opened_once, viewer=ADMINISTRATOR):
        remove_receiver(opened_once, one.receiver.id, based_on=one.receiver.version, by=ADMINISTRATOR)
    return opened_once


@pytest.fixture
def machine() -> Iterator[Machine]:
    with run_machine() as found:
        yield found


def add(installation: Installation, address: str, name: str = "Prov") -> tuple[str, str]:
    """A receiver's id and secret."""
    added = add_receiver(installation, name, address, by=ADMINISTRATOR)
    return added.receiver, added.secret


def see(installation: Installation, receiver: str) -> Seen:
    known = list_receivers(installation, viewer=ADMINISTRATOR)
    return next(one for one in known if one.receiver.id == receiver)
