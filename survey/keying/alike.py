"""How many fields of a form that was keyed twice were alike, and how alike is the keying of a round?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from analysis.keying import KeyedAlike, find_differences, measure_alike
from survey.answering.drafts import find_survey
from survey.definition.model import Form
from survey.installation import Installation
from survey.keying.sealing import Entry
from survey.paper.boxes import list_rows
from survey.people.permissions import can_do, check_can_do
from survey.people.roles import Permission, Person
from survey.store import keyed
from survey.store.keyed import KeyedForm
from survey.store.rounds import Round

QUESTION, KEYER = "question", "keyer"
Tally = dict[tuple[str, str], tuple[int, int]]


def count_alike(installation: Installation, round_: Round, row: KeyedForm, entry: Entry) -> Tally:
    """Fields compared and alike of one form, by question and by keyer; nothing of a form that was keyed once.

    Every question with boxes is a field, also one that both left: how many are compared must not tell which
    questions somebody was asked. Free texts are compared by who chooses and not counted: two people never
    write a page alike. A keyer's fields are compared with what counted in the end.
    """
    if entry.second is None:
        return {}
    survey = find_survey(installation, round_, entry.first.form)
    fields = [one.id for one in list_rows(survey) if one.kind != "text"]

    def pick(typed: Mapping[str, object]) -> dict[str, str]:
        return {name: str(typed[name]) for name in fields if name in typed}

    first, second, kept = pick(entry.first.answers), pick(entry.second.answers), pick(entry.list_typed())
    differing = find_differences(first, second)
    found: Tally = {(QUESTION, name): (1, int(name not in differing)) for name in fields}
    for keyer, own in ((row.first_by, first), (row.second_by, second)):
        found[KEYER, keyer] = (len(fields), len(fields) - len(find_differences(own, kept)))
    return found


@dataclass(frozen=True)
class AlikeInRound:
    """The agreement of a round: of all fields, by question (id and number on the form), and by keyer.

    Keyers have letters and no names; `own` is the viewer's. None where too few fields were compared.
    """

    forms: int
    whole: KeyedAlike | None
    questions: tuple[tuple[str, int, int], ...]
    keyers: tuple[tuple[str, KeyedAlike | None], ...]
    own: KeyedAlike | None


def find_alike(installation: Installation, round_: Round, *, viewer: Person) -> AlikeInRound:
    """How alike forms of a round were keyed. Only who leads sees questions and keyers but their own.

    Raises SurveyError not_allowed.
    """
    check_can_do(Permission.KEY_PAPER, by=viewer)
    with installation.database.read(newest=True) as connection:
        questions = keyed.list_alike(connection, round_.id, QUESTION)
        keyers = keyed.list_alike(connection, round_.id, KEYER)
    leads = can_do(Permission.LEAD_KEYING, by=viewer)
    compared = sum(one for one, _ in questions.values())
    whole = measure_alike(sum(alike for _, alike in questions.values()), compared)
    mine = keyers.get(viewer.id or viewer.role.value, (0, 0))
    return AlikeInRound(
        max((one for one, _ in questions.values()), default=0),
        whole,
        tuple((name, *questions[name]) for name in order_questions(installation, round_, questions))
        if leads
        else (),
        tuple((name_letter(at), measure_alike(alike, of)) for at, (of, alike) in enumerate(keyers.values()))
        if leads
        else (),
        measure_alike(mine[1], mine[0]),
    )


def name_letter(at: int) -> str:
    """A, B and on; after Z comes A2."""
    turn, place = divmod(at, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(turn + 1) if turn else "")


def order_questions(
    installation: Installation, round_: Round, questions: Mapping[str, tuple[int, int]]
) -> list[str]:
    """The questions that were compared, those that differ most first, else as they stand on the form."""
    definition = find_survey(installation, round_, find_form(round_)).definition
    places = {one.id: at for at, one in enumerate(definition.questions)}
    return sorted(questions, key=lambda one: (questions[one][1] / questions[one][0], places.get(one, 0)))


def find_form(round_: Round) -> Form:
    return "short" if round_.forms == "short" else "full"
