"""How is a service killed again and again while people answer, and what is then looked at?"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.faults import chores
from benchmarks.faults.audit import judge, read_kept
from benchmarks.faults.clock import JUMPS, Clock
from benchmarks.faults.machines import LONGEST_START, App, Postgres, wait_until
from benchmarks.faults.people import answer_until_over, read_heard
from survey.installation import open_installation
from survey.rounds import NewRound, open_round
from survey.settings import Settings
from tests.processes import SPAWNED
from tests.walks import SURVEY, SURVEYS, VERSION

ROUND = "alla"
BETWEEN_KILLS = (0.3, 3.0)  # seconds that the service is left alone
WHILE_STARTING = 0.2  # of the kills of the application come while it starts
APP, DATABASE, BACKEND, CLOCK = "app", "database", "backend", "clock"


@dataclass
class Rehearsal:
    """A service with everything of its own. `erased` are the receipts that were taken back."""

    folder: Path
    engine: str
    seed: int
    people: int
    has_clock: bool = False  # whether the application's clock is one that can be set
    chance: random.Random = field(init=False)
    killed: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    erased: list[str] = field(default_factory=list)
    server: Postgres | None = None
    clock: Clock | None = None
    settings: Settings = field(init=False)
    app: App = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        if self.engine == "postgresql":
            self.server = Postgres(self.folder / "postgresql")
            self.server.create()
        self.settings = Settings(  # type: ignore[call-arg]
            DATABASE_URL=self.make_database("rehearsed"), VAR_DIR=self.folder / "var", SURVEYS_DIR=SURVEYS
        )
        said = {"VAR_DIR": str(self.folder / "var"), "DATABASE_URL": self.settings.database_url}
        if self.has_clock:
            self.clock = Clock(self.folder / "clock")
            said |= self.clock.environment
        self.app = App(said, self.folder / "app.log")

    @property
    def heard(self) -> Path:
        return self.folder / "heard.jsonl"

    def make_database(self, name: str) -> str:
        """The address of a database that is new."""
        if self.server is None:
            return f"sqlite:///{self.folder / 'var' / name}.db"
        self.server.server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.server.server.name_address(name)

    def run(self, plan: Sequence[str], *, minutes: float = 600.0) -> dict[str, object]:
        """Kill as planned while people answer, for so long at most; what was found afterwards."""
        self.open_round()
        self.app.start()
        over = time.monotonic() + 60 * minutes
        with self.answering():
            for kind in plan:
                if time.monotonic() > over:
                    break
                time.sleep(self.chance.uniform(*BETWEEN_KILLS))
                self.kill(kind)
        self.app.kill()
        return self.look()

    def open_round(self) -> None:
        installation = open_installation(self.settings)
        days = (date(2000, 1, 1), date(2100, 12, 31))
        open_round(
            installation, NewRound(ROUND, SURVEY, VERSION, "Alla", *days, forms="choose"), by="rehearsal"
        )
        installation.database.close()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """People answer while the block runs; then each finishes what they are at."""
        over = SPAWNED.Event()
        asked = (self.app.address, ROUND, self.seed, self.people, self.heard, over)
        crowd = SPAWNED.Process(target=answer_until_over, args=asked, daemon=True)
        crowd.start()
        try:
            yield
        finally:
            over.set()
            crowd.join(300)
            crowd.kill()

    def kill(self, kind: str) -> None:
        """Kill one thing at a random moment, and bring it back."""
        ways: dict[str, Callable[[], bool]] = {
            APP: self.kill_app,
            DATABASE: self.kill_database,
            BACKEND: self.kill_backend,
            "mixing": partial(self.kill_chore, "mixing", partial(chores.mix, self.settings)),
            "closing": self.kill_closing,
            "erasing": self.kill_erasing,
            "migrating": self.kill_migrating,
            CLOCK: self.set_clock,
        }
        met = ways[kind]()
        (self.killed if met else self.missed)[kind] += 1
        when, which = time.strftime("%H:%M:%S"), "" if met else " was done first"
        print(f"{when} {kind}{which}", file=sys.stderr, flush=True)

    def kill_app(self) -> bool:
        self.app.kill()
        if self.chance.random() < WHILE_STARTING:
            self.app.begin()
            time.sleep(self.chance.uniform(0, self.app.seconds[0]))
            self.app.kill()
            self.killed["app while it starts"] += 1
        self.app.start()
        return True

    def set_clock(self) -> bool:
        """Wrong where it was right, and right where it was wrong."""
        assert self.clock is not None
        self.clock.set(0 if self.clock.seconds else self.chance.choice(JUMPS))
        return True

    def kill_database(self) -> bool:
        assert self.server is not None
        self.server.kill()
        time.sleep(self.chance.uniform(0, 2))
        self.server.start()
        return True

    def kill_backend(self) -> bool:
        assert self.server is not None
        self.server.kill_backend()
        time.sleep(1)  # until the server has heard of it and lets nobody in
        wait_until(self.server.is_up, LONGEST_START, or_else=self.server.tell_end)
        return True

    def kill_chore(self, kind: str, work: Callable[[], None]) -> bool:
        return chores.kill_in(kind, work, self.chance)

    def kill_closing(self) -> bool:
        """In the closing of the month that people answer in, which is then closed all the same."""
        work = partial(chores.close, self.settings, chores.find_day(self.settings))
        was_killed = self.kill_chore("closing", work)
        self.finish(work)
        return was_killed

    def kill_erasing(self) -> bool:
        """While somebody takes back what they sent; they press again afterwards."""
        wait_until(lambda: bool(self.list_receipts()), LONGEST_START, or_else=lambda: "nobody has sent")
        receipt = self.chance.choice(self.list_receipts())
        work = partial(chores.erase, self.settings, receipt)
        was_killed = self.kill_chore("erasing", work)
        self.finish(work)
        self.erased.append(receipt)
        return was_killed

    def list_receipts(self) -> list[str]:
        """The receipts that people were given and have not used."""
        receipts = [one.receipt for one in read_heard(self.heard) if one.receipt]
        return [one for one in receipts if one not in self.erased]

    def kill_migrating(self) -> bool:
        """In a database of its own, which is then brought up to date all the same."""
        url = self.make_database(f"migrated_{sum(self.killed.values())}")
        was_killed = self.kill_chore("migrating", partial(chores.upgrade, url))
        self.finish(partial(chores.upgrade, url))
        self.finish(partial(chores.check_schema, url))
        return was_killed

    def finish(self, work: Callable[[], None]) -> None:
        """Do a chore again to its end. Raises RuntimeError when it does not come to one."""
        if (code := chores.run(work)) != 0:
            raise RuntimeError(f"what was killed could not be done again: {work}, {code}")

    def look(self) -> dict[str, object]:
        """What is kept, against what people were told."""
        if self.server is not None and not self.server.is_up():
            self.server.start()
        installation = open_installation(self.settings)
        try:
            found = judge(read_kept(installation), read_heard(self.heard), self.erased)
        finally:
            installation.database.close()
        if self.server is not None:
            found["database_seconds"] = describe(self.server.seconds[1:])
        told = {"engine": self.engine, "seed": self.seed, "killed": dict(self.killed)}
        return told | {"not_met": dict(self.missed), "ready_seconds": describe(self.app.seconds)} | found

    def close(self) -> None:
        self.app.kill()
        if self.server is not None:
            self.server.kill()


def describe(seconds: Sequence[float]) -> dict[str, float]:
    """The middle and the longest of some times."""
    some = sorted(seconds) or [0.0]
    return {"number": len(seconds), "middle": some[len(some) // 2], "most": some[-1]}


def is_clean(found: dict[str, object]) -> bool:
    """Whether nothing was lost, kept twice, half, or kept though it was erased, and nobody gave up."""
    wrong = ("parts_lost", "answers_lost", "answers_twice", "answers_half", "erased_and_still_there")
    return not any(found[name] for name in (*wrong, "gave_up", "kept_unheard"))
