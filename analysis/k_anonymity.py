"""How coarse must what is known of people be, so that at least k of them are alike in all of it?

What somebody could know of another from elsewhere (where they live, when they answered, their age) is a
combination of values. A ladder of steps makes one value after the other coarser, always in the same order, so
that of two files one is never finer in one thing and coarser in another: together they say no more than the
finer one. The first rung is taken on which few enough people stand in combinations of fewer than k, and on
which a whole combination seldom answered alike; those who still are too few are left out.

Source: Sweeney 2002, Achieving k-anonymity privacy protection using generalization and suppression;
Machanavajjhala et al. 2007, l-diversity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

LEAST_K = 10  # nobody may ask for less
MOST_SUPPRESSED = 0.05  # share of people that may be left out; more would make the file say something else
MOST_ALIKE = 0.01  # share of people's answers that may be those of everybody in their combination
BITS = 16  # how many different answers to one question are told apart
NO_ANSWER = 0  # the bit of those who gave none
Combination = tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One rung of the ladder: in a column every value becomes another, or several become one."""

    column: int
    coarsen: Callable[[str], str]

    def apply(self, combination: Combination) -> Combination:
        at = self.column
        return (*combination[:at], self.coarsen(combination[at]), *combination[at + 1 :])


@dataclass(frozen=True, slots=True)
class Crowd:
    """The people of one combination: how many, and as bits which answers were seen to each question."""

    people: int
    seen: int = 0

    def join(self, other: Crowd) -> Crowd:
        return Crowd(self.people + other.people, self.seen | other.seen)


Crowds = dict[Combination, Crowd]


@dataclass(frozen=True)
class Chosen:
    """What was chosen: the rung (0 is the finest), who is kept, and how many are left out.

    `alike` of `answers` answers are those of people whose whole combination answered that question alike.
    """

    level: int
    kept: Mapping[Combination, int]
    suppressed: int
    alike: int
    answers: int

    @property
    def people(self) -> int:
        """How many people are kept."""
        return sum(self.kept.values())


class Counting:
    """How many people there are of each combination, counted in one pass over them in any order.

    `total` is how many there are in all. As soon as there are so many combinations that the rung can never
    be the one that is taken, what was counted climbs to the next: memory stays small, and nothing is lost.
    """

    def __init__(self, steps: Sequence[Step], *, k: int, total: int) -> None:
        check_k(k)
        self.steps, self.k, self.level = tuple(steps), k, 0
        self.crowds: dict[Combination, list[int]] = {}
        self._most = find_most_combinations(total, k)

    def add(self, combination: Combination, seen: int = 0) -> bool:
        """Count a person, whose combination is of the rung `level`; whether it climbed by that."""
        crowd = self.crowds.get(combination)
        if crowd is not None:
            crowd[0] += 1
            crowd[1] |= seen
            return False
        self.crowds[combination] = [1, seen]
        was = self.level
        while len(self.crowds) > self._most and self.level < len(self.steps):
            self._climb()
        return self.level != was

    def _climb(self) -> None:
        found = climb(self.list_crowds(), self.steps[self.level])
        self.crowds = {combination: [crowd.people, crowd.seen] for combination, crowd in found.items()}
        self.level += 1

    def list_crowds(self) -> Crowds:
        """The people of each combination so far, on the rung `level`."""
        return {combination: Crowd(*crowd) for combination, crowd in self.crowds.items()}

    def choose(self, *, questions: int) -> Chosen:
        """The rung that is taken, when everybody has been counted."""
        return choose_level(self.list_crowds(), self.steps, k=self.k, questions=questions, begun=self.level)


def find_most_combinations(total: int, k: int) -> float:
    """More combinations than this of so many people, and too many would have to be left out.

    At most total / k of them have k people or more; each of the others leaves out at least one.
    """
    return total * (MOST_SUPPRESSED + 1 / k)


def check_k(k: int) -> None:
    """Raises ValueError for a k under LEAST_K."""
    if k < LEAST_K:
        raise ValueError(f"k must be at least {LEAST_K}")


def choose_level(crowds: Crowds, steps: Sequence[Step], *, k: int, questions: int, begun: int = 0) -> Chosen:
    """The finest rung that can be taken, from the rung `begun` that the crowds are counted on.

    On the last rung it is taken whatever it costs: then `suppressed` and `alike` may be more than is allowed
    elsewhere, and with fewer than k people in all nobody is kept. A higher k never gives a finer rung.
    """
    check_k(k)
    total = sum(crowd.people for crowd in crowds.values())
    for level in range(begun, len(steps) + 1):
        kept = keep_crowds(crowds, k)
        suppressed = total - sum(crowd.people for crowd in kept.values())
        is_last = level == len(steps)
        if is_last or (suppressed <= MOST_SUPPRESSED * total and is_diverse(crowds, questions)):
            alike, answers = count_alike(kept.values(), questions)
            people = {combination: crowd.people for combination, crowd in kept.items()}
            return Chosen(level, people, suppressed, alike, answers)
        crowds = climb(crowds, steps[level])
    raise AssertionError("the last rung is always taken")


def climb(crowds: Crowds, step: Step) -> Crowds:
    """The same people on the next rung."""
    found: Crowds = {}
    for combination, crowd in crowds.items():
        coarser = step.apply(combination)
        known = found.get(coarser)
        found[coarser] = crowd if known is None else known.join(crowd)
    return found


def keep_crowds(crowds: Crowds, k: int) -> Crowds:
    """The combinations of at least k people.

    Those who are left out are nobody or at least k together: else what the file says and what was published
    of everybody would differ by a few. The smallest other combination goes with them where they are fewer.
    """
    kept = {combination: crowd for combination, crowd in crowds.items() if crowd.people >= k}
    left_out = sum(crowd.people for crowd in crowds.values()) - sum(crowd.people for crowd in kept.values())
    if 0 < left_out < k and kept:
        smallest = min(kept, key=lambda combination: (kept[combination].people, combination))
        del kept[smallest]
    return kept


def is_diverse(crowds: Crowds, questions: int) -> bool:
    """Whether few enough answers are those of a whole combination.

    Combinations of LEAST_K people or more are looked at, whatever k is: a higher k decides nothing here.
    """
    alike, answers = count_alike((c for c in crowds.values() if c.people >= LEAST_K), questions)
    return alike <= MOST_ALIKE * answers


def count_alike(crowds: Iterable[Crowd], questions: int) -> tuple[int, int]:
    """How many answers are those of everybody in their combination who answered, and how many there are.

    A person counts once for each question that anybody of their combination answered.
    """
    alike = answers = 0
    for crowd in crowds:
        for question in range(questions):
            given = find_seen(crowd.seen, question)
            answers += crowd.people if given else 0
            alike += crowd.people if given.bit_count() == 1 else 0
    return alike, answers


def find_seen(seen: int, question: int) -> int:
    """The answers that were seen to a question as bits, without those who gave none."""
    return (seen >> (BITS * question)) & ((1 << BITS) - 1) & ~(1 << NO_ANSWER)


def mark_seen(question: int, answer: int) -> int:
    """The bit of an answer to a question. Answers are numbered from 1; NO_ANSWER is none.

    With more than BITS - 1 answers the last share a bit, which can only make more people look alike.
    """
    return 1 << (BITS * question + min(answer, BITS - 1))
