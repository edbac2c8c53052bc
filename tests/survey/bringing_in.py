"""How does a test bring a file of answers in, and read what came of it?"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from survey.errors import SurveyError
from survey.importing.report import Report
from survey.importing.run import import_file
from survey.installation import Installation
from survey.language import speak
from survey.store import tables
from survey.store.rounds import Round

HEADER = ("person", "day", "place", "whole", "about", "text")
MAPPING: dict[str, Any] = {
    "source": "paper",
    "respondent": ["person"],
    "missing": ["no answer"],
    "date": {"column": "day", "formats": ["%Y-%m-%d"]},
    "area": {"column": "place", "values": {"Växjö": "0780", "Ljungby": "0781"}},
    "questions": [
        {"column": "whole", "question": "a22", "values": {"good": "5", "bad": "1", "unsure": "na"}},
        {"column": "text", "question": "ft1", "when": {"column": "about", "values": ["good things"]}},
        {"column": "text", "question": "ft2", "when": {"column": "about", "values": ["changes"]}},
    ],
}
GOOD = ("1", "2026-05-04", "Växjö", "good", "", "")


@dataclass(frozen=True)
class Desk:
    """A folder with a file and a mapping, and a round that they can be brought in to."""

    installation: Installation
    round_: Round
    folder: Path

    @property
    def rejects(self) -> Path:
        return self.folder / "rejects.csv"

    def bring_in(self, rows: Sequence[Sequence[str]], *, dry_run: bool = False, **changes: Any) -> Report:
        """Import rows under HEADER with MAPPING, or with what `changes` says instead."""
        return self.bring_in_bytes(write_csv([HEADER, *rows]), dry_run=dry_run, **changes)

    def bring_in_bytes(self, content: bytes, *, dry_run: bool = False, **changes: Any) -> Report:
        (self.folder / "answers.csv").write_bytes(content)
        mapping = {key: value for key, value in {**MAPPING, **changes}.items() if value is not None}
        (self.folder / "mapping.yaml").write_text(yaml.safe_dump(mapping, allow_unicode=True), "utf-8")
        return self.bring_in_written(dry_run=dry_run)

    def bring_in_written(self, *, dry_run: bool = False) -> Report:
        file, mapping = self.folder / "answers.csv", self.folder / "mapping.yaml"
        return import_file(
            self.installation,
            file,
            mapping,
            self.round_.id,
            rejects=self.rejects,
            dry_run=dry_run,
            by="tester",
        )

    def list_rejects(self) -> list[list[str]]:
        with self.rejects.open(encoding="utf-8-sig", newline="") as text:
            return list(csv.reader(text, delimiter=";"))[1:]

    def read_table(self, name: str) -> list[Any]:
        with self.installation.database.read() as connection:
            return list(connection.execute(select(tables.metadata.tables[name])))


def write_csv(rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> bytes:
    lines = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return "\r\n".join(lines).encode(encoding)


def say_reason(code: str) -> str:
    return speak("sv").say(f"import.reason.{code}")


def find_error(desk: Desk, content: bytes, **changes: Any) -> SurveyError:
    """The error of a file that is wrong as a whole; it must have a sentence."""
    with pytest.raises(SurveyError) as wrong:
        desk.bring_in_bytes(content, **changes)
    assert speak("sv").explain(wrong.value)
    return wrong.value
