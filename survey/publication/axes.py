"""What a survey's sums are told apart by in a county."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.tally import Scheme
from survey.definition.model import Definition
from survey.definition.scoring import NOT_SAID
from survey.installation import Installation, find_definition
from survey.publication.counting import make_scheme
from survey.publication.cube import Axes

Answer = tuple[str, str]


def make_axes(installation: Installation, survey: str, versions: Iterable[str]) -> tuple[Axes, ...]:
    """The axes of each county. Measures are those of every version given, the newest version's first.

    Without versions nothing was answered, and without measures there is nothing to publish: no axes.
    """
    definitions = [find_definition(installation, survey, v) for v in sorted(set(versions), reverse=True)]
    schemes = [make_scheme(definition) for definition in definitions]
    measures, answers, unscored = list_measures(schemes)
    if not measures:
        return ()
    return tuple(
        Axes(
            county=county.code,
            areas=tuple(area.code for area in installation.areas.within(county.code)),
            ages=list_codes(definitions, "age_band"),
            genders=list_codes(definitions, "gender"),
            measures=measures,
            dimensions=frozenset(d for one in schemes for d in one.dimensions),
            answers=answers,
            overlapping=frozenset(g.id for one in definitions for g in one.groups if g.each),
            unscored=unscored,
        )
        for county in installation.areas.counties
    )


def list_measures(
    schemes: Sequence[Scheme],
) -> tuple[tuple[str, ...], tuple[Answer, ...], frozenset[Answer]]:
    """Measures, answers, and which answers have no score, over some versions."""
    measures = dict.fromkeys(measure for scheme in schemes for measure in scheme.measures)
    answers = dict.fromkeys(answer for scheme in schemes for answer in scheme.answers)
    scored = {
        (scale.question, code)
        for scheme in schemes
        for scale in scheme.scales
        for code, score in scale.scores.items()
        if score is not None
    }
    return tuple(measures), tuple(answers), frozenset(a for a in answers if a not in scored)


def list_codes(definitions: Sequence[Definition], key: str) -> tuple[str, ...]:
    """The groups of people that a known question tells apart; those never reported alone are not known."""
    codes: dict[str, None] = {}
    for definition in definitions:
        question = definition.find_key(key)
        for option in () if question is None else definition.list_options(question):
            if option.code != NOT_SAID and not option.never_reported_alone:
                codes.setdefault(option.code)
    return tuple(codes)
