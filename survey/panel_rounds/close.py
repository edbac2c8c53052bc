"""How is a round closed and its answers made the group's, opened a second time, and finished?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey.answering.answers import Answers, Asked
from survey.answering.keys import name_panel_round
from survey.answering.seal import make_row_id
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
from survey.panel_rounds.minutes import check_minutes
from survey.panel_rounds.own import Own, find_lock
from survey.panel_rounds.permissions import check_can_run_rounds
from survey.panel_rounds.sheets import Sheet
from survey.panel_rounds.states import SECOND, Event, find_next
from survey.people.roles import Person
from survey.store import audits
from survey.store import panel_rounds as stored
from survey.store.database import Connection, claim_job
from survey.store.panel_rounds import Cell, KeptText, PanelRound


@dataclass(frozen=True)
class Progress:
    """How many have sent their answers, and how many have begun and not sent: never who."""

    sent: int
    begun: int


def count_progress(installation: Installation, round_id: str, *, viewer: Person) -> Progress:
    """How far the members have come in what is open now; nobody when nothing is.

    Raises SurveyError not_allowed and panel_round_unknown.
    """
    check_can_run_rounds(by=viewer)
    with installation.database.read(newest=True) as connection:
        wave = find_open_wave(read_round(connection, round_id))
        return Progress(*stored.count_drafts(connection, round_id, wave)) if wave else Progress(0, 0)


def close_round(installation: Installation, round_id: str, *, seen: str, by: Person) -> PanelRound:
    """Close what is open and count what was sent. What was begun and not sent is not counted.

    In one transaction the sealed answers are opened together and become counts, and texts under random ids.
    `seen` is the state that the person saw. Raises SurveyError not_allowed, panel_round_unknown,
    panel_round_moved when somebody else was first, and key_*.
    """
    definition = find_definition_of(installation, round_id, by=by)
    with installation.database.write() as connection:
        found = claim_round(connection, round_id, seen)
        state, wave = find_next(found.state, Event.CLOSE, by=by), find_open_wave(found)
        if wave is None:
            raise SurveyError("panel_round_moved")
        lock = find_lock(installation, round_id)
        sent = [lock.open(one, sent=True) for one in stored.list_sent(connection, round_id, wave)]
        sheets = list_asked_now(connection, definition, round_id, wave)
        move(connection, installation, found, state, by=by, action="panel round closed", sent=len(sent))
        stored.add_counts(connection, round_id, wave, count_answers(sheets, sent))
        stored.add_texts(connection, round_id, wave, list_written(sheets, sent))
        return read_round(connection, round_id)


def open_second(installation: Installation, round_id: str, *, seen: str, by: Person) -> PanelRound:
    """Let the members rate a second time, with what the group answered the first time beside.

    Raises SurveyError as `close_round` does, panel_round_empty when nothing is left to rate, and
    panel_round_too_long.
    """
    definition = find_definition_of(installation, round_id, by=by)
    with installation.database.write() as connection:
        found = claim_round(connection, round_id, seen)
        state = find_next(found.state, Event.OPEN_SECOND, by=by)
        sheets = list_asked_now(connection, definition, round_id, SECOND)
        if not sheets:
            raise SurveyError("panel_round_empty")
        check_minutes(definition, sheets, SECOND)
        move(connection, installation, found, state, by=by, action="panel round opened again")
        return read_round(connection, round_id)


def finish_round(installation: Installation, round_id: str, *, seen: str, by: Person) -> PanelRound:
    """End a round: the members' own copies and the key that opens them are destroyed, the results stay.

    Raises SurveyError as `close_round` does.
    """
    with installation.database.write() as connection:
        found = claim_round(connection, round_id, seen)
        state = find_next(found.state, Event.FINISH, by=by)
        stored.delete_drafts_of(connection, round_id)
        move(connection, installation, found, state, by=by, action="panel round finished")
        finished = read_round(connection, round_id)
    installation.keys.destroy_round_key(name_panel_round(round_id))
    installation.database.overwrite_erased()
    return finished


def find_definition_of(installation: Installation, round_id: str, *, by: Person) -> Definition:
    """The survey of a round that a person runs. Raises not_allowed and panel_round_unknown."""
    check_can_run_rounds(by=by)
    return find_asked_definition(installation, find_panel_round(installation, round_id, viewer=by))


def claim_round(connection: Connection, round_id: str, seen: str) -> PanelRound:
    """The round, once nobody else writes to it. Raises panel_round_unknown, and panel_round_moved when it is
    not in the state that the person saw."""
    claim_job(connection, f"{JOB} {round_id}")
    found = read_round(connection, round_id)
    if found.state != seen:
        raise SurveyError("panel_round_moved")
    return found


def move(
    connection: Connection,
    installation: Installation,
    found: PanelRound,
    state: str,
    *,
    by: Person,
    action: str,
    sent: int | None = None,
) -> None:
    """Bring a round to its next state, with its audit event. Raises panel_round_moved."""
    if not stored.move_round(connection, found, state, day=installation.today(), sent=sent):
        raise SurveyError("panel_round_moved")
    facts = {} if sent is None else {"sent": sent}
    audits.add_event(connection, action, found.id, by=by.name, state=state, **facts)


def count_answers(sheets: Iterable[Sheet], sent: Sequence[Own]) -> Counter[Cell]:
    """How many gave each answer. A page that somebody did not come to counts as nothing, not as skipped."""
    counts: Counter[Cell] = Counter()
    for sheet in sheets:
        for own in sent:
            if not own.find(sheet.key).revision:
                continue
            for asked in sheet.asked:
                if asked.question.kind != "text":
                    answer = write_answer(asked, own.find(sheet.key).answers)
                    counts[Cell(sheet.number, asked.id, answer)] += 1
    return counts


def write_answer(asked: Asked, answers: Answers) -> str:
    """An answer as it is counted: the codes in the order of the options; empty for none.

    A code that is no option, as a theme that was withdrawn, is left out.
    """
    given = answers.get(asked.id, ())
    codes = (given,) if isinstance(given, str) else given
    return " ".join(option.code for option in asked.options if option.code in codes)


def list_written(sheets: Iterable[Sheet], sent: Sequence[Own]) -> list[KeptText]:
    """The texts, masked when they were first kept, each under a random id."""
    found: list[KeptText] = []
    for sheet in sheets:
        for own in sent:
            for asked in sheet.asked:
                given = own.find(sheet.key).answers.get(asked.id)
                if asked.question.kind == "text" and isinstance(given, str):
                    found.append(KeptText(make_row_id(), sheet.number, asked.id, given))
    return found
