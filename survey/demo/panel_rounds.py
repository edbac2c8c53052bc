"""Which made-up round a demonstration's panel has: rated once, and open a second time.

Twelve made-up members rated proposals and a theme. About one proposal they disagree, about one they nearly
all agree, so that it can be seen how either is told. The first of them has not rated a second time: whoever
tries the demonstration can do so as that member.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from survey.demo.county import seed_numbers
from survey.demo.decisions import ACCESS, CONTINUITY
from survey.demo.proposals import Making, put
from survey.installation import Installation
from survey.language import DEFAULT_LANGUAGE, speak
from survey.panel_rounds.answer import Page, find_walk, keep_sheet, send_own
from survey.panel_rounds.close import close_round, open_second
from survey.panel_rounds.open import NewPanelRound, open_panel_round
from survey.panel_rounds.sheets import Kind, Sheet
from survey.panel_rounds.states import SECOND, State
from survey.panel_rounds.subjects import NewSubject, list_proposals_to_rate
from survey.people.roles import Person, Role
from survey.store import panel_rounds as stored

MEMBERS = tuple(f"m{number:02}" for number in range(1, 13))
COORDINATOR = Person(Role.COORDINATOR)
OWN_PROPOSALS = {"remind": ACCESS, "relatives": "trygghet", "video": CONTINUITY}
THEME = "access"
OPENED, CLOSED, AGAIN = timedelta(days=35), timedelta(days=12), timedelta(days=10)  # before today
TO_ANSWER = timedelta(days=14)  # from today
SENT_AGAIN = MEMBERS[1:5]  # who have rated a second time already

# What the members answer about importance and feasibility of a proposal, a digit a member.
Plan = tuple[str, str]
PLANS: Mapping[str, Plan] = {
    "remind": ("455545445554", "454445354444"),
    "relatives": ("555555555555", "344343334324"),
    "video": ("511525151551", "443454345344"),
}
OTHERS: tuple[Plan, ...] = (("434333234343", "434344334433"), ("543454344534", "223232122332"))
WRITTEN = 3  # made-up texts


def make_panel_round(installation: Installation, survey: str) -> None:
    """Open, answer and close a round, and open it the second time, once."""
    with installation.database.read(newest=True) as connection:
        if stored.list_rounds(connection):
            return
    making = Making(installation, survey)
    opened, closed, again = (making.on(making.today - ago) for ago in (OPENED, CLOSED, AGAIN))
    plans = plan_answers(making, opened)
    proposals = [one for one in list_proposals_to_rate(opened, by=COORDINATOR) if one.ref in plans]
    words = speak(DEFAULT_LANGUAGE)
    theme = NewSubject(Kind.THEME, THEME, words.say(f"theme.{THEME}"))  # keys: theme.*
    new = NewPanelRound(words.say("demo.ratings.title"), making.today + TO_ANSWER, (*proposals, theme))
    found = open_panel_round(opened, new, by=COORDINATOR)
    for member in MEMBERS:
        rate_all(opened, found.id, member, plans)
    close_round(closed, found.id, seen=State.FIRST_OPEN, by=COORDINATOR)
    open_second(again, found.id, seen=State.FIRST_CLOSED, by=COORDINATOR)
    for member in SENT_AGAIN:
        rate_all(installation, found.id, member, plans)


def plan_answers(making: Making, opened: Installation) -> Mapping[str, Plan]:
    """What is answered about each proposal, by its id: some of its own, and two of those that were there."""
    there = list_proposals_to_rate(opened, by=COORDINATOR)
    plans = {one.ref: plan for one, plan in zip(there, OTHERS, strict=False)}
    county = making.installation.areas.counties[0].code
    for name, dimension in OWN_PROPOSALS.items():
        made = put(making, opened.today(), name, county, dimension, supporters=2)
        plans[made.id] = PLANS[name]
    return plans


def rate_all(installation: Installation, round_id: str, member: str, plans: Mapping[str, Plan]) -> None:
    """Everything that a made-up member answers, sent."""
    by = Person(Role.PANEL_MEMBER, member)
    walk = find_walk(installation, round_id, by=by)
    for sheet in walk.sheets:
        page = Page(walk.wave, sheet.key, 0)
        raw = fill_in(sheet, walk.wave, MEMBERS.index(member), plans)
        keep_sheet(installation, round_id, page, raw, language=DEFAULT_LANGUAGE, by=by)
    send_own(installation, round_id, wave=walk.wave, by=by)


def fill_in(sheet: Sheet, wave: int, number: int, plans: Mapping[str, Plan]) -> Mapping[str, list[str]]:
    """What a made-up member answers on a page; the second time a little nearer to the others."""
    chance = seed_numbers("panel", sheet.key, str(number))
    plan = dict(zip(("b01", "b02"), plans.get(sheet.subject.ref if sheet.subject else "", ()), strict=False))
    raw: dict[str, list[str]] = {}
    for asked in sheet.asked:
        if asked.question.kind == "text":
            which = int(chance.integers(0, 4 * WRITTEN))
            raw[asked.id] = [write_text(asked.id, which)] if which < WRITTEN else []
        elif asked.id in plan:
            answer = plan[asked.id][number]
            raw[asked.id] = ["2" if wave == SECOND and answer == "1" else answer]
        else:
            codes = [option.code for option in asked.options if not option.exclusive]
            raw[asked.id] = [codes[min(int(chance.integers(0, 4)), len(codes) - 1)]]
    return raw


def write_text(question: str, which: int) -> str:
    """A made-up text of a member."""
    key = {"b06": "better", "b11": "behind", "b14": "idea", "b30": "tell"}.get(question, "better")
    return speak(DEFAULT_LANGUAGE).say(f"demo.ratings.{key}_{which + 1}")  # keys: demo.ratings.*
