"""How a text that is not ours is shown as it is, whatever signs it has."""

from __future__ import annotations

import re

# What Markdown, and Streamlit's own additions to it (:red[…], :material/…:, $…$), would read as an order;
# an address would become a link by itself.
ORDERS = re.compile(
    r"([\\`*_\[\]<>$~|@])|(:)(?=[\w/])|((?<=www)\.)|(&)(?=[#\w]+;)|^(\s*)([#+\-]|\d+[.)])(?=\s)", re.MULTILINE
)


def escape_markdown(text: str) -> str:
    """The text so that st.markdown and widget labels show it sign by sign."""
    return ORDERS.sub(escape_match, text)


def escape_match(found: re.Match[str]) -> str:
    """One sign with a backslash; of "1." it is the full stop that makes a list."""
    indent, mark = found[5], found[6]
    return f"{indent}{mark[:-1]}\\{mark[-1]}" if mark else f"\\{found[0]}"
