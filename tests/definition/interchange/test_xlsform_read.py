"""What becomes of an XLSForm from elsewhere, and is all that cannot be carried over told at once?"""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import yaml

from survey.definition.check import check_source
from survey.definition.interchange.findings import Fate, say_findings
from survey.definition.interchange.xlsform_read import Wanted, read_xlsform
from survey.definition.interchange.xlsform_sheets import BOUNDS
from survey.definition.read import Source
from survey.errors import SurveyError
from survey.language import speak
from tests.definition.interchange.forms import (
    CHOICES,
    SETTINGS,
    SURVEY,
    WANTED,
    add,
    list_told,
    read_form,
    write_form,
)


def test_a_form_from_elsewhere_becomes_a_definition_that_check_accepts() -> None:
    brought = read_form()
    definition = brought.definition
    assert definition is not None
    assert (definition.survey, definition.version, definition.languages) == (
        "kontakt",
        "2026-1",
        ("sv", "en"),
    )
    assert definition.intro == {"sv": "Välkommen", "en": "Welcome"}
    assert [(q.id, q.kind, [o.code for o in q.options]) for q in definition.questions] == [
        ("contact", "single", ["yes", "no"]),
        ("what", "text", []),
    ]
    (condition,) = definition.questions[1].show_if
    assert (condition.question, condition.any_of) == ("contact", ("yes",))
    assert check_source(Source("again", yaml.safe_load(brought.yaml)))[0] == definition


def test_what_became_something_else_is_told_with_its_row() -> None:
    assert list_told(read_form()) == [
        ("changed", "minutes_made", 0),
        ("changed", "renamed", 2),  # the option Yes
        ("changed", "renamed", 3),
        ("changed", "version_made", 2),
        ("changed", "title_same", 2),
        ("changed", "renamed", 3),  # the question Contact
        ("changed", "part_made", 3),
        ("changed", "renamed", 4),
        ("changed", "part_made", 4),  # its condition asks about the part before
    ]


def test_a_survey_and_a_version_can_be_given() -> None:
    brought = read_xlsform(write_form(), "form.xlsx", Wanted("prov", "2027-3", WANTED.today))
    assert brought.definition is not None
    assert (brought.definition.survey, brought.definition.version) == ("prov", "2027-3")


