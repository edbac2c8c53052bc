"""Protection holds and costs little in made-up counties of a real size, and a weaker one is caught there."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from analysis import block_choice, blocks
from analysis.blocks import CountyQuarter, decide_county_quarter
from analysis.isolation import NOBODY
from analysis.year_rows import decide_thin_years
from tests.analysis.attacker import bound_hidden_counts, find_group_by_programme
from tests.analysis.quarters import close_months, list_figures, list_shown, make_county, stack, stack_year

SEEDS = range(24)
SHOWN_LEAST = 0.95  # share of answers that must stand in a shown municipality month or quarter
PUBLIC = 10
SIGNED_IN = 5


@cache
def make_year(seed):
    areas, units, people = make_county(seed)
    return tuple(CountyQuarter(areas, units, quarter, 3) for quarter in people)


@cache
def close_year(seed, threshold):
    """What stands after twelve closings, each with what was really shown before it."""
    return tuple(close_months(quarter, threshold=threshold)[-1] for quarter in make_year(seed))


@pytest.mark.parametrize("threshold", [SIGNED_IN, PUBLIC])
@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_can_be_isolated_in_a_year_of_closings(seed, threshold):
    quarters, decided = make_year(seed), close_year(seed, threshold)
    years = decide_thin_years(quarters, decided, threshold=threshold)
    shown = [area for area, reason in years.items() if reason is None]
    sums, people = stack_year(quarters, decided, shown)
    assert find_group_by_programme(sums, people, most=threshold - 1) is None


def test_nearly_all_answers_stand_in_a_shown_month_or_quarter(record_property):
    standing = everybody = 0
    for seed in SEEDS:
        for quarter, decided in zip(make_year(seed), close_year(seed, PUBLIC), strict=True):
            rows = [r for (kind, *_), r in list_figures(quarter, decided)[0] if kind in {"month", "quarter"}]
            standing += quarter.people.ravel()[np.any(rows, axis=0)].sum()
            everybody += quarter.people.sum()
    record_property("share_standing", round(float(standing / everybody), 4))
    print(f"{standing / everybody:.2%} of the answers stand in a shown municipality month or quarter.")  # noqa: T201
    assert standing / everybody >= SHOWN_LEAST


@pytest.mark.parametrize("seed", SEEDS[:6])
def test_the_public_sees_nothing_that_those_who_are_signed_in_do_not(seed):
    for quarter, public, signed_in in zip(
        make_year(seed), close_year(seed, PUBLIC), close_year(seed, SIGNED_IN), strict=True
    ):
        assert list_shown(quarter, public) <= list_shown(quarter, signed_in)


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_small_counts_can_be_any_of_as_many_as_the_threshold(seed):
    quarter, decided = make_year(seed)[0], close_year(seed, PUBLIC)[0]
    shown, hidden = list_figures(quarter, decided)
    people = quarter.people.ravel()
    small = [figure for figure in hidden if figure[1] @ people < PUBLIC]
    bounds = bound_hidden_counts(stack(shown, quarter), people, stack(small, quarter), threshold=PUBLIC)
    assert len(small) > 0
    assert (bounds[:, 1] - bounds[:, 0]).min() >= PUBLIC - 1e-6


# Weaker protections, each of which the attack must catch


def check_nothing(monkeypatch):
    """The county's differences are not looked at."""
    monkeypatch.setattr(block_choice, "measure_lack", lambda least, *_: np.zeros(least.shape[:-2], dtype=int))
    monkeypatch.setattr(block_choice, "find_smallest", lambda *_: NOBODY)


def check_no_single_month(monkeypatch):
    """A month hides what is small and nothing that protects it."""
    monkeypatch.setattr(
        blocks, "_hide_in_month", lambda people, shown, county, k: (shown & (people >= k), people.sum() >= k)
    )
    monkeypatch.setattr(block_choice, "find_smallest", lambda *_: NOBODY)


def pool_nothing(monkeypatch):
    """Every unit with enough people is shown, whatever is left of its municipality."""
    decide = blocks._name_cells

    def show_large_units(options, shown, closed, threshold):
        decided = decide(options, shown, closed, threshold)
        sizes = {(options.areas[i], unit): n for i, _, unit, n in options.list_units()}
        units = {
            place: None
            if sizes[place] >= threshold and decided.municipality_quarters[place[0]] is None
            else reason
            for place, reason in decided.unit_quarters.items()
        }
        return replace(decided, unit_quarters=units)

    monkeypatch.setattr(blocks, "_name_cells", show_large_units)


@pytest.mark.parametrize("weaken", [check_nothing, check_no_single_month, pool_nothing])
def test_a_protection_that_forgets_something_is_caught(weaken, monkeypatch):
    weaken(monkeypatch)
    assert any(is_caught(seed, PUBLIC, at=PUBLIC) for seed in SEEDS)


def test_a_threshold_one_too_low_is_caught():
    assert any(is_caught(seed, PUBLIC - 1, at=PUBLIC) for seed in SEEDS)


def is_caught(seed, threshold, *, at):
    """Whether a group of fewer than `at` can be computed from a quarter that was decided at `threshold`."""
    for quarter in make_year(seed):
        decided = decide_county_quarter(quarter, threshold=threshold)
        sums = stack(list_figures(quarter, decided)[0], quarter)
        if find_group_by_programme(sums, quarter.people.ravel(), most=at - 1) is not None:
            return True
    return False
