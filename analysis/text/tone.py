"""Is a comment meant as praise, as complaint, as both or as neither, as an answer to its question?"""

from analysis.text.asked import Asked
from analysis.text.tone_answers import read_opening
from analysis.text.tone_kinds import NOT_ASSESSED, Tone, ToneKind
from analysis.text.tone_question import judge_answer, judge_evidence
from analysis.text.tone_tokens import read_tokens
from analysis.text.tone_weighing import weigh

__all__ = ["Tone", "ToneKind", "judge_tone"]

REVIEWED_LANGUAGES = ("sv", "en")


def judge_tone(text: str, *, asked: Asked, language: str | None) -> Tone:
    """proto"""
    if language not in REVIEWED_LANGUAGES:
        return NOT_ASSESSED
    from analysis.text.tone_engine import load_blobber

    opening = read_opening(read_tokens(text), language)
    if opening.answer and not opening.rest:
        kind, score = judge_answer(opening.answer, asked)
        return Tone(kind, score, ())
    found = load_blobber(language)(" ".join(opening.rest)).sentiment.assessments
    kind, score = judge_evidence(weigh(found, len(text)), asked, opening.answer)
    words = tuple(word for each in found if each.polarity or each.label for word in each.words)
    return Tone(kind, score, words)
