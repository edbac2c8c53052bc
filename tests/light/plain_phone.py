"""What does a browser without scripts do with the plain form: open, fill in, press?"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from httpx import AsyncClient, Response

MOST_REDIRECTS = 5
REDIRECTS = (303, 308)
Answer = str | list[str]


@dataclass
class Form:
    """A form as it stands on a page: what it would send if nothing were changed."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class PageReader(HTMLParser):
    """Reads the posted form, the words and the elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self._text_of = ""
        self._list = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag == "form":
            self.forms.append(Form(given["action"]))
        elif tag == "input" and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.add(given["name"], given.get("value", ""))
        elif tag == "textarea":
            self._text_of = given["name"]
            self.add(given["name"], "")
        elif tag == "select":
            self._list = given["name"]
        elif tag == "option" and "selected" in given:
            self.add(self._list, given["value"])

    def add(self, name: str, value: str) -> None:
        self.forms[-1].fields.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text_of = ""

    def handle_data(self, data: str) -> None:
        if self._text_of:
            value = self.forms[-1].fields[self._text_of]
            value[-1] += data
        self.words.append(data)


def read_page(page: Response) -> PageReader:
    reader = PageReader()
    reader.feed(page.text)
    reader.close()
    for form in reader.forms:
        for name, values in form.fields.items():
            form.fields[name] = [value.removeprefix("\n") for value in values]
    return reader


def read_words(page: Response) -> str:
    """What can be read on a page, with single spaces."""
    return " ".join(" ".join(read_page(page).words).split())


def read_form(page: Response) -> Form:
    """The one form of a page."""
    (form,) = read_page(page).forms
    return form


class PlainPhone:
    """A browser without scripts. It remembers every address it asked for and every cookie it was given."""

    def __init__(self, client: AsyncClient) -> None:
        self.runner = asyncio.Runner()
        self.client = client
        self.addresses: list[str] = []
        self.cookies_given: list[str] = []
        self.page: Response

    def ask(self, method: str, address: str, **how: object) -> Response:
        """One request, whatever it answers."""
        self.addresses.append(address)
        self.page = self.runner.run(self.client.request(method, address, **how))  # type: ignore[arg-type]
        self.cookies_given += self.page.headers.get_list("set-cookie")
        return self.page

    def close(self) -> None:
        self.runner.run(self.client.aclose())
        self.runner.close()

    def follow(self) -> Response:
        """Where the last answer leads."""
        for _ in range(MOST_REDIRECTS):
            if self.page.status_code not in REDIRECTS:
                return self.page
            self.ask("GET", self.page.headers["location"])
        raise AssertionError(f"sent round in circles: {self.addresses[-MOST_REDIRECTS:]}")

    def open(self, address: str) -> Response:
        self.ask("GET", address)
        return self.follow()

    def fill_in(self, **answers: Answer) -> dict[str, list[str]]:
        """What the form on the page would send, with some answers changed; [] takes one away."""
        fields = dict(read_form(self.page).fields)
        for name, answer in answers.items():
            fields[name] = [answer] if isinstance(answer, str) else answer
        return {name: values for name, values in fields.items() if values}

    def send(self, fields: Mapping[str, list[str]], *, address: str = "", **how: object) -> Response:
        """Post some fields to the form's address, or another, and stay at the answer."""
        return self.ask("POST", address or read_form(self.page).action, data=dict(fields), **how)

    def press(self, do: str = "next", **answers: Answer) -> Response:
        """Fill in, press a button, and follow where it leads."""
        self.send(self.fill_in(**answers) | {"do": [do]})
        return self.follow()

    def begin(self, round_id: str, *, form: str = "full", language: str = "sv") -> Response:
        """From a survey's first page to its first part."""
        self.open(f"/e/{round_id}?sprak={language}")
        self.send({"form": [form]})
        return self.follow()
