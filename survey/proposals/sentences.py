"""What is an activity and its outcome in words, for people at work and for residents?"""

from __future__ import annotations

from survey.language import Words
from survey.proposals.activities import Activity
from survey.proposals.outcome import Outcome


def tell_outcome(words: Words, outcome: Outcome, *, name: str) -> str:
    """What a line says of an activity; `name` is what the line measures."""
    said = words.say(f"plan.outcome.{outcome.kind}", dimension=name)  # keys: plan.outcome.*
    return f"{said} {words.say('plan.other_way')}" if outcome.is_other_way else said


def tell_activity(words: Words, activity: Activity) -> str:
    """How far an activity has come, whose it is and since when."""
    action = activity.action
    return words.say(
        "plan.activity",
        state=words.say(f"plan.state.{action.state}"),  # keys: plan.state.*
        organisation=words.say(f"plan.organisation.{activity.organisation}"),  # keys: plan.organisation.*
        owner=action.owner.rstrip("."),
        starts=words.month(action.starts),
    )
