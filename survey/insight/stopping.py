"""How many who began a round's form came to each of its parts, and where do people stop?

Counts of drafts, without time or area, that grow by at least twenty people: survey/answering/reached.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from analysis.disclosure import ROUND_TO, Hidden, HiddenReason, Shown, round_count
from analysis.running_counts import MONITORING_LEAST
from survey.answering.drafts import find_survey
from survey.answering.reached import list_places
from survey.definition.model import Form, Text
from survey.installation import Installation
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.store import monitoring
from survey.store.rounds import Round


@dataclass(frozen=True)
class PlaceCount:
    """How many came to a part, in fives; `title` is None for looking over and for having sent.

    `per_cent` is their share of those who began, 0-100, of the rounded numbers.
    """

    place: str
    title: Text | None
    people: Shown[int] | Hidden
    per_cent: int | None


@dataclass(frozen=True)
class FormCount:
    """How far people came in one form of a round, from the first part to having sent."""

    form: Form
    places: tuple[PlaceCount, ...]

    @property
    def hardest(self) -> tuple[PlaceCount, PlaceCount] | None:
        """The place where most people stopped and the one they did not come to; None without a clear one.

        The numbers must differ by more than rounding can make of nobody.
        """
        pairs = list(pairwise(self.places))
        falls = [find_fall(before, after) for before, after in pairs]
        worst = max(falls, default=0)
        return pairs[falls.index(worst)] if worst > ROUND_TO else None


def find_fall(before: PlaceCount, after: PlaceCount) -> int:
    """How many fewer came to a place than to the one before, 0 where either is hidden."""
    if isinstance(before.people, Shown) and isinstance(after.people, Shown):
        return before.people.value - after.people.value
    return 0


def find_stopping(installation: Installation, round_: Round, *, viewer: Person) -> tuple[FormCount, ...]:
    """The forms of a round that anybody has been counted in.

    Counts below the public threshold are hidden, nobody at all too. Raises SurveyError not_allowed and
    database_*.
    """
    check_can_do(Permission.SEE_ROUNDS, by=viewer)
    least = max(MONITORING_LEAST, installation.settings.threshold_public)
    with installation.database.read() as connection:
        counted = monitoring.list_reached(connection, round_.id)
    forms: tuple[Form, ...] = ("full", "short")
    return tuple(
        FormCount(form, count_form(installation, round_, form, counted[form], least))
        for form in forms
        if form in counted
    )


def count_form(
    installation: Installation, round_: Round, form: Form, counted: Mapping[str, int], least: int
) -> tuple[PlaceCount, ...]:
    """The places of one form in their order."""
    survey = find_survey(installation, round_, form)
    titles = {part.id: part.title for part, _ in survey.parts}
    places = list_places(survey)
    began = round_count(counted.get(places[0], 0))
    return tuple(
        count_place(place, titles.get(place), counted.get(place, 0), began, least) for place in places
    )


def count_place(place: str, title: Text | None, number: int, began: int, least: int) -> PlaceCount:
    """One place, hidden where too few came."""
    if number < least:
        return PlaceCount(place, title, Hidden(HiddenReason.TOO_FEW, least), None)
    people = round_count(number)
    return PlaceCount(place, title, Shown(people), min(100, round(100 * people / began)) if began else None)
