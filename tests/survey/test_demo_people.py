"""Do made-up people come and answer as it is written that they do?"""

from __future__ import annotations

import pytest

from analysis.periods import shift_month
from analysis.text.masking import find_personal_data, mask_text
from survey.answering.journey import find_troubles, make_survey
from survey.areas import Area
from survey.demo.comments import LISTS, add_comments, read_sentences
from survey.demo.county import GAPS, LJUNGBY, NYBRO, PLANTED, TORSAS, County, count_answers, seed_numbers
from survey.demo.people import list_items, make_people
from survey.installation import Installation, find_definition
from tests.survey.small_county import NOW, VAXJO


def test_counts_are_the_same_each_time_and_follow_size_season_and_gaps():
    vaxjo, torsas = Area(VAXJO, "Växjö", "07", 99_000), Area(TORSAS, "Torsås", "08", 7_000)
    whole = County()
    large = [count_answers(whole, vaxjo, shift_month(NOW, -n), n) for n in range(1, 37)]
    small = [count_answers(whole, torsas, shift_month(NOW, -n), n) for n in range(1, 37)]
    julys = [large[n - 1] for n in range(1, 37) if shift_month(NOW, -n).endswith("-07")]
    assert large == [count_answers(whole, vaxjo, shift_month(NOW, -n), n) for n in range(1, 37)]
    assert {n for n in range(1, 37) if small[n - 1] == 0} >= GAPS[TORSAS]
    assert sum(large) > 10 * sum(small)
    assert sum(julys) / len(julys) < 0.7 * sum(large) / len(large)


@pytest.mark.parametrize(
    ("area", "months_ago", "points"),
    [
        (LJUNGBY, 15, 0),
        (LJUNGBY, 14, 9.5),
        (LJUNGBY, 1, 9.5),
        (NYBRO, 13, 0),
        (NYBRO, 7, -2.75),
        (NYBRO, 1, -5.5),
    ],
)
def test_a_planted_shift_begins_and_grows_as_it_is_documented(area: str, months_ago: int, points: float):
    shift = next(s for s in PLANTED if s.area == area)
    assert shift.measure(months_ago) == pytest.approx(points)


def test_made_up_people_answer_only_what_the_form_lets_them_in_the_shares_that_are_written(
    installation: Installation,
):
    found = find_definition(installation, "invanarupplevelse", "2026-1")
    items = list_items(found)
    numbers = seed_numbers("test")
    people = make_people(found, VAXJO, numbers.normal(0, 1, len(items)), 3_000, numbers)
    add_comments(found, people, numbers)
    surveys = {form: make_survey(found, form, installation.areas) for form in found.forms}
    assert [t for p in people for t in find_troubles(surveys[p.form], p.answers)] == []
    given = [p.answers.get(item.id) for p in people for item in items]
    assert given.count("na") / len(given) == pytest.approx(0.04, abs=0.01)
    assert given.count(None) / len(given) == pytest.approx(0.03, abs=0.01)
    writing = sum("ft1" in p.answers or "ft2" in p.answers for p in people) / len(people)
    assert writing == pytest.approx(0.12, abs=0.02)


def test_who_is_content_says_so_also_where_the_question_is_turned(installation: Installation):
    found = find_definition(installation, "invanarupplevelse", "2026-1")
    items = list_items(found)
    numbers = seed_numbers("test")
    content = make_people(found, VAXJO, numbers.normal(200, 1, len(items)), 50, numbers)
    assert {p.answers.get("a06") for p in content} <= {"5", "na", None}
    assert {p.answers.get("a07") for p in content} <= {"1", "na", None}


@pytest.mark.parametrize("name", LISTS.values())
def test_a_list_has_sixty_different_sentences_and_some_personal_data_to_mask(name: str):
    sentences = read_sentences(name)
    assert len(set(sentences)) == len(sentences) >= 60
    told = [sentence for sentence in sentences if find_personal_data(sentence)]
    assert 1 <= len(told) <= 5
    assert all(not find_personal_data(mask_text(sentence).text) for sentence in told)
