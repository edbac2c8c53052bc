"""Are the lexicons in order: each word once, within range, and found in the forms that people write?"""

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

import analysis.text
from analysis.text.tone_engine import find_assessments
from analysis.text.tone_pieces import Label
from analysis.text.tone_tokens import read_tokens

FOLDER = Path(analysis.text.__file__).parent
LEXICONS = ("tone_sv.xml", "tone_en.xml", "tone_signs.xml")
ANSWERS = ("tone_answers_sv.txt", "tone_answers_en.txt")
LONGEST_EXPRESSION = 8


def _read_lines(name: str) -> list[dict[str, str]]:
    return [dict(word.attrib) for word in ElementTree.parse(FOLDER / name).getroot().iter("word")]


@pytest.mark.parametrize("name", [*LEXICONS, *ANSWERS])
def test_a_file_says_who_wrote_it_and_how_to_add_to_it(name: str):
    head = (FOLDER / name).read_text(encoding="utf-8")[:1500]

    assert "Written by the project, 2026" in head
    assert "To add " in head


@pytest.mark.parametrize("name", LEXICONS)
def test_each_line_is_in_order(name: str):
    lines = _read_lines(name)
    twice = [
        form
        for form, count in Counter((line["form"], line.get("pos")) for line in lines).items()
        if count > 1
    ]

    assert twice == []
    for line in lines:
        form = line["form"]
        assert form == form.lower() == " ".join(form.split()), form
        assert len(form.split()) <= LONGEST_EXPRESSION, form
        assert -1.0 <= float(line["polarity"]) <= 1.0, form
        assert 0.5 <= float(line.get("intensity", 1.0)) <= 2.0, form
        assert line.get("pos") in {None, "JJ", "NN", "VB", "UH", "RB"}, form
        assert line.get("label") in {None, *Label}, form


def test_the_swedish_lexicon_has_enough_words_that_judge():
    words = {
        line["form"]
        for line in _read_lines("tone_sv.xml")
        if float(line["polarity"]) and " " not in line["form"]
    }

    assert len(words) >= 1200


@pytest.mark.parametrize(("name", "language"), [("tone_sv.xml", "sv"), ("tone_en.xml", "en")])
def test_every_word_and_expression_is_reached(name: str, language: str):
    missed = [
        line["form"]
        for line in _read_lines(name)
        if abs(float(line["polarity"])) >= 0.5
        and line.get("label") is None
        and not find_assessments(read_tokens(line["form"].replace("#", "7")), language)
    ]

    assert missed == []


@pytest.mark.parametrize("line", _read_lines("tone_signs.xml"), ids=lambda line: line["form"])
def test_every_sign_is_reached(line: dict[str, str]):
    (found,) = find_assessments(read_tokens(f"hej {line['form']}"), "sv")

    assert found.polarity == float(line["polarity"])


@pytest.mark.parametrize(
    "forms",
    [
        "trevlig trevligt trevliga trevligaste",
        "snäll snällt snälla snällaste",
        "hjälpsam hjälpsamt hjälpsamma",
        "lyssna lyssnar lyssnade lyssnat",
        "trygg tryggt trygga",
        "snabb snabbt snabba",
        "förtroende förtroendet",
        "jätteduktig jätteduktiga jättetrevligt superbra kanonmat toppenpersonal",
    ],
)
def test_praise_is_found_in_all_its_forms(forms: str):
    assert [_sum_up(f"de {form}") > 0 for form in forms.split()] == [True] * len(forms.split())


@pytest.mark.parametrize(
    "forms",
    [
        "dålig dåligt dåliga sämre sämst sämsta",
        "otrygg otryggt otrygga",
        "stressad stressade stressat stressig stressigt",
        "försenad försenade försenat försening förseningar förseningen",
        "väntetid väntetiden väntetider väntetiderna",
        "ljuger ljög ljugit",
        "kränkt kränkta kränkande",
        "glömde glömt glömmer bortglömd",
        "bluffsamtal felbehandlade skitmat",
    ],
)
def test_complaint_is_found_in_all_its_forms(forms: str):
    assert [_sum_up(f"de {form}") < 0 for form in forms.split()] == [True] * len(forms.split())


@pytest.mark.parametrize(
    "text",
    [
        *(
            "felanmälan",
            "god man",
            "vi ses på akuten",
            "en säkert",
            "bordet",
            "rätterna",
            "knappen",
            "hyllan",
        ),
        *("ett pass", "drygt en timme", "den typen", "svart kaffe", "en hård stol", "kassan", "supermarket"),
    ],
)
def test_words_that_only_look_like_judgements_are_passed_over(text: str):
    assert find_assessments(read_tokens(text), "sv") == []


def _sum_up(text: str) -> float:
    return sum(each.polarity for each in find_assessments(read_tokens(text), "sv"))
