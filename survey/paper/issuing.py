"""Which forms are printed: with numbers of an open round, with codes of letters, or a specimen?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from survey.answering.codes import show_code
from survey.answering.drafts import find_survey
from survey.answering.journey import Survey, make_survey
from survey.definition.model import Definition, Form
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import DEFAULT_LANGUAGE
from survey.paper.numbers import check_can_print, make_numbers
from survey.paper.printing import SIZES, SPECIMEN, USUAL_SIZE, PaperForm, Print, print_forms
from survey.paper.wording import About
from survey.people.roles import Person
from survey.store.rounds import Round

POST_DAYS = 7  # before a round's last day: the post takes some, and so does keying
MOST_CONTACT = 300  # signs


@dataclass(frozen=True)
class PaperWish:
    """How forms are to be printed. `contact` stands on the first page: where to send, and whom to ask."""

    form: Form = "full"
    language: str = DEFAULT_LANGUAGE
    size: int = USUAL_SIZE
    contact: str = ""


def find_last_day(round_: Round) -> date:
    """The day that is printed: a week before the round's last, and never before its first."""
    return max(round_.closes - timedelta(days=POST_DAYS), round_.opens)


def list_forms_of(round_: Round, definition: Definition) -> tuple[Form, ...]:
    """The forms that a round lets people fill in."""
    return tuple(one for one in definition.forms if round_.forms in (one, "choose"))


def plan_print(
    installation: Installation, round_: Round, wish: PaperWish, *, window: str = "right", address: str = ""
) -> Print:
    """A print of a round's forms.

    Raises SurveyError paper_form_wrong, paper_language_wrong, paper_size_wrong and paper_contact_long.
    """
    survey = find_survey(installation, round_, wish.form)
    check_wish(survey.definition, wish, allowed=list_forms_of(round_, survey.definition))
    mode = round_.mode if round_.door == "coded" else "open"
    about = About(
        installation.settings.installation_name,
        mode,
        find_last_day(round_),
        wish.contact.strip(),
        is_demo=installation.is_demo,
    )
    return Print(survey, wish.language, about, wish.size, window, address)


def check_wish(definition: Definition, wish: PaperWish, *, allowed: tuple[Form, ...]) -> None:
    """Raises SurveyError for a form, a language or a size that there is not."""
    if wish.form not in allowed:
        raise SurveyError("paper_form_wrong")
    if wish.language not in definition.languages:
        raise SurveyError("paper_language_wrong", languages=", ".join(definition.languages))
    if wish.size not in SIZES:
        raise SurveyError("paper_size_wrong", sizes=", ".join(map(str, SIZES)))
    if len(wish.contact) > MOST_CONTACT:
        raise SurveyError("paper_contact_long", most=MOST_CONTACT)


def print_numbered(
    installation: Installation, round_id: str, wish: PaperWish, number: int, *, by: Person
) -> Iterator[bytes]:
    """Forms of an open round, each with a number of its own. Raises as make_numbers and plan_print do."""
    round_ = check_can_print(installation, round_id, by=by)
    planned = plan_print(installation, round_, wish)
    codes = make_numbers(installation, round_, number, by=by)
    return print_forms((PaperForm(show_code(code)) for code in codes), planned)


def print_specimen(installation: Installation, definition: Definition, wish: PaperWish) -> Iterator[bytes]:
    """One form of a definition outside every round: it says that it is a specimen and cannot be keyed."""
    check_wish(definition, wish, allowed=definition.forms)
    survey: Survey = make_survey(definition, wish.form, installation.areas)
    name, contact = installation.settings.installation_name, wish.contact.strip()
    about = About(name, "open", None, contact, is_specimen=True, is_demo=installation.is_demo)
    return print_forms([PaperForm(SPECIMEN)], Print(survey, wish.language, about, wish.size))
