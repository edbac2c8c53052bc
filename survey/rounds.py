"""How a round is opened, and which rounds a person may answer now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from survey.answering.codes import make_code
from survey.answering.drafts import SENT_DAYS, hash_code, seal_area
from survey.definition.load import seal_definition
from survey.definition.model import Definition, Question
from survey.errors import SurveyError
from survey.installation import SYSTEM, Installation, find_definition
from survey.people.roles import Permission, Person
from survey.store import audits, drafts, invitations, keyed, rounds, submissions
from survey.store.rounds import Round

DOORS = ("open", "coded", "kiosk", "panel", "import")
MODES = ("anonymous", "confidential")
RESERVED = frozenset({"kod", "kvitto", "fil"})  # pages of the plain form have these addresses
FORMS = ("full", "short", "choose")
NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])")


@dataclass(frozen=True)
class NewRound:
    """What is needed to open a round. `id` is its name in addresses."""

    id: str
    survey: str
    version: str
    title: str
    opens: date
    closes: date
    door: str = "open"
    forms: str = "choose"
    mode: str = "anonymous"
    audience: str = ""
    left_out: tuple[str, ...] = ()
    most: int | None = None


def open_round(installation: Installation, new: NewRound, *, by: str) -> Round:
    """Store a round.

    Raises SurveyError: round_name_wrong, round_name_reserved, round_exists, round_dates_wrong,
    round_door_wrong, round_forms_wrong, round_mode_wrong, round_left_out_wrong, round_most_wrong,
    round_title_missing, definition_unknown.
    """
    check_new_round(installation, new)
    checksum = seal_definition(find_definition(installation, new.survey, new.version))
    found = Round(
        new.id,
        new.survey,
        new.version,
        new.title.strip(),
        new.door,
        new.forms,
        new.opens,
        new.closes,
        checksum,
        new.mode,
        new.audience.strip(),
        new.left_out,
        new.most,
    )
    with installation.database.write() as connection:
        if rounds.find_round(connection, new.id) is not None:
            raise SurveyError("round_exists", round=new.id)
        installation.keys.create_round_key(new.id)
        rounds.add_round(connection, found)
        facts = {"survey": new.survey, "door": new.door, "mode": new.mode, "left_out": new.left_out}
        audits.add_event(connection, "round opened", new.id, by=by, **facts)
    return found


def check_new_round(installation: Installation, new: NewRound) -> None:
    """Raises the SurveyError of the first thing that is wrong with a round."""
    if not NAME.fullmatch(new.id):
        raise SurveyError("round_name_wrong")
    if new.id in RESERVED:
        raise SurveyError("round_name_reserved", round=new.id)
    if not new.title.strip():
        raise SurveyError("round_title_missing")
    if new.closes < new.opens:
        raise SurveyError("round_dates_wrong", opens=new.opens.isoformat(), closes=new.closes.isoformat())
    if new.door not in DOORS:
        raise SurveyError("round_door_wrong", door=new.door[:20], doors=", ".join(DOORS))
    definition = find_definition(installation, new.survey, new.version)
    if new.forms not in FORMS or ("short" not in definition.forms and new.forms != "full"):
        raise SurveyError("round_forms_wrong", forms=new.forms[:20])
    if new.mode not in MODES or (new.mode == "confidential" and new.door != "coded"):
        raise SurveyError("round_mode_wrong")
    if not set(new.left_out) <= {question.id for question in list_sensitive(definition)}:
        raise SurveyError("round_left_out_wrong")
    if new.most is not None and (new.most < 1 or new.door not in ("open", "kiosk")):
        raise SurveyError("round_most_wrong")


def list_sensitive(definition: Definition) -> tuple[Question, ...]:
    """The questions that a definition marks as sensitive (`sensitive: true`): a round may leave them out."""
    return tuple(question for question in definition.questions if question.sensitive)


def find_round_now(installation: Installation, round_id: str) -> Round:
    """A round as it is stored now. Raises SurveyError round_unknown."""
    with installation.database.read(newest=True) as connection:
        found = rounds.find_round(connection, round_id)
    if found is None:
        raise SurveyError("round_unknown")
    return found


def list_rounds(installation: Installation) -> tuple[Round, ...]:
    """Every round, the newest first."""
    with installation.database.read(newest=True) as connection:
        return rounds.list_rounds(connection)


def retire_rounds(installation: Installation) -> tuple[str, ...]:
    """Forget drafts and unused codes of rounds that are over and destroy their keys; the rounds retired now.

    The day after the last one is left for receipts to be shown again.
    """
    last = installation.today() - timedelta(days=SENT_DAYS)
    over = [r for r in list_rounds(installation) if r.closes < last]
    ended = [
        r.id for r in over if installation.keys.has_round_key(r.id) and not has_unkept(installation, r.id)
    ]
    if ended:
        with installation.database.write() as connection:
            drafts.delete_drafts_of_rounds(connection, ended)
            unused = submissions.delete_codes_of_rounds(connection, ended)
            keyed.delete_of_rounds(connection, ended)
            audits.add_event(connection, "rounds retired", ", ".join(ended), by=SYSTEM, unused_codes=unused)
        for round_id in ended:
            installation.keys.destroy_round_key(round_id)
    return tuple(ended)


def has_unkept(installation: Installation, round_id: str) -> bool:
    """Whether forms on paper are keyed and not kept yet: the round's key must not go before they are."""
    with installation.database.read(newest=True) as connection:
        return bool(keyed.count_forms(connection, round_id))


def list_open_rounds(installation: Installation, *, viewer: Person) -> tuple[Round, ...]:
    """The rounds a person may answer today: everybody's, and the panel's for its members."""
    doors = {"open", "coded"}
    if Permission.ANSWER_PANEL_ROUND in viewer.permissions:
        doors.add("panel")
    today = installation.today()
    return tuple(r for r in list_rounds(installation) if r.door in doors and r.is_open(today))


def make_codes(
    installation: Installation, round_: Round, *, area: str, number: int, by: str
) -> tuple[str, ...]:
    """New codes for a round and a municipality. Only their keyed hashes are kept: this list exists once.

    So many more people count as invited. Raises SurveyError round_not_coded, codes_need_order for a
    confidential round, whose letters have references, and area_unknown.
    """
    if round_.door != "coded":
        raise SurveyError("round_not_coded", round=round_.id)
    if round_.is_confidential:
        raise SurveyError("codes_need_order", round=round_.id)
    installation.areas.find(area)
    codes = tuple(make_code(demo=installation.is_demo) for _ in range(number))
    rows = [(hash_code(installation, code), seal_area(installation, code, area)) for code in codes]
    with installation.database.write() as connection:
        submissions.add_codes(connection, round_.id, rows)
        if rows:
            invitations.add_invited(connection, round_.id, area, len(rows))
        audits.add_event(connection, "codes made", round_.id, by=by, number=number, area=area)
    return codes
