"""Does an edit change what it says and nothing else, and is every difference told?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.strategy.changes import ADDED, MOVED, REMOVED, Change, compare_maps
from survey.strategy.edit import Edit, EditError, apply_edit, edit_texts
from survey.strategy.model import Framework, Status, StrategyMap, read_map, write_map
from tests.strategy.test_file import MEASURED, SHIPPED

KNOWN = MEASURED[SHIPPED.survey]
PLACES = [(framework.key, item.id) for framework in SHIPPED.frameworks for item in framework.items]
WORDS = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=60)
L09 = Edit("kronoberg", "L09", Status.ENTERED, {"sv": "Vi ska lyssna", "en": "We shall listen"})


def codes(edit: Edit, old: StrategyMap = SHIPPED) -> list[str]:
    with pytest.raises(EditError) as wrong:
        apply_edit(old, edit, dimensions=KNOWN)
    return [fault.code for fault in wrong.value.faults]


@given(
    place=st.sampled_from(PLACES),
    sv=WORDS,
    en=WORDS | st.just(""),
    dimensions=st.lists(st.sampled_from(sorted(KNOWN)), unique=True),
)
def test_what_is_loaded_edited_written_and_loaded_keeps_all_else(
    place: tuple[str, str], sv: str, en: str, dimensions: list[str]
) -> None:
    framework, item = place
    edit = Edit(framework, item, Status.ENTERED, {"sv": sv, "en": en}, tuple(dimensions))
    new = read_map(write_map(apply_edit(SHIPPED, edit, dimensions=KNOWN)))
    assert {(one.framework, one.item) for one in compare_maps(SHIPPED, new)} == {place}
    changed = new.find_framework(framework).find_item(item)  # type: ignore[union-attr]
    assert changed is not None
    assert (changed.text.get("sv"), changed.text.get("en", "")) == (sv, en)
    assert changed.dimensions == tuple(dimensions)
    before = SHIPPED.find_framework(framework).find_item(item)  # type: ignore[union-attr]
    assert before is not None
    assert (changed.kind, changed.note, changed.group) == (before.kind, before.note, before.group)


@given(st.sampled_from(PLACES), WORDS)
def test_the_differences_there_and_back_are_each_others_opposite(place: tuple[str, str], sv: str) -> None:
    new = apply_edit(SHIPPED, Edit(*place, Status.ENTERED, {"sv": sv}), dimensions=KNOWN)
    there, back = compare_maps(SHIPPED, new), compare_maps(new, SHIPPED)
    assert {replace(one, before=one.after, after=one.before) for one in back} == set(there)
    assert compare_maps(SHIPPED, SHIPPED) == compare_maps(new, new) == ()


def test_what_differs_is_told_field_by_field() -> None:
    edit = replace(L09, dimensions=("trygghet",), belongs_to="D3", note={"sv": "Ny", "en": ""})
    assert compare_maps(SHIPPED, apply_edit(SHIPPED, edit, dimensions=KNOWN)) == (
        Change("kronoberg", "L09", "status", ("not_found",), ("entered",)),
        Change("kronoberg", "L09", "dimensions", (), ("trygghet",)),
        Change("kronoberg", "L09", "belongs_to", (), ("D3",)),
        Change("kronoberg", "L09", "text.sv", (), ("Vi ska lyssna",)),
        Change("kronoberg", "L09", "text.en", (), ("We shall listen",)),
        Change("kronoberg", "L09", "note.sv", (), ("Ny",)),
    )


def shift(framework: Framework) -> StrategyMap:
    """The shipped map with another first framework."""
    return SHIPPED.model_copy(update={"frameworks": (framework, *SHIPPED.frameworks[1:])})


def test_what_came_went_moved_or_belongs_to_the_framework_is_told_too() -> None:
    first = SHIPPED.frameworks[0]
    less = shift(first.model_copy(update={"items": first.items[1:]}))
    assert compare_maps(SHIPPED, less) == (Change("kronoberg", "V1", REMOVED),)
    assert compare_maps(less, SHIPPED) == (Change("kronoberg", "V1", ADDED),)
    turned = shift(first.model_copy(update={"items": first.items[::-1]}))
    assert [(one.item, one.field) for one in compare_maps(SHIPPED, turned)] == [("", MOVED)]
    later = shift(first.model_copy(update={"horizon": 2030}))
    assert compare_maps(SHIPPED, later) == (Change("kronoberg", "", "horizon", ("2027",), ("2030",)),)
    without = SHIPPED.model_copy(update={"frameworks": SHIPPED.frameworks[1:]})
    assert compare_maps(SHIPPED, without) == (Change("kronoberg", "", REMOVED),)
    other = SHIPPED.model_copy(update={"survey": "prov"})
    assert compare_maps(SHIPPED, other) == (Change("", "", "survey", (SHIPPED.survey,), ("prov",)),)


def test_somebody_who_edits_hears_everything_that_is_wrong_at_once() -> None:
    wrong = replace(
        L09, text={"sv": " ", "en": "x"}, dimensions=("mod", "trygghet"), belongs_to="L01", note={"en": "y"}
    )
    assert codes(wrong) == [
        "strategy_text_missing",
        "strategy_note_missing",
        "strategy_dimension_unknown",
        "strategy_parent_unknown",
    ]
    assert codes(replace(L09, status=Status.NOT_FOUND)) == ["strategy_text_not_here"]
    assert codes(replace(L09, why="a" * 601)) == ["strategy_text_long"]


@pytest.mark.parametrize(
    ("old", "typed", "new"),
    [
        ({"sv": "a"}, {"sv": "b", "en": ""}, {"sv": "b"}),
        ({"sv": "a", "en": "b"}, {"sv": "a", "en": " "}, {"sv": "a"}),
        ({"sv": "a", "sv-x-lattlast": "c"}, {"sv": "b"}, {"sv": "b", "sv-x-lattlast": "c"}),
        ({}, {"sv": " två\n rader "}, {"sv": "två rader"}),
    ],
)
def test_a_text_is_typed_on_one_line_and_other_languages_stay(
    old: dict[str, str], typed: dict[str, str], new: dict[str, str]
) -> None:
    assert edit_texts(old, typed) == new
