"""How does a wish become a file?"""

from __future__ import annotations

from analysis.tables import write_file_name
from survey.installation import Installation
from survey.language import speak
from survey.reports.committee import make_committee_pages
from survey.reports.document import Document
from survey.reports.printing import fit_paper, set_paper
from survey.reports.programme import Tell, make_programme
from survey.reports.subject import Subject
from survey.reports.wish import Format, Kind, Wish, find_organisation
from survey.store.organisations import Organisation

SPARE = 25  # millimetres of a page that is kept for Word, which breaks lines elsewhere than the press


def compose(installation: Installation, wish: Wish, *, role: str, tell: Tell) -> tuple[bytes, str]:
    """The file of a wish and its name. `role` is that of who asked; `tell` is told after each step.

    Raises SurveyError area_unknown, organisation_unknown, span_outside, span_without_period, report_not_set.
    """
    areas = [installation.areas.find(code) for code in wish.areas]
    words = speak(wish.language)
    subject = Subject(
        installation, words, wish, wish.find_viewer(role), areas[0], find_committee(installation, wish)
    )
    steps = len(areas) + 1
    tell(0, steps)
    if wish.kind is Kind.COMMITTEE:
        file = print_committee(subject, tell)
    else:
        document = make_programme(subject, areas, tell=lambda done, _of: tell(done, steps))
        file = print_word(document) if wish.format is Format.WORD else set_paper([document])[0]
    tell(steps, steps)
    name = subject.name if len(areas) == 1 else words.count("report.file_areas", len(areas))
    kind = words.say(f"report.file.{wish.kind}")  # keys: report.file.*
    span = f"{wish.first}--{wish.last}"
    return file, write_file_name(kind, name, span, ending=wish.format.value)


def print_committee(subject: Subject, tell: Tell) -> bytes:
    """A page, as long as there is room for. Raises SurveyError report_not_set."""
    versions = make_committee_pages(subject)
    tell(1, 2)
    if subject.wish.format is Format.PDF:
        return set_paper(versions)[0]
    return print_word(versions[fit_paper(versions, reserve=SPARE)])


def print_word(document: Document) -> bytes:
    """A Word file. Its library is loaded when one is asked for: a start, after a kill too, goes without."""
    from survey.reports.word import write_word

    return write_word(document)


def find_committee(installation: Installation, wish: Wish) -> Organisation | None:
    """Whose committee it is; None for an area as such. Raises SurveyError organisation_unknown."""
    if not wish.organisation:
        return None
    with installation.database.read(newest=True) as connection:
        return find_organisation(connection, wish.organisation)
