"""What is added up of a month's responses, and which sets of people they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import orjson

from analysis.pairs import PairTally
from analysis.tally import Answered, Scale, Scheme, SumTable, Tally, merge_tables, take_sets
from survey.definition.model import Definition
from survey.definition.scoring import find_group_of, list_items, make_rules
from survey.installation import Installation, find_definition
from survey.store.closed import GROUPS, PEOPLE, Frozen, Pair
from survey.store.responses import Counted

EVERYBODY = ""  # the group of a set that is everybody of an area
MIX = "~mix"  # the group of those alike in what case mix adjusts for
MIX_SEPARATOR = "|"
Key = tuple[str, ...]  # area, then as survey/store/closed.py has it
Tell = Callable[[int], None]
Likeness = tuple[str, str, str, str]  # area, unit, channel and the document of groups
MOST_REMEMBERED = 50_000  # likenesses whose sets are remembered


@dataclass(frozen=True)
class Strata:
    """The groups of a survey that tell age, gender and who answered; empty where it does not ask."""

    age: str
    gender: str
    role: str


@dataclass(frozen=True)
class Month:
    """A month's sums, how many responses there were, and which versions of the survey they answered.

    `pairs` is how the questions of a dimension go together, by round; nothing for answers of no known round.
    """

    rows: tuple[Frozen, ...]
    responses: int
    versions: tuple[str, ...]
    pairs: tuple[Pair, ...] = ()


class Counting:
    """One version of a survey as its responses are counted."""

    def __init__(self, strata: Strata, scheme: Scheme) -> None:
        self.strata = strata
        self.tally = Tally(scheme)
        self.pairs = PairTally(scheme)
        self._known: dict[Likeness, tuple[int, ...]] = {}

    def add(self, people: Sequence[Counted]) -> None:
        """Count some responses."""
        answered = [
            Answered(self._find_sets(one), orjson.loads(one.scores), orjson.loads(one.answers))
            for one in people
        ]
        self.tally.add(answered)
        self.pairs.add(answered, [one.round_id for one in people])

    def _find_sets(self, one: Counted) -> tuple[int, ...]:
        """The sets of a response. Remembered for those who are alike, who are many."""
        likeness = (one.area, one.unit, one.channel, one.groups)
        found = self._known.get(likeness)
        if found is None:
            if len(self._known) == MOST_REMEMBERED:
                self._known.clear()
            found = tuple(self.tally.number_set(key) for key in list_sets(likeness, self.strata))
            self._known[likeness] = found
        return found


def find_strata(definition: Definition) -> Strata:
    return Strata(*(find_group_of(definition, key) for key in ("age_band", "gender", "role")))


def make_scheme(definition: Definition) -> Scheme:
    """The dimensions that are scored and the scales that are counted, in the definition's order."""
    scored = {rule.id for rule in make_rules(definition)}
    dimensions = tuple(d.id for d in definition.dimensions if d.id in scored)
    scales = tuple(
        Scale(rule.question, rule.final, dimension)
        for dimension in dimensions
        for rule in list_items(definition, dimension)
    )
    return Scheme(dimensions, scales)


def count_month(
    installation: Installation,
    survey: str,
    month: str,
    batches: Iterable[Sequence[Counted]],
    *,
    tell: Tell,
) -> Month:
    """Add up every response of a month; `tell` hears how many have been read, now and then.

    People who live outside the installation's municipalities are in no sum.
    """
    known: dict[str, Counting] = {}
    inside = {area.code for area in installation.areas.municipalities}
    read = 0
    for batch in batches:
        for version in {one.version for one in batch}:
            counting = known.get(version) or begin_counting(installation, survey, version)
            known[version] = counting
            counting.add([one for one in batch if one.version == version and one.area in inside])
        read += len(batch)
        tell(read)
    tables = [known[version].tally.make_table() for version in sorted(known, reverse=True)]
    rows = tuple(split_table(merge_tables(tables), month)) if tables else ()
    pairs = tuple(pair for version in sorted(known) for pair in list_pairs(known[version].pairs))
    return Month(rows, read, tuple(sorted(known)), pairs)


def begin_counting(installation: Installation, survey: str, version: str) -> Counting:
    definition = find_definition(installation, survey, version)
    return Counting(find_strata(definition), make_scheme(definition))


def list_pairs(pairs: PairTally) -> Iterator[Pair]:
    """The tables of pairs as they are kept."""
    for table in pairs.make_tables():
        counts = tuple(tuple(int(n) for n in row) for row in table.counts)
        yield Pair(table.round_id, table.dimension, table.first, table.second, counts)


def list_sets(person: Likeness, strata: Strata) -> list[Key]:
    """The keys of the sets that somebody counts in: their area's, each of their groups', and their mix's."""
    area, unit, channel, document = person
    groups: dict[str, str | list[str]] = orjson.loads(document)
    age, gender, role = (str(groups.get(name, "")) for name in (strata.age, strata.gender, strata.role))
    sets: list[Key] = [
        (area, unit, EVERYBODY, "", age, gender),
        (area, "", MIX, f"{role}{MIX_SEPARATOR}{channel}", age, ""),
    ]
    for group, codes in groups.items():
        chosen = (codes,) if isinstance(codes, str) else codes
        sets.extend((area, "", group, code, age, gender) for code in chosen)
    return sets


def split_table(table: SumTable, month: str) -> Iterator[Frozen]:
    """The sums by municipality and part."""
    chosen: dict[tuple[str, str], list[int]] = {}
    for row, (area, _, group, *_) in enumerate(table.keys):
        part = PEOPLE if group in (EVERYBODY, MIX) else GROUPS
        chosen.setdefault((area, part), []).append(row)
    for (area, part), rows in chosen.items():
        yield Frozen(month, area, part, take_rows(table, rows))


def take_rows(table: SumTable, rows: Sequence[int]) -> SumTable:
    """Some sets of a table, without their area."""
    chosen = take_sets(table, rows)
    return replace(chosen, keys=tuple(key[1:] for key in chosen.keys))
