"""Is what is learnt from the panel's coding judged, put in force by a person, and taken back?"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from analysis.text.learning import LEAST_CODES
from survey.comments.learning import LEAST_CODED, find_learning, put_in_force, settle, train_model
from survey.comments.reading import read_comments
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.review.coding import code_comment
from survey.store import comments, reviews, themes
from survey.store.comments import Coding
from survey.store.reviews import Slot
from tests.comments.written import VAXJO, Writer, close_and_publish, write
from tests.walks import SURVEY, Calendar

READER, COORDINATOR, MANAGER = Person(Role.PANEL_MEMBER, "a1"), Person(Role.COORDINATOR), Person(Role.MANAGER)
SECRET = "xylofonspelande"  # a word that only stands in comments
# No list knows this word; in this house it is what one eats.
FOOD = (
    "Glumpen var ljummen",
    "En glump var okokt",
    "Glumparna var brända",
    "Glump luktade",
    "Vår glump var grynig",
)
OTHER = ("Gräsmattan är lång", "Hissen är trasig", "Lampan blinkar", "Dörren är tung", "Golvet är halt")
ENDS = (
    "igår",
    "i morse",
    "på onsdagen",
    "hela veckan",
    "som vanligt",
    "den här gången",
    f"sa en {SECRET} granne",
)


def refuse(code: str) -> pytest.RaisesExc[SurveyError]:
    return pytest.raises(SurveyError, check=lambda wrong: wrong.code == code)


@pytest.fixture
def coded(on_sqlite: Installation, calendar: Calendar) -> Iterator[Installation]:
    """Seventy comments that somebody has coded: of food or of nothing, which no word list knows."""
    write(on_sqlite, [Writer(VAXJO, text=f"{what} {end}.") for what in (*FOOD, *OTHER) for end in ENDS])
    close_and_publish(on_sqlite, calendar, 2026, 10)
    code_all(on_sqlite)
    yield on_sqlite


def code_all(installation: Installation) -> None:
    with installation.database.write() as connection:
        waiting = reviews.list_waiting(
            connection, survey=SURVEY, reader=READER.name, second_below=b"", limit=1000
        )
        for row, slot in waiting:
            reviews.take_slot(connection, Slot(row.id, slot, READER.name, datetime.now(UTC), done=False))
    for row, _ in waiting:
        seen = ["food"] if row.text.startswith(FOOD) else []
        code_comment(installation, row.id, themes=seen, quotable=False, by=READER)


def list_food(installation: Installation) -> set[str]:
    """The texts that are read as being about food."""
    with installation.database.read() as connection:
        rows = list(comments.iterate_heard(connection, SURVEY, ["2026-07"]))
    return {row.text for row, _ in rows if "food" in row.themes}


def test_a_model_is_judged_on_comments_it_has_not_seen_and_nothing_is_in_force_by_it(
    coded: Installation,
) -> None:
    before = find_learning(coded, by=COORDINATOR)
    assert (before.codings, before.coded["food"], before.models) == (70, 35, ())
    number = train_model(coded, survey=SURVEY, by=COORDINATOR)
    after = find_learning(coded, by=COORDINATOR)
    (learnt,) = after.models
    assert (learnt.number, learnt.coded, after.in_force, after.unread) == (number, 70, None, 0)
    assert 0 < learnt.held_out < 70
    food = next(one for one in learnt.themes if one.theme == "food")
    assert food.basis == "learnt"
    assert food.model.f1 is not None and food.lexicon.f1 is not None and food.model.f1 > food.lexicon.f1
    assert {one.basis for one in learnt.themes if one.theme != "food"} == {"few_codes"}


def test_a_person_puts_a_model_in_force_and_goes_back_and_comments_are_read_again(
    coded: Installation,
) -> None:
    lexicon = list_food(coded)
    number = train_model(coded, survey=SURVEY, by=COORDINATOR)
    put_in_force(coded, number, "Hittar mer om mat.", by=COORDINATOR)
    assert find_learning(coded, by=COORDINATOR).unread == 70
    read_comments(coded)
    learnt = list_food(coded)
    assert {text for text in learnt if text.startswith(FOOD)} > {
        text for text in lexicon if text.startswith(FOOD)
    }
    put_in_force(coded, None, "Vi väntar.", by=COORDINATOR)
    read_comments(coded)
    assert list_food(coded) == lexicon
    told = [(one.model, one.reason) for one in find_learning(coded, by=COORDINATOR).choices]
    assert told == [(None, "Vi väntar."), (number, "Hittar mer om mat.")]


def test_what_was_published_stays_as_it_was(coded: Installation) -> None:
    with coded.database.read() as connection:
        before = themes.list_published(connection, SURVEY)
    put_in_force(coded, train_model(coded, survey=SURVEY, by=COORDINATOR), "Bättre.", by=COORDINATOR)
    read_comments(coded)
    with coded.database.read() as connection:
        assert themes.list_published(connection, SURVEY) == before


def test_a_model_holds_no_word_of_any_comment(coded: Installation) -> None:
    number = train_model(coded, survey=SURVEY, by=COORDINATOR)
    with coded.database.read() as connection:
        stored = themes.find_model(connection, number)
    assert stored is not None
    with zipfile.ZipFile(io.BytesIO(stored.document)) as archive:
        held = b"".join(archive.read(one) for one in archive.namelist()) + stored.evaluation.encode()
    for word in (SECRET, "Soppan", "soppan", "gröten", "granne"):
        assert word.encode() not in held
        assert word.encode("utf-32-le") not in held


def test_too_little_to_learn_from_is_told(on_sqlite: Installation, calendar: Calendar) -> None:
    write(on_sqlite, [Writer(VAXJO, text=f"{FOOD[0]} {n}") for n in range(LEAST_CODED - 1)])
    close_and_publish(on_sqlite, calendar, 2026, 10)
    code_all(on_sqlite)
    with refuse("too_few_coded"):
        train_model(on_sqlite, survey=SURVEY, by=COORDINATOR)


@pytest.mark.parametrize(
    ("number", "reason", "wrong"),
    [
        (7, "Skäl", "model_unknown"),
        (None, " ", "text_missing"),
        (None, "a" * 501, "text_too_long"),
        (None, "Skäl", "model_in_force"),
    ],
)
def test_what_cannot_be_put_in_force_is_told(
    on_sqlite: Installation, number: int | None, reason: str, wrong: str
) -> None:
    with refuse(wrong):
        put_in_force(on_sqlite, number, reason, by=COORDINATOR)


@pytest.mark.parametrize("who", [READER, MANAGER, Person()])
def test_only_the_coordinator_teaches(on_sqlite: Installation, who: Person) -> None:
    for deed in (
        lambda: find_learning(on_sqlite, by=who),
        lambda: train_model(on_sqlite, survey=SURVEY, by=who),
        lambda: put_in_force(on_sqlite, None, "Skäl", by=who),
    ):
        with refuse("not_allowed"):
            deed()


@pytest.mark.parametrize(
    ("codings", "settled"),
    [
        ([{"food"}], {"food"}),
        ([{"food"}, set[str]()], {"food"}),
        ([{"food"}, set[str](), set[str]()], set[str]()),
        ([{"food", "access"}, {"access"}, {"access"}], {"access"}),
    ],
)
def test_a_theme_counts_when_half_of_the_readers_saw_it(codings: list[set[str]], settled: set[str]) -> None:
    day = Calendar().day
    rows = [Coding(b"1", str(n), tuple(sorted(one)), day) for n, one in enumerate(codings)]
    random.Random(1).shuffle(rows)
    assert settle(rows) == settled


def test_the_least_that_is_learnt_from_can_hold_one_theme() -> None:
    assert LEAST_CODED >= 2 * LEAST_CODES
