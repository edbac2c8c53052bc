"""Where does a real PostgreSQL for the tests come from?

From the programs of the machine, in a folder and on a port of its own, gone when the tests end:
any number can run at once, and none touches a database that was there before.
`python -m tests.postgres_server` prints the address of an empty database and serves it until interrupted.
"""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg

from survey.store.database import Database
from survey.store.schema import migrate

MEMORY = Path("/dev/shm")  # files lie in memory there: a new database takes a sixth of the time
ROOM_IN_MEMORY = 4 << 30  # bytes; a container often has 64 MB
TEMPLATE = "migrated"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
ATTEMPTS = 5  # another process may take the free port before the server has it

# A test's database is thrown away, so nothing of it needs to survive a power cut.
SETTINGS = (
    "listen_addresses=127.0.0.1",
    "fsync=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=64MB",
    "timezone=UTC",
)


@dataclass(frozen=True)
class PostgresServer:
    """A running server on 127.0.0.1 that trusts everybody on this machine."""

    port: int

    def name_address(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of one of the server's databases."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """The SQLAlchemy URL of an empty database, dropped afterwards whoever is still connected."""
        with self.copy_database("template0") as address:
            yield address

    @contextmanager
    def migrated_database(self) -> Iterator[str]:
        """As fresh_database, with this code's schema in it."""
        self.migrate_template()
        with self.copy_database(TEMPLATE) as address:
            yield address

    @contextmanager
    def copy_database(self, template: str) -> Iterator[str]:
        """The SQLAlchemy URL of a copy of a database that nobody is connected to, dropped afterwards."""
        name = f"test_{uuid4().hex}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield self.name_address(name)
        finally:
            self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def migrate_template(self) -> None:
        """Make the database that has the schema and nothing else, where the server has none yet."""
        if TEMPLATE in self.list_templates():
            return
        self.execute(f'CREATE DATABASE "{TEMPLATE}" TEMPLATE template0')
        migrate_and_leave(self.name_address(TEMPLATE))
        self.execute(f'ALTER DATABASE "{TEMPLATE}" IS_TEMPLATE true')

    def list_templates(self) -> list[str]:
        """The databases that are there to be copied."""
        with psycopg.connect(self.say_where(), autocommit=True) as connection:
            rows = connection.execute("SELECT datname FROM pg_database WHERE datistemplate").fetchall()
        return [name for (name,) in rows]

    def say_where(self) -> str:
        return f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres connect_timeout=5"

    def execute(self, statement: str) -> None:
        """Run one statement beside every transaction, as CREATE DATABASE demands."""
        with psycopg.connect(self.say_where(), autocommit=True) as connection:
            connection.execute(statement.encode())


def migrate_and_leave(url: str) -> None:
    """Bring a database to this code's schema and close every connection to it."""
    database = Database(url)
    try:
        migrate(database)
    finally:
        database.close()


def find_memory() -> Path | None:
    """A folder in memory with room for a test's databases; None where the machine has none."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM_IN_MEMORY else None


@contextmanager
def run_postgres(*, within: Path | None = None) -> Iterator[PostgresServer]:
    """A PostgreSQL server of one's own, stopped and removed afterwards; `within` a folder, or on the disk.

    Raises RuntimeError with what to install where the programs are missing, and with the server's
    own log where it does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir=within))
    owner = find_owner()
    try:
        shutil.chown(folder, owner)
        create_cluster(folder, owner=owner)
        process, server = start_server(folder, owner=owner)
        try:
            yield server
        finally:
            stop_server(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_owner() -> str:
    """Who the server runs as: PostgreSQL refuses root, so then its own system user."""
    return "postgres" if os.geteuid() == 0 else getpass.getuser()


def find_program(name: str) -> str:
    """The path of one of PostgreSQL's programs, from the newest version installed."""
    installed = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(installed, key=lambda path: float(path.parts[-3]), default=None)
    found = str(newest) if newest else shutil.which(name)
    if found is None:
        raise RuntimeError(f"PostgreSQL's {name} was not found. On Debian: apt-get install postgresql")
    return found


def become(owner: str) -> dict[str, object]:
    """The arguments that make a child process run as `owner`; none where that is who we are."""
    return {"user": owner, "group": owner, "extra_groups": []} if os.geteuid() == 0 else {}


def create_cluster(folder: Path, *, owner: str) -> None:
    """Make an empty cluster in `folder`, the same on every machine whatever its language."""
    command = [find_program("initdb"), "-D", str(folder / "data"), "-U", "postgres"]
    command += ["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **become(owner))
    if made.returncode != 0:
        raise RuntimeError(f"PostgreSQL could not create a cluster:\n{made.stdout}{made.stderr}")


def start_server(folder: Path, *, owner: str) -> tuple[subprocess.Popen[bytes], PostgresServer]:
    """Start the server on a free port, and wait until it answers."""
    log = folder / "server.log"
    for _ in range(ATTEMPTS):
        server = PostgresServer(find_free_port())
        command = [
            find_program("postgres"),
            "-D",
            str(folder / "data"),
            "-k",
            str(folder),
            "-p",
            str(server.port),
        ]
        command += [part for setting in SETTINGS for part in ("-c", setting)]
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **become(owner)
            )
        if wait_for_answer(process, server):
            return process, server
        stop_server(process)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def wait_for_answer(process: subprocess.Popen[bytes], server: PostgresServer) -> bool:
    """Whether our own server came to answer; False as soon as it has ended, or when it takes too long."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return process.poll() is None
    return False


def stop_server(process: subprocess.Popen[bytes]) -> None:
    """Stop at once, cutting off whoever is connected."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def find_free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Print the address of an empty database, and serve it until Ctrl-C or SIGTERM."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with run_postgres() as server, server.fresh_database() as address:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        try:
            signal.pause()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
