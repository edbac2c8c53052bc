"""How long does signing in take beside the password's hash, and does an unknown address take as long?

    python -m benchmarks.bench_sign_in [--people 40] [--at-once 4] [--database URL]

Starts a server of its own on loopback with accounts in a temporary folder and posts the plain sign-in form:
right passwords one after the other, wrong ones for known and unknown addresses in turns, and right ones
several at once. The hash alone is measured in this process, in the same minutes.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from survey.installation import open_installation
from survey.people.accounts import Invitation, invite
from survey.people.assignments import NewAssignment
from survey.people.organisations import NewOrganisation, add_organisation
from survey.people.passwords import hash_password, is_right
from survey.people.roles import Person, Role
from survey.people.signing_in import choose_password
from survey.settings import Settings

PASSWORD, WRONG = "rymdfärja på spåret 9", "igelkott utan paraply"
BY = Person(Role.ADMINISTRATOR, "f00d")
MILLISECONDS = 1000.0


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--database", default="")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder), asked.database, asked.people) as address,
    ):
        hashed = hash_password(PASSWORD)
        alone = measure(lambda _: is_right(hashed, PASSWORD), asked.people)
        tell("the hash alone", alone)
        right = measure(lambda n: post(address, f"p{n}@example.se", PASSWORD, 303), asked.people)
        tell("signing in, one after the other", right)
        print(f"beside the hash, median: {statistics.median(right) - statistics.median(alone):.1f} ms")
        wrong = measure(lambda n: post_wrong(address, n), 2 * asked.people)
        tell("wrong password, known address", wrong[::2])
        tell("wrong password, unknown address", wrong[1::2])
        with ThreadPoolExecutor(asked.at_once) as pool:
            began = time.perf_counter()
            crowd = list(pool.map(lambda n: time_one(address, n), range(asked.people)))
        tell(f"signing in, {asked.at_once} at once", crowd)
        print(f"{asked.people / (time.perf_counter() - began):.1f} a second")


@contextmanager
def serve(folder: Path, database: str, people: int) -> Iterator[str]:
    """The address of a server whose installation has people with passwords."""
    fill(folder, database, people)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {"VAR_DIR": str(folder), "DATABASE_URL": database, "PORT": str(port)}
    command = [sys.executable, "-m", "survey", "run"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def fill(folder: Path, database: str, people: int) -> None:
    """People who have been invited and have chosen a password."""
    installation = open_installation(Settings(VAR_DIR=folder, DATABASE_URL=database))  # type: ignore[call-arg]
    top = add_organisation(installation, NewOrganisation("Region", "region"), by=BY)
    for number in range(people):
        first = NewAssignment(Role.MANAGER, top.id)
        invited = invite(installation, Invitation(f"p{number}@example.se", "Prov", first), by=BY)
        choose_password(installation, invited.token, PASSWORD)
    installation.database.close()


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def post(address: str, who: str, password: str, expected: int) -> None:
    """Send the form once; RuntimeError when the answer is another than expected."""
    fields = {"adress": who, "losenord": password, "to": "/"}
    answer = httpx.post(f"{address}/logga-in", data=fields, headers={"Sec-Fetch-Site": "same-origin"})
    if answer.status_code != expected:
        raise RuntimeError(f"answered {answer.status_code}")


def post_wrong(address: str, number: int) -> None:
    """A wrong password, for a known and an unknown address in turns."""
    post(address, f"{'pq'[number % 2]}{number // 2}@example.se", WRONG, 422)


def time_one(address: str, number: int) -> float:
    began = time.perf_counter()
    post(address, f"p{number}@example.se", PASSWORD, 303)
    return (time.perf_counter() - began) * MILLISECONDS


def measure(work: Callable[[int], object], times: int) -> list[float]:
    """Milliseconds of each time."""
    found: list[float] = []
    for number in range(times):
        began = time.perf_counter()
        work(number)
        found.append((time.perf_counter() - began) * MILLISECONDS)
    return found


def tell(what: str, found: list[float]) -> None:
    ordered = sorted(found)
    print(f"{what}: p50 {statistics.median(ordered):.0f} ms, p95 {ordered[int(len(ordered) * 0.95)]:.0f} ms")


if __name__ == "__main__":
    main()
