"""Which XLSForms and Questionnaires from elsewhere do the tests read?"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from survey.definition.interchange.findings import Brought, say_findings
from survey.definition.interchange.xlsform_read import Wanted, read_xlsform
from survey.language import speak

Row = Sequence[object]
WANTED = Wanted(today=date(2026, 11, 29))

# A small form as people write them elsewhere: no group, capitals in names, two languages.
SURVEY: list[Row] = [
    ("type", "name", "label::Svenska (sv)", "label::English (en)", "relevant"),
    ("note", "welcome", "Välkommen", "Welcome", ""),
    ("select_one yes_no", "Contact", "Har du haft kontakt?", "Have you been in contact?", ""),
    ("text", "What", "Vad var bra?", "What was good?", "${Contact} = 'Yes'"),
]
CHOICES: list[Row] = [
    ("list_name", "name", "label::Svenska (sv)", "label::English (en)"),
    ("yes_no", "Yes", "Ja", "Yes"),
    ("yes_no", "No", "Nej", "No"),
]
SETTINGS: list[Row] = [("form_title", "form_id", "version"), ("Kontakt", "kontakt", "2026112901")]
FORM: Mapping[str, list[Row]] = {"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS}


def write_form(**sheets: list[Row]) -> bytes:
    """FORM as an XLSX file, with other sheets where they are given."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    for name, rows in {**FORM, **sheets}.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell != "":
                    sheet.write(number, place, cell)
    book.close()
    return held.getvalue()


def read_form(**sheets: list[Row]) -> Brought:
    return read_xlsform(write_form(**sheets), "form.xlsx", WANTED)


def add(row: Row) -> Brought:
    """What becomes of FORM with one row more in its survey, the fifth."""
    return read_form(survey=[*SURVEY, row])


def list_told(brought: Brought) -> list[tuple[str, str, int]]:
    """(fate, key, row) of everything told, which must have a sentence in both languages."""
    for language in ("sv", "en"):
        assert all(
            line.strip() for _, lines in say_findings(brought.findings, speak(language)) for line in lines
        )
    return [(one.fate.value, one.key.removeprefix("carry."), one.where.row) for one in brought.findings]


# A small Questionnaire as others write them.
QUESTIONNAIRE: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "status": "active",
    "language": "sv-SE",
    "url": "http://example.org/Questionnaire/kontakt",
    "title": "Kontakt",
    "description": "Välkommen",
    "item": [
        {
            "linkId": "1.1",
            "text": "Har du haft kontakt?",
            "type": "choice",
            "answerOption": [
                {"valueCoding": {"code": "Y", "display": "Ja"}},
                {"valueCoding": {"code": "N", "display": "Nej"}},
            ],
        },
        {
            "linkId": "1.2",
            "text": "Vad var bra?",
            "type": "string",
            "enableWhen": [{"question": "1.1", "operator": "=", "answerCoding": {"code": "Y"}}],
        },
    ],
}
