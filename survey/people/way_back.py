"""Where does somebody go afterwards? To an address of ours, never to another site's."""

from __future__ import annotations


def check_way(to: str) -> str:
    """The address when it is a path of ours; the start in place of every other."""
    is_ours = to.startswith("/") and not to.startswith(("//", "/\\")) and "\\" not in to
    return to if is_ours and to.isprintable() else "/"
