"""What would come in of a file that somebody tries, and what is a definition as YAML? Nothing is kept.

An installation's definitions are files in SURVEYS_DIR: a page neither writes nor changes them.
"""

from __future__ import annotations

from survey.definition.interchange.bringing import write_yaml
from survey.definition.interchange.carry import bring
from survey.definition.interchange.findings import Brought
from survey.definition.interchange.xlsform_read import Wanted
from survey.definition.model import Definition
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.workbooks import OLE_SIGN, ZIP_SIGN

MOST_MEGABYTES = 5
MEGABYTE = 1_000_000


def try_file(installation: Installation, name: str, content: bytes, *, by: Person) -> Brought:
    """What would come in of an XLSForm or a Questionnaire, told apart by how the file begins.

    Raises SurveyError not_allowed, and workbook_* or fhir_* for a file that is neither.
    """
    check_can_do(Permission.OPEN_ROUND, by=by)
    if len(content) > MOST_MEGABYTES * MEGABYTE:
        raise SurveyError("workbook_large", file=name, limit=MOST_MEGABYTES)
    form = "xlsform" if content.startswith((ZIP_SIGN, OLE_SIGN)) else "fhir"
    return bring(form, content, name, Wanted(today=installation.today()))


def write_definition(definition: Definition) -> str:
    """A definition as YAML that `check` accepts."""
    return write_yaml(definition.model_dump(mode="json", exclude_defaults=True))