@pytest.mark.parametrize(
    ("type_", "key"),
    [
        ("geopoint", "type_place"),
        ("geotrace", "type_place"),
        ("image", "type_media"),
        ("audio", "type_media"),
        ("barcode", "type_media"),
        ("calculate", "type_calculate"),
        ("begin_repeat", "type_repeat"),
        ("begin repeat", "type_repeat"),
        ("end_repeat", "type_repeat"),
        ("integer", "type_number"),
        ("decimal", "type_number"),
        ("range", "type_number"),
        ("date", "type_date"),
        ("acknowledge", "type_acknowledge"),
        ("select_one_from_file places.csv", "type_external"),
        ("select_one_external places", "type_external"),
        ("select_one yes_no or_other", "type_or_other"),
        ("select_one", "list_unnamed"),
        ("select_one nothing", "list_missing"),
        ("Geo Point", "type_unknown"),
        ("", "type_unknown"),
    ],
)
def test_a_type_that_there_is_not_here_stops_with_its_row(type_: str, key: str) -> None:
    brought = add((type_, "more", "Mer", "More", ""))
    assert brought.definition is None
    assert brought.yaml == ""
    assert [told for told in list_told(brought) if told[0] == "stops"] == [("stops", key, 5)]


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (("start", "start", "", "", ""), "metadata"),
        (("deviceid", "device", "", "", ""), "metadata"),
        (("hidden", "h", "", "", ""), "metadata"),
        (("note", "n", "Tack", "Thanks", ""), "note_lost"),
    ],
)
def test_what_is_never_kept_here_is_left_out_and_told(row: tuple[str, ...], key: str) -> None:
    brought = add(row)
    assert brought.definition is not None
    assert ("lost", key, 5) in list_told(brought)


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (("text", "t", "T", "T", "${nobody} = 'x'"), "definition.condition_unknown"),
        (("text", "t", "T", "T", "${Contact} = 'perhaps'"), "definition.code_unknown"),
        (("text", "t", "T", "T", "${Contact} > 3"), "relevant_unreadable"),
        (("text", "t", "T", "", ""), "definition.text_missing"),
        (("text", "What", "T", "T", ""), "definition.id_twice"),
        (("end_group", "", "", "", ""), "end_without_begin"),
        (("begin_group", "g", "G", "G", ""), "group_open"),
    ],
)
def test_what_check_would_refuse_is_told_with_the_row_in_the_form(row: tuple[str, ...], key: str) -> None:
    brought = add(row)
    assert brought.definition is None
    row_of = 0 if key == "group_open" else 5
    assert ("stops", key, row_of) in list_told(brought)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    rows = [
        ("geopoint", "where", "Var?", "Where?", ""),
        ("image", "photo", "Bild", "Photo", ""),
        ("select_one nothing", "n", "N", "N", ""),
        ("text", "t", "T", "T", "1 + 1"),
    ]
    brought = read_form(survey=[*SURVEY, *rows], settings=[("form_id",), ("kontakt",)])
    stops = [told[1:] for told in list_told(brought) if told[0] == "stops"]
    assert stops == [
        ("title_missing", 2),
        ("type_place", 5),
        ("type_media", 6),
        ("list_missing", 7),
        ("relevant_unreadable", 8),
    ]
    assert say_findings(brought.findings, speak("sv"))[0][1][1].startswith("survey, rad 5: Typen geopoint")


def test_columns_that_have_no_counterpart_are_told_once_each() -> None:
    head = (*SURVEY[0], "required", "default", "media::image", "constraint", "choice_filter")
    rows = [(*row, *[""] * (5 - len(row)), "yes", "x", "a.png", ". > 3", "") for row in SURVEY[1:]]
    told = list_told(read_form(survey=[head, *rows]))
    lost = [key for fate, key, _ in told if fate == "lost"]
    assert sorted(lost) == [
        "column_lost",
        "column_lost",
        "constraint_lost",
        "constraint_lost",
        "required_lost",
    ]


def test_limits_that_we_have_too_are_taken_from_constraints() -> None:
    head = (*SURVEY[0], "constraint")
    rows = [
        SURVEY[1],
        ("select_multiple yes_no", "m", "M", "M", "", "not(selected(., 'No') and count-selected(.) > 1)"),
        ("rank yes_no", "r", "R", "R", "", "count-selected(.) <= 2"),
        ("text", "t", "T", "T", "", "string-length(.) < 200"),
    ]
    definition = read_form(survey=[head, *rows]).definition
    assert definition is not None
    several, ranked, text = definition.questions
    assert [option.exclusive for option in several.options] == [False, True]
    assert (ranked.max_choices, text.max_chars) == (2, 199)


def test_groups_become_parts_and_a_group_in_a_group_gives_its_questions() -> None:
    head = SURVEY[0]
    rows = [
        SURVEY[1],
        ("begin_group", "One", "Ett", "One", ""),
        ("note", "lead", "Om dig", "About you", ""),
        SURVEY[2],
        ("begin_group", "inner", "Inre", "Inner", ""),
        ("text", "t", "T", "T", ""),
        ("end_group", "", "", "", ""),
        ("end_group", "", "", "", ""),
        ("begin_group", "two", "Två", "Two", "${Contact} = 'Yes'"),
        ("text", "u", "U", "U", ""),
        ("end_group", "", "", "", ""),
        ("begin_group", "empty", "Tom", "Empty", ""),
        ("end_group", "", "", "", ""),
    ]
    brought = read_form(survey=[head, *rows])
    assert brought.definition is not None
    assert [(p.id, p.lead, [q.id for q in p.questions]) for p in brought.definition.parts] == [
        ("one", {"sv": "Om dig", "en": "About you"}, ["contact", "t"]),
        ("two", None, ["u"]),
    ]
    assert brought.definition.questions[2].show_if[0].any_of == ("yes",)
    lost = [told for told in list_told(brought) if told[0] == "lost"]
    assert lost == [("lost", "heading_lost", 6), ("lost", "group_empty", 13)]


