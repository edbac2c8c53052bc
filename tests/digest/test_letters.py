"""Does a letter say what changed, or that nothing did, in both its forms and in nothing but our own words?"""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from sqlalchemy import update

from survey.areas import Area
from survey.digest.addresses import Wish
from survey.digest.due import preview_due
from survey.digest.letters import MOST_SENTENCES, Letter, Told, write_confirmation, write_digest
from survey.digest.news import AreaNews, News, find_news
from survey.digest.send import pack_digests
from survey.digest.signals_desk import open_signals_desk, preview_digest
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import Words, speak
from survey.store.tables import published_cell
from tests.digest.readers import ADDRESS, PUBLIC_ADDRESS, ask, find_link, read_part, send, subscribe
from tests.insight.hand_made import add_publication
from tests.insight.monthly import publish_line
from tests.mail.mail_server import Mailbox
from tests.walks import SURVEY


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


OCTOBER = Told("2026-10")
LOADS = {"img", "script", "link", "iframe", "style", "form", "object"}


def make_area_news(installation: Installation, code: str, *sizes: int, new: bool = True) -> AreaNews:
    """An area that was judged, with changes of which the largest are the most important."""
    area = installation.areas.find(code)
    return AreaNews(area, True, tuple(News(area, f"{area.name}: {size}.", new, (-size,)) for size in sizes))


def write(installation: Installation, *found: AreaNews, language: str = "sv", told: Told = OCTOBER) -> Letter:
    return write_digest(installation, found, told, language, leave="hemlig")


def publish_jump(installation: Installation, area: str = "0780", *, to: float = 80.4) -> None:
    """Two years as chance has them, and then a month that is no chance."""
    publish_line(installation, [*(50.0 + place % 3 for place in range(24)), to], area=area)


def list_points(letter: Letter) -> list[str]:
    """The sentences of the lists in the plain form."""
    return [line[2:] for line in letter.plain.splitlines() if line.startswith("* ")]


def test_the_most_important_come_first_five_at_most_and_the_rest_is_counted(
    installation: Installation,
) -> None:
    letter = write(
        installation,
        make_area_news(installation, "07", 3, 9, 1, 4),
        make_area_news(installation, "0780", 7, 5, 2),
    )
    told = ["Kronobergs län: 9.", "Växjö: 7.", "Växjö: 5.", "Kronobergs län: 4.", "Kronobergs län: 3."]
    assert list_points(letter) == told
    assert len(told) == MOST_SENTENCES
    assert "Ytterligare 2 ändringar finns på webben." in letter.plain


def test_what_is_new_and_what_goes_on_stand_under_a_heading_each(installation: Installation) -> None:
    new, old = make_area_news(installation, "07", 9), make_area_news(installation, "0780", 3, new=False)
    lines = [line for line in write(installation, old, new).plain.splitlines() if line]
    assert lines[1:2] + lines[2:3] == ["Nytt med oktober 2026:", "* Kronobergs län: 9."]
    assert lines[4:6] == ["Håller i sig sedan tidigare:", "* Växjö: 3."]
    assert "Håller i sig" not in write(installation, new).plain
    assert "Nytt med" not in write(installation, old).plain


def test_exactly_five_changes_are_all_there_is(installation: Installation) -> None:
    assert "Ytterligare" not in write(installation, make_area_news(installation, "07", 1, 2, 3, 4, 5)).plain


def test_that_nothing_clearly_changed_is_said_once_for_all_such_areas(installation: Installation) -> None:
    found = [make_area_news(installation, code) for code in ("07", "0780", "0781")]
    plain = write(installation, *found).plain
    assert "Inget har tydligt ändrats i Kronobergs län, Växjö och Ljungby." in plain
    assert "Nytt med" not in plain and "Håller i sig" not in plain


def test_that_nothing_can_be_said_is_not_told_as_nothing_changed(installation: Installation) -> None:
    unjudged = replace(make_area_news(installation, "0780"), is_judged=False)
    plain = write(installation, unjudged, make_area_news(installation, "0781")).plain
    assert (
        "För Växjö går det inte att säga om något har ändrats: för få svar, eller för få månader än." in plain
    )
    assert "Inget har tydligt ändrats i Ljungby." in plain


def test_every_change_leads_to_its_areas_trends(installation: Installation) -> None:
    plain = write(installation, make_area_news(installation, "0780", 4)).plain.splitlines()
    place = plain.index("* Växjö: 4.")
    assert plain[place + 1].strip() == f"{PUBLIC_ADDRESS}/trends?area=0780"


def test_corrected_months_are_named(installation: Installation) -> None:
    told = Told("2026-10", ("2026-08", "2026-09"))
    plain = write(installation, make_area_news(installation, "07"), told=told).plain
    assert "Rättade siffror: augusti 2026 och september 2026." in plain


def test_both_forms_say_the_same_and_lead_to_the_same_places(installation: Installation) -> None:
    letter = write(installation, make_area_news(installation, "07", 3), make_area_news(installation, "0780"))
    page = Tags(letter.html)
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    for line in letter.plain.splitlines():
        said = line.removeprefix("* ").strip()
        if PUBLIC_ADDRESS in said:
            assert said[said.index(PUBLIC_ADDRESS) :] in links
        elif said and said not in ("--", speak("sv").say("digest.leave_line")):
            assert said in page.words


