"""Which form does a code lead to, in which state, and what may this person do with it now?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from survey.answering.codes import read_code
from survey.answering.drafts import (
    Draft,
    check_round_open,
    find_draft,
    find_survey,
    forget_draft,
    hash_code,
    keep_draft,
    open_area,
)
from survey.answering.journey import Survey
from survey.answering.receipt import make_receipt
from survey.definition.model import Form
from survey.errors import SurveyError
from survey.installation import Installation, check_may_take_answers
from survey.keying.reading import tidy_keys
from survey.keying.sealing import Entry, find_row_id, find_secret, open_entry, read_round_key
from survey.keying.states import State
from survey.language import LANGUAGES
from survey.paper.marks import SIGN, read_mark
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.rounds import find_round_now
from survey.store import keyed, submissions
from survey.store.keyed import KeyedForm
from survey.store.rounds import Round

PAPER = "paper"  # the channel of answers that came on paper
PAPER_DOORS = ("open", "coded")  # rounds that paper forms come into


@dataclass(frozen=True)
class Wish:
    """Which form is in hand: which questions it has, and in which language it was filled in."""

    form: Form = "full"
    language: str = "sv"


@dataclass(frozen=True)
class Opened:
    """A form in hand. `draft` holds what is typed so far; `again` says that somebody else keyed it first.

    `entry` is there when both have keyed it and they differ: then it is chosen, and nothing is typed.
    """

    round: Round
    survey: Survey
    code: str = field(repr=False)
    secret: bytes = field(repr=False)
    draft: Draft = field(repr=False)
    row: KeyedForm | None = field(default=None, repr=False)
    entry: Entry | None = field(default=None, repr=False)

    @property
    def again(self) -> bool:
        return self.row is not None

    @property
    def is_differing(self) -> bool:
        return self.row is not None and self.row.state == State.DIFFERING.value


def name_keyer(by: Person) -> str:
    """What tells one who keys from another: the account, else the role. Two roles of one account are one."""
    return by.id or by.role.value


def takes_paper(round_: Round) -> bool:
    """Whether answers on paper come into a round."""
    return round_.door in PAPER_DOORS


def find_paper_round(installation: Installation, round_id: str, *, by: Person) -> Round:
    """A round that is open and takes paper.

    Raises SurveyError: not_allowed, round_unknown, round_no_paper, round_not_open.
    """
    check_can_do(Permission.KEY_PAPER, by=by)
    round_ = find_round_now(installation, round_id)
    if not takes_paper(round_):
        raise SurveyError("round_no_paper")
    check_round_open(installation, round_)
    return round_


def read_paper_code(installation: Installation, round_: Round, typed: str, wish: Wish) -> tuple[str, Wish]:
    """The code in what was typed, or in a page's square that was scanned, which also says which form it is.

    Raises SurveyError code_mistyped, code_of_*, and code_other_survey for a square of another survey.
    """
    if not typed.strip().upper().startswith(SIGN):
        return read_code(typed, demo=installation.is_demo), wish
    mark = read_mark(typed.upper())
    if mark is None:
        raise SurveyError("code_mistyped")
    if (mark.survey, mark.version) != (round_.survey, round_.version):
        raise SurveyError("code_other_survey")
    language = mark.language if mark.language in LANGUAGES else wish.language
    return read_code(mark.code, demo=installation.is_demo), Wish(mark.form, language)


def open_form(installation: Installation, round_: Round, code: str, wish: Wish, *, by: Person) -> Opened:
    """The form of a code as this person may go on with it.

    Raises SurveyError: not_allowed, code_unknown for a code that is not there or was used, form_keyed_once
    when the same person keyed it first, form_just_keyed when it waits to be kept, form_differs_elsewhere
    when two others have keyed it, key_* and database_*.
    """
    check_can_do(Permission.KEY_PAPER, by=by)
    check_may_take_answers(installation)
    secret = find_secret(installation, code)
    round_key = read_round_key(installation, round_.id)
    with installation.database.read(newest=True) as connection:
        row = keyed.find_form(connection, find_row_id(round_key, secret))
        found = submissions.find_code(connection, hash_code(installation, code))
    if found is None or found[0] != round_.id:
        raise SurveyError("code_unknown")
    if row is None:
        own = find_or_begin(installation, round_, code, secret, wish, sealed_area=found[1])
        return Opened(round_, find_survey(installation, round_, own.form), code, secret, own)
    check_may_go_on(row, by=by)
    entry = open_entry(round_key, row.id, row.sealed)
    survey = find_survey(installation, round_, entry.first.form)
    if row.state == State.DIFFERING.value:
        return Opened(round_, survey, code, secret, entry.first, row, entry)
    second = find_secret(installation, code, again=True)
    wish = Wish(entry.first.form, entry.first.language)
    own = find_or_begin(installation, round_, code, second, wish, sealed_area=found[1])
    return Opened(round_, survey, code, second, own, row)


def check_may_go_on(row: KeyedForm, *, by: Person) -> None:
    """Whether somebody may key a form again, or choose where two entries differ: never who was first."""
    keyer = name_keyer(by)
    if row.state == State.LAST.value:
        raise SurveyError("form_just_keyed")
    if row.first_by == keyer:
        raise SurveyError("form_keyed_once")
    if row.state == State.DIFFERING.value and row.second_by != keyer:
        raise SurveyError("form_differs_elsewhere")


def find_or_begin(
    installation: Installation, round_: Round, code: str, secret: bytes, wish: Wish, *, sealed_area: bytes
) -> Draft:
    """What is typed of a form so far; nothing is written before something is typed."""
    known = find_draft(installation, round_, secret)
    if known is not None:
        return known
    area = open_area(installation, code, sealed_area)
    code_hash = hash_code(installation, code)
    return Draft(wish.form, wish.language, PAPER, make_receipt(), code=code_hash, area=area)


def keep_typed(installation: Installation, opened: Opened, typed: Mapping[str, str]) -> Opened:
    """Keep what is typed so far, its texts masked; as it was kept.

    Raises SurveyError round_not_open, key_* and database_*.
    """
    check_round_open(installation, opened.round)
    given = replace(opened.draft, answers=tidy_keys(opened.survey, typed))
    kept = keep_draft(installation, opened.round, opened.secret, given)
    return replace(opened, draft=kept)


def put_aside(installation: Installation, opened: Opened) -> None:
    """Forget what is typed of a form, as when the wrong one was opened."""
    forget_draft(installation, opened.round, opened.secret)
