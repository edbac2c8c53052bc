"""Which definitions can there be? Made by hypothesis, all of which `check` accepts."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from survey.definition.check import check_source
from survey.definition.model import Definition
from survey.definition.read import Source

LANGUAGES = ("sv", "sv-x-lattlast", "en")
LETTERS = st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("Cc", "Cs", "Cn"))
WORDS = st.text(LETTERS, min_size=1, max_size=12).filter(lambda text: text.strip() and "${" not in text)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
CODES = st.from_regex(r"[a-z0-9_]{1,6}", fullmatch=True)


@st.composite
def texts(draw: st.DrawFn, languages: tuple[str, ...]) -> dict[str, str]:
    return {code: draw(WORDS) for code in languages}


@st.composite
def options(draw: st.DrawFn, languages: tuple[str, ...], code: str) -> dict[str, Any]:
    found: dict[str, Any] = {"code": code, "text": draw(texts(languages))}
    if draw(st.booleans()):
        found["score"] = draw(st.sampled_from([0, 12.5, 100, 66.7]))
    for flag in ("exclusive", "report_separately", "never_reported_alone"):
        if draw(st.integers(0, 4)) == 0:
            found[flag] = True
    if draw(st.integers(0, 3)) == 0:
        found["group"] = draw(NAMES)
    return found


@st.composite
def option_lists(draw: st.DrawFn, languages: tuple[str, ...]) -> list[dict[str, Any]]:
    codes = draw(st.lists(CODES, min_size=2, max_size=4, unique=True))
    return [draw(options(languages, code)) for code in codes]


@st.composite
def conditions(draw: st.DrawFn, earlier: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Conditions on questions of earlier parts; any of them may hold."""
    found: list[dict[str, Any]] = []
    for asked in draw(st.lists(st.sampled_from(earlier), max_size=3)):
        codes = [option["code"] for option in asked.get("options", ())]
        how = draw(st.sampled_from(["answered", "any_of", "none_of"] if codes else ["answered"]))
        some = st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True) if codes else st.none()
        value = draw(st.booleans()) if how == "answered" else draw(some)
        found.append({"question": asked["id"], how: value})
    return found


@st.composite
def questions(draw: st.DrawFn, name: str, languages: tuple[str, ...], scales: list[str]) -> dict[str, Any]:
    kinds = ["single", "multi", "rank", "text", *(["scale"] if scales else [])]
    kind = draw(st.sampled_from(kinds))
    found: dict[str, Any] = {"id": name, "kind": kind, "text": draw(texts(languages))}
    if kind in ("single", "multi", "rank"):
        found["options"] = draw(option_lists(languages))
    if kind == "scale":
        found |= {"scale": draw(st.sampled_from(scales)), "reverse": draw(st.booleans())}
    if kind in ("multi", "rank") and draw(st.booleans()):
        found["max_choices"] = draw(st.integers(1, 3))
    if kind == "text":
        found["max_chars"] = draw(st.integers(1, 10_000))
    if kind == "single" and draw(st.integers(0, 3)) == 0:
        found |= {"options_from": "municipalities"}
    if draw(st.booleans()):
        found["help"] = draw(texts(languages))
    if draw(st.booleans()):
        found["forms"] = draw(st.sampled_from([["full"], ["full", "short"], ["short"]]))
    if draw(st.booleans()):
        found |= {"links": {"K": draw(st.lists(WORDS, max_size=2))}, "sensitive": True, "note": draw(WORDS)}
    return found


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """A definition with some of everything."""
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True)))
    scales = draw(st.lists(NAMES, max_size=2, unique=True))
    tree: dict[str, Any] = {"survey": draw(NAMES), "version": "2026-1", "languages": list(languages)}
    tree |= {key: draw(texts(languages)) for key in ("title", "intro")}
    tree |= {
        key: draw(texts(languages)) for key in ("recall", "outro", "writing_advice") if draw(st.booleans())
    }
    tree["minutes"] = {"full": draw(st.integers(1, 120))}
    tree["scales"] = {name: {"options": draw(option_lists(languages))} for name in scales}
    if scales and draw(st.booleans()):
        tree["scales"][scales[0]]["escape"] = draw(options(languages, "escape"))
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True))
    cut = draw(st.integers(1, len(names)))
    tree["parts"] = []
    earlier: list[dict[str, Any]] = []
    for number, own in enumerate(part for part in (names[:cut], names[cut:]) if part):
        asked = [draw(questions(name, languages, scales)) for name in own]
        for question in asked if earlier else ():
            question["show_if"] = draw(conditions(earlier))
        part = {"id": draw(NAMES) + f"_{number}", "title": draw(texts(languages)), "questions": asked}
        tree["parts"].append(part | ({"lead": draw(texts(languages))} if draw(st.booleans()) else {}))
        earlier += asked
    tree["dimensions"] = [{"id": name, "text": draw(texts(languages))} for name in measure(draw, tree)]
    definition, problems = check_source(Source("made", tree))
    assert definition is not None, problems
    return definition


def measure(draw: st.DrawFn, tree: dict[str, Any]) -> list[str]:
    """Give some questions a dimension; the names of those that are used."""
    used: set[str] = set()
    for part in tree["parts"]:
        for question in part["questions"]:
            if draw(st.booleans()):
                question["dimension"] = draw(st.sampled_from(["trygghet", "helhet"]))
                used.add(question["dimension"])
    return sorted(used)
