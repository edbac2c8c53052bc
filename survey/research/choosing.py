"""How coarse must a survey's file be, and whom does it leave out? The first pass over the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.k_anonymity import LEAST_K, Chosen, Counting
from survey.definition.model import Definition
from survey.errors import SurveyError
from survey.insight.published import list_all_publications, list_versions
from survey.installation import Installation, find_definition
from survey.research.ladder import Ladder, make_ladder
from survey.research.reading import Question, Reader, list_questions
from survey.store import responses
from survey.store.publications import Publication
from survey.store.responses import Researched


@dataclass(frozen=True)
class Plan:
    """What a file is made of: a survey's published months, its ladder and questions, and what was chosen."""

    survey: str
    months: tuple[str, ...]
    published: tuple[Publication, ...]
    definitions: tuple[Definition, ...]
    ladder: Ladder
    questions: tuple[Question, ...]
    k: int
    chosen: Chosen


def find_least(installation: Installation) -> int:
    """How many must be alike: ten, or as many as a public figure needs where that is more."""
    return max(LEAST_K, installation.settings.threshold_public)


def plan_file(installation: Installation, survey: str, check: Callable[[], None]) -> Plan:
    """Choose how coarse the file of a survey's published months must be. `check` is called now and then.

    Raises SurveyError nothing_published, and research_too_few when nobody is left.
    """
    published = list_all_publications(installation, survey)
    if not published:
        raise SurveyError("nothing_published")
    months = tuple(sorted({one.month for one in published}))
    versions = list_versions(published)
    definitions = tuple(find_definition(installation, survey, version) for version in versions)
    ladder, questions = make_ladder(definitions, installation.areas), list_questions(definitions)
    k = find_least(installation)
    chosen = count_people(installation, survey, months, ladder, questions, k, check)
    if not chosen.kept:
        raise SurveyError("research_too_few", least=k)
    return Plan(survey, months, published, definitions, ladder, questions, k, chosen)


def count_people(
    installation: Installation,
    survey: str,
    months: tuple[str, ...],
    ladder: Ladder,
    questions: tuple[Question, ...],
    k: int,
    check: Callable[[], None],
) -> Chosen:
    """Everybody once, in whatever order the database has them; only combinations are kept in memory."""
    with installation.database.read(newest=True) as connection:
        total = sum(responses.count_responses(connection, survey, month) for month in months)
    counting = Counting(ladder.steps, k=k, total=total)
    for month in months:
        with installation.database.read(newest=True) as connection:
            for rows in responses.iterate_researched(connection, survey, month):
                check()
                count_rows(rows, counting, ladder, questions)
    return counting.choose(questions=len(questions))


def count_rows(
    rows: Sequence[Researched], counting: Counting, ladder: Ladder, questions: Sequence[Question]
) -> None:
    """Count some people; those after one by whom the counting climbed are read on the new rung."""
    at = 0
    while at < len(rows):
        for combination, seen in Reader(ladder, questions, counting.level).count(rows[at:]):
            at += 1
            if counting.add(combination, seen):
                break
