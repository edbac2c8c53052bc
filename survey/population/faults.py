"""What is wrong with a population file, each thing once with the first line it is on."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from survey.definition.read import Problem

SAID_CHARACTERS = 40  # of a text that will not do: enough to find it by


@dataclass
class Faults:
    """Problems as they are found. The same one on many lines is told once, with how many there were."""

    file: str
    found: dict[Hashable, Problem] = field(default_factory=dict[Hashable, Problem])
    times: dict[Hashable, int] = field(default_factory=dict[Hashable, int])

    def add(self, code: str, line: int, place: str, *, once: Hashable = None, **facts: object) -> None:
        """Tell of a fault; those that share `once` are the same one, and without it each is its own."""
        key = (code, once) if once is not None else (code, line, place)
        self.found.setdefault(key, Problem(self.file, line, place, code, facts))
        self.times[key] = self.times.get(key, 0) + 1

    def list_problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong, in the order of the lines, with `rows` among its facts."""
        counted = [
            replace(problem, facts={**problem.facts, "rows": self.times[key]})
            for key, problem in self.found.items()
        ]
        return tuple(sorted(counted, key=lambda one: (one.line, one.place, one.code)))


def show(text: str) -> str:
    """A text from a file as it can be printed: short, on one line, and nothing that moves a cursor."""
    printable = "".join(sign if sign.isprintable() else "?" for sign in text)
    cut = len(printable) > SAID_CHARACTERS
    return (printable[:SAID_CHARACTERS] + "…" if cut else printable) or '""'
