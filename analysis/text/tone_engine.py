"""How does TextBlob read the tone of Swedish, and of English as patients write it?

By TextBlob's extension point: `Blobber(analyzer=...)` with an analyzer around a `Sentiment` of one's own, as
textblob-fr has it. The lexicons are in TextBlob's XML; its look-up of words and its loop over them are
replaced (tone_lexicon, tone_clauses). Importing this file imports TextBlob, which takes a second.
"""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from textblob import Blobber
from textblob._text import Score, Sentiment
from textblob.base import CONTINUOUS, BaseSentimentAnalyzer
from textblob.en import sentiment as english

from analysis.text.tone_clauses import assess
from analysis.text.tone_lexicon import Lexicon
from analysis.text.tone_pieces import Assessment, Entry, Label

_HERE = Path(__file__).parent
_SIGNS = _HERE / "tone_signs.xml"
_LEXICONS = {
    "sv": (_HERE / "tone_sv.xml", _SIGNS),
    "en": (Path(english.path), _HERE / "tone_en.xml", _SIGNS),
}
"""The files of each language; of a word that two of them have, the later counts."""
_STRENGTHENING = "RB"
_VERB = "VB"
_LABELS = frozenset(Label)
_Sense = Sequence[float]
"""Polarity, subjectivity and intensity, as TextBlob keeps them."""


class CareSentiment(Sentiment):
    """TextBlob's sentiment with lexicons for care. It reads tokens of tone_tokens, spaces between."""

    def __init__(self, language: str) -> None:
        """Raises KeyError for a language without lexicons."""
        self._files = _LEXICONS[language]
        super().__init__(path=str(self._files[0]), language=language, tokenizer=str.split)
        self._lexicon = Lexicon(language)
        self.load()

    def load(self, path: str | None = None) -> None:
        """Reads every lexicon file."""
        for file in self._files:
            super().load(str(file))
        for form, senses in cast(Mapping[str, Mapping[str | None, _Sense]], self).items():
            self._lexicon.add(form, _make_entry(senses, cast(str | None, self.labeler.get(form))))
        self._lexicon.add_lemmas()

    def __call__(self, s: str, negation: bool = True, **kwargs: object) -> Score:
        """The mean polarity of the judgements in a text, with them as `assessments`."""
        found = self.assessments(cast(Sequence[str], self.tokenizer(s)), negation)
        return Score(sum(each.polarity for each in found) / (len(found) or 1), 0.0, found)

    def assessments(self, words: Iterable[str] | None = None, negation: bool = True) -> list[Assessment]:
        """The judgements of a row of tokens."""
        return assess(self._lexicon.join(list(words or ())))


class Judged(NamedTuple):
    """What `TextBlob.sentiment` gives: its two figures and the judgements behind them."""

    polarity: float
    subjectivity: float
    assessments: Sequence[Assessment]


class CareAnalyzer(BaseSentimentAnalyzer):
    """TextBlob's analyzer around CareSentiment."""

    kind = CONTINUOUS

    def __init__(self, language: str) -> None:
        super().__init__()
        self._sentiment = CareSentiment(language)

    def analyze(self, text: str) -> Judged:
        """The judgements of a text and their mean."""
        score = self._sentiment(text)
        return Judged(score[0], score[1], cast(Sequence[Assessment], score.assessments))


def find_assessments(tokens: Iterable[str], language: str) -> Sequence[Assessment]:
    """The judgements that TextBlob finds in the tokens of a text. Raises KeyError for another language."""
    return cast(Judged, _load_blobber(language)(" ".join(tokens)).sentiment).assessments


@cache
def _load_blobber(language: str) -> Blobber:
    """TextBlob's factory for a language."""
    return Blobber(analyzer=CareAnalyzer(language))


def _make_entry(senses: Mapping[str | None, _Sense], label: str | None) -> Entry:
    """The entry of a form from its senses by part of speech; None stands for their mean."""
    known = label if label in _LABELS else None
    judging = [sense[0] for part, sense in senses.items() if part not in {None, _STRENGTHENING}]
    polarity = sum(judging) / len(judging) if judging else senses[None][0]
    strength = senses[_STRENGTHENING if _STRENGTHENING in senses else None][2]
    if _STRENGTHENING not in senses and known != Label.PREFIX:
        strength = 1.0
    return Entry(polarity, strength, _VERB in senses, known, is_base=True)
