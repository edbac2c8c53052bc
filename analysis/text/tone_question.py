"""What does the evidence in a comment mean, given what was asked?"""

from dataclasses import replace

from analysis.text.asked import Asked
from analysis.text.tone_answers import Answer
from analysis.text.tone_kinds import ToneKind
from analysis.text.tone_weighing import Evidence

Verdict = tuple[ToneKind, float]

_BARE: dict[tuple[Answer, Asked], Verdict] = {
    (Answer.NOTHING, Asked.WHAT_GOOD): (ToneKind.NEGATIVE, -0.6),
    (Answer.NOTHING, Asked.COULD_IMPROVE): (ToneKind.POSITIVE, 0.5),
    (Answer.NO, Asked.WHAT_GOOD): (ToneKind.NEUTRAL, -0.1),
    (Answer.NO, Asked.COULD_IMPROVE): (ToneKind.POSITIVE, 0.3),
    (Answer.EVERYTHING, Asked.WHAT_GOOD): (ToneKind.POSITIVE, 0.8),
    (Answer.EVERYTHING, Asked.COULD_IMPROVE): (ToneKind.NEGATIVE, -0.8),
    (Answer.YES, Asked.WHAT_GOOD): (ToneKind.NEUTRAL, 0.1),
    (Answer.YES, Asked.COULD_IMPROVE): (ToneKind.NEUTRAL, -0.1),
}
"""Every other bare answer is neutral: "Vet inte" under any question, "Inget" where neither was asked for."""

WISH=.5;NEED=.3;MIXMIN=.45;MIXBAL=.3;WGC=.6;WGP=.3
RATE=.002;FREE=100;CAP=.8;MIXMIN_CI=.6;MIXBAL_CI=.25

def judge_answer(answer: Answer, asked: Asked) -> Verdict:
    return _BARE.get((answer, asked), (ToneKind.NEUTRAL, 0.0))


def judge_evidence(evidence: Evidence, asked: Asked, answer: Answer | None) -> Verdict:
    if asked is Asked.WHAT_GOOD:
        return _judge_good(evidence, answer)
    if asked is Asked.COULD_IMPROVE:
        return _judge_improvement(evidence, answer)
    return _judge_open(evidence)


def _judge_good(e: Evidence, answer) -> Verdict:
    if e.is_empty:
        return (ToneKind.POSITIVE, 0.3) if answer is None else judge_answer(answer, Asked.WHAT_GOOD)
    e = replace(e, complaint=e.complaint * WGC, praise=e.praise + (WGP if answer is None else 0))
    if min(e.praise, e.complaint) > MIXMIN and abs(e.balance) < MIXBAL:
        return ToneKind.MIXED, e.score
    return (ToneKind.POSITIVE if e.score > 0 else ToneKind.NEGATIVE), e.score


def _judge_improvement(e: Evidence, answer) -> Verdict:
    wished = WISH * e.wishes + NEED * e.needs
    if answer in {Answer.NOTHING, Answer.NO} or e.nothings:
        e = replace(e, praise=e.praise + .6, complaint=e.complaint + (wished if e.has_but else 0))
    else:
        e = replace(e, complaint=e.complaint + wished)
    if e.praise + e.complaint < 0.1:
        if answer: return judge_answer(answer, Asked.COULD_IMPROVE)
        return ToneKind.NEGATIVE, -0.3
    if min(e.praise, e.complaint) > MIXMIN_CI and abs(e.balance) < MIXBAL_CI:
        return ToneKind.MIXED, e.score
    return (ToneKind.POSITIVE if e.score > 0 else ToneKind.NEGATIVE), e.score


def _judge_open(e: Evidence) -> Verdict:
    if e.praise + e.complaint < 0.1:
        if e.wishes:
            return ToneKind.NEGATIVE, -0.3
        if e.needs:
            return ToneKind.NEGATIVE, -0.2
        return ToneKind.NEUTRAL, 0.02
    if e.opens_with_wish:
        e = replace(e, complaint=e.complaint + WISH)
    e = replace(e, complaint=e.complaint + min(CAP, RATE * max(0, e.length - FREE)))
    if min(e.praise, e.complaint) > MIXMIN and abs(e.balance) < MIXBAL:
        return ToneKind.MIXED, e.score
    if abs(e.score) < 0.03:
        return ToneKind.NEUTRAL, e.score
    return (ToneKind.POSITIVE if e.score > 0 else ToneKind.NEGATIVE), e.score
