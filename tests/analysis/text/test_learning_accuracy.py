"""Are recall, precision and F1 those of the counts, and not known where nothing was counted?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.learning_accuracy import Accuracy, measure_share

COUNTS = st.integers(0, 50)


@pytest.mark.parametrize(
    ("counts", "recall", "precision", "f1"),
    [
        ((6, 2, 4, 88), 0.6, 0.75, 2 / 3),
        ((0, 0, 5, 5), 0.0, None, 0.0),
        ((0, 3, 0, 7), None, 0.0, None),
        ((0, 0, 0, 9), None, None, None),
        ((4, 0, 0, 0), 1.0, 1.0, 1.0),
    ],
)
def test_shares_are_not_known_where_there_is_nothing_to_count(
    counts: tuple[int, int, int, int], recall: float | None, precision: float | None, f1: float | None
) -> None:
    one = Accuracy(*counts)
    assert (one.recall.share if one.recall else None) == recall
    assert (one.precision.share if one.precision else None) == precision
    assert one.f1 == (None if f1 is None else pytest.approx(f1))


def test_a_share_has_wilsons_interval() -> None:
    share = measure_share(8, 10)
    assert share is not None
    assert (share.share, share.low, share.high) == pytest.approx((0.8, 0.4902, 0.9433), abs=1e-4)


@pytest.mark.parametrize(("count", "n"), [(3, 2), (-1, 2), (1, 0)])
def test_a_count_that_is_no_part_is_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match=r"share"):
        measure_share(count, n)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_f1_lies_between_recall_and_precision(right: int, wrong: int, missed: int, clear: int) -> None:
    one = Accuracy(right, wrong, missed, clear)
    if one.recall and one.precision and one.f1 is not None:
        low, high = sorted((one.recall.share, one.precision.share))
        assert low - 1e-9 <= one.f1 <= high + 1e-9
