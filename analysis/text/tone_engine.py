"""How does TextBlob read the tone of Swedish, and of English as patients write it?

TextBlob's extension point: `Blobber(analyzer=...)` with an analyzer around a `Sentiment` of one's own, as textblob-fr
has it. The lexicons are in TextBlob's XML; the reading of tokens and of negations is replaced (tone_tokens,
tone_clauses). Importing this file imports TextBlob and with it NLTK, 0.3 to 1.6 s: done when the first comment comes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from textblob._text import Score, Sentiment
from textblob.base import CONTINUOUS, BaseSentimentAnalyzer

from analysis.text.lemmas import find_lemma
from analysis.text.tone_clauses import Assessment, Entry, Label, Piece, assess
from analysis.text.tone_tokens import read_tokens

_REMEMBERED_WORDS = 50_000
_STRENGTHENING = "RB"
_VERB = "VB"
_SHORTEST_STEM = 4
_SHORTEST_PREFIX = 3
_LONGEST_PREFIX = 10
_MORE = 0.2
_HERE = Path(__file__).parent

_NUMBER = "#"


class _Forms(NamedTuple):
    """How a language forms its words, as far as the lexicon does not say."""

    endings: str
    comparative: str
    participle: tuple[str, ...]
    numerals: frozenset[str]


_FORMS = {
    "sv": _Forms(
        "tas",
        "are",
        ("ande", "ende"),
        frozenset("två tre fyra fem sex sju åtta nio tio elva tolv flera några par ett en många femton tjugo".split()),
    ),
    "en": _Forms(
        "s",
        "er",
        ("ing",),
        frozenset("two three four five six seven eight nine ten eleven twelve several few an a one many couple".split()),
    ),
}


@dataclass(frozen=True)
class _Word:
    """A token as it is looked up: as written, as the dictionary lists it, and what may begin or be there."""

    forms: frozenset[str]
    entry: Entry | None
    expressions: tuple[tuple[tuple[str, ...], Entry], ...]


class CareSentiment(Sentiment):
    """TextBlob's sentiment with lexicons for care, expressions of several words, lemmas and wider negations."""

    def __init__(self, paths: Sequence[Path], language: str) -> None:
        super().__init__(path=str(paths[0]), language=language, tokenizer=read_tokens)
        self._paths = paths
        self._code = language
        self._expressions: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        self._entries: dict[str, Entry] = {}
        self._prefixes: dict[str, Entry] = {}
        self._forms = _FORMS[language]
        self._look_up = lru_cache(maxsize=_REMEMBERED_WORDS)(self._make_word)

    def load(self, path: str | None = None) -> None:
        """Reads every lexicon; of a word that two of them have, the later counts."""
        for each in self._paths:
            super().load(str(each))
        for form, senses in dict.items(self):
            entry = _make_entry(cast(Mapping[str | None, Sequence[float]], senses), self.labeler.get(form))
            words = tuple(form.split(" "))
            if entry.label == Label.PREFIX:
                self._prefixes[form.rstrip("-")] = entry
            elif len(words) > 1:
                self._expressions.setdefault(words[0], []).append((words, entry))
            else:
                self._entries[form] = entry
        for form, entry in list(self._entries.items()):
            if _has_forms(entry) and not form.endswith(self._forms.participle):
                self._entries.setdefault(find_lemma(form, self._code), entry)

    def __call__(self, s: str, negation: bool = True, **kwargs: object) -> Score:
        """The mean polarity of the judgements in a text, with them as `assessments`."""
        if not self._entries:
            self.load()
        found = self.assessments(self.tokenizer(s), negation)
        return Score(sum(each.polarity for each in found) / (len(found) or 1), 0.0, found)

    def assessments(self, words: Iterable[str] | None = None, negation: bool = True) -> list[Assessment]:
        """The judgements of a row of tokens."""
        return assess(self._join(list(words or ())))

    def _join(self, tokens: Sequence[str]) -> Iterable[Piece]:
        """The tokens with their entries, the longest expression at each place as one piece."""
        words = [self._look_up(token) for token in tokens]
        at = 0
        while at < len(tokens):
            length, entry, text = 1, words[at].entry, tokens[at]
            for form, found in words[at].expressions:
                if _matches(form, words, at):
                    length, text = len(form), " ".join(tokens[at : at + len(form)])
                    entry = found if text == " ".join(form) else replace(found, is_base=False)
                    break
            yield Piece(text, entry)
            at += length

    def _make_word(self, token: str) -> _Word:
        """What the lexicons hold for a token; a number stands in them as #."""
        if token[0].isdigit() or token in self._forms.numerals:
            lemma, entry = _NUMBER, self._entries.get(token)
        else:
            lemma, entry = find_lemma(token, self._code), self.find_entry(token)
        starts = [*self._expressions.get(token, ())]
        if lemma != token:
            starts += self._expressions.get(lemma, ())
        starts.sort(key=lambda expression: -len(expression[0]))
        return _Word(frozenset({token, lemma}), entry, tuple(starts))

    def find_entry(self, word: str) -> Entry | None:
        """The entry of a word as written, of its lemma, of the form without an ending, or of its beginning."""
        if entry := self._entries.get(word):
            return entry
        found = self._entries.get(find_lemma(word, self._code))
        if found is None and len(word) > _SHORTEST_STEM and word[-1] in self._forms.endings:
            found = self._entries.get(word[:-1])
        if found:
            return None if found.label == Label.NEED else self._inflect(word, found)
        return self._find_by_prefix(word)

    def _inflect(self, word: str, entry: Entry) -> Entry:
        """The entry of another form of its word: "snabbare" asks for more, and is no praise of what is."""
        if entry.label is None and entry.polarity > 0 and word.endswith(self._forms.comparative):
            return replace(entry, label=Label.WISH, polarity=_MORE, is_base=False)
        return replace(entry, is_base=False)

    def _find_by_prefix(self, word: str) -> Entry | None:
        """The entry of an unknown word by how it begins: "jättelugn" as "lugn", "toppenjobb" as "toppen"."""
        for length in range(_SHORTEST_PREFIX, min(_LONGEST_PREFIX, len(word) - _SHORTEST_STEM + 2)):
            prefix = self._prefixes.get(word[:length])
            if prefix is None:
                continue
            rest = self.find_entry(word[length:])
            if rest and rest.label is None and prefix.strength != 1.0:
                return replace(rest, polarity=max(-1.0, min(1.0, rest.polarity * prefix.strength)))
            if prefix.polarity:
                return Entry(prefix.polarity)
        return None


