"""How does a member rate: a page at a time, kept at once, paused, come back to, sent and changed again?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.text.masking import ENGLISH_TOKENS, SWEDISH_TOKENS, mask_text
from survey.answering.answers import Answers, Trouble, Value, read_answer
from survey.definition.model import Definition
from survey.errors import SurveyError
from survey.installation import Installation
from survey.panel_rounds.find import (
    JOB,
    find_asked_definition,
    find_open_wave,
    find_panel_round,
    list_asked_now,
    read_round,
)
from survey.panel_rounds.minutes import estimate_minutes
from survey.panel_rounds.own import Lock, Own, find_lock, find_own, keep_own
from survey.panel_rounds.permissions import check_can_rate
from survey.panel_rounds.sheets import Sheet
from survey.panel_rounds.states import CLOSED_WAVES, FIRST, SECOND, State
from survey.people.roles import Person
from survey.store.database import Connection, claim_job
from survey.store.panel_rounds import PanelRound


@dataclass(frozen=True)
class Walk:
    """A member's way through a round: its pages, what they answered, and what they answered the first time.

    `is_open` is whether answers are taken. `own` are theirs of the time that is open or was closed last.
    """

    round: PanelRound
    wave: int
    is_open: bool
    sheets: tuple[Sheet, ...]
    own: Own
    earlier: Own | None

    @property
    def left(self) -> tuple[Sheet, ...]:
        """The pages that they have not come to; a page that was skipped is behind them."""
        return tuple(sheet for sheet in self.sheets if not self.own.find(sheet.key).revision)

    @property
    def minutes_left(self) -> int:
        """About how many minutes those take."""
        return estimate_minutes(self.left, self.wave)

    @property
    def has_begun(self) -> bool:
        return bool(self.own.sheets)

    def find(self, key: str) -> Sheet | None:
        """A page by its key; None when it is not asked, or no more."""
        return next((sheet for sheet in self.sheets if sheet.key == key), None)


def find_walk(installation: Installation, round_id: str, *, by: Person) -> Walk:
    """A member's way through a round that is not finished.

    Raises SurveyError not_allowed, panel_member_unknown, panel_round_unknown, panel_round_finished, key_*.
    """
    check_can_rate(by=by)
    found = find_panel_round(installation, round_id, viewer=by)
    open_wave = find_open_wave(found)
    wave = open_wave or CLOSED_WAVES.get(State(found.state))
    if wave is None:
        raise SurveyError("panel_round_finished")
    definition, lock = find_asked_definition(installation, found), find_lock(installation, round_id)
    with installation.database.read(newest=True) as connection:
        sheets = list_asked_now(connection, definition, round_id, wave)
        own = find_own(connection, lock, wave, by=by)
        earlier = find_own(connection, lock, FIRST, by=by) if wave == SECOND else None
    return Walk(found, wave, open_wave is not None, sheets, own or Own(), earlier)


@dataclass(frozen=True)
class Page:
    """Which page a member hands in: of which time round, and the revision of it that they saw."""

    wave: int
    key: str
    based_on: int


def keep_sheet(
    installation: Installation,
    round_id: str,
    page: Page,
    raw: Mapping[str, Sequence[str]],
    *,
    language: str,
    by: Person,
) -> tuple[Own, tuple[Trouble, ...]]:
    """Keep what a member answered on a page, its texts masked first; everything of theirs, and what is wrong.

    An answer with trouble is kept where it can be, so that it is mended and not lost. Raises SurveyError
    not_allowed, panel_member_unknown, panel_round_unknown, panel_round_closed, panel_subject_gone when what
    the page is about was withdrawn meanwhile, panel_already_sent, and panel_answered_meanwhile when the same
    page was kept in another tab: then nothing was written.
    """
    definition = find_definition_of(installation, round_id, by=by)
    lock = find_lock_of_open(installation, round_id)
    with installation.database.write() as connection:
        own = claim_own(connection, lock, round_id, page.wave, by=by)
        sheets = {one.key: one for one in list_asked_now(connection, definition, round_id, page.wave)}
        if page.key not in sheets:
            raise SurveyError("panel_subject_gone")
        if own.sent:
            raise SurveyError("panel_already_sent")
        answers, troubles = read_sheet(sheets[page.key], raw, language)
        if own.find(page.key).revision != page.based_on:
            if own.find(page.key).answers == answers:
                return own, troubles  # the same was handed in twice
            raise SurveyError("panel_answered_meanwhile")
        own = own.put(page.key, answers)
        keep_own(connection, lock, round_id, page.wave, own, by=by)
    return own, troubles


def find_definition_of(installation: Installation, round_id: str, *, by: Person) -> Definition:
    """The survey of a round that a member may answer. Raises as `keep_sheet` does."""
    check_can_rate(by=by)
    return find_asked_definition(installation, find_panel_round(installation, round_id, viewer=by))


def find_lock_of_open(installation: Installation, round_id: str) -> Lock:
    """The lock of a round; a finished one has none any more. Raises panel_round_closed and key_*."""
    with installation.database.read(newest=True) as connection:
        if read_round(connection, round_id).state == State.FINISHED:
            raise SurveyError("panel_round_closed")
    return find_lock(installation, round_id)


def claim_own(connection: Connection, lock: Lock, round_id: str, wave: int, *, by: Person) -> Own:
    """What a member has answered, once no closing and no other tab of theirs writes to it.

    Raises SurveyError panel_round_closed when that time round is not open.
    """
    claim_job(connection, f"{JOB} {round_id}", shared=True)
    claim_job(connection, lock.find_id(wave, by.id).hex())
    if find_open_wave(read_round(connection, round_id)) != wave:
        raise SurveyError("panel_round_closed")
    return find_own(connection, lock, wave, by=by) or Own()


def read_sheet(
    sheet: Sheet, raw: Mapping[str, Sequence[str]], language: str
) -> tuple[dict[str, Value], tuple[Trouble, ...]]:
    """The answers in what a page's form sent, masked, and what is wrong with them.

    What the page does not ask is passed over; a question that was not answered has no key.
    """
    answers: dict[str, Value] = {}
    troubles: list[Trouble] = []
    tokens = ENGLISH_TOKENS if language == "en" else SWEDISH_TOKENS
    for asked in sheet.asked:
        value, trouble = read_answer(asked, raw.get(asked.id, ()))
        if trouble is not None:
            troubles.append(trouble)
        if value is not None:
            is_text = asked.question.kind == "text"
            answers[asked.id] = mask_text(str(value), tokens=tokens).text if is_text else value
    return answers, tuple(troubles)


def check_sheet(sheet: Sheet, answers: Answers) -> tuple[Trouble, ...]:
    """What must be mended in the answers of a page."""
    raw = {asked.id: answers.get(asked.id, ()) for asked in sheet.asked}
    given = {name: (value,) if isinstance(value, str) else value for name, value in raw.items()}
    found = (read_answer(asked, given[asked.id])[1] for asked in sheet.asked)
    return tuple(trouble for trouble in found if trouble is not None)


def send_own(installation: Installation, round_id: str, *, wave: int, by: Person) -> None:
    """Send a member's answers; sending again changes nothing. They are counted when the round is closed.

    Raises SurveyError as `keep_sheet` does, panel_nothing_to_send when no page was come to, and
    panel_needs_mending with the key of the page in `sheet`.
    """
    definition = find_definition_of(installation, round_id, by=by)
    lock = find_lock_of_open(installation, round_id)
    with installation.database.write() as connection:
        own = claim_own(connection, lock, round_id, wave, by=by)
        sheets = list_asked_now(connection, definition, round_id, wave)
        if not any(own.find(sheet.key).revision for sheet in sheets):
            raise SurveyError("panel_nothing_to_send")
        for sheet in sheets:
            if check_sheet(sheet, own.find(sheet.key).answers):
                raise SurveyError("panel_needs_mending", sheet=sheet.key)
        keep_own(connection, lock, round_id, wave, replace(own, sent=True), by=by)


def change_own(installation: Installation, round_id: str, *, wave: int, by: Person) -> None:
    """Take sent answers back to change them, until the round is closed. Raises as `keep_sheet` does."""
    check_can_rate(by=by)
    lock = find_lock_of_open(installation, round_id)
    with installation.database.write() as connection:
        own = claim_own(connection, lock, round_id, wave, by=by)
        if own.sent:
            keep_own(connection, lock, round_id, wave, replace(own, sent=False), by=by)
