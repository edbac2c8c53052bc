"""How links, headings, questions' texts and pairs of texts are drawn: the one place that writes HTML.

Several things in one element, because every element costs the server as much as the last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.style import read_sheet


@dataclass(frozen=True)
class Link:
    """A link that loads a page anew in the same tab, as cookies need. `to` is where it comes back to."""

    label: str
    path: str
    to: str = ""
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    language: str = ""

    @property
    def address(self) -> str:
        asked = {**self.query, **({"to": self.to} if self.to else {})}
        return f"{self.path}?{urlencode(asked)}" if asked else self.path


def write_link(link: Link, *, style: str = "") -> str:
    """One link as HTML, everything in it escaped."""
    language = f' lang="{escape(link.language)}" hreflang="{escape(link.language)}"' if link.language else ""
    classes = f' class="{escape(style)}"' if style else ""
    return f'<a href="{escape(link.address)}" target="_self"{language}{classes}>{escape(link.label)}</a>'


def draw_links(links: Sequence[Link], *, before: str = "", kind: str = "plain") -> None:
    """Links in a row after a text; `kind` is the class of the row."""
    draw_html(write_links(links, before=before, kind=kind))


def write_links(links: Sequence[Link], *, before: str, kind: str, then: str = "") -> str:
    """Links in a row after a text, or two: on paper stands the first alone."""
    items = "".join(f"<span>{write_link(link)}</span>" for link in links)
    text = "".join(f"<span>{escape(one)}</span>" for one in (before, then) if one)
    return f'<div class="links {escape(kind)}">{text}{items}</div>'


def draw_top_rows(rows: Sequence[str]) -> None:
    """The style sheet and the rows at the top of a page, as one element: each costs as much as the last."""
    st.html(read_sheet() + "".join(rows))


def draw_title(place: DeltaGenerator, text: str, *, above: str) -> None:
    """The page's one heading in its place, with a line above it if there is one."""
    line = f'<p class="above">{escape(above)}</p>' if above else ""
    place.html(f"{line}<h1>{escape(text)}</h1>")


def draw_on_paper(text: str) -> None:
    """A line that stands on paper only: what the lists that are not printed say on a screen."""
    st.html(f'<p class="on-paper">{escape(text)}</p>')


def draw_foot(text: str, *, spot: str) -> None:
    """What stands under a line at the foot of a page, and which step of the page this is: browser/focus.js
    moves the focus when it is another."""
    st.html(f'<div class="bottom" data-spot="{escape(spot)}">{escape(text)}</div>')


def draw_button_link(link: Link, *, primary: bool = False) -> None:
    """A link that looks like a button, for the one thing to do next."""
    style = "button primary" if primary else "button"
    draw_html(f"<div>{write_link(link, style=style)}</div>")


def draw_legend(text: str, notes: Sequence[str], *, trouble: str) -> None:
    """A question, what helps to answer it, and what is wrong with the answer; browser/focus.js joins them to
    the widget under them."""
    helps = "".join(f'<p class="note">{escape(note)}</p>' for note in notes)
    wrong = f'<p class="note trouble">{escape(trouble)}</p>' if trouble else ""
    st.html(f'<p class="legend">{escape(text)}</p>{helps}{wrong}')


def draw_pairs(title: str, pairs: Sequence[tuple[str, Sequence[str]]]) -> None:
    """A heading and, under it, texts with what belongs to each; every sign of them is escaped."""
    items = "".join(
        f"<dt>{escape(name)}</dt>" + "".join(f"<dd>{escape(value)}</dd>" for value in values)
        for name, values in pairs
    )
    st.html(f'<h2>{escape(title)}</h2><dl class="answers">{items}</dl>')


def draw_quotations(said: Sequence[tuple[str, str]]) -> None:
    """Comments, each under what it answers; every sign of them is escaped."""
    items = "".join(
        f'<figure class="said"><figcaption>{escape(about)}</figcaption>'
        f"<blockquote>{escape(text)}</blockquote></figure>"
        for about, text in said
    )
    if items:
        st.html(items)


def draw_html(html: str) -> None:
    st.markdown(html, unsafe_allow_html=True)
