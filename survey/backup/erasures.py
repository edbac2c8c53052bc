"""What has been erased of late, so that a backup that is put back can be made to forget it again?

The list lies beside the keys, never in the database or its backups. Of an answer that was taken back it has
two keyed hashes, of the response's and of the comments' receipt hash, in no order and with no time but the
day: who has the list alone learns how many left on a day; who has the key and a backup too learns what two
backups tell anyhow. What no backup that may be put back can hold is taken off it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

from survey.answering.keys import KeyRing, hash_keyed
from survey.backup.private_files import ONLY_OWNER, write_private
from survey.errors import SurveyError

NAME, LOCK = "erased.json", "erased.lock"


class Kind(StrEnum):
    """What was erased, in the sense of: what it is found by."""

    RESPONSE = "response"  # the receipt hash of a response, sealed or mixed
    COMMENT = "comment"  # the receipt hash of a person's comments
    ADDRESS = "address"  # the keyed hash of an address that gets letters
    LETTERS = "letters"  # the same, and what it gets no more letters about
    MASKED = "masked"  # the id of a comment in which words were masked


@dataclass(frozen=True)
class AgedOut:
    """What a retention run removed: a kind, the day before which it was, and by which decision."""

    kind: str
    before: date
    decision: str


@dataclass(frozen=True)
class Erasures:
    """What has been erased since a time, as far as the list goes.

    `marks` are keyed hashes by day (UTC), `periods` those whose private key was destroyed, `until` when the
    list was last known to be whole.
    """

    since: datetime
    until: datetime
    marks: Mapping[date, frozenset[str]]
    aged_out: tuple[AgedOut, ...] = ()
    periods: tuple[str, ...] = ()

    def list_marks(self, since: date) -> frozenset[str]:
        """The marks of a day and after."""
        return frozenset(mark for day, marks in self.marks.items() if day >= since for mark in marks)


def make_mark(pepper: bytes, kind: Kind, value: bytes) -> str:
    """What stands on the list for something that was erased."""
    return hash_keyed(pepper, "erased", kind.value.encode(), value).hex()


@dataclass(frozen=True)
class ErasureList:
    """The list of an installation, in both places where its keys are."""

    keys: KeyRing
    pepper: bytes
    keep_days: int

    def find_file(self) -> Path:
        return self.keys.folder / NAME

    def begin(self) -> None:
        """Make the list if there is none: from now on it knows. Raises SurveyError key_unwritable."""
        if not self.find_file().exists():
            self._change(self._or_new)

    def note(self, *erased: tuple[Kind, bytes]) -> None:
        """Put what is being erased on the list; call it before the erasing is final.

        Raises SurveyError key_unwritable: then nothing may be erased, or it would come back with a backup.
        """
        new = frozenset(make_mark(self.pepper, kind, value) for kind, value in erased)
        today = datetime.now(UTC).date()

        def add(known: Erasures) -> Erasures:
            marks = {**known.marks, today: known.marks.get(today, frozenset()) | new}
            return replace(known, marks=marks)

        self._change(lambda known: add(self._or_new(known)))

    def note_aged_out(self, removed: AgedOut) -> None:
        """Remember what a retention run removes; of each kind the newest stands for those before."""

        def add(known: Erasures) -> Erasures:
            others = tuple(one for one in known.aged_out if one.kind != removed.kind)
            return replace(known, aged_out=(*others, removed))

        self._change(lambda known: add(self._or_new(known)))

    def note_destroyed(self, period: str) -> None:
        """Remember that a period's key was destroyed because the period is closed, and not lost."""

        def add(known: Erasures) -> Erasures:
            return replace(known, periods=tuple(sorted({*known.periods, period})))

        known = self.read()
        if known is None or period not in known.periods:
            self._change(lambda known: add(self._or_new(known)))

    def tend(self) -> None:
        """Take off what is too old, and copy the list to the second place; for every hour."""
        self._change(self._or_new)

    def read(self) -> Erasures | None:
        """The list; None when there is none. Raises SurveyError key_unreadable."""
        return read_list(self.find_file())

    def _or_new(self, known: Erasures | None) -> Erasures:
        now = datetime.now(UTC)
        return known or Erasures(now, now, {})

    def _change(self, change: Callable[[Erasures | None], Erasures]) -> None:
        try:
            places = self._list_places()
            with hold(places[0].with_name(LOCK)):
                changed = self._prune(change(join_lists(read_list(path) for path in places)))
                for path in places:
                    keep_list(path, changed)
        except OSError:
            raise SurveyError("key_unwritable", file=self.find_file().as_posix()) from None

    def _list_places(self) -> tuple[Path, ...]:
        """Where the list lies: first the second place, where machines that share their keys meet.

        A second place that cannot be reached now gets what it lacks within the hour.
        """
        copies = self.keys.copies
        shared = (copies / NAME,) if copies is not None and copies.is_dir() else ()
        return (*shared, self.find_file())

    def _prune(self, known: Erasures) -> Erasures:
        now = datetime.now(UTC)
        first = now.date() - timedelta(days=self.keep_days)
        begins = datetime.combine(first, time.min, UTC)
        kept = {day: marks for day, marks in known.marks.items() if day >= first}
        return replace(known, marks=kept, since=max(known.since, begins), until=now)


def join_lists(lists: Iterable[Erasures | None]) -> Erasures | None:
    """What any of several lists knows, as far back as all of them go; None where none is there."""
    joined: Erasures | None = None
    for one in lists:
        if one is not None:
            joined = one if joined is None else join_two(joined, one)
    return joined


def join_two(one: Erasures, other: Erasures) -> Erasures:
    days = one.marks.keys() | other.marks.keys()
    none: frozenset[str] = frozenset()
    newest = {
        aged.kind: aged for aged in sorted((*one.aged_out, *other.aged_out), key=lambda found: found.before)
    }
    return Erasures(
        since=max(one.since, other.since),
        until=max(one.until, other.until),
        marks={day: one.marks.get(day, none) | other.marks.get(day, none) for day in days},
        aged_out=tuple(newest.values()),
        periods=tuple(sorted({*one.periods, *other.periods})),
    )


@contextmanager
def hold(path: Path) -> Generator[None, None, None]:
    """Let nobody else change the list meanwhile, in this process or another."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, ONLY_OWNER), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def keep_list(path: Path, known: Erasures) -> None:
    """Write the list; its file says no time finer than the day. Raises OSError."""
    said = {
        "since": known.since.isoformat(),
        "until": known.until.replace(minute=0, second=0, microsecond=0).isoformat(),
        "marks": {day.isoformat(): sorted(marks) for day, marks in sorted(known.marks.items())},
        "aged_out": [[one.kind, one.before.isoformat(), one.decision] for one in known.aged_out],
        "periods": list(known.periods),
    }
    write_private(path, json.dumps(said, ensure_ascii=False))
    midnight = datetime.combine(datetime.now(UTC).date(), time.min, UTC).timestamp()
    os.utime(path, (midnight, midnight))


def read_list(path: Path) -> Erasures | None:
    """A list as it lies on disk; None when there is none. Raises SurveyError key_unreadable."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Erasures(
            since=datetime.fromisoformat(said["since"]),
            until=datetime.fromisoformat(said["until"]),
            marks={date.fromisoformat(day): frozenset(marks) for day, marks in said["marks"].items()},
            aged_out=tuple(AgedOut(k, date.fromisoformat(b), d) for k, b, d in said["aged_out"]),
            periods=tuple(said["periods"]),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise SurveyError("key_unreadable", file=path.as_posix()) from None
