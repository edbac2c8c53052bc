"""What does a process do that is killed while it sends, and what did it promise before that?"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from survey.answering.submit import send_answers
from survey.installation import Installation
from survey.store.rounds import Round
from tests.processes import SPAWNED, reopen
from tests.walks import begin_answering

LONGEST_LIFE = 0.12  # seconds; some processes are killed before their first answer, some after many


@dataclass(frozen=True)
class Promised:
    """What was heard of a process: drafts it had begun, and receipts that it had given."""

    begun: tuple[bytes, ...]
    receipts: tuple[str, ...]


def send_until_killed(installation: Installation, round_: Round, heard: Path) -> None:
    """Send one answer after another; say each draft before and each receipt after, on a line of its own."""
    mine = reopen(installation)
    with heard.open("a", buffering=1) as say:
        while True:
            walked = begin_answering(mine, round_, chance=random.Random())
            say.write(f"begun {walked.secret.hex()}\n")
            say.write(f"sent {send_answers(mine, round_, walked.secret).receipt}\n")


@contextmanager
def sending(installation: Installation, round_: Round, heard: Path) -> Iterator[int]:
    """A process that sends in a loop; its number. It is killed when the block ends, whatever it is doing."""
    heard.touch()
    process = SPAWNED.Process(target=send_until_killed, args=(installation, round_, heard), daemon=True)
    process.start()
    try:
        yield int(process.pid or 0)
    finally:
        process.kill()
        process.join()


def kill_one(installation: Installation, round_: Round, heard: Path, chance: random.Random) -> Promised:
    """Let a process send for a moment, kill it, and tell what it had promised."""
    with sending(installation, round_, heard) as number:
        while heard.stat().st_size == 0:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        os.kill(number, 9)
    lines = [line.split() for line in heard.read_text().splitlines(keepends=True) if line.endswith("\n")]
    return Promised(
        begun=tuple(bytes.fromhex(said) for what, said in lines if what == "begun"),
        receipts=tuple(said for what, said in lines if what == "sent"),
    )
