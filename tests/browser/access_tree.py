"""What does the browser tell a screen reader of a page: roles, names and groups, in their order?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

CONTROLS = {
    "button",
    "checkbox",
    "combobox",
    "ComboBoxSelect",
    "link",
    "listbox",
    "menuitem",
    "radio",
    "searchbox",
    "slider",
    "spinbutton",
    "switch",
    "tab",
    "textbox",
}
GROUPS = {"group", "radiogroup", "figure", "table", "dialog"}


@dataclass(frozen=True)
class Told:
    """One thing that is read: what it is, what it is called, what is said about it, and in which groups."""

    role: str
    name: str
    description: str
    level: int
    is_invalid: bool
    within: tuple[tuple[str, str], ...]


def read_tree(page: Page) -> list[Told]:
    """Everything that the browser tells of a page, in its order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    return list(walk(nodes[0], by_id, ()))


def walk(node: dict, by_id: dict[str, dict], within: tuple[tuple[str, str], ...]) -> Iterator[Told]:  # type: ignore[type-arg]
    told = describe(node, within)
    if not node.get("ignored"):
        yield told
        if told.role in GROUPS:
            within = (*within, (told.role, told.name))
    for child in node.get("childIds", ()):
        if child in by_id:
            yield from walk(by_id[child], by_id, within)


def describe(node: dict, within: tuple[tuple[str, str], ...]) -> Told:  # type: ignore[type-arg]
    said = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    return Told(
        role=node.get("role", {}).get("value", ""),
        name=node.get("name", {}).get("value", "").strip(),
        description=node.get("description", {}).get("value", "").strip(),
        level=int(said.get("level", 0)),
        is_invalid=said.get("invalid", "false") != "false",
        within=within,
    )


def list_headings(tree: list[Told]) -> list[tuple[int, str]]:
    """The headings in the order they are read, each with its level."""
    return [(one.level, one.name) for one in tree if one.role == "heading"]


def find_skipped_levels(tree: list[Told]) -> list[tuple[int, str]]:
    """Headings that lie more than one level under the one before, and every first-level heading but one."""
    found = list_headings(tree)
    before = [0, *(level for level, _ in found)]
    skipped = [one for one, last in zip(found, before, strict=False) if one[0] > last + 1]
    firsts = [one for one in found if one[0] == 1]
    return skipped + firsts[1:]


def find_nameless(tree: list[Told]) -> list[Told]:
    """What can be pressed or filled in and has no name."""
    return [one for one in tree if one.role in CONTROLS and not one.name]


def find_lone_choices(tree: list[Told]) -> list[str]:
    """Radio buttons that stand in no group with a name."""
    return [one.name for one in tree if one.role == "radio" and not any(name for _, name in one.within)]
