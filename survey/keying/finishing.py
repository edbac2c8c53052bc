"""How is a form finished: keyed once, keyed again, chosen where two differ, and undone while it can be?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from analysis.keying import find_differences
from survey.answering.answers import Trouble
from survey.answering.drafts import DRAFT_DAYS, check_round_open, find_lock, seal_draft
from survey.answering.journey import Survey
from survey.errors import SurveyError
from survey.installation import Installation
from survey.keying.keeping import keep_all_last
from survey.keying.opening import Opened, name_keyer
from survey.keying.reading import read_sheet
from survey.keying.sampling import find_share, is_drawn
from survey.keying.sealing import Entry, find_row_id, find_secret, open_entry, read_round_key, seal_entry
from survey.keying.states import State
from survey.paper.boxes import list_rows
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits, drafts, keyed
from survey.store.database import Connection
from survey.store.keyed import KeyedForm
from survey.store.rounds import Round


@dataclass(frozen=True)
class Finished:
    """What became of a form: where it is now, or what must be mended before it can be finished."""

    state: State
    troubles: tuple[Trouble, ...] = ()
    differing: tuple[str, ...] = field(default=())


def finish_form(installation: Installation, opened: Opened, *, by: Person) -> Finished:
    """Finish a form whose every question has been typed and kept.

    The one before, by the same person, is kept for good then. Nothing is finished while there are troubles.
    Raises SurveyError not_allowed, round_not_open, form_just_keyed when somebody was first, key_* and
    database_*.
    """
    check_can_do(Permission.KEY_PAPER, by=by)
    check_round_open(installation, opened.round)
    troubles = read_sheet(opened.survey, list_strings(opened.draft.answers)).troubles
    if troubles:
        return Finished(State.HALF, troubles)
    keep_all_last(installation, opened.round.id, by=name_keyer(by))
    return (
        finish_again(installation, opened, by=by) if opened.again else finish_once(installation, opened, by)
    )


def finish_once(installation: Installation, opened: Opened, by: Person) -> Finished:
    round_key = read_round_key(installation, opened.round.id)
    drawn = is_drawn(round_key, opened.secret, find_share(installation, opened.round.id))
    state = State.WAITING if drawn else State.LAST
    row_id, entry = find_row_id(round_key, opened.secret), Entry(opened.secret, opened.draft)
    sealed = seal_entry(round_key, row_id, entry)
    form = KeyedForm(row_id, opened.round.id, state.value, name_keyer(by), "", sealed, datetime.now(UTC))
    with installation.database.write() as connection:
        if not keyed.add_form(connection, form):
            raise SurveyError("form_just_keyed")
        note_finished(connection, installation, opened, by=by, state=state)
    return Finished(state)


def finish_again(installation: Installation, opened: Opened, *, by: Person) -> Finished:
    """The second entry of a form: equal to the first it is finished, else somebody chooses."""
    round_key = read_round_key(installation, opened.round.id)
    row = opened.row
    if row is None:
        raise SurveyError("form_just_keyed")
    first = open_entry(round_key, row.id, row.sealed)
    entry = replace(first, second=opened.draft)
    differing = list_differing(opened.survey, entry)
    state = State.DIFFERING if differing else State.LAST
    form = replace(
        row,
        state=state.value,
        second_by=name_keyer(by),
        sealed=seal_entry(round_key, row.id, entry),
        changed=datetime.now(UTC),
    )
    with installation.database.write() as connection:
        if not keyed.change_form(connection, form, was=State.WAITING.value):
            raise SurveyError("form_just_keyed")
        note_finished(connection, installation, opened, by=by, state=state)
    return Finished(state, differing=differing)


def note_finished(
    connection: Connection, installation: Installation, opened: Opened, *, by: Person, state: State
) -> None:
    """What goes with every finished form: its draft, its number, and the log without what was answered."""
    drafts.delete_draft(connection, find_lock(installation, opened.round.id).find_id(opened.secret))
    keyed.add_keyed(connection, opened.round.id, installation.today(), name_keyer(by))
    audits.add_event(connection, "paper form keyed", opened.round.id, by=by.name, state=state.value)


def list_strings(typed: Mapping[str, object]) -> dict[str, str]:
    return {name: value for name, value in typed.items() if isinstance(value, str)}


def list_differing(survey: Survey, entry: Entry) -> tuple[str, ...]:
    """The questions that were keyed differently, in the form's order; white space in texts does not count."""
    if entry.second is None:
        return ()
    first, second = (
        {name: " ".join(text.split()) for name, text in list_strings(draft.answers).items()}
        for draft in (entry.first, entry.second)
    )
    differing = find_differences(first, second)
    return tuple(row.id for row in list_rows(survey) if row.id in differing)


