"""Which labelled comments are there to measure the text chain on, and what do their labels mean here?

Reads the open files that lie beside the project, from there: nothing of them is kept in the project.
"""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.text.asked import Asked

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
SWEDISH_CARE = "sv_nhs_translated_dev.jsonl"
ENGLISH_CARE = "en_nhs_phase2_dev.csv"
REVIEWS, TRUSTPILOT = "sv_reviews_10k_dev.csv", "sv_trustpilot_2025_dev.csv"
PERSONAL = "pii_sv_dev.jsonl"

# Which of the 50 fine themes of the English data are which of the product's. Inferred from the themes of the
# translated comments and from sense; moving the doubtful ones changes macro-F1 by at most .01. Left out:
# not assigned, labelling not possible, positive and negative experience, organisation, impact of treatment,
# equality, Mental Health Act, appearance, learning.
GROUPS = {
    "participation": (
        "Staff listening, understanding & involving patients",
        "Interaction with family/ carers",
    ),
    "continuity": (
        "Staff continuity",
        "Referals & continuity of care",
        "Discharge",
        "Care plans",
        "Patient records",
        "Admission",
    ),
    "access": ("Contacting services", "Appointment arrangements", "Appointment method", "Timeliness of care"),
    "information": (
        "Unspecified communication",
        "Information directly from staff during care",
        "Information provision & guidance",
        "Being kept informed, clarity & consistency of information",
    ),
    "attitude": ("Staff manner & personal attributes",),
    "competence_safety": (
        "Competence & training",
        "Diagnosis & triage",
        "Pain management",
        "Supplying & understanding medication",
        "Feeling safe",
        "Safeguarding concerns?",
    ),
    "staffing": (
        "Number & deployment of staff",
        "Staff responsiveness",
        "Funding & use of financial resources",
    ),
    "environment": (
        "Cleanliness, tidiness & infection control",
        "Environment & Facilities",
        "Sensory experience",
        "Provision of medical equipment",
        "Service location",
        "Parking",
        "Electronic entertainment",
    ),
    "food": ("Food & drink provision & facilities",),
    "transport": ("Transport to/ from services",),
    "activities": ("Activities & access to fresh air",),
}


@dataclass(frozen=True)
class Labelled:
    """A comment with what people said of it; `tone` is positive, neutral, negative or, not known, empty."""

    id: str
    text: str
    asked: Asked
    language: str
    tone: str = ""
    themes: frozenset[str] = frozenset()

    @property
    def half(self) -> str:
        """A or B, by the id: lists were written while looking at errors of half A only."""
        return "AB"[zlib.crc32(self.id.encode()) % 2]


@dataclass(frozen=True)
class Personal:
    """A sentence with where personal data stands in it: (start, end, type); `is_hard` ones have none."""

    text: str
    spans: frozenset[tuple[int, int, str]]
    is_hard: bool


def read_asked(question: str) -> Asked:
    """What a question of the data asked for."""
    if question == "could_improve" or "improve" in question or "better" in question:
        return Asked.COULD_IMPROVE
    return Asked.WHAT_GOOD if "good" in question else Asked.OTHER


def read_table(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)


def read_objects(name: str) -> list[dict[str, object]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def read_swedish_care() -> list[Labelled]:
    return [
        Labelled(
            str(row["id"]),
            str(row["text_sv"]),
            read_asked(str(row["question"])),
            "sv",
            str(row["label"]),
            frozenset(map(str, row["themes"])),  # type: ignore[call-overload]
        )
        for row in read_objects(SWEDISH_CARE)
    ]


def read_english_care() -> list[Labelled]:
    return [
        Labelled(
            row["Comment ID"],
            row["text"],
            read_asked(row["FFT question"]),
            "en",
            row["label"],
            frozenset(theme for theme, fine in GROUPS.items() if any(row[one] == "1" for one in fine)),
        )
        for row in read_table(ENGLISH_CARE)
    ]


def read_reviews(name: str) -> list[Labelled]:
    return [
        Labelled(f"{name}{number}", row["text"], Asked.OTHER, "sv", row["label"])
        for number, row in enumerate(read_table(name))
    ]


def read_personal() -> list[Personal]:
    return [
        Personal(
            str(row["text"]),
            frozenset((one["start"], one["end"], one["type"]) for one in row["entities"]),  # type: ignore[attr-defined]
            row["kind"] == "hard_negative",
        )
        for row in read_objects(PERSONAL)
    ]