def test_a_language_that_there_is_not_here_is_left_out_and_told() -> None:
    survey = [("type", "name", "label::Svenska (sv)", "label::Norsk (nb)"), *[row[:4] for row in SURVEY[1:]]]
    brought = read_form(survey=survey)
    assert brought.definition is not None
    assert brought.definition.languages == ("sv",)
    lost = [(one.key, one.facts) for one in brought.findings if one.fate is Fate.LOST]
    assert lost == [
        ("carry.language_partial", {"language": "English (en)"}),
        ("carry.language_unknown", {"language": "Norsk (nb)"}),
    ]


def test_texts_without_a_language_are_those_of_the_default_language() -> None:
    survey = [("type", "name", "label"), *[row[:3] for row in SURVEY[1:3]]]
    choices = [("list_name", "name", "label"), *[row[:3] for row in CHOICES[1:]]]
    settings = [("form_title", "form_id", "default_language"), ("Contact", "kontakt", "English (en)")]
    brought = read_form(survey=survey, choices=choices, settings=settings)
    assert brought.definition is not None
    assert brought.definition.languages == ("en",)


# Files that mean harm, or are no forms


def test_the_value_of_a_formula_is_not_believed_before_it_is_computed() -> None:
    held = io.BytesIO()
    book = openpyxl.load_workbook(io.BytesIO(write_form()))
    book["survey"]["C3"] = '=CONCATENATE("Har", " du?")'
    book.save(held)
    brought = read_xlsform(held.getvalue(), "form.xlsx", WANTED)
    assert ("stops", "cell_formula", 3) in list_told(brought)


def test_a_sheet_with_too_many_rows_is_refused() -> None:
    rows = [*SURVEY, *[("note", f"n{n}", "x", "x") for n in range(BOUNDS.rows)]]
    with pytest.raises(SurveyError) as wrong:
        read_form(survey=rows)
    assert wrong.value.code == "workbook_rows"


def test_a_sheet_with_a_row_far_below_is_not_walked_to() -> None:
    source = zipfile.ZipFile(io.BytesIO(write_form()))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name in source.namelist():
            packed.writestr(name, source.read(name).replace(b'<row r="4"', b'<row r="999999999"'))
    with pytest.raises(SurveyError) as wrong:
        read_xlsform(held.getvalue(), "form.xlsx", WANTED)
    assert wrong.value.code == "workbook_rows"


def test_a_file_that_unfolds_without_end_is_not_unfolded() -> None:
    held = io.BytesIO(write_form())
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/big", bytes(31_000_000))
    with pytest.raises(SurveyError) as wrong:
        read_xlsform(held.getvalue(), "form.xlsx", WANTED)
    assert wrong.value.code == "workbook_large"


@pytest.mark.parametrize("content", [b"", b"type,name", b"PK\x03\x04" + b"\0" * 50])
def test_what_is_no_workbook_is_told_in_a_sentence(content: bytes) -> None:
    with pytest.raises(SurveyError) as wrong:
        read_xlsform(content, "form.xlsx", WANTED)
    assert wrong.value.code == "workbook_unreadable"
    assert speak("sv").explain(wrong.value)


def test_a_workbook_without_a_survey_sheet_is_told() -> None:
    brought = read_form(survey=[SURVEY[0]])
    assert [told[1] for told in list_told(brought)] == ["no_survey_sheet"]


def test_settings_are_needed_for_a_title() -> None:
    assert ("stops", "title_missing", 0) in list_told(read_form(settings=[SETTINGS[0]]))
