"""What stands around every page: language, person, guard, heading and where to turn for care."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page

from pages.shared.escape import escape_markdown
from pages.shared.focus import keep_focus
from pages.shared.links import (
    Link,
    draw_button_link,
    draw_foot,
    draw_links,
    draw_title,
    draw_top_rows,
    write_links,
)
from pages.shared.turns import drawing
from survey.entry.cookies import SESSION_COOKIE, read_cookie
from survey.entry.passage import find_person
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import DEFAULT_LANGUAGE, WHOLE_LANGUAGES, Words, speak
from survey.light.cookies import LANGUAGE_COOKIE
from survey.logs import locate_fault
from survey.metrics.counted import counted
from survey.people.people import find_place
from survey.people.permissions import can_do, check_can_do
from survey.people.roles import VISITOR, Permission, Person, Role
from survey.people.sessions import SignedIn
from survey.running import find_installation

log = logging.getLogger(__name__)
PAGE_BEFORE = "page-before"  # in the session: the page that was drawn last
UNKNOWN = "_unknown"  # how codes end of what an address asks for and is not there


@dataclass
class Head:
    """The place of the page's one heading, and whether something stands there."""

    place: DeltaGenerator
    is_drawn: bool = False


@dataclass(frozen=True)
class Frame:
    """Who looks, in which language, at which page of which installation.

    `find_page` gives a page of the menu by its address. `switches` says whether the frame offers other
    languages; begun answers do it themselves, so that nothing is lost. `spot` tells one step of a page from
    another, so that the focus moves when it changes. `boxes` has the one box of what this run tells its
    reader, once there is something. `once` is what was looked up in this run already. `signed_in` is the
    session of somebody with an account, and `was_signed_in` says that the browser has the cookie of one that
    is over.
    """

    installation: Installation
    viewer: Person
    language: str
    address: str = ""
    wide: bool = False
    switches: bool = True
    find_page: Callable[[str], Page] | None = field(default=None, repr=False)
    head: Head | None = field(default=None, repr=False)
    signed_in: SignedIn | None = field(default=None, repr=False)
    was_signed_in: bool = False
    spot: list[str] = field(default_factory=list[str])
    boxes: list[DeltaGenerator] = field(default_factory=list[DeltaGenerator], repr=False)
    once: dict[str, object] = field(default_factory=dict[str, object], repr=False)

    @property
    def comes_from_elsewhere(self) -> bool:
        """Whether the page was reached from another page of the same visit."""
        return st.session_state.get(PAGE_BEFORE, self.address) != self.address

    @cached_property
    def words(self) -> Words:
        return speak(self.language)

    def turn_to(self, address: str, own_language: str | None, find_page: Callable[[str], Page]) -> Frame:
        """The frame of a page, in the page's own language when it has one."""
        language, switches = own_language or self.language, own_language is None
        return replace(self, address=address, language=language, find_page=find_page, switches=switches)

    def link_to(self, address: str, label: str, **query: str) -> None:
        """Draw a link to a page of the menu that keeps the session."""
        if self.find_page is None:
            raise LookupError("a frame that has not been turned to a page links to none")
        page = self.find_page(address)
        st.page_link(page, label=escape_markdown(label), query_params=query or None)


def open_frame() -> Frame:
    """The frame of whoever is here now. Raises SurveyError not_started."""
    installation = find_installation()
    cookies = st.context.cookies
    language = cookies.get(LANGUAGE_COOKIE, DEFAULT_LANGUAGE)
    person, signed_in = find_person(installation, cookies)
    return Frame(
        installation,
        person,
        language if language in WHOLE_LANGUAGES else DEFAULT_LANGUAGE,
        signed_in=signed_in,
        was_signed_in=signed_in is None and bool(read_cookie(installation, cookies, SESSION_COOKIE)),
    )