class Sentence(NamedTuple):
    """What `TextBlob.sentiment` gives: TextBlob's two figures and the judgements behind them."""

    polarity: float
    subjectivity: float
    assessments: Sequence[Assessment]


class CareAnalyzer(BaseSentimentAnalyzer):
    """TextBlob's analyzer around CareSentiment."""

    kind = CONTINUOUS

    def __init__(self, sentiment: CareSentiment) -> None:
        super().__init__()
        self._sentiment = sentiment

    def analyze(self, text: str) -> Sentence:
        """The judgements of a text and their mean."""
        score = self._sentiment(text)
        return Sentence(score[0], score[1], score.assessments)


def _has_forms(entry: Entry) -> bool:
    """Whether other forms of a word of the lexicon mean the same: of those that judge, not of "borde" or "mycket"."""
    return entry.label is None and entry.strength == 1.0 and entry.polarity != 0.0


def _matches(form: Sequence[str], words: Sequence[_Word], at: int) -> bool:
    """Whether the words of an expression stand here, as written or in another form."""
    if at + len(form) > len(words):
        return False
    return all(form[place] in words[at + place].forms for place in range(1, len(form)))


def _make_entry(senses: Mapping[str | None, Sequence[float]], label: str | None) -> Entry:
    """The entry of a form from TextBlob's (polarity, subjectivity, intensity) for each part of speech."""
    label = label if label in frozenset(Label) else None
    strength = senses[_STRENGTHENING][2] if _STRENGTHENING in senses else 1.0
    if label == Label.PREFIX:
        strength = senses[None][2]
    judged = [sense[0] for part, sense in senses.items() if part is not None and part != _STRENGTHENING]
    polarity = sum(judged) / len(judged) if judged else senses[None][0]
    return Entry(polarity, strength, _VERB in senses, label, is_base=True)


@lru_cache(maxsize=2)
def load_blobber(language: str) -> Any:
    """TextBlob's factory for a language, "sv" or "en". Raises KeyError for another."""
    from textblob import Blobber
    from textblob.en import sentiment as english

    paths = {
        "sv": [_HERE / "tone_sv.xml", _HERE / "tone_signs.xml"],
        "en": [Path(english.path), _HERE / "tone_en.xml", _HERE / "tone_signs.xml"],
    }
    return Blobber(analyzer=CareAnalyzer(CareSentiment(paths[language], language)))
