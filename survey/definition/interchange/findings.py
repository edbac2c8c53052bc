"""What is told of a definition that is carried between formats: where, what became of it, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from survey.definition.model import Definition
from survey.language import Words

MOST_TOLD = 200  # findings of one file; whoever has more than that mends these first


class Fate(StrEnum):
    """What became of something, the worst first."""

    STOPS = "stops"
    LOST = "lost"
    CHANGED = "changed"
    KEPT = "kept"


@dataclass(frozen=True)
class Where:
    """A place in a file: a sheet's row, or something with a name. With nothing it is the whole file."""

    sheet: str = ""
    row: int = 0
    item: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing that is told. `key` is a key of the catalogue, with its facts."""

    fate: Fate
    key: str
    where: Where = Where()
    facts: dict[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True)
class Brought:
    """A definition that was brought in, as YAML that `check` accepts; or None and why, among the findings."""

    definition: Definition | None
    yaml: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Written:
    """A definition in another format. None where it cannot be written at all; the findings say why."""

    content: bytes | None
    findings: tuple[Finding, ...]


@dataclass
class Told:
    """Findings as they are found; the same is told once."""

    findings: list[Finding] = field(default_factory=list[Finding])

    def tell(self, fate: Fate, key: str, where: Where = Where(), /, **facts: object) -> None:
        found = Finding(fate, f"carry.{key}", where, facts)
        if found not in self.findings:
            self.findings.append(found)

    @property
    def stopped(self) -> bool:
        return any(one.fate is Fate.STOPS for one in self.findings)

    def sort(self) -> tuple[Finding, ...]:
        """What stops first, then by sheet and row, then as it was found."""
        fates = list(Fate)

        def find_place(one: Finding) -> tuple[int, str, int]:
            return fates.index(one.fate), one.where.sheet, one.where.row

        return tuple(sorted(self.findings, key=find_place))


def say_findings(findings: Iterable[Finding], words: Words) -> list[tuple[str, list[str]]]:
    """The findings under a heading for each fate, as (heading, lines); at most MOST_TOLD lines a heading."""
    found = list(findings)
    said: list[tuple[str, list[str]]] = []
    for fate in Fate:
        lines = [say_finding(one, words) for one in found if one.fate is fate]
        if lines:
            heading = words.count(f"carry.fate.{fate}", len(lines))  # keys: carry.fate.*
            said.append((heading, lines[:MOST_TOLD]))
    return said


def say_finding(finding: Finding, words: Words) -> str:
    """Where: what, and what to do."""
    told = words.say(finding.key, **finding.facts)  # keys: carry.*, definition.*
    where = say_where(finding.where, words)
    return f"{where}: {told}" if where else told


def say_where(where: Where, words: Words) -> str:
    if where.row:
        return words.say("carry.where.row", sheet=where.sheet, row=where.row)
    if where.sheet:
        return words.say("carry.where.sheet", sheet=where.sheet)
    return where.item