@dataclass(frozen=True)
class Body:
    """What is in the frame of a page, and what it takes to see it. `title` is a key of the catalogue."""

    draw: Callable[[Frame], None]
    title: str
    permission: Permission
    wide: bool = False


def draw_framed(frame: Frame, body: Body, *, reopen: Callable[[], Frame] | None = None) -> None:
    """Draw a page in its frame, if the person may see it; what goes wrong becomes a sentence.

    With `reopen` a press on the page draws what is in the frame and neither the frame nor the menu: a sixth
    of what a press costs, where a thousand people press.
    """
    if body.wide:
        st.set_page_config(layout="wide")  # before anything is drawn; the others are told with their title
    draw_top(frame)
    if reopen is None:
        draw_body(frame, body)
    else:
        draw_alone([frame], (frame.viewer, frame.language), body, reopen)
    keep_focus(frame.words)


@st.fragment
def draw_alone(
    opened: list[Frame], around: tuple[Person, str], body: Body, reopen: Callable[[], Frame]
) -> None:
    """What is in the frame: when all is drawn as `opened` has it, and after a press as it is by then.

    Everything is drawn after what was pressed, when the frame `around` it has become another person's or
    has another language.
    """
    if opened:
        draw_body(opened.pop(), body)
        return
    with drawing.take():
        try:
            frame = reopen()
        except SurveyError:
            st.rerun()  # which says what is wrong
        draw_body(frame, body)
        if (frame.viewer, frame.language) != around:
            st.rerun()


def draw_body(frame: Frame, body: Body) -> None:
    """The heading, the page, and where to turn for care."""
    head = Head(st.empty())
    frame = replace(frame, head=head, spot=[frame.address], boxes=[], wide=body.wide)
    started = time.perf_counter()
    draw_guarded(frame, body)
    counted.note_page(frame.address, time.perf_counter() - started)
    if not head.is_drawn:
        draw_heading(frame, frame.words.say(body.title))  # keys: page.*, answer.withdraw, answer.title
    draw_bottom(frame)
    st.session_state[PAGE_BEFORE] = frame.address


def draw_guarded(frame: Frame, body: Body) -> None:
    """Draw a page unless the person may not see it, however they came to its address. An address that asks
    for something that is not there has a way on to the page without it."""
    try:
        check_can_do(body.permission, by=frame.viewer)
        body.draw(frame)
    except SurveyError as wrong:
        draw_refusal(frame, wrong)
        if wrong.code.endswith(UNKNOWN) and st.query_params and can_do(body.permission, by=frame.viewer):
            title = frame.words.say(body.title)  # keys: page.*, answer.withdraw, answer.title
            label = frame.words.say("error.to_page", page=title)
            draw_links([Link(label, f"/{frame.address}")])
    except Exception as fault:
        draw_fault(frame, fault)


def draw_refusal(frame: Frame, wrong: SurveyError) -> None:
    """What went wrong; a visitor who may not see what they asked for is shown the way to the door."""
    words = frame.words
    if wrong.code != "not_allowed" or frame.viewer != VISITOR or frame.installation.is_demo:
        draw_problem(frame, words.explain(wrong))
        return
    draw_problem(frame, words.say("entry.needed"))
    draw_button_link(Link(words.say("entry.sign_in"), "/logga-in", here(frame)), primary=True)


def draw_fault(frame: Frame, fault: Exception) -> None:
    """A fault of ours: a reference that is in the log too. Its message is not, for it may hold answers."""
    reference = secrets.token_hex(4)
    log.error("page /%s failed (%s): %s", frame.address, reference, locate_fault(fault))
    draw_problem(frame, frame.words.say("error.fault", reference=reference))


def draw_heading(frame: Frame, text: str, *, above: str = "") -> None:
    """The page's one heading, with a line above it that says where in a walk it stands."""
    name = frame.installation.settings.installation_name
    st.set_page_config(page_title=f"{text} – {name}", layout="wide" if frame.wide else "centered")
    if frame.head is None:
        return
    frame.head.is_drawn = True
    draw_title(frame.head.place, text, above=above)