@pytest.mark.parametrize("language", ["sv", "sv-x-lattlast", "en"])
def test_a_letter_loads_nothing_and_watches_nobody(installation: Installation, language: str) -> None:
    wish = Wish(ADDRESS, ("07", "0780"), language)
    letters = (
        write(installation, make_area_news(installation, "07", 3), language=language),
        write_confirmation(installation, wish, "hemlig", last_day="2026-11-28"),
    )
    for letter in letters:
        page = Tags(letter.html)
        assert not {tag for tag, _ in page.tags} & {
            "img",
            "script",
            "link",
            "iframe",
            "style",
            "form",
            "object",
        }
        assert "url(" not in letter.html and "src=" not in letter.html
        links = [str(attrs["href"]) for tag, attrs in page.tags if tag == "a"]
        assert links and all(link.startswith(f"{PUBLIC_ADDRESS}/") for link in links)
        assert ADDRESS not in letter.plain + letter.html
        assert ("html", {"lang": language, "dir": "ltr"}) in page.tags


def test_what_is_not_ours_is_shown_sign_by_sign(installation: Installation) -> None:
    area = replace(installation.areas.find("07"), name="<b>Län & co</b>")
    letter = write(installation, AreaNews(area, True, (News(area, "5 < 6.", True, (1,)),)))
    assert "&lt;b&gt;Län &amp; co&lt;/b&gt;" in letter.html and "5 &lt; 6." in letter.html
    assert "<b>Län & co</b>" in letter.plain and "5 < 6." in letter.plain


def test_a_letter_arrives_whole_with_its_headers(installation: Installation, box: Mailbox) -> None:
    subscribe(installation, box, ADDRESS, "0780", "0765")
    publish_jump(installation)
    send(installation)
    letter, raw = box.letters[0], box.raw[0]
    leave = find_link(letter)
    assert letter["From"] == "Invånarrösten <utskick@example.se>"
    assert letter["To"] == ADDRESS
    assert letter["Subject"] == "Invånarrösten: nya siffror till och med oktober 2026"
    assert letter["List-Unsubscribe"] == f"<{leave}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (letter["Auto-Submitted"], letter["Content-Language"]) == ("auto-generated", "sv")
    assert letter["Message-ID"].endswith("@example.se>")
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    for kind in ("plain", "html"):
        told = " ".join(read_part(letter, kind).split())
        assert "Växjö: Nöjdhet som helhet ligger högre än vanligt" in told
        assert "För Älmhult går det inte att säga" in told
    assert f"\r\nList-Unsubscribe: <{leave}>\r\n".encode() in raw
    assert raw.isascii() and max(len(line) for line in raw.split(b"\r\n")) < 998


def test_the_confirmation_has_no_one_click_header_and_says_until_when(
    installation: Installation, box: Mailbox
) -> None:
    ask(installation, ADDRESS, "0780", "0765", language="en")
    send(installation)
    letter = box.letters[0]
    assert letter["List-Unsubscribe"] is None
    assert "about Växjö and Älmhult" in read_part(letter, "plain")
    assert "17 Sept 2026" in read_part(letter, "plain")
    assert find_link(letter).endswith("?sprak=en")


def find(installation: Installation, code: str = "0780") -> AreaNews:
    return find_news(installation, SURVEY, installation.areas.find(code), speak("sv"))


def test_a_change_is_told_in_whole_numbers_as_the_public_sees_it(installation: Installation) -> None:
    publish_jump(installation)
    news = find(installation).news
    assert [one.is_new for one in news] == [True]
    assert "80 i oktober 2026" in news[0].sentence and "80,4" not in news[0].sentence


def test_what_the_public_may_not_see_is_not_in_a_letter(installation: Installation) -> None:
    publish_jump(installation)
    with installation.database.write() as connection:
        connection.execute(update(published_cell).values(hidden_public="too_few"))
    assert (find(installation).is_judged, find(installation).news) == (False, ())


def test_nothing_published_has_no_news_and_no_preview(installation: Installation) -> None:
    assert (find(installation).is_judged, find(installation).news) == (False, ())
    with pytest.raises(SurveyError) as wrong:
        preview_digest(installation, Wish("", ("0780",), "sv"))
    assert wrong.value.code == "nothing_published"


def test_a_preview_is_the_letter_without_anybodys_link(installation: Installation, box: Mailbox) -> None:
    subscribe(installation, box)
    add_publication(installation)
    sent = next(pack_digests(installation, now=0.0)).message.get_body(("plain",))
    assert sent is not None
    own = find_link(next(pack_digests(installation, now=0.0)).message)
    wish = Wish("", ("07",), "sv")
    shown = preview_digest(installation, wish)
    without = own.replace(own.rpartition("/")[2].partition("?")[0], "…")
    assert shown.plain.strip() == sent.get_content().replace("\r\n", "\n").replace(own, without).strip()
    assert preview_due(installation, now=0.0) == ((shown, 1),)
    assert box.to == []


def test_an_area_is_looked_at_once_however_many_ask_for_it(installation: Installation, box: Mailbox) -> None:
    for number in range(3):
        subscribe(installation, box, f"{number}@exempel.se", "07", "0780")
    add_publication(installation)
    looked: list[str] = []

    def look(found: Installation, survey: str, area: Area, words: Words) -> AreaNews:
        looked.append(area.code)
        return find_news(found, survey, area, words)

    desks = [open_signals_desk(installation, find=look)]
    assert len(list(pack_digests(installation, now=0.0, desks=desks))) == 3
    assert looked == ["07", "0780"]


def test_the_body_is_the_letter_without_its_foot(installation: Installation) -> None:
    letter = write(installation, make_area_news(installation, "07", 3))
    assert letter.body.startswith("Nya siffror till och med oktober 2026")
    assert letter.body.endswith(f"Kronobergs län: {PUBLIC_ADDRESS}/trends?area=07")
    assert "hemlig" in letter.plain and "hemlig" not in letter.body
