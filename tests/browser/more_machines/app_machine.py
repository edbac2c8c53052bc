"""How are the application's machines and HAProxy before them started on loopback, as deploy/ has them?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.more_machines.database_machine import DEPLOY, NAME, PASSWORD, DatabaseMachine
from tests.browser.running_app import OWN_SETTINGS, ROOT, stop, wait_for_health
from tests.postgres_server import find_free_port


def name_address(machines: list[DatabaseMachine], wanted: str) -> str:
    """The address of a database as deploy/systemd/environment.example writes it."""
    hosts = "&".join(f"host=127.0.0.1:{one.pool_port}" for one in machines)
    return f"postgresql://{NAME}:{PASSWORD}@/{NAME}?{hosts}&target_session_attrs={wanted}"


@dataclass
class AppMachine:
    """One process of the application, with a disk of its own."""

    folder: Path
    settings: dict[str, str]
    port: int = field(default_factory=find_free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def begin(self) -> None:
        """Start it, without waiting for it."""
        self.folder.mkdir(exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
        environment |= {"VAR_DIR": str(self.folder), "PORT": str(self.port), **self.settings}
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "survey", "run", "--demo"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def wait(self) -> None:
        """Wait until it answers. Raises RuntimeError with the end of its log when it does not come to."""
        assert self.process is not None
        if not wait_for_health(self.process, f"http://127.0.0.1:{self.port}"):
            raise RuntimeError(
                f"The application did not start:\n{self.log.read_text(errors='replace')[-4000:]}"
            )

    def kill(self) -> None:
        """As when the power goes."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None:
            stop(self.process)


def start_proxy(folder: Path, port: int, apps: list[AppMachine]) -> subprocess.Popen[bytes]:
    """HAProxy with the very files of deploy/. Raises RuntimeError with what to install or mend."""
    program = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")
    if program is None:
        raise RuntimeError("haproxy was not found. On Debian: apt-get install haproxy")
    names = ("APP_ONE", "APP_TWO")
    environment = {name: f"127.0.0.1:{app.port}" for name, app in zip(names, apps, strict=True)}
    files = DEPLOY / "haproxy"
    place = files if os.geteuid() == 0 else files / "20-invanarrosten.cfg"  # only root may become another
    environment = {**os.environ, **environment, "LISTEN": f"127.0.0.1:{port}"}
    checked = subprocess.run(
        [program, "-c", "-f", str(place)], env=environment, capture_output=True, text=True, check=False
    )
    if checked.returncode:
        raise RuntimeError(f"HAProxy refuses its settings:\n{checked.stdout}{checked.stderr}")
    folder.mkdir()
    with (folder / "haproxy.log").open("wb") as log:
        return subprocess.Popen(
            [program, "-db", "-f", str(place)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