def draw_problem(frame: Frame, sentence: str) -> None:
    """A sentence about what went wrong, which takes the focus; all of a run stand in one box."""
    with open_box(frame, sentence):
        st.error(escape_markdown(sentence))


def draw_done(frame: Frame, sentence: str) -> None:
    """A sentence about what was just done, which takes the focus too."""
    with open_box(frame, sentence):
        st.success(escape_markdown(sentence))


def open_box(frame: Frame, sentence: str) -> DeltaGenerator:
    """The box that takes the focus: it stands where the first sentence of a run was told."""
    frame.spot.append(sentence)
    if not frame.boxes:
        frame.boxes.append(st.container(key="problem"))
    return frame.boxes[0]


def draw_top(frame: Frame) -> None:
    """What the service is called, which languages there are, and who is here."""
    others = [one for one in WHOLE_LANGUAGES.values() if frame.switches and one.code != frame.language]
    links = [Link(one.name, f"/sprak/{one.code}", here(frame), language=one.code) for one in others]
    name = frame.installation.settings.installation_name
    rows = [write_links(links, before=name, kind="languages")]
    draw_top_rows([*rows, write_demo(frame) if frame.installation.is_demo else write_door(frame)])


def write_door(frame: Frame) -> str:
    """Who is signed in, and the ways to another role, to one's account and out; or the way in."""
    words, found = frame.words, frame.signed_in
    if not frame.switches:
        return ""
    if found is None:
        said = words.say("entry.over") if frame.was_signed_in else ""
        return write_links(
            [Link(words.say("entry.sign_in"), "/logga-in", here(frame))], before=said, kind="door"
        )
    out = Link(words.say("entry.sign_out"), "/logga-ut")
    if frame.viewer == VISITOR:
        return write_links([*list_missing(frame, found), out], before=words.say("entry.not_yet"), kind="door")
    role = words.say(f"role.{frame.viewer.role}")  # keys: role.*
    place = find_place(frame.installation, frame.viewer.organisation)
    links = [Link(words.say("entry.own"), "/account"), out]
    if len(found.assignments) > 1:
        links.insert(0, Link(words.say("entry.roles"), "/konto/roll", here(frame)))
    return write_links(links, before=words.say("entry.as", role=role, place=place), kind="door")


def list_missing(frame: Frame, found: SignedIn) -> list[Link]:
    """The way to what is still asked of somebody who has given a password; none without a role."""
    if not found.is_full:
        return [Link(frame.words.say("entry.code"), "/logga-in/kod", here(frame))]
    if found.needs_second_step:
        return [Link(frame.words.say("entry.second"), "/konto/tvasteg", here(frame))]
    return []


def write_demo(frame: Frame) -> str:
    """That this is a demonstration, and the other roles to try; while answering only the first."""
    words = frame.words
    if not frame.switches:
        return write_links([], before=words.say("answer.demo"), kind="demo")
    roles = {role: words.say(f"role.{role}") for role in Role}  # keys: role.*
    others = [
        Link(name, f"/roll/{role}", here(frame)) for role, name in roles.items() if role != frame.viewer.role
    ]
    role = words.say("frame.demo", role=roles[frame.viewer.role])
    return write_links(others, before=words.say("frame.demo_lead"), then=role, kind="demo")


def here(frame: Frame) -> str:
    """The address of this page with what it was asked for, to come back to."""
    asked = Link("", f"/{frame.address}", query=st.query_params.to_dict())
    return asked.address


def draw_bottom(frame: Frame) -> None:
    """Where to turn for care and complaints, which a survey is not; and where the focus goes."""
    draw_foot(frame.words.say("answer.urgent"), spot="|".join(frame.spot))


def draw_not_started(wrong: SurveyError) -> None:
    """The page of a process that has no installation to show."""
    st.error(speak(DEFAULT_LANGUAGE).explain(wrong))
