"""How is a database machine of deploy/ started on loopback: PostgreSQL with PgBouncer beside it?"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.postgres_server import (
    become,
    create_cluster,
    find_free_port,
    find_owner,
    find_program,
    stop_server,
)

DEPLOY = Path(__file__).parents[3] / "deploy"
NAME = "invanarrosten"  # the database, and who the application is in it
PASSWORD = "only-on-loopback"  # of a server that is thrown away
POOLER = "pgbouncer.ini"
SECONDS_TO_START = 60
# What differs from a machine of its own: an address, a place, and little memory.
HERE = """listen_addresses = '127.0.0.1'
shared_buffers = 64MB
unix_socket_directories = '{folder}'
"""
# While the database is filled, before anybody is promised anything.
HURRIED = "synchronous_standby_names = ''\nsynchronous_commit = off\nfsync = off\n"


@dataclass
class DatabaseMachine:
    """PostgreSQL and PgBouncer in a folder and on two ports of their own."""

    folder: Path
    port: int = field(default_factory=find_free_port)
    pool_port: int = field(default_factory=find_free_port)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self, settings: str) -> None:
        """Start both; `settings` names the file of deploy/postgresql that this machine has."""
        self.settle(settings)
        postgres = [find_program("postgres"), "-D", str(self.data), "-p", str(self.port)]
        self.running.append(run_as_owner(postgres, self.folder))
        wait_until(lambda: self.ask("SELECT 1") == [(1,)])
        self.write_pooler()
        self.start_pooler()

    def start_pooler(self) -> None:
        """Start PgBouncer with the settings that lie there."""
        self.running.append(run_as_owner([find_pooler(), str(self.folder / POOLER)], self.folder))
        wait_until(lambda: is_listened_to(self.pool_port))

    def settle(self, settings: str) -> None:
        """The files of deploy/ in their places, with what is different here after them."""
        for name in ("primary.conf", "standby.conf"):
            shutil.copy(DEPLOY / "postgresql" / name, self.data / name)
        here = HERE.format(folder=self.folder)
        (self.data / "postgresql.conf").write_text(f"include '{settings}'\n{here}")
        rules = (DEPLOY / "postgresql/pg_hba.conf").read_text().replace("10.0.0.0/24", "127.0.0.1/32")
        (self.data / "pg_hba.conf").write_text(f"local all postgres trust\n{rules}")
        give_to_owner(*self.data.glob("*.conf"))

    def write_pooler(self) -> None:
        """PgBouncer's settings: those of deploy/, and at the end of the same section what is different here.

        A section that begins again, also after an include, sets everything back to what it is without a file.
        """
        users = self.folder / "userlist.txt"
        users.write_text(f'"{NAME}" "{PASSWORD}"\n')
        ours = (DEPLOY / "pgbouncer/pgbouncer.ini").read_text()
        settings = self.folder / POOLER
        settings.write_text(
            ours.replace("port=5432", f"port={self.port}")
            + f"listen_addr = 127.0.0.1\nlisten_port = {self.pool_port}\n"
            + f"auth_file = {users}\nunix_socket_dir =\n"
        )
        give_to_owner(users, settings)

    def ask(self, statement: str) -> Sequence[tuple[object, ...]] | None:
        """What the server answers its own administrator; None while it does not answer."""
        try:
            with psycopg.connect(
                host=str(self.folder), port=self.port, user="postgres", dbname="postgres", autocommit=True
            ) as connection:
                found = connection.execute(statement.encode())
                return found.fetchall() if found.description else []
        except psycopg.OperationalError:
            return None

    def kill(self) -> None:
        """As when the power goes: both are gone at once, and nothing is said to anybody."""
        for process in self.running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()

    def promote(self) -> None:
        """Make a standby the one that is written to, and have PgBouncer forget that it was a standby."""
        command = [find_program("pg_ctl"), "promote", "-D", str(self.data), "-w"]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **become(find_owner()))
        pooler = self.running.pop()
        pooler.terminate()
        pooler.wait()
        self.start_pooler()

    def stop(self) -> None:
        for process in reversed(self.running):
            stop_server(process)


def start_primary(folder: Path) -> DatabaseMachine:
    """A new primary with the application's database; it waits for no standby and no disk yet."""
    folder.mkdir()
    give_to_owner(folder)
    create_cluster(folder, owner=find_owner())
    primary = DatabaseMachine(folder)
    (primary.data / "postgresql.auto.conf").write_text(HURRIED)
    primary.start("primary.conf")
    primary.ask(f"CREATE ROLE {NAME} LOGIN PASSWORD '{PASSWORD}'")
    primary.ask(f"CREATE ROLE replication LOGIN REPLICATION PASSWORD '{PASSWORD}'")
    primary.ask(f"CREATE DATABASE {NAME} OWNER {NAME} TEMPLATE template0")
    return primary


def start_standby(folder: Path, primary: DatabaseMachine) -> DatabaseMachine:
    """A standby that follows the primary, which from now on acknowledges nothing without it."""
    folder.mkdir()
    give_to_owner(folder)
    standby = DatabaseMachine(folder)
    source = f"host=127.0.0.1 port={primary.port} user=replication password={PASSWORD}"
    command = [find_program("pg_basebackup"), "-D", str(standby.data), "-d", source, "--checkpoint=fast"]
    command += ["--write-recovery-conf", "--create-slot", "--slot=standby"]
    subprocess.run(command, check=True, capture_output=True, cwd=folder, **become(find_owner()))
    (standby.data / "postgresql.auto.conf").write_text(keep_source(standby.data / "postgresql.auto.conf"))
    standby.start("standby.conf")
    primary.ask("ALTER SYSTEM RESET ALL")
    primary.ask("SELECT pg_reload_conf()")
    wait_until(lambda: primary.ask("SELECT sync_state FROM pg_stat_replication") == [("quorum",)])
    return standby


def keep_source(settings: Path) -> str:
    """Of what the base backup took along, only where the standby follows from."""
    lines = settings.read_text().splitlines(keepends=True)
    return "".join(line for line in lines if line.startswith("primary_"))


def run_as_owner(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """A program that runs as the system user of PostgreSQL, in a process group of its own."""
    with (folder / f"{Path(command[0]).name}.log").open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **become(find_owner()),
        )


def give_to_owner(*paths: Path) -> None:
    """These files and folders belong to the system user of PostgreSQL, which alone may look into them."""
    for path in paths:
        path.chmod(0o700)
        if os.geteuid() == 0:
            shutil.chown(path, find_owner(), find_owner())


def find_pooler() -> str:
    """PgBouncer's program. Raises RuntimeError with what to install."""
    found = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if found is None:
        raise RuntimeError("pgbouncer was not found. On Debian: apt-get install pgbouncer")
    return found


def is_listened_to(port: int) -> bool:
    """Whether somebody takes connections at a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(is_so: Callable[[], bool], seconds: float = SECONDS_TO_START) -> None:
    """Wait for something that comes soon. Raises TimeoutError when it does not."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError("what was waited for did not come")
        time.sleep(0.05)
