"""In which languages an XLSForm is written, and what a row says in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from survey.definition.interchange.findings import Fate, Told, Where
from survey.definition.interchange.sheets import CHOICES, SURVEY, find_language
from survey.definition.interchange.xlsform_sheets import Form, Line
from survey.language import DEFAULT_LANGUAGE

TRANSLATED = ("label", "hint")


@dataclass(frozen=True)
class Tongues:
    """The languages of a form, the default first; `heads` by what its columns say: {"Svenska (sv)": "sv"}."""

    heads: dict[str, str]
    codes: tuple[str, ...]

    def read(self, line: Line, base: str) -> dict[str, str]:
        """A text in every language that the row has it in; a column without a language comes last."""
        found: dict[str, str] = {}
        for head, code in sorted(self.heads.items(), key=lambda one: one[0] == ""):
            cell = line.cells.get(f"{base}::{head}" if head else base)
            if cell is not None and code not in found:
                found[code] = cell
        return {code: found[code] for code in self.codes if code in found}


def find_tongues(form: Form, told: Told) -> Tongues:
    """The languages of a form; one that there is not here is told, and its texts do not come along."""
    heads = list_heads(form.survey)
    default = next((line.get("default_language") for line in form.settings), "")
    known: dict[str, str] = {}
    for head in heads:
        code = find_language(head or default)
        if code is None and not head:
            code = DEFAULT_LANGUAGE
            told.tell(Fate.CHANGED, "language_assumed", Where(sheet=SURVEY), language=code)
        if code is None:
            told.tell(Fate.LOST, "language_unknown", Where(sheet=SURVEY), language=head)
        else:
            known[head] = code
    for head in list_heads((*form.choices, *form.own)):
        code = find_language(head or default)
        if code is not None and code in known.values():
            known.setdefault(head, code)
        elif head and head not in heads:
            told.tell(Fate.LOST, "language_partial", Where(sheet=CHOICES), language=head)
    if not known:
        told.tell(Fate.STOPS, "languages_none", Where(sheet=SURVEY))
    codes = list(dict.fromkeys(known.values()))
    first = find_language(default) if default else None
    codes.sort(key=lambda code: code != first)
    return Tongues(known, tuple(codes))


def list_heads(lines: Iterable[Line]) -> list[str]:
    """The languages that columns name, "" for a column without one, in their order."""
    found: dict[str, None] = {}
    for line in lines:
        for column in line.cells:
            base, _, head = column.partition("::")
            if base in TRANSLATED:
                found.setdefault(head)
    return list(found)