def choose_between(
    installation: Installation, opened: Opened, chosen: Mapping[str, str], *, by: Person
) -> Finished:
    """Say whose entry counts at each question where two differ: first or second.

    Raises SurveyError not_allowed, choice_missing when one is not said, form_just_keyed when it was done
    meanwhile, and choice_wrong where what comes of it cannot be (two that do not go together).
    """
    check_can_do(Permission.KEY_PAPER, by=by)
    if opened.row is None or opened.entry is None:
        raise SurveyError("form_just_keyed")
    differing = list_differing(opened.survey, opened.entry)
    kept = {name: chosen[name] for name in differing if chosen.get(name) in ("first", "second")}
    if len(kept) < len(differing):
        raise SurveyError("choice_missing", number=len(differing) - len(kept))
    entry = replace(opened.entry, kept=kept)
    if read_sheet(opened.survey, list_strings(entry.list_typed())).troubles:
        raise SurveyError("choice_wrong")
    round_key = read_round_key(installation, opened.round.id)
    row = opened.row
    form = replace(
        row,
        state=State.LAST.value,
        sealed=seal_entry(round_key, row.id, entry),
        changed=datetime.now(UTC),
    )
    with installation.database.write() as connection:
        if not keyed.change_form(connection, form, was=State.DIFFERING.value):
            raise SurveyError("form_just_keyed")
        facts = {"differing": len(differing)}
        audits.add_event(connection, "paper form settled", opened.round.id, by=by.name, **facts)
    return Finished(State.LAST)


def undo_last(installation: Installation, round_: Round, *, by: Person) -> None:
    """Take back what somebody finished last, so that it can be typed anew with its code.

    A second entry goes, and the first waits again. Raises SurveyError not_allowed, and nothing_to_undo when
    it is kept for good already.
    """
    check_can_do(Permission.KEY_PAPER, by=by)
    keyer = name_keyer(by)
    with installation.database.read(newest=True) as connection:
        own = keyed.list_forms(connection, states=[State.LAST.value], round_id=round_.id, by=keyer)
    if not own:
        raise SurveyError("nothing_to_undo")
    take_back(installation, round_, own[0], by=by)


def undo_waiting(installation: Installation, round_: Round, code: str, *, by: Person) -> None:
    """Take back a first entry that waits for its second, by who keyed it. Raises as undo_last does."""
    check_can_do(Permission.KEY_PAPER, by=by)
    row_id = find_row_id(read_round_key(installation, round_.id), find_secret(installation, code))
    with installation.database.read(newest=True) as connection:
        row = keyed.find_form(connection, row_id)
    if row is None or row.state != State.WAITING.value or row.first_by != name_keyer(by):
        raise SurveyError("nothing_to_undo")
    take_back(installation, round_, row, by=by)


def take_back(installation: Installation, round_: Round, row: KeyedForm, *, by: Person) -> None:
    """Put a form back to where it was before somebody's entry, with what they had typed as a draft."""
    round_key, lock = read_round_key(installation, round_.id), find_lock(installation, round_.id)
    entry = open_entry(round_key, row.id, row.sealed)
    with installation.database.write() as connection:
        if row.second_by:
            alone = Entry(entry.secret, entry.first)
            sealed = seal_entry(round_key, row.id, alone)
            back = replace(row, state=State.WAITING.value, second_by="", sealed=sealed)
            is_done = keyed.change_form(connection, back, was=row.state)
        else:
            is_done = keyed.take_form(connection, row.id, state=row.state)
            drafts.save_draft(
                connection,
                draft_id=lock.find_id(entry.secret),
                round_id=round_.id,
                sealed=seal_draft(entry.first, lock.find_key(entry.secret)),
                expires=installation.today() + timedelta(days=DRAFT_DAYS),
            )
        if not is_done:
            raise SurveyError("nothing_to_undo")
        keyed.add_keyed(connection, round_.id, installation.today(), name_keyer(by), -1)
        audits.add_event(connection, "paper form undone", round_.id, by=by.name, was=row.state)
