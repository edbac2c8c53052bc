"""What does each word of judgement amount to where it stands: after "not", after "very", behind "should be"?

TextBlob's own loop looks one word back and forgets a negation at the first longer word; here a negation
reaches some words ahead, and back to the verb ("lyssnade inte", "hjälpte mig inte").
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from analysis.text.tone_pieces import JUDGING, Assessment, Entry, Label, Piece
from analysis.text.tone_tokens import ASK, PAUSE, SHOUT, STOP

_REACH_AHEAD = 5
"""Words that a negation reaches ahead to one of praise; words of strength are not counted."""
_REACH_TO_BAD = 2
"""Words that it reaches ahead to one of complaint: "inga långa köer", not "ingen leverans trots att"."""
_REACH_OF_LESSER = 1
"""Words that "less" reaches ahead."""
_REACH_ON = 1
"""Words that a negation reaches on from a word that it has turned: "inget bra bemötande"."""
_REACH_BACK = 3
"""Words from a verb to the negation behind it, at most: "hjälpte mig verkligen inte"."""
_REACH_OF_STRENGTH = 1
"""Unknown words that may stand between a word of strength and what it strengthens."""
_NOT_GOOD = -0.8
_LEAST_NOT_GOOD = -0.3
_NOT_BAD = -0.5
_BARE_NEGATION = -0.2
"""What a negation is worth when nothing judged stands by it: "kom inte" tells of what went wrong."""
_NEVER_BETTER = 0.8
_NEVER_WORSE = -1.0
_ONLY_WISHED = -0.4
"""What praise is worth behind "borde", "skulle vara": it is missing."""
_ASKED_FOR = 0.1
"""What praise is worth when it is asked for: "Lyssna på oss" at the start of a sentence, "mer hjälpsam"."""
_SHOUTED = 1.25
"""An exclamation mark strengthens as in TextBlob."""
_ENDS = frozenset({STOP, SHOUT, ASK})
_PASSED_OVER = frozenset({Label.ASIDE, Label.NUMBER})
_TURNING = frozenset({Label.NEGATION, Label.NEVER, Label.LESSER})
_NOT_TURNED = frozenset({Label.NOTHING, Label.WOULD, Label.NEED})


@dataclass
class _Turning:
    """An open negation, where it began to reach, whether it has turned a word, and where it ends then."""

    piece: Piece
    place: int
    label: str | None
    is_used: bool = False
    last: int | None = None

    def reaches(self, polarity: float, place: int) -> bool:
        """Whether it turns a word of this polarity at this place."""
        if self.last is not None:
            return place <= self.last
        reach = _REACH_AHEAD if polarity >= 0 else _REACH_TO_BAD
        return place - self.place <= (_REACH_OF_LESSER if self.label == Label.LESSER else reach)


@dataclass
class _State:
    """What is open at a place in a sentence."""

    sentence: int = 0
    place: int = 0
    is_after_but: bool = False
    is_wished: bool = False
    wish_place: int | None = None
    turning: _Turning | None = None
    strength: Piece | None = None
    strength_place: int = 0
    verb: int | None = None
    verb_place: int = 0
    found: list[Assessment] = field(default_factory=list[Assessment])


def assess(pieces: Iterable[Piece]) -> list[Assessment]:
    """The judgements of a text in its order; empty if it judges nothing."""
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
    if entry is None or entry.label in _PASSED_OVER:
        state.place += 1
        if state.strength and state.place - state.strength_place > _REACH_OF_STRENGTH:
            _drop_strength(state)
    elif entry.label == Label.BUT:
        _end_clause(state)
        state.is_after_but = True
        _add(state, (piece,), entry.polarity if state.place else 0.0, entry.label)
    elif entry.label == Label.THAT:
        state.place += 1
        if state.place == 1:
            _add(state, (piece,), 0.0, entry.label)
    elif entry.label == Label.AND:
        _drop_turning(state)
    elif entry.label == Label.OR:
        state.place += 1
        if state.turning:
            state.turning.place, state.turning.last = state.place, None
    elif entry.label in _TURNING:
        _open_turning(state, piece, entry.label)
    elif entry.strength != 1.0:
        _drop_strength(state)
        state.strength, state.strength_place = piece, state.place
    else:
        state.place += 1
        _judge(state, piece, entry)


def _judge(state: _State, piece: Piece, entry: Entry) -> None:
    """Adds the judgement of a known word, as what stands before it makes it."""
    if entry.is_verb and entry.is_base and state.place == 1 and entry.polarity >= 0:
        entry = replace(entry, label=Label.WISH, polarity=_ASKED_FOR)
    if not entry.polarity and entry.label is None:
        return
    polarity, pieces = entry.polarity, (piece,)
    if state.strength and state.strength.entry and entry.label in JUDGING:
        polarity = max(-1.0, min(1.0, polarity * state.strength.entry.strength))
        pieces, state.strength = (state.strength, piece), None
    _drop_strength(state)
    if entry.label in _NOT_TURNED:
        state.is_wished = state.is_wished or entry.label == Label.WOULD
        _add(state, pieces, polarity, entry.label)
    elif turning := _find_turning(state, polarity):
        _add_turned(state, turning, pieces, polarity, entry.label)
    else:
        if polarity > 0 and state.wish_place == state.place - 1:
            polarity = _ASKED_FOR
        elif polarity > 0 and state.is_wished:
            polarity *= _ONLY_WISHED
        if entry.is_verb:
            state.verb, state.verb_place = len(state.found), state.place
        _add(state, pieces, polarity, entry.label)
    if entry.label == Label.WISH:
        state.wish_place = state.place


def _find_turning(state: _State, polarity: float) -> _Turning | None:
    """The open negation if it reaches a word of this polarity at this place; it is used by that."""
    turning = state.turning
    if turning is None or not turning.reaches(polarity, state.place):
        return None
    turning.is_used = True
    return turning


def _add_turned(
    state: _State, turning: _Turning, pieces: tuple[Piece, ...], polarity: float, label: str | None
) -> None:
    """Adds a judgement under a negation: "not good", "not bad", "never better", "can't be more helpful"."""
    if label == Label.WISH and turning.label == Label.NEVER:
        polarity, label = _NEVER_BETTER if polarity >= 0 else _NEVER_WORSE, None
        state.turning = state.verb = None
        state.found = [
            each for each in state.found if (each.sentence, each.label) != (state.sentence, Label.WOULD)
        ]
    else:
        polarity = _turn(polarity)
        turning.last = state.place + _REACH_ON
    _add(state, (turning.piece, *pieces), polarity, label)


def _turn(polarity: float) -> float:
    """A polarity under a negation: "not good" is nearly bad, "not bad" half good."""
    return min(polarity * _NOT_GOOD, _LEAST_NOT_GOOD) if polarity > 0 else polarity * _NOT_BAD


def _open_turning(state: _State, piece: Piece, label: str | None) -> None:
    """Opens a negation, and turns the verb right before it."""
    state.place += 1
    _drop_strength(state)
    if state.turning is None or state.turning.is_used:
        state.turning = _Turning(piece, state.place, label)
    if state.verb is not None and state.place - state.verb_place <= _REACH_BACK:
        verb = state.found[state.verb]
        state.found[state.verb] = replace(verb, pieces=(*verb.pieces, piece), polarity=_turn(verb.polarity))
        state.turning.is_used = True
        state.verb = None


def _drop_strength(state: _State) -> None:
    """Ends a word of strength that strengthened nothing; it may judge by itself ("det var fruktansvärt")."""
    piece, state.strength = state.strength, None
    if piece is None or piece.entry is None or not piece.entry.polarity:
        return
    if turning := _find_turning(state, piece.entry.polarity):
        _add_turned(state, turning, (piece,), piece.entry.polarity, piece.entry.label)
    else:
        _add(state, (piece,), piece.entry.polarity, piece.entry.label)


def _drop_turning(state: _State) -> None:
    """Ends a negation; one by which nothing judged stood is a slight complaint, "less" a wish."""
    _drop_strength(state)
    turning, state.turning = state.turning, None
    if turning and not turning.is_used:
        is_lesser = turning.label == Label.LESSER
        _add(
            state,
            (turning.piece,),
            0.0 if is_lesser else _BARE_NEGATION,
            Label.WISH if is_lesser else Label.NEGATION,
        )


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
    state.wish_place = None
    state.is_after_but = False


def _add(state: _State, pieces: tuple[Piece, ...], polarity: float, label: str | None) -> None:
    """Writes a judgement down."""
    state.found.append(
        Assessment(pieces, polarity, label, state.sentence, state.place <= 1, state.is_after_but)
    )
