"""How the panel's coding is learnt from: trained, compared with the lexicon, put in force by a person.

What is put in force counts for comments that are read from then on, and all stored ones are read again. What
was published stays as it was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, cast

import orjson

from analysis.text.learning import Coded, train
from analysis.text.learning_accuracy import Accuracy
from analysis.text.learning_evaluation import Evaluation, evaluate, hold_out
from analysis.text.learning_file import write_model
from survey.comments.model_in_force import describe_anew, load_model
from survey.comments.reading import find_asked, find_reader
from survey.comments.theme_lists import find_themes_of, list_theme_codes
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import audits, comments, reviews, themes
from survey.store.comments import Coding, Readable
from survey.store.themes import StoredModel, ThemeChoice

LEAST_CODED = 50  # comments that must be coded before anything is learnt: fewer leave a dozen to judge by
MOST_REASON = 500  # characters


@dataclass(frozen=True)
class Judged:
    """How a theme did on comments that were not learnt from, by the model and by the lexicon."""

    theme: str
    basis: str
    verdict: str
    model: Accuracy
    lexicon: Accuracy


@dataclass(frozen=True)
class Learnt:
    """A model as it is judged. Macro-F1 is 0-1, None where no comment held out has a theme."""

    number: int
    made: datetime
    made_by: str
    coded: int
    held_out: int
    macro_f1: float | None
    lexicon_macro_f1: float | None
    verdict: str
    themes: tuple[Judged, ...]


@dataclass(frozen=True)
class Learning:
    """Where learning stands. `in_force` is a model's number, None for the lexicon alone.

    `unread` comments wait to be read with what is in force.
    """

    coded: Mapping[str, int]
    codings: int
    models: tuple[Learnt, ...]
    choices: tuple[ThemeChoice, ...]
    in_force: int | None
    unread: int


def find_learning(installation: Installation, *, by: Person) -> Learning:
    """What has been coded and learnt. Raises SurveyError not_allowed."""
    check_can_do(Permission.TEACH_THEMES, by=by)
    chain, _ = find_reader(installation)
    with installation.database.read(newest=True) as connection:
        coded = reviews.count_coded_themes(connection)
        models = themes.list_models(connection)
        choices = themes.list_choices(connection)
        unread = comments.count_unread(connection, chain)
    known = list_theme_codes(installation.settings)
    return Learning(
        {theme: coded.get(theme, 0) for theme in known},
        coded[""],
        tuple(map(read_learnt, models)),
        choices,
        choices[0].model if choices else None,
        unread,
    )


def train_model(installation: Installation, *, survey: str, by: Person) -> int:
    """Learn from all that is coded and judge it on a part held out; the new model's number. Nothing is in
    force by it.

    Raises SurveyError: not_allowed, too_few_coded.
    """
    check_can_do(Permission.TEACH_THEMES, by=by)
    coded = list_coded(installation, survey)
    if len(coded) < LEAST_CODED:
        raise SurveyError("too_few_coded", coded=len(coded), least=LEAST_CODED)
    known = list_theme_codes(installation.settings)
    learnt_from, held_out = hold_out(coded)
    judged = evaluate(train(learnt_from, themes=known), held_out)
    new = StoredModel(
        number=0,
        made=datetime.now(UTC),
        made_by=by.name,
        coded=len(coded),
        document=write_model(train(coded, themes=known)),
        evaluation=write_evaluation(judged),
    )
    with installation.database.write() as connection:
        number = themes.add_model(connection, new)
        audits.add_event(connection, "theme model trained", str(number), by=by.name, coded=len(coded))
    return number


def list_coded(installation: Installation, survey: str) -> list[Coded]:
    """Every coded comment with the themes that at least half of its readers saw."""
    lists = find_themes_of(installation.settings)
    with installation.database.read(newest=True) as connection:
        codings = comments.list_codings(connection, survey)
    rows: dict[bytes, Readable] = {}
    found: dict[bytes, list[Coding]] = defaultdict(list)
    for coding, row in codings:
        rows[row.id] = row
        found[row.id].append(coding)
    return [
        Coded(
            describe_anew(row.text, find_asked(installation, survey, row.question), row.language, lists),
            settle(found[row.id]),
        )
        for row in rows.values()
    ]


def settle(codings: Sequence[Coding]) -> frozenset[str]:
    """The themes that at least half of a comment's readers saw."""
    seen = Counter(theme for coding in codings for theme in coding.themes)
    return frozenset(theme for theme, number in seen.items() if 2 * number >= len(codings))


def put_in_force(installation: Installation, number: int | None, reason: str, *, by: Person) -> None:
    """Let a model suggest themes from now on, or the lexicon alone; stored comments are read again by and by.

    Raises SurveyError: not_allowed, text_missing, text_too_long, model_unknown, model_broken, and
    model_in_force when it is so already.
    """
    check_can_do(Permission.TEACH_THEMES, by=by)
    told = reason.strip()
    if not told:
        raise SurveyError("text_missing")
    if len(told) > MOST_REASON:
        raise SurveyError("text_too_long", most=MOST_REASON)
    if number is not None:
        load_model(installation, number)
    with installation.database.write() as connection:
        if themes.find_model_in_force(connection) == number:
            raise SurveyError("model_in_force")
        themes.add_choice(connection, ThemeChoice(0, number, datetime.now(UTC), by.name, told))
        audits.add_event(connection, "theme model put in force", str(number or "lexicon"), by=by.name)


def write_evaluation(judged: Evaluation) -> str:
    """An evaluation as the JSON document that is stored."""
    return orjson.dumps(
        {
            "held_out": judged.n,
            "macro_f1": judged.macro_f1,
            "lexicon_macro_f1": judged.lexicon_macro_f1,
            "verdict": judged.verdict.value,
            "themes": [
                {
                    "theme": one.theme,
                    "basis": one.basis.value,
                    "verdict": one.verdict.value,
                    "model": asdict(one.model),
                    "lexicon": asdict(one.lexicon),
                }
                for one in judged.themes
            ],
        }
    ).decode()


def read_learnt(stored: StoredModel) -> Learnt:
    """A stored model with its evaluation."""
    found = cast(dict[str, Any], orjson.loads(stored.evaluation))
    return Learnt(
        stored.number,
        stored.made,
        stored.made_by,
        stored.coded,
        found["held_out"],
        found["macro_f1"],
        found["lexicon_macro_f1"],
        found["verdict"],
        tuple(
            Judged(
                one["theme"],
                one["basis"],
                one["verdict"],
                Accuracy(**one["model"]),
                Accuracy(**one["lexicon"]),
            )
            for one in found["themes"]
        ),
    )
