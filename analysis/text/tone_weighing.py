"""What do the judgements of a whole comment amount to?

Not their mean: a long comment with both would drift to 0. Praise and complaint are added up separately.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.text.tone_clauses import Assessment, Label

_BEFORE_BUT = 0.6
"""What stands before "but" is what the writer concedes."""
_MOST_OF_A_SENTENCE = 1.6
_ENOUGH = 0.6
"""Evidence at which a score reaches 0.63 of its balance."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against in a comment: sums of polarity, 0 and up, and counts of wishes."""

    praise: float
    complaint: float
    wishes: int
    needs: int
    nothings: int
    opens_with_wish: bool
    has_but: bool
    length: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing speaks for or against."""
        return self.praise == 0.0 and self.complaint == 0.0

    @property
    def balance(self) -> float:
        """-1 (only complaint) to 1 (only praise); 0 without either."""
        total = self.praise + self.complaint
        return (self.praise - self.complaint) / total if total else 0.0

    @property
    def score(self) -> float:
        """The balance, nearer to 0 the less there is to go by."""
        return self.balance * (1 - math.exp(-(self.praise + self.complaint) / _ENOUGH))


def weigh(found: Sequence[Assessment], length: int) -> Evidence:
    """The judgements of a comment added up sentence by sentence, none of which counts beyond a limit."""
    praise = complaint = 0.0
    for sentence in _group(found):
        has_but = any(each.after_but for each in sentence)
        values = [
            each.polarity * (_BEFORE_BUT if has_but and not each.after_but else 1.0) for each in sentence
        ]
        praise += min(_MOST_OF_A_SENTENCE, sum(value for value in values if value > 0))
        complaint += min(_MOST_OF_A_SENTENCE, -sum(value for value in values if value < 0))
    labels = [each.label for each in found]
    return Evidence(
        praise,
        complaint,
        labels.count(Label.WISH),
        labels.count(Label.NEED),
        labels.count(Label.NOTHING),
        opens_with_wish=any(each.place == 0 and each.label in {Label.WISH, Label.NEED} for each in found),
        has_but=any(each.after_but for each in found),
        length=length,
    )


def _group(found: Sequence[Assessment]) -> Iterable[list[Assessment]]:
    """The judgements sentence by sentence."""
    sentences: dict[int, list[Assessment]] = {}
    for each in found:
        sentences.setdefault(each.sentence, []).append(each)
    return sentences.values()
