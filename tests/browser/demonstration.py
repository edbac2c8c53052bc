"""Where does the county that the browser looks at come from? Made once for a run, copied for each worker."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from tests.browser.running_app import run_app

WORKER = "PYTEST_XDIST_WORKER"


def find_shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this run that all its workers have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if WORKER in os.environ else own


def copy_demonstration(shared: Path, folder: Path) -> None:
    """Give `folder`, which is not there yet, what a new demonstration writes; whoever comes first makes it.

    The product makes it and is stopped. Raises RuntimeError with the last lines of its log where it does not
    start.
    """
    made = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            begun = shared / "demonstration-begun"
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            with run_app(begun):
                pass
            begun.rename(made)
    shutil.copytree(made, folder)
