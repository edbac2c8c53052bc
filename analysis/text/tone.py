"""Is a comment meant as praise, as complaint, as both or as neither, as an answer to its question?

TextBlob reads it (tone_engine) with lexicons written for care: tone_sv.xml, tone_en.xml, tone_signs.xml.
For two classes take the sign of the score; for three, mixed, neutral and uncertain are the one in the middle.
"""

from collections.abc import Iterable, Sequence

from analysis.text.asked import Asked
from analysis.text.tone_answers import read_opening
from analysis.text.tone_kinds import Tone, ToneKind
from analysis.text.tone_pieces import Assessment, Label
from analysis.text.tone_question import judge_answer, judge_evidence
from analysis.text.tone_tokens import has_words, read_tokens
from analysis.text.tone_weighing import weigh

__all__ = ["REVIEWED_LANGUAGES", "Tone", "ToneKind", "judge_tone"]

REVIEWED_LANGUAGES = ("sv", "en")
"""Languages with a lexicon that somebody has read through; in others one could only guess."""
_JOINING = frozenset({Label.BUT, Label.THAT})
_FOR_SIGNS = "sv"
"""The language whose engine reads a comment of signs alone (emoji): they are the same in all."""


def judge_tone(text: str, *, asked: Asked, language: str | None) -> Tone:
    """How a comment is meant, with a score from -1 to 1 and the words that caused it.

    `language` is a code of two letters, None if nobody could tell. A comment in one that is not among
    REVIEWED_LANGUAGES is NOT_ASSESSED with the score None, unless it is nothing but emoji. A comment without
    words and emoji is neutral with the score 0. Any text is accepted; never raises.
    """
    tokens = read_tokens(text)
    read_as = language if has_words(tokens) else _FOR_SIGNS
    if read_as not in REVIEWED_LANGUAGES:
        return Tone(ToneKind.NOT_ASSESSED, None, ())
    opening = read_opening(tokens, read_as)
    if not opening.rest:
        kind, score = judge_answer(opening.answer, asked) if opening.answer else (ToneKind.NEUTRAL, 0.0)
        return Tone(kind, score, opening.words)
    found = _assess(opening.rest, read_as)
    kind, score = judge_evidence(weigh(found), asked, answer=opening.answer, length=len(text))
    return Tone(kind, score, opening.words + _list_words(found))


def _assess(tokens: Iterable[str], language: str) -> Sequence[Assessment]:
    """The judgements that TextBlob finds. It is imported here: that takes a second, and few pages need it."""
    from analysis.text.tone_engine import find_assessments

    return find_assessments(tokens, language)


def _list_words(found: Iterable[Assessment]) -> tuple[str, ...]:
    """The words of the judgements in the order of the text, a negation of two words once."""
    pieces = {piece.at: piece.text for each in found if each.label not in _JOINING for piece in each.pieces}
    return tuple(pieces[at] for at in sorted(pieces))
