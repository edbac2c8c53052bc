"""Are the two surveys that come with the product what the panel and the researchers agreed on?"""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.definition.check import check_file
from survey.definition.load import load_definition, load_folder, seal_definition, write_document
from survey.definition.model import Definition, Text

SURVEYS = Path(__file__).parents[2] / "surveys"
RESIDENTS = SURVEYS / "invanarupplevelse" / "2026-1.yaml"
PANEL = SURVEYS / "resursgrupp" / "2026-1.yaml"
LANGUAGES = ("sv", "sv-x-lattlast", "en")


@pytest.fixture(scope="module")
def residents() -> Definition:
    return load_definition(RESIDENTS)


@pytest.fixture(scope="module")
def panel() -> Definition:
    return load_definition(PANEL)


def list_ids(definition: Definition, part: str) -> list[str]:
    return [question.id for one in definition.parts if one.id == part for question in one.questions]


def list_texts(definition: Definition) -> list[Text]:
    """Every text that is shown to those who answer."""
    scales = [
        o.text for s in definition.scales.values() for o in (*s.options, *((s.escape,) if s.escape else ()))
    ]
    parts = [text for part in definition.parts for text in (part.title, part.lead) if text]
    asked = [
        text for q in definition.questions for text in (q.text, q.help, *(o.text for o in q.options)) if text
    ]
    around = [
        definition.title,
        definition.intro,
        definition.outro,
        definition.recall,
        definition.writing_advice,
    ]
    return [text for text in (*scales, *parts, *asked, *around) if text]


@pytest.mark.parametrize("path", [RESIDENTS, PANEL], ids=["residents", "panel"])
def test_a_survey_of_the_product_has_no_problems(path: Path) -> None:
    definition, problems = check_file(path)
    assert problems == ()
    assert definition is not None


def test_the_product_comes_with_these_two_surveys() -> None:
    assert [(d.survey, d.version) for d in load_folder(SURVEYS)] == [
        ("invanarupplevelse", "2026-1"),
        ("resursgrupp", "2026-1"),
    ]


@pytest.mark.parametrize("path", [RESIDENTS, PANEL], ids=["residents", "panel"])
def test_what_people_read_is_there_in_three_languages(path: Path) -> None:
    definition = load_definition(path)
    assert definition.languages == LANGUAGES
    texts = list_texts(definition)
    assert len(texts) > 60
    assert [text for text in texts if set(text) != set(LANGUAGES)] == []


@pytest.mark.parametrize("path", [RESIDENTS, PANEL], ids=["residents", "panel"])
def test_a_survey_is_the_same_after_it_was_stored(path: Path) -> None:
    definition = load_definition(path)
    stored = Definition.model_validate_json(write_document(definition))
    assert stored == definition
    assert seal_definition(stored) == seal_definition(definition)


def test_residents_are_asked_22_statements_in_their_order(residents: Definition) -> None:
    scaled = [q.id for q in residents.questions if q.kind == "scale"]
    assert scaled == [f"a{number:02}" for number in range(1, 23)]


def test_the_short_form_has_eight_statements(residents: Definition) -> None:
    short = [q.id for q in residents.questions if q.kind == "scale" and "short" in q.forms]
    assert short == ["a01", "a05", "a08", "a10", "a12", "a15", "a18", "a22"]


def test_the_full_form_has_everything_that_the_short_form_has(residents: Definition) -> None:
    assert [q.id for q in residents.questions if "full" not in q.forms] == []


def test_the_short_form_reaches_every_headline(residents: Definition) -> None:
    short = {q.dimension for q in residents.questions if "short" in q.forms}
    assert {"personcentrering", "kontinuitet_relation", "kontinuitet_planering", "helhet"} <= short


def test_two_statements_are_turned_round(residents: Definition) -> None:
    assert [q.id for q in residents.questions if q.reverse] == ["a07", "a11"]


def test_the_answers_go_from_always_to_never_with_a_way_out(residents: Definition) -> None:
    scale = residents.scales["freq5"]
    assert [(o.code, o.score) for o in scale.options] == [
        ("5", 100),
        ("4", 75),
        ("3", 50),
        ("2", 25),
        ("1", 0),
    ]
    assert scale.escape is not None
    assert (scale.escape.code, scale.escape.score) == ("na", None)


