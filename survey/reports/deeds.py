"""What has been done in an area, and have the lines moved since, in the words of the action plan?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from survey.following.actions import ActionState, has_begun, list_actions
from survey.insight.published import list_all_publications, list_dimensions, list_versions
from survey.language import pick_text
from survey.people.organisations import OrganisationKind
from survey.proposals.activities import Activity, Organisation, list_plan
from survey.proposals.outcome import find_outcomes
from survey.proposals.sentences import tell_activity, tell_outcome
from survey.reports.fitting import shorten
from survey.reports.subject import Subject
from survey.store.following import Action

MOST_IN_TITLE = 110
ORDER = (ActionState.ONGOING, ActionState.DONE, ActionState.PLANNED, ActionState.STOPPED)
OF_KIND: Mapping[str, Organisation] = {
    OrganisationKind.REGION: Organisation.REGION,
    OrganisationKind.MUNICIPALITY: Organisation.MUNICIPALITY,
}


@dataclass(frozen=True)
class Done:
    """Something that is done, with the number it has on the lines where it has begun, and its activity."""

    action: Action
    number: int | None
    activity: Activity | None


def list_deeds(subject: Subject) -> tuple[Done, ...]:
    """What is done, was done or is planned in an area and its county, not over before the span.

    Of a region's or a municipality's organisation without what is the other's alone. What is going on first,
    then the latest.
    """
    wish, area = subject.wish, subject.area.code
    every = list_actions(subject.installation, area, survey=wish.survey)
    numbers = {one.id: n for n, one in enumerate((a for a in every if has_begun(a)), start=1)}
    plan = {one.action.id: one for one in list_plan(subject.installation, area, survey=wish.survey)}
    found = [
        Done(one, numbers.get(one.id), plan.get(one.id))
        for one in every
        if not (one.ends and one.ends < wish.first) and (one.starts <= wish.last or not has_begun(one))
    ]
    mine = [one for one in found if is_ours(subject, one)]
    latest_first = sorted(mine, key=lambda one: one.action.starts, reverse=True)
    return tuple(sorted(latest_first, key=lambda one: ORDER.index(ActionState(one.action.state))))


def is_ours(subject: Subject, done: Done) -> bool:
    """Whether an organisation has to do with it; what nobody has said whose it is concerns everybody."""
    kind = None if subject.organisation is None else OF_KIND.get(subject.organisation.kind)
    if kind is None or done.activity is None:
        return True
    return done.activity.organisation in (kind, Organisation.BOTH)


def tell_deed(subject: Subject, done: Done, names: Mapping[str, str]) -> str:
    """What it is, how far it has come, whose it is, and what each of its lines says."""
    words, action = subject.words, done.action
    title = shorten(action.title, MOST_IN_TITLE).rstrip(".")
    said = words.say("report.deed", number=done.number, title=title) if done.number else f"{title}."
    parts = [said]
    if done.activity is not None:
        parts.append(tell_activity(words, done.activity))
    else:
        state = words.say(f"plan.state.{action.state}")  # keys: plan.state.*
        starts = words.month(action.starts)
        parts.append(words.say("report.deed_state", state=state, starts=starts))
    if action.area != subject.area.code:
        county = subject.installation.areas.find(action.area).name
        parts.append(words.say("follow.whole_county", county=county))
    for outcome in find_outcomes(subject.installation, action, viewer=subject.viewer):
        name = names.get(outcome.dimension, outcome.dimension)
        parts.append(tell_outcome(words, outcome, name=name))
    return " ".join(parts)


def name_dimensions(subject: Subject) -> dict[str, str]:
    """What each dimension of the survey is called."""
    known = list_all_publications(subject.installation, subject.wish.survey)
    found = list_dimensions(subject.installation, subject.wish.survey, list_versions(known))
    return {one.id: pick_text(one.text, subject.words.language.code) for one, _ in found}
