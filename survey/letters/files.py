"""What stands in the files that codes are handed out in: letters, mail merge, e-mail and SMS."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.tables import neutralise_cell
from survey.answering.codes import show_code
from survey.installation import Installation
from survey.language import DEFAULT_LANGUAGE, Words, speak
from survey.letters.addresses import Addressee
from survey.letters.keys import make_link_key
from survey.letters.orders import list_codes
from survey.letters.printing import Letter, Style, print_letters
from survey.letters.wording import find_address, shorten_address, write_letter
from survey.paper.issuing import PaperWish, plan_print
from survey.paper.printing import PaperForm, print_forms
from survey.store.letter_orders import Order
from survey.store.rounds import Round

SHAPES: Mapping[str, str] = {
    "letters": "pdf",
    "forms": "pdf",
    "merge": "csv",
    "email": "csv",
    "sms": "csv",
}
UTF_8_MARK = "\ufeff"  # by which spreadsheets know the encoding
ROWS_AT_ONCE = 500
USUAL = Style()
USUAL_PAPER = PaperWish()


@dataclass(frozen=True)
class Wish:
    """How codes are to be handed out. `begins` is the address the coordinator is at, where none is set."""

    shape: str = "letters"
    language: str = "sv"
    style: Style = USUAL
    addressees: tuple[Addressee, ...] = field(default=(), repr=False)
    begins: str = ""
    paper: PaperWish = USUAL_PAPER


@dataclass(frozen=True)
class Handed:
    """One code as it is handed out."""

    code: str = field(repr=False)
    link: str = field(repr=False)
    area: str
    reference: int | None
    addressee: Addressee | None = field(repr=False)


def write_file(installation: Installation, round_: Round, order: Order, wish: Wish) -> Iterator[bytes]:
    """The bytes of the file, made as they are taken. Raises SurveyError key_missing and letters_not_set."""
    handed = list_handed(installation, round_, order, wish)
    words = speak(wish.language)
    if wish.shape == "letters":
        address = find_address(installation, asked_at=wish.begins)
        wording = write_letter(installation, round_, wish.language, address=address)
        yield from print_letters((make_letter(one, words) for one in handed), wording, wish.style)
    elif wish.shape == "forms":
        yield from print_coded(installation, round_, handed, wish)
    elif wish.shape == "merge":
        yield from write_csv(list_merge_rows(installation, handed, words))
    else:
        yield from write_csv(list_messages(installation, round_, handed, wish))


def print_coded(
    installation: Installation, round_: Round, handed: Iterable[Handed], wish: Wish
) -> Iterator[bytes]:
    """A form on paper for each code, which can be answered on the web with the same code instead."""
    words = speak(wish.paper.language)
    address = shorten_address(find_address(installation, asked_at=wish.begins))
    window = wish.style.window
    planned = plan_print(installation, round_, wish.paper, window=window, address=address)
    yield from print_forms((make_form(one, words) for one in handed), planned)


def make_form(one: Handed, words: Words) -> PaperForm:
    letter = make_letter(one, words)
    return PaperForm(letter.code, letter.link, letter.address, letter.reference)


def list_handed(installation: Installation, round_: Round, order: Order, wish: Wish) -> Iterator[Handed]:
    """Every code of an order with its address, its number and its addressee, in the order of the codes."""
    address = find_address(installation, asked_at=wish.begins)
    only = order.areas[0][0] if len(order.areas) == 1 else ""
    asked = f"?sprak={wish.language}" if wish.language != DEFAULT_LANGUAGE else ""
    queues: dict[str, Iterator[Addressee]] = {}
    for area, _ in order.areas:
        rows = [one for one in wish.addressees if (one.area or only) == area]
        queues[area] = iter(rows)
    for place, area, code in list_codes(installation, order):
        reference = order.first_reference + place if round_.is_confidential else None
        link = f"{address}{asked}#{make_link_key(installation, code)}"
        yield Handed(code, link, area, reference, next(queues[area], None))


def make_letter(one: Handed, words: Words) -> Letter:
    number = one.reference
    said = words.say("letter.reference", number=number) if number is not None else ""
    lines = one.addressee.list_lines() if one.addressee is not None else ()
    return Letter(show_code(one.code), one.link, lines, said)


def list_merge_rows(
    installation: Installation, handed: Iterable[Handed], words: Words
) -> Iterator[Sequence[str]]:
    """A header and a row for each code, with the columns of the list of addresses where there is one."""
    names: tuple[str, ...] | None = None
    for one in handed:
        cells = dict(one.addressee.cells) if one.addressee is not None else {}
        if names is None:
            names = tuple(cells)
            told = [words.say(f"letter.column.{name}") for name in names]  # keys: letter.column.*
            numbered = [words.say("letter.column.reference")] if one.reference is not None else []
            rest = ("letter.column.place", "letter.column.code", "letter.column.link")
            last = [words.say(key) for key in rest]  # keys: letter.column.*
            yield [*told, *last, *numbered]
        numbers = [str(one.reference)] if one.reference is not None else []
        area = installation.areas.find(one.area).name
        yield [*(cells.get(name, "") for name in names), area, show_code(one.code), one.link, *numbers]


def list_messages(
    installation: Installation, round_: Round, handed: Iterable[Handed], wish: Wish
) -> Iterator[Sequence[str]]:
    """A header and one message for each addressee, as e-mail and SMS gateways take them."""
    words = speak(wish.language)
    is_email = wish.shape == "email"
    columns = ("letter.column.to", "letter.column.subject", "letter.column.text")
    yield [words.say(key) for key in columns if is_email or key != columns[1]]  # keys: letter.column.*
    address = find_address(installation, asked_at=wish.begins)
    wording = write_letter(installation, round_, wish.language, address=address)
    sender, promise = installation.settings.installation_name, wording.after[0]
    about, short = shorten_address(address), pick_short(words, round_)
    for one in handed:
        to = (one.addressee.cells["email" if is_email else "phone"]) if one.addressee is not None else ""
        code = show_code(one.code)
        if is_email:
            parts = [*wording.before, one.link, words.say("letter.message_code", address=about, code=code)]
            yield [to, wording.title, "\n\n".join([*parts, promise, *wording.after[1:], sender])]
        else:
            yield [to, words.say("letter.sms", sender=sender, link=one.link, mode=short)]


def pick_short(words: Words, round_: Round) -> str:
    return words.say(f"letter.mode_{round_.mode}")  # keys: letter.mode_*


def write_csv(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """A CSV with semicolons, as Swedish spreadsheets open it; no cell can run as a formula."""
    text = io.StringIO(newline="")
    text.write(UTF_8_MARK)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for place, row in enumerate(rows, start=1):
        writer.writerow([neutralise_cell(cell) for cell in row])
        if place % ROWS_AT_ONCE == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def name_file(round_: Round, order: Order, wish: Wish, words: Words) -> str:
    """What the file is called where it is saved."""
    kind = words.say(f"letter.file_{wish.shape}")  # keys: letter.file_*
    return f"{kind}-{round_.id}-{order.id[:4]}.{SHAPES[wish.shape]}"
