"""What a test of accounts may ask for: a real installation, and one with a mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from survey.installation import Installation
from survey.people import passwords
from tests.digest.readers import make_mail_settings
from tests.mail.mail_server import Mailbox, run_mail_server
from tests.walks import opened


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that are worked out in no time: hundreds of people choose passwords here. tests/people/
    test_passwords.py looks at the real ones."""
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    passwords.make_dummy.cache_clear()


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    """A new real installation, on each engine."""
    with opened(database_url, tmp_path / "var") as found:
        yield found


@pytest.fixture
def box() -> Iterator[Mailbox]:
    """A mail server that takes everything, unless the test says otherwise."""
    with run_mail_server() as found:
        yield found


@pytest.fixture
def sending(tmp_path: Path, box: Mailbox) -> Iterator[Installation]:
    """A real installation whose letters go to the mail server of the test."""
    url = f"sqlite:///{tmp_path / 'sending.db'}"
    with opened(url, tmp_path / "var", **make_mail_settings(box.port)) as found:
        yield found
