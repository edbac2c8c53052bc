"""What do the judgements of a whole comment amount to?

Not their mean: a long comment with both would drift to 0. Praise and complaint are added up separately.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from analysis.text.tone_pieces import Assessment, Label

_BEFORE_BUT = 0.7
"""What stands before "but" is what the writer concedes; its worth against what stands after it."""
_MOST_OF_A_SENTENCE = 1.6
"""One sentence with many words of praise is not more praise than two sentences with one each, or hardly."""
_ENOUGH = 0.6
"""Evidence at which a score reaches 0.63 of its balance."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against in a comment: sums of polarity, 0 and up, and what is wished for."""

    praise: float
    complaint: float
    strongest: float = 0.0
    """The polarity of the strongest single praise, qualities left out ("trygghet")."""
    wishes: int = 0
    needs: int = 0
    has_nothing_to_wish: bool = False
    begins_with_wish: bool = False
    begins_with_that: bool = False
    has_but: bool = False

    @property
    def amount(self) -> float:
        """How much speaks at all, for or against."""
        return self.praise + self.complaint

    @property
    def balance(self) -> float:
        """-1 (only complaint) to 1 (only praise); 0 without either."""
        return (self.praise - self.complaint) / self.amount if self.amount else 0.0

    @property
    def score(self) -> float:
        """The balance, nearer to 0 the less there is to go by."""
        return self.balance * (1 - math.exp(-self.amount / _ENOUGH))


def weigh(found: Sequence[Assessment]) -> Evidence:
    """The judgements of a comment added up sentence by sentence, none of which counts beyond a limit."""
    praise = complaint = 0.0
    for sentence in _group_by_sentence(found):
        values = _weigh_sentence(sentence)
        praise += min(_MOST_OF_A_SENTENCE, sum(value for value in values if value > 0))
        complaint += min(_MOST_OF_A_SENTENCE, -sum(value for value in values if value < 0))
    labels = [each.label for each in found]
    return Evidence(
        praise,
        complaint,
        strongest=max((each.polarity for each in found if each.label != Label.QUALITY), default=0.0),
        wishes=labels.count(Label.WISH),
        needs=labels.count(Label.NEED),
        has_nothing_to_wish=Label.NOTHING in labels,
        begins_with_wish=any(each.is_first and each.label in {Label.WISH, Label.NEED} for each in found),
        begins_with_that=bool(labels) and labels[0] == Label.THAT,
        has_but=Label.BUT in labels,
    )


def _weigh_sentence(sentence: Sequence[Assessment]) -> list[float]:
    """The polarities of a sentence, those before its "but" with less weight."""
    has_but = any(each.is_after_but and each.polarity for each in sentence)
    return [each.polarity * (_BEFORE_BUT if has_but and not each.is_after_but else 1.0) for each in sentence]


def _group_by_sentence(found: Iterable[Assessment]) -> Collection[list[Assessment]]:
    """The judgements sentence by sentence."""
    sentences: dict[int, list[Assessment]] = {}
    for each in found:
        sentences.setdefault(each.sentence, []).append(each)
    return sentences.values()