@pytest.mark.parametrize(
    ("dimension", "questions"),
    [
        ("personcentrering", ["a01", "a02", "a03"]),
        ("kontinuitet_relation", ["a04", "a05"]),
        ("kontinuitet_information", ["a06", "a07"]),
        ("kontinuitet_planering", ["a08", "a09"]),
        ("samordning", ["a10", "a11"]),
        ("trygghet", ["a12", "a13", "a14"]),
        ("delaktighet", ["a15", "a16", "a17"]),
        ("tillganglighet", ["a18", "a19"]),
        ("halsoframjande", ["a20", "a21"]),
        ("helhet", ["a22"]),
    ],
)
def test_each_dimension_has_its_statements(
    dimension: str, questions: list[str], residents: Definition
) -> None:
    assert [q.id for q in residents.questions if q.dimension == dimension] == questions


def test_continuity_is_made_of_relation_information_and_planning(residents: Definition) -> None:
    composites = {d.id: d.parts for d in residents.dimensions if d.parts}
    assert composites == {
        "kontinuitet": ("kontinuitet_relation", "kontinuitet_information", "kontinuitet_planering")
    }


def test_the_headlines_are_person_centredness_continuity_and_the_whole(residents: Definition) -> None:
    assert [d.id for d in residents.headlines] == ["personcentrering", "kontinuitet", "helhet"]


def test_consent_is_asked_only_of_those_who_wrote_something(residents: Definition) -> None:
    consent = residents.find_question("c1")
    assert consent is not None
    assert (consent.consent, consent.consent_code) == ("panel", "yes_panel")
    assert [(c.question, c.answered) for c in consent.show_if] == [("ft1", True), ("ft2", True)]


def test_the_same_person_is_not_asked_about_where_there_was_no_contact(residents: Definition) -> None:
    question = residents.find_key("same_person")
    assert question is not None and question.id == "b7"
    assert [(c.question, c.none_of) for c in question.show_if] == [("b6", ("n0",))]


def test_free_texts_take_1500_characters(residents: Definition) -> None:
    texts = [q for q in residents.questions if q.kind == "text"]
    assert [(q.id, q.max_chars, q.sentiment) for q in texts] == [
        ("ft1", 1500, "what_good"),
        ("ft2", 1500, "could_improve"),
    ]


def test_residents_may_answer_from_15_years_in_8_or_3_minutes(residents: Definition) -> None:
    assert (residents.min_age, residents.minutes.full, residents.minutes.short) == (15, 8, 3)


def test_who_is_of_another_gender_is_never_reported_alone(residents: Definition) -> None:
    alone = [(q.id, o.code) for q in residents.questions for o in q.options if o.never_reported_alone]
    assert alone == [("b4", "other")]


def test_answers_for_somebody_else_and_of_carers_are_reported_apart(residents: Definition) -> None:
    apart = [(q.id, o.code) for q in residents.questions for o in q.options if o.report_separately]
    assert apart == [("b1", "proxy"), ("b1", "carer")]


def test_the_question_about_health_is_marked_as_sensitive(residents: Definition) -> None:
    assert [q.id for q in residents.questions if q.sensitive] == ["b8"]


@pytest.mark.parametrize(
    ("part", "over", "questions"),
    [
        ("proposal", "proposals", ["b01", "b02", "b03", "b04", "b05", "b06", "b07"]),
        ("input", "themes", ["b10", "b11", "b12", "b13", "b14"]),
        ("mission", "missions", ["b20", "b21", "b22", "b23", "b24", "b25", "b26", "b27", "b28", "b29"]),
        ("round", None, ["b30", "b31"]),
    ],
)
def test_the_panel_is_asked_four_blocks_three_of_them_once_for_each_subject(
    part: str, over: str | None, questions: list[str], panel: Definition
) -> None:
    (found,) = [one for one in panel.parts if one.id == part]
    assert (found.repeat_over, list_ids(panel, part)) == (over, questions)


def test_the_panel_has_nothing_more(panel: Definition) -> None:
    assert [part.id for part in panel.parts] == ["proposal", "input", "mission", "round"]
    assert [q.id for q in panel.questions if q.reverse] == ["b05", "b25"]
    assert panel.forms == ("full",)
