"""Is nothing lost when the server is killed in the middle of an answer and started again?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from httpx import AsyncClient

from tests.browser.running_app import OWN_SETTINGS, ROOT, wait_for_health
from tests.light.kept import read_receipt
from tests.light.plain_phone import PlainPhone, read_form, read_words
from tests.postgres_server import find_free_port


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a new installation on a free port."""
    inherited = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
    return inherited | {"VAR_DIR": str(tmp_path / "var"), "PORT": str(find_free_port())}


@contextmanager
def running(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The server, until the block ends or the test kills it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "survey", "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert wait_for_health(process, f"http://127.0.0.1:{environment['PORT']}")
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_server_that_is_killed_between_two_parts_loses_nothing(environment: dict[str, str]) -> None:
    days = ["--opens", "2000-01-01", "--closes", "2100-12-31"]
    command = [sys.executable, "-m", "survey", "round", "open", "alla", *days]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    client = AsyncClient(base_url=f"http://127.0.0.1:{environment['PORT']}", timeout=30)
    with closing(PlainPhone(client)) as phone:
        with running(environment) as server:
            phone.begin("alla")
            phone.press(b1="carer", b5=["sabo"])
            asleep = phone.fill_in(a01="5")
            server.send_signal(signal.SIGKILL)
            server.wait()
        with running(environment) as server:
            phone.send(asleep, address="/e/alla/2")
            phone.follow()
            phone.open("/e/alla/1")
            fields = read_form(phone.page).fields
            assert (fields["b1"], fields["b5"]) == (["carer"], ["sabo"])
            phone.open("/e/alla/2")
            assert read_form(phone.page).fields["a01"] == ["5"]
            phone.open("/e/alla/granska")
            phone.press()
            receipt = read_receipt(phone)
            server.send_signal(signal.SIGKILL)
            server.wait()
        with running(environment):
            phone.open("/e/alla/1")
            assert read_receipt(phone) == receipt
            phone.open("/e/kvitto")
            phone.send(phone.fill_in(kvitto=receipt))
            assert "Dina svar är raderade." in read_words(phone.page)
