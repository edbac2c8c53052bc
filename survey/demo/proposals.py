"""Which made-up proposals a demonstration has: one of each kind, where something was planted.

They were made on earlier days than today's, so each step is taken in an installation whose calendar says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.periods import shift_month
from survey.comments.counting import read_themes
from survey.demo.county import LJUNGBY, NYBRO
from survey.demo.decisions import ACCESS, CONTINUITY, LJUNGBY_MONTHS, make_action
from survey.following.actions import ActionKind, Direction, NewAction
from survey.installation import Installation
from survey.language import DEFAULT_LANGUAGE, speak
from survey.people.roles import Person, Role
from survey.proposals.activities import Organisation, add_activity
from survey.proposals.decide import decide
from survey.proposals.faults import EASY, PARTS, SWEDISH, NewProposal
from survey.proposals.feedback import tell_residents
from survey.proposals.quotes import list_offered
from survey.proposals.states import Event
from survey.proposals.support import give_support
from survey.proposals.writing import put_forward, write_proposal
from survey.store import proposals
from survey.store.proposals import Proposal

MEMBERS = tuple(Person(Role.PANEL_MEMBER, f"medlem{number}") for number in range(1, 6))
DECIDER = Person(Role.MANAGER)
SAFETY, PARTICIPATION, TOGETHER = "trygghet", "delaktighet", "samordning"
CONTINUITY_THEME = "continuity"
QUOTES = 2  # behind Ljungby's proposal, where so many may be shown
A_WEEK, A_MONTH = timedelta(days=7), timedelta(days=30)
SINCE_LATE = timedelta(days=75)  # more than the time in which an answer is promised
TOLD_AFTER = timedelta(days=330)  # since the activity in Ljungby began


@dataclass(frozen=True)
class Making:
    """Which survey proposals are about, and an installation that can be taken to another day."""

    installation: Installation
    survey: str

    @property
    def today(self) -> date:
        return self.installation.today()

    def on(self, day: date) -> Installation:
        """The installation on a day that has been."""
        return replace(self.installation, today=lambda: day)


def make_proposals(installation: Installation, survey: str, month: str) -> None:
    """Write the proposals of a demonstration whose running month is `month`, once.

    Only those about places that are there.
    """
    with installation.database.read(newest=True) as connection:
        if proposals.list_newest(connection):
            return
    making, areas = Making(installation, survey), installation.areas
    if areas.has(LJUNGBY):
        make_told(making, month)
        put(making, making.today - A_WEEK, "plan", LJUNGBY, PARTICIPATION, supporters=2)
    if areas.has(NYBRO):
        put(making, making.today - SINCE_LATE, "call", NYBRO, ACCESS, supporters=4)
        make_declined(making)
    make_planned(making, areas.counties[-1].code, month)
    write(making, making.today, "draft", areas.counties[0].code, TOGETHER)


def write(making: Making, day: date, name: str, area: str, dimension: str) -> Proposal:
    """A draft of a day; one about continuity with quotes about that alone, where its area may show any."""
    words, member = speak(DEFAULT_LANGUAGE), MEMBERS[0]
    quotes: tuple[bytes, ...] = ()
    if dimension == CONTINUITY:
        offered = list_offered(
            making.installation, survey=making.survey, area=area, theme=CONTINUITY_THEME, by=member
        )
        quotes = tuple(one.id for one in offered if set(read_themes(one)) == {CONTINUITY_THEME})[:QUOTES]
    new = NewProposal(
        words.say(f"demo.proposal.{name}_title"),  # keys: demo.proposal.*
        words.say(f"demo.proposal.{name}_text"),  # keys: demo.proposal.*
        dimension,
        quotes=quotes,
    )
    return write_proposal(making.on(day), new, survey=making.survey, area=area, by=member)


def put(making: Making, day: date, name: str, area: str, dimension: str, *, supporters: int) -> Proposal:
    """A proposal that was put forward on a day and is supported by some."""
    draft = write(making, day, name, area, dimension)
    found = put_forward(making.on(day), draft.id, based_on=draft.version, by=MEMBERS[0])
    for member in MEMBERS[:supporters]:
        give_support(making.on(day), found.id, by=member)
    return found


def answer(making: Making, day: date, found: Proposal, event: Event, name: str) -> Proposal:
    """A proposal that was accepted or declined on a day."""
    reason = speak(DEFAULT_LANGUAGE).say(f"demo.proposal.{name}_reason")  # keys: demo.proposal.*
    return decide(making.on(day), found.id, event, reason=reason, based_on=found.version, by=DECIDER)


def make_told(making: Making, month: str) -> None:
    """Ljungby's, behind what was planted there: accepted, going on, and residents have been told."""
    words = speak(DEFAULT_LANGUAGE)
    began = date.fromisoformat(f"{shift_month(month, -LJUNGBY_MONTHS)}-01")
    found = put(making, began - A_MONTH * 2, "contact", LJUNGBY, CONTINUITY, supporters=5)
    accepted = answer(making, began - A_MONTH, found, Event.ACCEPT, "contact")
    new, both = make_action(LJUNGBY, month), Organisation.BOTH
    add_activity(making.on(began), accepted, new, organisation=both, by=DECIDER)
    texts = {
        language: {part: words.say(f"demo.proposal.contact_{part}{end}") for part in PARTS}
        for language, end in ((SWEDISH, ""), (EASY, "_easy"))
    }
    tell_residents(making.on(began + TOLD_AFTER), accepted.id, texts, based_on=0, by=DECIDER)


def make_declined(making: Making) -> None:
    """Nybro's, with the reason why not."""
    found = put(making, making.today - A_MONTH * 3, "evening", NYBRO, ACCESS, supporters=1)
    answer(making, making.today - A_MONTH * 2, found, Event.DECLINE, "evening")


def make_planned(making: Making, county: str, month: str) -> None:
    """A whole county's, accepted a week ago, with something planned for the next month."""
    words = speak(DEFAULT_LANGUAGE)
    found = put(making, making.today - A_MONTH, "words", county, SAFETY, supporters=3)
    accepted = answer(making, making.today - A_WEEK, found, Event.ACCEPT, "words")
    new = NewAction(
        ActionKind.ACTION,
        words.say("demo.proposal.words_activity"),
        shift_month(month, 1),
        words.say("demo.proposal.words_owner"),
        (SAFETY,),
        direction=Direction.BETTER,
    )
    add_activity(making.installation, accepted, new, organisation=Organisation.REGION, by=DECIDER)
