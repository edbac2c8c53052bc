"""How an XLSForm becomes a definition of ours, or everything that is in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from survey.definition.interchange.bringing import Tree, estimate_minutes, finish_definition
from survey.definition.interchange.findings import Brought, Fate, Told, Where
from survey.definition.interchange.names import VERSION, fit_identifier
from survey.definition.interchange.sheets import CHOICES, SETTINGS
from survey.definition.interchange.xlsform_languages import Tongues, find_tongues
from survey.definition.interchange.xlsform_lists import Choices, is_yes, read_choices, read_number
from survey.definition.interchange.xlsform_parts import read_parts
from survey.definition.interchange.xlsform_sheets import Form, Line, read_form

ORDER = (
    *("survey", "version", "title", "languages", "min_age", "recall", "intro", "outro", "writing_advice"),
    *("licence", "minutes", "scales", "dimensions", "parts", "groups"),
)
SETTINGS_KNOWN = frozenset({"form_title", "form_id", "version", "default_language", "style"})


@dataclass(frozen=True)
class Wanted:
    """What whoever brings a form in says of it: its survey and version, "" for what the form says."""

    survey: str = ""
    version: str = ""
    today: date = date.min


def read_xlsform(content: bytes, name: str, wanted: Wanted) -> Brought:
    """The definition that an XLSForm holds, with what of it did not come along or became something else.

    Everything that is wrong is told at once, and then there is no definition.
    Raises SurveyError workbook_* for a file that cannot be opened.
    """
    tree = Tree()
    form = read_form(content, name, tree.told)
    if not form.survey:
        return Brought(None, "", tree.told.sort())
    tongues = find_tongues(form, tree.told)
    lists = read_choices(form, tongues, tree.told)
    root = tree.root
    root["languages"] = list(tongues.codes)
    read_settings(form, tongues, tree, wanted)
    read_own(form, tongues, tree)
    root["scales"] = make_scales(lists, tree)
    root["parts"] = read_parts(form, tongues, lists, tree, root["title"])
    tell_unused(root, lists, form, tree.told)
    if "intro" not in root:
        tree.told.tell(Fate.STOPS, "intro_missing")
        root["intro"] = root["title"]  # so that nothing more is said of it
    fill_minutes(root, tree.told)
    tree.root = {key: root[key] for key in ORDER if root.get(key) not in (None, [], {})}
    return finish_definition(tree)


def read_settings(form: Form, tongues: Tongues, tree: Tree, wanted: Wanted) -> None:
    """Title, survey and version."""
    line = form.settings[0] if form.settings else Line(SETTINGS, 0, {})
    where = line.where if line.number else Where(sheet=SETTINGS)
    told, root = tree.told, tree.root
    title = line.cells.get("form_title", "")
    tree.wheres["title",] = where
    if not title:
        told.tell(Fate.STOPS, "title_missing", where)
    root["title"] = dict.fromkeys(tongues.codes, title or "-")
    said = wanted.survey or line.get("form_id") or title
    root["survey"] = fit_identifier(said)
    if root["survey"] != said:
        told.tell(Fate.CHANGED, "renamed", where, old=said or "-", new=root["survey"])
    version = wanted.version or line.get("version")
    root["version"] = version if VERSION.fullmatch(version) or wanted.version else f"{wanted.today.year}-1"
    if root["version"] != version:
        told.tell(Fate.CHANGED, "version_made", where, old=version or "-", new=root["version"])
    for column in line.cells:
        base = column.partition("::")[0]
        if base not in SETTINGS_KNOWN:
            told.tell(Fate.LOST, "column_lost", Where(sheet=SETTINGS), column=base)


def read_own(form: Form, tongues: Tongues, tree: Tree) -> None:
    """What our own sheet says of the whole survey; a form from elsewhere has none."""
    root, wheres = tree.root, tree.wheres
    minutes: dict[str, Any] = {}
    first = tongues.codes[0] if tongues.codes else ""
    titles = next((tongues.read(line, "label") for line in form.own if line.get("kind") == "title"), None)
    if titles is not None:
        root["title"] = {**titles, first: root["title"].get(first, "")} if first else titles
    elif len(tongues.codes) > 1:
        tree.told.tell(Fate.CHANGED, "title_same", wheres["title",])
    for line in form.own:
        kind = line.get("kind")
        if kind == "min_age":
            root["min_age"] = read_number(line.get("value"))
        elif kind in ("minutes_full", "minutes_short"):
            minutes[kind.removeprefix("minutes_")] = read_number(line.get("value"))
        elif kind == "licence":
            root["licence"] = line.cells.get("value", "")
        elif kind == "dimension":
            add_listed(root, "dimensions", make_dimension(line, tongues), line, tree)
        elif kind == "group":
            add_listed(root, "groups", make_group(line, tongues), line, tree)
    if minutes:
        root["minutes"] = minutes


def add_listed(root: dict[str, Any], key: str, item: dict[str, Any], line: Line, tree: Tree) -> None:
    listed: list[dict[str, Any]] = root.setdefault(key, [])
    tree.wheres[key, len(listed)] = line.where
    listed.append(item)


def make_dimension(line: Line, tongues: Tongues) -> dict[str, Any]:
    found: dict[str, Any] = {"id": line.get("id"), "text": tongues.read(line, "label")}
    if parts := line.get("parts").split():
        found["parts"] = parts
    if headline := line.get("headline"):
        found["headline"] = read_number(headline)
    return found


def make_group(line: Line, tongues: Tongues) -> dict[str, Any]:
    found: dict[str, Any] = {"id": line.get("id"), "text": tongues.read(line, "label")}
    found["question"] = line.get("question")
    if is_yes(line.get("each")):
        found["each"] = True
    if at_least := line.get("at_least"):
        found["at_least"] = read_number(at_least)
    if of := line.get("of").split():
        found["of"] = of
    return found


def make_scales(lists: dict[str, Choices], tree: Tree) -> dict[str, Any]:
    """The lists that are scales."""
    scales: dict[str, Any] = {}
    for choices in lists.values():
        if not choices.scale:
            continue
        place = ("scales", choices.scale)
        options = [one for number, one in enumerate(choices.options) if number != choices.escape]
        scales[choices.scale] = {"options": options}
        if choices.escape is not None:
            scales[choices.scale]["escape"] = choices.options[choices.escape]
        if choices.wheres:
            tree.wheres[place] = choices.wheres[0]
        for number, where in enumerate(choices.wheres):
            tree.wheres[(*place, "options", number)] = where
    return scales


def tell_unused(root: dict[str, Any], lists: dict[str, Choices], form: Form, told: Told) -> None:
    """Lists that no question chooses from, and that are no scales."""
    used = {word for line in form.survey for word in line.get("type").split()[1:]}
    for name, choices in lists.items():
        if name not in used and not choices.scale:
            told.tell(Fate.LOST, "list_unused", Where(sheet=CHOICES), list=name)


def fill_minutes(root: dict[str, Any], told: Told) -> None:
    """How long the survey takes, worked out where the form does not say."""
    if "minutes" in root:
        return
    number = sum(len(part["questions"]) for part in root["parts"])
    root["minutes"] = {"full": estimate_minutes(number)}
    told.tell(Fate.CHANGED, "minutes_made", minutes=root["minutes"]["full"])
