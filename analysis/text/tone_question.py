"""What does the evidence in a comment mean, given what was asked?

Under what could be better, a wish is complaint and nothing to wish is praise; under what was good, the bare
name of a thing is praise. Constants tried on every second comment of NHS patients and of Swedish reviews.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from analysis.text.asked import Asked
from analysis.text.tone_answers import Answer
from analysis.text.tone_kinds import ToneKind
from analysis.text.tone_weighing import Evidence

Verdict = tuple[ToneKind, float]
"""The kind, and the score from -1 to 1."""

_BARE: Mapping[tuple[Answer, Asked], Verdict] = MappingProxyType(
    {
        (Answer.NOTHING, Asked.WHAT_GOOD): (ToneKind.NEGATIVE, -0.6),
        (Answer.NOTHING, Asked.COULD_IMPROVE): (ToneKind.POSITIVE, 0.5),
        (Answer.NO, Asked.WHAT_GOOD): (ToneKind.NEUTRAL, -0.1),
        (Answer.NO, Asked.COULD_IMPROVE): (ToneKind.POSITIVE, 0.3),
        (Answer.EVERYTHING, Asked.WHAT_GOOD): (ToneKind.POSITIVE, 0.8),
        (Answer.EVERYTHING, Asked.COULD_IMPROVE): (ToneKind.NEGATIVE, -0.8),
        (Answer.YES, Asked.WHAT_GOOD): (ToneKind.NEUTRAL, 0.1),
        (Answer.YES, Asked.COULD_IMPROVE): (ToneKind.NEUTRAL, -0.1),
    }
)
"""Every other bare answer is neutral: "Vet inte" under any question, "Inget" where neither was asked for."""

_NAMED_AS_GOOD: Verdict = (ToneKind.POSITIVE, 0.3)
_NAMED_FOR_IMPROVEMENT: Verdict = (ToneKind.NEGATIVE, -0.3)
_WISHED_UNASKED: Verdict = (ToneKind.NEGATIVE, -0.3)
_SAID_NOTHING: Verdict = (ToneKind.NEUTRAL, 0.02)
"""Barely above 0: those who complain use words for it more often than those who are content."""
_LEAST_AMOUNT = 0.1
"""Below this a comment judges nothing: one word such as "hjälp" or "information" names a thing."""
_NAMING = 0.25
"""Below this a word names something ("stöd", "hjälp") rather than praising it, under what could be better."""
_PLAIN_PRAISE = 0.6
"""Below this what stands behind "Att" is wished for under what could be better ("Att läkaren lyssnar")."""

_WISH = 0.6
"""Complaint in one wish ("mer", "bättre") under what could be better, or at the start of a sentence.
Praise in it under what was good, where it has come true."""
_NEED = 0.3
"""Complaint in one need ("behöver", "vill ha") under what could be better."""
_NOTHING_TO_WISH = 0.6
"""Praise in "inget att förbättra", "Inget, ..." under what could be better."""
_GOOD_WAS_ASKED_FOR = 0.3
"""Praise in answering at all what was good."""
_WHAT_WAS_BAD_BEFORE = 0.6
"""Under what was good, complaint often tells what it was like before ("lyssnade när jag hade ont")."""

_LEAST_OF_BOTH = 0.35
"""A mixed comment has at least this much of praise and of complaint."""
_MIXED = 0.35
"""Balance under which a comment is mixed, without regard to the sign."""
_MIXED_IMPROVEMENT = 0.2
"""The same under what could be better, where a little praise before the wish is good manners."""
_WEAK = 0.35
"""Up to this amount of evidence a comment with both praise and complaint is UNCERTAIN."""

_SHORT = 100
"""Characters that a comment may have before its length counts."""
_LENGTH = 0.003
"""Complaint in each further character: the content are brief, in comments of care and in reviews."""
_MOST_LENGTH = 1.0


def judge_answer(answer: Answer, asked: Asked) -> Verdict:
    """What a bare answer means to a question."""
    return _BARE.get((answer, asked), (ToneKind.NEUTRAL, 0.0))


def judge_evidence(evidence: Evidence, asked: Asked, *, answer: Answer | None, length: int) -> Verdict:
    """What a comment means to a question, by its evidence, the bare answer it opens with, its characters."""
    if asked == Asked.WHAT_GOOD:
        return _judge_good(evidence, answer)
    if asked == Asked.COULD_IMPROVE:
        return _judge_improvement(evidence, answer)
    return _judge_open(evidence, length)


def _judge_good(evidence: Evidence, answer: Answer | None) -> Verdict:
    """Praise unless something speaks against it."""
    if evidence.has_nothing_to_wish:
        return judge_answer(Answer.NOTHING, Asked.WHAT_GOOD)
    if evidence.amount < _LEAST_AMOUNT:
        return _NAMED_AS_GOOD if answer is None else judge_answer(answer, Asked.WHAT_GOOD)
    given = _GOOD_WAS_ASKED_FOR + _WISH * evidence.wishes if answer is None else 0.0
    return _decide(
        replace(
            evidence,
            praise=evidence.praise + given,
            complaint=evidence.complaint * _WHAT_WAS_BAD_BEFORE,
        ),
        _MIXED,
    )


def _judge_improvement(evidence: Evidence, answer: Answer | None) -> Verdict:
    """Complaint unless it is praised instead, or nothing is wished for."""
    wished = _WISH * evidence.wishes + _NEED * evidence.needs
    if evidence.has_nothing_to_wish or answer in {Answer.NOTHING, Answer.NO}:
        if not evidence.has_but:
            wished = 0.0
            evidence = replace(evidence, praise=evidence.praise + _NOTHING_TO_WISH)
        elif evidence.amount + wished < _LEAST_AMOUNT:
            return _NAMED_FOR_IMPROVEMENT
    if evidence.begins_with_that and evidence.strongest < _PLAIN_PRAISE:
        evidence = replace(evidence, praise=0.0, strongest=0.0)
    evidence = replace(evidence, complaint=evidence.complaint + wished)
    if evidence.amount < _LEAST_AMOUNT or (evidence.complaint == 0.0 and evidence.strongest < _NAMING):
        return _NAMED_FOR_IMPROVEMENT if answer is None else judge_answer(answer, Asked.COULD_IMPROVE)
    return _decide(evidence, _MIXED_IMPROVEMENT)


def _judge_open(evidence: Evidence, length: int) -> Verdict:
    """What the words say, where the question asked for neither good nor bad."""
    if evidence.amount < _LEAST_AMOUNT:
        return _WISHED_UNASKED if evidence.wishes or evidence.needs else _SAID_NOTHING
    wished = _WISH if evidence.begins_with_wish else 0.0
    by_length = min(_MOST_LENGTH, _LENGTH * max(0, length - _SHORT))
    return _decide(replace(evidence, complaint=evidence.complaint + wished + by_length), _MIXED)


def _decide(evidence: Evidence, mixed: float) -> Verdict:
    """The kind by the balance of praise and complaint: mixed with enough of both, uncertain with little."""
    score = evidence.score
    least = min(evidence.praise, evidence.complaint)
    if abs(evidence.balance) < mixed and least >= _LEAST_OF_BOTH:
        return ToneKind.MIXED, score
    if abs(evidence.balance) < mixed and evidence.amount < _WEAK:
        return ToneKind.UNCERTAIN, score
    return (ToneKind.POSITIVE if score > 0 else ToneKind.NEGATIVE), score
