"""Is a text that is not ours shown sign by sign, and a link written so that nothing in it is an order?"""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.escape import escape_markdown
from pages.shared.links import Link, write_link


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kontinuitet: relation, 15–29 år (2026-11-01)", "Kontinuitet: relation, 15–29 år (2026-11-01)"),
        ("![bild](http://example.org/x.png)", r"!\[bild\](http\://example.org/x.png)"),
        ("*fet* _lutad_ `kod` ~struken~", r"\*fet\* \_lutad\_ \`kod\` \~struken\~"),
        ("1. Först\n- sedan\n# sist", "1\\. Först\n\\- sedan\n\\# sist"),
        (":red[röd] :material/home: $x$", r"\:red\[röd\] \:material/home: \$x\$"),
        ("www.example.org a@example.org", r"www\.example.org a\@example.org"),
        ("<b>R&D &amp;</b>", r"\<b\>R&D \&amp;\</b\>"),
        ("", ""),
    ],
)
def test_a_text_is_shown_sign_by_sign(text: str, shown: str) -> None:
    assert escape_markdown(text) == shown


@given(st.text(alphabet=st.characters(exclude_characters="\\")))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    assert escape_markdown(text).replace("\\", "") == text


class Reader(HTMLParser):
    """The tags and the text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_link_is_one_tag_whatever_it_is_made_of(label: str, to: str) -> None:
    reader = Reader()
    reader.feed(write_link(Link(label, "/sprak/en", to)))
    assert [(tag, attributes["target"]) for tag, attributes in reader.tags] == [("a", "_self")]


def test_a_link_comes_back_to_where_it_stood() -> None:
    link = Link("English", "/sprak/en", "/trends?area=0781&by=month", language="en")
    assert link.address == "/sprak/en?to=%2Ftrends%3Farea%3D0781%26by%3Dmonth"
    assert write_link(link) == (
        '<a href="/sprak/en?to=%2Ftrends%3Farea%3D0781%26by%3Dmonth" target="_self" lang="en" hreflang="en">'
        "English</a>"
    )
