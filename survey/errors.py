"""What went wrong, as a code and facts; the words for it live in the catalogue."""

from __future__ import annotations

from typing import cast


class SurveyError(Exception):
    """Something a person can be told about.

    `code` is stable and what decisions are made on; its sentence is the catalogue's `error.<code>`.
    `facts` are the plain values that sentence needs. They must never hold personal data, codes,
    answers or receipts, because errors reach logs. Where several things are wrong at once, a fact is the
    tuple of their errors.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={name_fact(value)}" for name, value in sorted(self.facts.items()))
        return f"{self.code} ({told})" if told else self.code


def name_fact(value: object) -> str:
    """A fact as a log has it."""
    return "; ".join(map(str, list_errors(value))) or str(value)


def list_errors(value: object) -> tuple[SurveyError, ...]:
    """The errors that a fact is made of; none where it is something else."""
    several = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
    return tuple(one for one in several if isinstance(one, SurveyError))
