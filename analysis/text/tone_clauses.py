"""What does each word of judgement amount to where it stands: after "not", after "very", behind "should be"?

TextBlob's own loop looks one word back and forgets a negation at the first word of three letters; here a negation
reaches some words ahead, and back to the verb ("lyssnade inte", "hjälpte mig inte").
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from analysis.text.tone_tokens import ASK, PAUSE, SHOUT, STOP


class Label(StrEnum):
    """What a word of the lexicon does besides judging; the `label` of its line."""

    NEGATION = "negation"
    NEVER = "never"
    LESSER = "lesser"
    AND = "and"
    BUT = "but"
    ASIDE = "aside"
    NOTHING = "nothing"
    WOULD = "would"
    NEED = "need"
    WISH = "wish"
    SYMPTOM = "symptom"
    PREFIX = "prefix"


_REACH_AHEAD = 5
"""Words that a negation reaches ahead; words of strength are not counted."""
_REACH_TO_BAD = 2
"""Words that it reaches ahead to one of complaint: "inga långa köer", not "ingen leverans trots att"."""
_REACH_OF_LESSER = 1
"""Words that "less" reaches ahead."""
_REACH_BACK = 3
"""Words from a verb to the negation behind it, at most: "hjälpte mig verkligen inte"."""
_REACH_OF_STRENGTH = 1
"""Unknown words that may stand between a word of strength and what it strengthens."""
_NOT_GOOD = -0.8
_NOT_BAD = -0.5
_LEAST_NOT_GOOD = -0.3
_BARE_NEGATION = -0.2
"""What "inte" is worth when nothing judged stands by it: people write "kom inte", "fick inte" of what went wrong."""
_NEVER_BETTER = 0.8
"""What "never" before "better" is worth."""
_ONLY_WISHED = -0.4
"""What praise is worth behind "borde", "skulle vara": it is missing."""
_ASKED_FOR = 0.1
"""What praise is worth as a request at the start of a sentence: "Lyssna på oss"."""
_SHOUTED = 1.25
_ENDS = frozenset({STOP, SHOUT, ASK})
_TURNING = frozenset({Label.NEGATION, Label.NEVER, Label.LESSER})
_NOT_TURNED = frozenset({Label.NOTHING, Label.WOULD, Label.NEED})


@dataclass(frozen=True)
class Entry:
    """What the lexicon says of a word: polarity -1 to 1, how it strengthens the next word (1: not), its part."""

    polarity: float
    strength: float = 1.0
    is_verb: bool = False
    label: str | None = None
    is_base: bool = False


@dataclass(frozen=True)
class Piece:
    """A word or an expression of the text in small letters, with its entry if the lexicon knows it."""

    text: str
    entry: Entry | None = None


@dataclass(frozen=True)
class Assessment:
    """One judgement: the words that make it, -1 to 1, the label of the lexicon, and where it stands."""

    words: tuple[str, ...]
    polarity: float
    label: str | None
    sentence: int
    place: int
    """Words before it in its sentence."""
    after_but: bool = False


@dataclass
class _State:
    """What is open at a place in a sentence."""

    sentence: int = 0
    place: int = 0
    after_but: bool = False
    turning: Piece | None = None
    turning_place: int = 0
    is_turning_used: bool = False
    strength: Piece | None = None
    strength_place: int = 0
    is_wished: bool = False
    verb: int | None = None
    verb_place: int = 0
    found: list[Assessment] = field(default_factory=list[Assessment])


def assess(pieces: Iterable[Piece]) -> list[Assessment]:
    """The judgements of a text in its order."""
    state = _State()
    for piece in pieces:
        if piece.text in _ENDS:
            _end_sentence(state, is_shout=piece.text == SHOUT)
        elif piece.text == PAUSE:
            _end_clause(state)
        else:
            _read(state, piece, piece.entry)
    _end_clause(state)
    return state.found


def _read(state: _State, piece: Piece, entry: Entry | None) -> None:
    """Takes one word into the state."""
    label = entry.label if entry else Label.ASIDE
    if entry is None or label == Label.ASIDE:
        state.place += 1
        if state.strength and state.place - state.strength_place > _REACH_OF_STRENGTH:
            _drop_strength(state)
    elif label == Label.BUT:
        _end_clause(state)
        state.after_but = True
    elif label == Label.AND:
        _drop_turning(state)
    elif label in _TURNING:
        _open_turning(state, piece)
    elif entry.strength != 1.0:
        _drop_strength(state)
        state.strength, state.strength_place = piece, state.place
    else:
        state.place += 1
        _judge(state, piece, entry)


def _judge(state: _State, piece: Piece, entry: Entry) -> None:
    """Adds the judgement of a known word, as what stands before it makes it."""
    if entry.is_verb and entry.is_base and state.place == 1 and entry.polarity > 0:
        entry = replace(entry, label=Label.WISH, polarity=_ASKED_FOR)
    polarity, words = entry.polarity, (piece.text,)
    if state.strength and state.strength.entry and entry.label is None:
        polarity = max(-1.0, min(1.0, polarity * state.strength.entry.strength))
        words = (state.strength.text, *words)
        state.strength = None
    _drop_strength(state)
    if entry.label in _NOT_TURNED:
        state.is_wished = state.is_wished or entry.label == Label.WOULD
    elif turning := _find_turning(state, polarity):
        polarity, words = _turn(polarity, turning, entry.label), (turning.text, *words)
        if entry.label == Label.WISH and polarity == _NEVER_BETTER:
            entry, state.turning = replace(entry, label=Label.NOTHING), None
    elif state.is_wished and polarity > 0:
        polarity *= _ONLY_WISHED
    if entry.is_verb and not state.turning:
        state.verb, state.verb_place = len(state.found), state.place
    _add(state, words, polarity, entry.label)


def _find_turning(state: _State, polarity: float) -> Piece | None:
    """The open negation if it reaches a word of this polarity at this place; it is used by that."""
    turning = state.turning
    if turning is None or turning.entry is None:
        return None
    reach = _REACH_AHEAD if polarity >= 0 else _REACH_TO_BAD
    if turning.entry.label == Label.LESSER:
        reach = _REACH_OF_LESSER
    if state.place - state.turning_place > reach:
        return None
    state.is_turning_used = True
    return turning


def _turn(polarity: float, turning: Piece | None, label: str | None) -> float:
    """A polarity under a negation: "not good" is nearly bad, "not bad" half good, "never better" very good."""
    if label == Label.WISH and turning and turning.entry and turning.entry.label == Label.NEVER:
        return _NEVER_BETTER if polarity >= 0 else -1.0
    return min(polarity * _NOT_GOOD, _LEAST_NOT_GOOD) if polarity > 0 else polarity * _NOT_BAD


def _open_turning(state: _State, piece: Piece) -> None:
    """Opens a negation, and turns the verb right before it."""
    state.place += 1
    _drop_strength(state)
    if state.turning is None or state.is_turning_used:
        state.turning, state.turning_place, state.is_turning_used = piece, state.place, False
    if state.verb is not None and state.place - state.verb_place <= _REACH_BACK:
        verb = state.found[state.verb]
        state.found[state.verb] = replace(
            verb, words=(*verb.words, piece.text), polarity=_turn(verb.polarity, None, None)
        )
        state.is_turning_used = True
        state.verb = None


def _drop_strength(state: _State) -> None:
    """Ends a word of strength that strengthened nothing; it may judge by itself ("det var fruktansvärt")."""
    piece, state.strength = state.strength, None
    if piece and piece.entry and piece.entry.polarity:
        polarity, words = piece.entry.polarity, (piece.text,)
        if turning := _find_turning(state, polarity):
            polarity, words = _turn(polarity, turning, None), (turning.text, *words)
        _add(state, words, polarity, piece.entry.label)


def _drop_turning(state: _State) -> None:
    """Ends a negation; one by which nothing judged stood is a slight complaint, "less" a wish."""
    _drop_strength(state)
    turning, state.turning = state.turning, None
    if turning and turning.entry and not state.is_turning_used:
        if turning.entry.label == Label.LESSER:
            _add(state, (turning.text,), 0.0, Label.WISH)
        else:
            _add(state, (turning.text,), _BARE_NEGATION, Label.NEGATION)


def _end_clause(state: _State) -> None:
    """Closes what does not reach past a comma or "but"."""
    _drop_turning(state)
    state.is_wished = False
    state.verb = None


def _end_sentence(state: _State, *, is_shout: bool) -> None:
    """Closes a sentence; an exclamation mark strengthens its last judgement."""
    _end_clause(state)
    if is_shout and state.found and state.found[-1].sentence == state.sentence:
        last = state.found[-1]
        state.found[-1] = replace(last, polarity=max(-1.0, min(1.0, last.polarity * _SHOUTED)))
    state.sentence += 1
    state.place = 0
    state.after_but = False


def _add(state: _State, words: tuple[str, ...], polarity: float, label: str | None) -> None:
    """Writes a judgement down."""
    place = max(0, state.place - 1)
    state.found.append(Assessment(words, polarity, label, state.sentence, place, state.after_but))
