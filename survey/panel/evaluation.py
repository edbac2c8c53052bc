"""How do members tell how a mission was, and what may a coordinator see of it?

All answers about a mission lie in one row, sorted, without name or day; that somebody has answered is noted
beside their invitation. Figures are shown once the last day to answer is over, so that none ever moves by a
single person's answer, and from five answers only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown
from analysis.scores import score_by_half_rule, score_item
from survey.definition.model import Definition, Question
from survey.errors import SurveyError
from survey.installation import Installation, find_definition
from survey.panel.answering import open_own
from survey.panel.states import Reply, State
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits, missions, rounds
from survey.store.missions import Invitation, Mission

SURVEY, PART = "resursgrupp", "mission"
AGAIN = "b29"  # whether one would take more missions of this kind
AGAIN_YES = "yes_again"
THRESHOLD = 5  # instrument B: panel distributions are shown only from 5 answers
EVALUATION_DAYS = 30  # to answer in, from the day feedback was promised for, or was told
EVALUATED_STATES = (State.DONE, State.TOLD)

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Evaluated:
    """How a mission was: quality 0-100, and how many of how many would do such a mission again."""

    mission: Mission
    quality: float
    answers: int
    again: int


@dataclass(frozen=True)
class Waiting:
    """Nothing is told before the last day to answer is over."""

    last_day: date


Result = Shown[Evaluated] | Hidden | NoAnswers | Waiting


def find_survey(installation: Installation) -> Definition:
    """The newest version of the panel's survey. Raises SurveyError definition_unknown."""
    with installation.database.read() as connection:
        versions = rounds.list_versions(connection, SURVEY)
    return find_definition(installation, SURVEY, max(versions, default=""))


def list_questions(definition: Definition) -> tuple[Question, ...]:
    """What is asked about a mission."""
    return next((part.questions for part in definition.parts if part.id == PART), ())


def find_last_day(mission: Mission) -> date:
    """The last day on which a mission can be evaluated."""
    return max(mission.feedback_by, mission.told or mission.feedback_by) + timedelta(days=EVALUATION_DAYS)


def can_evaluate(mission: Mission, one: Invitation, *, today: date) -> bool:
    """Whether a member may evaluate a mission: they took part, have not yet, and it is not too late."""
    took_part = one.state == Reply.SIGNED and one.occasion == mission.occasion
    return (
        took_part
        and not one.evaluated
        and mission.state in EVALUATED_STATES
        and find_last_day(mission) >= today
    )


def evaluate_mission(
    installation: Installation, invitation: str, *, answers: Mapping[str, str], by: Person
) -> None:
    """Keep how a mission was for a member, once; questions may be left out.

    The audit log says that somebody evaluated it and not who, because the row it stands in is written then.
    Raises SurveyError not_allowed, invitation_unknown, evaluation_closed, evaluation_empty and
    evaluation_wrong for an answer that is none of the question's.
    """
    definition = find_survey(installation)
    kept = check_answers(definition, answers)
    with open_own(installation, invitation, by=by) as (change, one):
        if not can_evaluate(change.mission, one, today=installation.today()):
            raise SurveyError("evaluation_closed")
        missions.change_invitation(change.connection, replace(one, evaluated=True), state=one.state)
        known = missions.list_evaluations(change.connection).get(one.mission)
        every = [*(read_document(known[1]) if known else ()), kept]
        document = write_document(every)
        missions.keep_evaluation(change.connection, one.mission, definition.version, document)
        audits.add_event(change.connection, "mission evaluated", one.mission, by="panel_member")


def check_answers(definition: Definition, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that were given. Raises SurveyError evaluation_empty and evaluation_wrong."""
    codes = {
        question.id: {option.code for option in definition.list_options(question)}
        for question in list_questions(definition)
    }
    given = {question: code for question, code in answers.items() if code}
    if not given:
        raise SurveyError("evaluation_empty")
    if any(code not in codes.get(question, ()) for question, code in given.items()):
        raise SurveyError("evaluation_wrong")
    return given


def write_document(every: Iterable[Answers]) -> str:
    """All answers about a mission, sorted, so that their order tells nothing."""
    return json.dumps(sorted((dict(sorted(one.items())) for one in every), key=json.dumps))


def read_document(document: str) -> list[dict[str, str]]:
    return json.loads(document)


def score_quality(definition: Definition, answers: Answers) -> float | None:
    """One member's mission quality 0-100: the mean of b20-b27 after reversal, where half are answered."""
    return score_by_half_rule(
        [
            score_answer(definition, question, answers.get(question.id))
            for question in list_questions(definition)
            if question.kind == "scale"
        ]
    )


def score_answer(definition: Definition, question: Question, code: str | None) -> float | None:
    """The score of an answer after reversal; None where there is none, or it has no score."""
    scores = {option.code: option.score for option in definition.list_options(question)}
    score = scores.get(code) if code else None
    return None if score is None else score_item(score, reverse=question.reverse)


def summarise(definition: Definition, mission: Mission, every: Sequence[Answers], *, today: date) -> Result:
    """What may be seen of the answers about a mission."""
    if find_last_day(mission) >= today:
        return Waiting(find_last_day(mission))
    if not every:
        return NoAnswers()
    qualities = [score for one in every if (score := score_quality(definition, one)) is not None]
    if len(qualities) < THRESHOLD:
        return Hidden(HiddenReason.TOO_FEW, THRESHOLD)
    again = len([one for one in every if one.get(AGAIN) == AGAIN_YES])
    return Shown(Evaluated(mission, sum(qualities) / len(qualities), len(qualities), again))


def find_result(installation: Installation, mission: Mission, *, by: Person) -> Result:
    """What a coordinator may see of how a mission was. Raises SurveyError not_allowed."""
    check_can_do(Permission.LEAD_MISSIONS, by=by)
    with installation.database.read(newest=True) as connection:
        known = missions.list_evaluations(connection).get(mission.id)
    version, every = (known[0], read_document(known[1])) if known else ("", [])
    definition = find_definition(installation, SURVEY, version) if known else find_survey(installation)
    return summarise(definition, mission, every, today=installation.today())
