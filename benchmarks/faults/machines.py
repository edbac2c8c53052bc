"""How are the application and its database started, killed and started again?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.browser.running_app import OWN_SETTINGS, ROOT
from tests.postgres_server import (
    PostgresServer,
    become,
    create_cluster,
    find_free_port,
    find_owner,
    find_program,
)

LONGEST_START = 240.0  # seconds
# As a server of one's own has them: an acknowledged answer is on disk.
SETTINGS = ("listen_addresses=127.0.0.1", "max_connections=100", "shared_buffers=64MB", "timezone=UTC")


@dataclass
class App:
    """One process of the application. `seconds` are those from each start to the first 200 of /readyz."""

    settings: dict[str, str]
    log: Path
    port: int = field(default_factory=find_free_port)
    command: tuple[str, ...] = (sys.executable, "-m", "survey", "run")
    seconds: list[float] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def begin(self) -> None:
        """Start it, and wait for nothing."""
        environment = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
        environment |= {"PORT": str(self.port), **self.settings}
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def start(self) -> None:
        """Start it, and wait until it is ready. Raises RuntimeError with the end of its log when it ends."""
        started = time.perf_counter()
        self.begin()
        wait_until(self.is_ready, LONGEST_START, or_else=self.tell_end)
        self.seconds.append(round(time.perf_counter() - started, 2))

    def is_ready(self) -> bool:
        if self.process is None or self.process.poll() is not None:
            raise RuntimeError(self.tell_end())
        return self.ask("/readyz") == 200

    def ask(self, path: str, seconds: float = 5.0) -> int:
        """The status of a page; 0 while nobody answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=seconds) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code
        except (urllib.error.URLError, OSError):
            return 0

    def tell_end(self) -> str:
        return "The application ended or was not ready:\n" + self.log.read_text(errors="replace")[-3000:]

    def kill(self) -> None:
        """As when the power goes."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@dataclass
class Postgres:
    """A PostgreSQL server that writes to disk what it acknowledges, in a folder and on a port of its own."""

    folder: Path
    port: int = field(default_factory=find_free_port)
    seconds: list[float] = field(default_factory=list)
    settings: tuple[str, ...] = SETTINGS
    process: subprocess.Popen[bytes] | None = None

    @property
    def server(self) -> PostgresServer:
        return PostgresServer(self.port)

    def create(self) -> None:
        """A new cluster, started."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in (self.folder, *self.folder.parents):
            if path.stat().st_uid == os.getuid() and not path.stat().st_mode & 0o001:
                path.chmod(path.stat().st_mode | 0o011)  # the server is another user, and must come here
        os.chown(self.folder, *find_numbers(find_owner()))
        create_cluster(self.folder, owner=find_owner())
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        started = time.perf_counter()
        self.begin()
        wait_until(self.is_up, LONGEST_START, or_else=self.tell_end)
        self.seconds.append(round(time.perf_counter() - started, 2))

    def begin(self) -> None:
        """Start it, and wait for nothing."""
        command = [find_program("postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder)]
        command += ["-p", str(self.port), *[part for one in self.settings for part in ("-c", one)]]
        with (self.folder / "server.log").open("ab") as output:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **become(find_owner()),  # type: ignore[call-overload]
            )

    def tell_end(self) -> str:
        return "PostgreSQL does not answer:\n" + (self.folder / "server.log").read_text()[-3000:]

    def is_up(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            self.begin()  # a process of the killed one still had its memory
        try:
            self.server.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def send(self, number: int) -> None:
        """A signal to every process of the server, which is first kept from making new ones."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGSTOP)
            for child in (*list_children(self.process.pid), self.process.pid):
                with suppress(ProcessLookupError):  # it came to its own end just now
                    os.kill(child, number)

    def kill(self) -> None:
        """Every process of the server at once, as when the power goes."""
        self.send(signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    def kill_backend(self) -> None:
        """One that serves somebody: the server then throws everybody out and recovers by itself."""
        for child in list_children(self.process.pid if self.process else 0):
            with suppress(ProcessLookupError, FileNotFoundError):  # it came to its own end just now
                if b"postgres: postgres" in Path(f"/proc/{child}/cmdline").read_bytes():
                    os.kill(child, signal.SIGKILL)
                    return


def find_numbers(owner: str) -> tuple[int, int]:
    """The numbers of a user and of its group."""
    import pwd

    found = pwd.getpwnam(owner)
    return found.pw_uid, found.pw_gid


def list_children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(one) for one in found.read_text().split()] if found.exists() else []


def wait_until(is_so: Callable[[], bool], seconds: float, *, or_else: Callable[[], str]) -> None:
    """Wait for something. Raises RuntimeError with what `or_else` says when it does not come."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise RuntimeError(or_else())
        time.sleep(0.05)
