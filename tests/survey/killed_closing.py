"""What does a process do that is killed in the middle of a closing?"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

from survey.installation import Installation
from survey.publication.close import close_ended_months
from survey.store.prepared import Prepared
from tests.processes import SECONDS_TO_FINISH, SPAWNED, reopen

COMMIT = "COMMIT"


@dataclass
class Executioner:
    """Kills its own process right after some statement, or right before a commit that follows it."""

    statement: str
    before_commit: bool
    seen: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Listen to every statement of this process, which is a child and dies."""
        event.listen(Engine, "after_cursor_execute", self.hear)
        event.listen(Engine, "commit", self.hear_commit)
        for way in ("run", "run_for_each"):  # SQLAlchemy does not hear of these
            setattr(Prepared, way, self.heard_after(getattr(Prepared, way)))

    def heard_after(self, run: Callable[..., Any]) -> Callable[..., Any]:
        def run_and_tell(prepared: Prepared, *given: Any) -> Any:
            found = run(prepared, *given)
            self.hear(None, None, prepared.text)
            return found

        return run_and_tell

    def hear(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().startswith(self.statement):
            self.seen.append(statement)
            if not self.before_commit:
                os.kill(os.getpid(), signal.SIGKILL)

    def hear_commit(self, _connection: Any) -> None:
        if self.seen and self.before_commit:
            os.kill(os.getpid(), signal.SIGKILL)


def kill_at(installation: Installation, statement: str, *, before_commit: bool = False) -> int | None:
    """Close in a process that dies at a statement; its exit: -9 when killed, 0 at its own end."""

    def close() -> None:
        Executioner(statement, before_commit).watch()
        close_ended_months(reopen(installation))
        os._exit(0)

    return run(close)


def kill_after(installation: Installation, seconds: float) -> int | None:
    """Close in a process that dies after a while, whatever it is doing; as `kill_at` ends."""

    def close() -> None:
        signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, seconds)
        close_ended_months(reopen(installation))
        os._exit(0)

    return run(close)


def run(job: Any) -> int | None:
    process = SPAWNED.Process(target=job, daemon=True)
    process.start()
    process.join(SECONDS_TO_FINISH)
    process.kill()
    process.join()
    return process.exitcode
