"""How near to 0 and 100 per cent may a share be told, when few people are behind it?"""

from __future__ import annotations

from analysis.disclosure import ALIKE_LEAST, ALIKE_SHARE, ROUND_TO, ShareKind, bound_share_shown

STEP = 5  # per cent; the limits that a share of few people is said with are multiples of it


def find_least(rounded: int) -> int:
    """The fewest people that a rounded count may stand for.

    What is said of shares is decided on it and not on the count, which it would otherwise tell.
    """
    return max(1, rounded - ROUND_TO // 2)


def can_tell_answers(rounded: int) -> bool:
    """Whether each answer's share may be told of a rounded count.

    Shares of one question add up to 100, so a bounded one could be worked out from the others. Whether they
    are given depends on how many answered and never on what they answered.
    """
    return find_least(rounded) >= ALIKE_LEAST


def find_limit(least: int) -> int:
    """Per cent that a share of this many people is never said nearer to 0 or 100 than.

    At least `ALIKE_SHARE`, and more than one person is: else "below" would mean nobody.
    """
    return max(round(100 * ALIKE_SHARE), STEP * (100 // (STEP * least) + 1))


def write_share(share: float) -> str:
    """A share 0-1 in whole per cent."""
    return str(round(100 * share))


def say_share(share: float, least: int) -> str:
    """A share 0-1 of `least` people or somewhat more, in whole per cent; <5 or >95 when it is near an end."""
    if bound_share_shown(share, least).kind is ShareKind.EXACT and least >= ALIKE_LEAST:
        return write_share(share)
    limit = find_limit(least)
    if 100 * share < limit:
        return f"<{limit}"
    return f">{100 - limit}" if 100 * share > 100 - limit else write_share(share)
