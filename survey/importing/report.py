"""What an import did, or would do, in numbers and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from survey.language import Words


@dataclass(frozen=True)
class Report:
    """rows = imported_rows + there_rows + the sum of rejected, always.

    `there` are people who had come in before, just as they stand in the file. `rejected` counts rows per
    reason. `first_month` and `last_month` are those of what came in, "" when nothing did. After a dry run
    the numbers are what would have been done.
    """

    dry_run: bool
    rows: int
    people: int
    imported: int
    imported_rows: int
    comments: int
    first_month: str
    last_month: str
    there: int
    there_rows: int
    rejected: Mapping[str, int]
    rejects: Path

    @property
    def rejected_rows(self) -> int:
        return sum(self.rejected.values())


def say_report(report: Report, words: Words) -> list[str]:
    """The report as lines, what matters most first."""
    said = [say_imported(report, words)]
    if report.imported:
        first, last = words.month(report.first_month), words.month(report.last_month)
        comments = words.count("import.comments", report.comments)
        said.append(words.say("import.contents", comments=comments, first=first, last=last))
    if report.there_rows:
        people = words.count("import.people", report.there)
        said.append(words.count("import.there", report.there_rows, people=people))
    if report.rejected_rows:
        said.append(words.count("import.rejected", report.rejected_rows, file=report.rejects.as_posix()))
        said.extend(say_rejected(report, words))
    return said


def say_imported(report: Report, words: Words) -> str:
    facts = {
        "people": words.count("import.people", report.imported),
        "rows": words.number(report.imported_rows),
        "all": words.number(report.rows),
    }
    return words.say("import.would_do" if report.dry_run else "import.done", **facts)


def say_rejected(report: Report, words: Words) -> list[str]:
    """A line per reason, the most common first."""
    counted = sorted(report.rejected.items(), key=lambda one: (-one[1], one[0]))
    return [
        f"  {words.number(number)}: {words.say(f'import.reason.{code}')}"  # keys: import.reason.*
        for code, number in counted
    ]
