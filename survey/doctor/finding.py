"""What is a finding, and how is it told?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from survey.errors import SurveyError
from survey.language import Words


class Level(StrEnum):
    """How much a finding matters: something does not work or is not safe; something will not, one day."""

    WRONG = "wrong"
    CARE = "care"


EXIT_STATUS = {Level.CARE: 1, Level.WRONG: 2}  # of the command; 0 when nothing was found


@dataclass(frozen=True)
class Finding:
    """Something about an installation. `error` says what in its own words, where there is one.

    `facts` are plain values and never secrets: they are printed.
    """

    code: str
    level: Level
    facts: Mapping[str, object] = field(default_factory=dict[str, object])
    error: SurveyError | None = None


@dataclass(frozen=True)
class Told:
    """A finding in words: what it is, why it matters and what to do."""

    code: str
    level: Level
    what: str
    why: str
    do: str


def wrong(code: str, **facts: object) -> Finding:
    return Finding(code, Level.WRONG, facts)


def care(code: str, **facts: object) -> Finding:
    return Finding(code, Level.CARE, facts)


def refused(code: str, error: SurveyError, level: Level = Level.WRONG) -> Finding:
    """A finding that is an error; `code` names what it is about."""
    return Finding(code, level, error.facts, error)


def tell_finding(finding: Finding, words: Words) -> Told:
    """The finding in words. An error says itself what is wrong and what to do."""
    key = f"doctor.{finding.code}"
    why = words.say(f"{key}.why")  # keys: doctor.*
    if finding.error is not None:
        do = words.say("doctor.as_said")
        return Told(finding.error.code, finding.level, words.explain(finding.error), why, do)
    facts = {name: str(value) for name, value in finding.facts.items()}
    what, do = words.say(f"{key}.what", **facts), words.say(f"{key}.do", **facts)  # keys: doctor.*
    return Told(finding.code, finding.level, what, why, do)


def find_status(findings: Iterable[Finding]) -> int:
    """The exit status that findings come to: 0 none, 1 something to see to, 2 something wrong."""
    return max((EXIT_STATUS[one.level] for one in findings), default=0)
