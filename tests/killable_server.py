"""How is the product started by a test that kills it and starts it again?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.running_app import OWN_SETTINGS, ROOT, wait_for_health
from tests.postgres_server import find_free_port

Environment = dict[str, str]


def make_environment(folder: Path) -> Environment:
    """The environment of a new installation in `folder`, on a free port that it keeps."""
    inherited = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
    return inherited | {"VAR_DIR": str(folder / "var"), "PORT": str(find_free_port())}


def find_address(environment: Environment) -> str:
    return f"http://127.0.0.1:{environment['PORT']}"


def open_for_everybody(environment: Environment, round_id: str) -> None:
    """A round that anybody may answer, today and for long."""
    days = ["--opens", "2000-01-01", "--closes", "2100-12-31"]
    command = [sys.executable, "-m", "survey", "round", "open", round_id, *days]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


@contextmanager
def running(environment: Environment) -> Iterator[subprocess.Popen[bytes]]:
    """The server, until the block ends or the test kills it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "survey", "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert wait_for_health(process, find_address(environment))
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End it as a power cut does."""
    process.send_signal(signal.SIGKILL)
    process.wait()
