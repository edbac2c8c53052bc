"""What tests of running ask for: a demonstration without rounds, and a real one."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.installation import Installation
from tests.demonstrations import calendar, installation, on_sqlite
from tests.postgres_server import find_free_port
from tests.walks import Calendar, opened

__all__ = ["calendar", "installation", "on_sqlite"]


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """On a disk, as a real installation: that a database lies in memory is a fault that is told."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Installation]:
    """A real installation with everything as it should be, but what nobody has decided."""
    copies = tmp_path / "copies"
    copies.mkdir()
    changes = {"KEYS_COPY_DIR": copies, "PORT": find_free_port()}
    with opened(f"sqlite:///{tmp_path / 'var' / 'a.db'}", tmp_path / "var", Calendar(), **changes) as found:
        yield found
