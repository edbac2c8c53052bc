"""What is said of few people tells nothing of one of them."""

import math

import pytest

from analysis.disclosure import (
    ShareKind,
    ShownShare,
    bound_share_shown,
    is_all_alike,
    round_count,
)


@pytest.mark.parametrize(
    ("n", "expected"), [(0, 0), (1, 5), (2, 5), (3, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1234, 1235)]
)
def test_a_count_is_rounded_to_5_and_somebody_is_never_nobody(n, expected):
    assert round_count(n) == expected


@pytest.mark.parametrize(("n", "expected"), [(4, 10), (14, 10), (15, 20), (25, 30)])
def test_half_a_step_is_rounded_upward(n, expected):
    assert round_count(n, to=10) == expected


@pytest.mark.parametrize(("n", "to"), [(-1, 5), (3, 0)])
def test_a_count_that_is_none_cannot_be_rounded(n, to):
    with pytest.raises(ValueError, match="Cannot round"):
        round_count(n, to=to)


@pytest.mark.parametrize(
    ("n", "sd", "expected"),
    [
        (49, 0.0, True),
        (50, 0.0, False),
        (49, 0.1, False),
        (1, math.nan, True),
        (0, math.nan, False),
        (30, math.nan, False),
    ],
)
def test_fewer_than_50_people_who_all_gave_the_same_score_are_alike(n, sd, expected):
    assert is_all_alike(n, sd) is expected


@pytest.mark.parametrize(
    ("share", "n", "expected"),
    [
        (0.0, 49, ShownShare(ShareKind.BELOW, 0.05)),
        (0.0, 50, ShownShare(ShareKind.EXACT, 0.0)),
        (0.049, 49, ShownShare(ShareKind.BELOW, 0.05)),
        (0.05, 49, ShownShare(ShareKind.EXACT, 0.05)),
        (0.95, 49, ShownShare(ShareKind.EXACT, 0.95)),
        (0.951, 49, ShownShare(ShareKind.ABOVE, 0.95)),
        (1.0, 49, ShownShare(ShareKind.ABOVE, 0.95)),
        (1.0, 50, ShownShare(ShareKind.EXACT, 1.0)),
    ],
)
def test_a_share_of_few_people_is_never_said_to_be_nobody_or_everybody(share, n, expected):
    assert bound_share_shown(share, n) == expected


@pytest.mark.parametrize(("share", "n"), [(-0.01, 60), (1.01, 60), (math.nan, 60), (0.5, 0)])
def test_a_share_that_is_none_cannot_be_said(share, n):
    with pytest.raises(ValueError, match="cannot be shown"):
        bound_share_shown(share, n)


def test_fewer_than_nobody_are_not_alike():
    with pytest.raises(ValueError, match="cannot be"):
        is_all_alike(-1, 0.0)
