"""Which formats a definition can be carried to and from, each by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from survey.areas import Areas
from survey.definition.interchange.fhir_read import read_fhir
from survey.definition.interchange.fhir_write import write_fhir
from survey.definition.interchange.findings import Brought, Written
from survey.definition.interchange.xlsform_read import Wanted, read_xlsform
from survey.definition.interchange.xlsform_write import write_xlsform
from survey.definition.model import Definition


@dataclass(frozen=True)
class Format:
    """One format: how it is written and read, what its files end with and what they are called on the web."""

    write: Callable[[Definition, Areas], Written]
    read: Callable[[bytes, str, Wanted], Brought]
    ending: str
    media_type: str


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Mapping[str, Format] = {
    "xlsform": Format(write_xlsform, read_xlsform, "xlsx", XLSX),
    "fhir": Format(write_fhir, read_fhir, "json", "application/fhir+json"),
}


def write(form: str, definition: Definition, areas: Areas) -> Written:
    """A definition in a format of FORMATS. Raises SurveyError xlsform_refused and fhir_refused."""
    return FORMATS[form].write(definition, areas)


def bring(form: str, content: bytes, name: str, wanted: Wanted) -> Brought:
    """The definition in a file of a format of FORMATS. Raises SurveyError workbook_* and fhir_*."""
    return FORMATS[form].read(content, name, wanted)
