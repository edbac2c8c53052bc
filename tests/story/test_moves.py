"""Is it said of a year that something changed when it did, and that nothing did when nothing did?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

import pytest

from analysis.disclosure import NoAnswers
from survey.installation import Installation
from survey.language import LANGUAGES, speak
from survey.store.publications import Cell
from survey.story.moves import Move, MoveKind
from survey.story.opening import OpeningKind, list_opening
from survey.story.story import Chapter, Story, find_story
from survey.story.telling import tell_move, tell_opening
from tests.insight.hand_made import CELL, HIDDEN_FROM_ALL, add_cells, add_publication, add_version_without
from tests.insight.monthly import publish_line
from tests.walks import VERSION, opened

VAXJO, YEAR = "0780", "2026"
EVEN = [60.0, 61.0, 59.0, 60.5, 59.5, 61.0, 59.0, 60.0, 60.5, 59.5, 61.0, 59.0, 60.0, 60.0]
HIGH, LOW = [70.0, 71.0, 69.0, 70.5, 70.0, 71.0, 69.5, 70.0], [50.0, 51.0, 49.0, 50.5, 50.0, 51.0, 49.5, 50.0]


def tell(installation: Installation, measure: str = "helhet") -> Chapter:
    story = find_story(installation, VAXJO, YEAR)
    return next(one for one in story.chapters if one.dimension.id == measure)


def make_year(period: str, mean: float, n: int = 400) -> Cell:
    return replace(CELL, kind="year", period=period, mean=mean, low=mean - 2, high=mean + 2, n=n, sd=20.0)


# One line for each dimension, all in one installation: what each is made of, and what is to be said of it.
LINES: Mapping[str, tuple[Sequence[float | None], MoveKind]] = {
    "helhet": (EVEN, MoveKind.STEADY),
    "personcentrering": ([*EVEN, *HIGH], MoveKind.BETTER),
    "kontinuitet": ([*EVEN, *LOW], MoveKind.WORSE),
    "trygghet": ([*EVEN, 75.0], MoveKind.HIGHER),
    "delaktighet": ([*EVEN, 45.0], MoveKind.LOWER),
    "samordning": ([60.0, 61.0, 60.0], MoveKind.SAME),
    "tillganglighet": ([60.0, 61.0, 60.0, 61.0, 59.0, 60.0, 74.0], MoveKind.CANNOT_SAY),
    "halsoframjande": ([60.0], MoveKind.FIRST),
    "kontinuitet_relation": ([None, None], MoveKind.NOT_SHOWN),
    "kontinuitet_information": ([*EVEN, *[None] * 10], MoveKind.NOT_SHOWN),  # nothing of the year itself
}


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("lines")
    with opened(f"sqlite:///{folder / 'prov.db'}", folder / "var", DEMO=True) as found:
        longest = max((means for means, _ in LINES.values()), key=len)
        publish_line(found, longest, measure="none")
        for measure, (means, _) in LINES.items():
            publish_line(found, means, measure=measure, publish=False)
        yield find_story(found, VAXJO, YEAR)


@pytest.mark.parametrize("measure", LINES)
def test_the_line_says_what_happened_in_the_year(lines: Story, measure: str) -> None:
    chapter = next(one for one in lines.chapters if one.dimension.id == measure)
    assert chapter.line.move.kind is LINES[measure][1]


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        ("helhet", "Måttet har inte ändrats mer än slumpen ger."),
        (
            "personcentrering",
            "Måttet har blivit bättre: 70 i oktober 2026, där medel är 64. Ändringen är större än slumpen "
            "ger och började i mars 2026.",
        ),
        (
            "trygghet",
            "Måttet låg högre än vanligt i oktober 2026: 75, mot 61 som är det vanliga. Om det håller i sig "
            "går inte att säga än.",
        ),
        ("samordning", "Måttet har inte tydligt ändrats sedan augusti 2026, då talet var 60."),
        (
            "tillganglighet",
            "Det går inte att säga om Måttet har ändrats: mätningarna eller svaren är för få än.",
        ),
        ("halsoframjande", "Det finns inget att jämföra Måttet med än."),
        ("kontinuitet_relation", ""),
    ],
)
def test_the_sentence_says_it_in_words(lines: Story, measure: str, told: str) -> None:
    chapter = next(one for one in lines.chapters if one.dimension.id == measure)
    assert tell_move(speak("sv"), chapter.line.move, name="Måttet") == told


def test_every_move_has_its_words_in_every_language() -> None:
    for language, kind in product(LANGUAGES, MoveKind):
        said = tell_move(speak(language), Move(kind, 61.0, "2026", 60.0, "2025"), name="Måttet")
        assert bool(said) is (kind is not MoveKind.NOT_SHOWN)


def test_whole_years_are_compared_where_no_line_can_be_judged(installation: Installation) -> None:
    cases = {
        "helhet": (60.0, 66.0, MoveKind.RISEN),
        "trygghet": (60.0, 54.0, MoveKind.FALLEN),
        "samordning": (60.0, 61.0, MoveKind.SAME),
    }
    for month in ("2025-01", "2026-12"):
        add_publication(installation, month)
    for measure, (earlier, now, _) in cases.items():
        years = (make_year("2025", earlier), make_year("2026", now))
        add_cells(installation, *(replace(one, measure=measure) for one in years))
    for measure, (earlier, now, kind) in cases.items():
        chapter = tell(installation, measure)
        assert (chapter.line.move.kind, chapter.number.earlier) == (kind, earlier)
        assert (chapter.number.period, chapter.number.mean) == ("2026", now)


def test_what_is_measured_by_other_questions_is_not_compared(installation: Installation) -> None:
    add_version_without(installation, "trygghet")
    add_publication(installation, "2025-01", versions=VERSION)
    add_publication(installation, "2026-12", versions="2026-2")
    found = find_story(installation, VAXJO, YEAR)
    assert "trygghet" not in [one.dimension.id for one in found.chapters]


def test_a_signal_that_came_after_the_year_is_not_told_of_it(installation: Installation) -> None:
    publish_line(installation, [*EVEN, *EVEN[:2], *HIGH])  # the rise is in 2026
    past = find_story(installation, VAXJO, "2025")
    (chapter,) = (one for one in past.chapters if one.dimension.id == "helhet")
    assert chapter.line.move.kind is MoveKind.STEADY
    assert tell(installation).line.move.kind is MoveKind.BETTER


def test_the_number_is_of_the_longest_time_that_is_shown(installation: Installation) -> None:
    for month in ("2025-01", "2026-12"):
        add_publication(installation, month)
    hidden = replace(make_year("2026", 60.0), **HIDDEN_FROM_ALL)
    half = replace(CELL, kind="half_year", period="2026-H1", mean=64.4)
    quarter = replace(CELL, kind="quarter", period="2026-Q4", mean=70.0)
    add_cells(installation, hidden, half, quarter)
    number = tell(installation).number
    assert (number.period, number.mean) == ("2026-H1", 64.0)


def test_the_story_opens_with_what_changed_and_what_was_done(lines: Story) -> None:
    assert [one.kind for one in list_opening(lines)] == [
        OpeningKind.WORSE,
        OpeningKind.BETTER,
        OpeningKind.DONE,
    ]
    assert [tell_opening(speak("sv"), one, lines) for one in list_opening(lines)] == [
        "Sämre svar än förut: Kontinuitet och Delaktighet, aktivitet och självständighet.",
        "Bättre svar än förut: Personcentrering och Trygghet.",
        "Inget förslag fick svar och ingen åtgärd började under året.",
    ]


@pytest.mark.parametrize(
    ("kept", "kind"),
    [
        ({MoveKind.STEADY, MoveKind.CANNOT_SAY}, OpeningKind.SAME),
        ({MoveKind.FIRST, MoveKind.CANNOT_SAY}, OpeningKind.CANNOT_SAY),
        ({MoveKind.NOT_SHOWN}, OpeningKind.NOT_SHOWN),
    ],
)
def test_that_nothing_changed_or_can_be_said_is_said_too(
    lines: Story, kept: set[MoveKind], kind: OpeningKind
) -> None:
    chapters = tuple(
        replace(one, number=replace(one.number, cell=NoAnswers())) if kind is OpeningKind.NOT_SHOWN else one
        for one in lines.chapters
        if one.line.move.kind in kept
    )
    story = replace(lines, chapters=chapters)
    assert [one.kind for one in list_opening(story)] == [kind, OpeningKind.DONE]
    for language in LANGUAGES:
        assert all(tell_opening(speak(language), one, story) for one in list_opening(story))


def test_a_whole_is_named_and_not_its_parts(installation: Installation) -> None:
    parts = ["kontinuitet", "kontinuitet_relation", "kontinuitet_information", "trygghet"]
    for number, measure in enumerate(parts):
        publish_line(installation, [*EVEN, *HIGH], measure=measure, publish=number == 0)
    assert open_in_swedish(installation)[0] == "Bättre svar än förut: Kontinuitet och Trygghet."


def open_in_swedish(installation: Installation) -> list[str]:
    story = find_story(installation, VAXJO, YEAR)
    return [tell_opening(speak("sv"), one, story) for one in list_opening(story)]
