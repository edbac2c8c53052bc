"""What went wrong, as a code and facts; the words for it live in the catalogue."""

from __future__ import annotations


class SurveyError(Exception):
    """Something a person can be told about.

    `code` is stable and what decisions are made on; its sentence is the catalogue's `error.<code>`.
    `facts` are the plain values that sentence needs. They must never hold personal data, codes,
    answers or receipts, because errors reach logs.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in sorted(self.facts.items()))
        return f"{self.code} ({told})" if told else self.code
