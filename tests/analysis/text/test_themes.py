"""Are the themes found that a comment speaks of, by the words that say so, and none in what is no comment?"""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.asked import Asked
from analysis.text.themes import Found, count_hits, find_themes, load_themes

SWEDISH = [
    ("Personalen lyssnade på mig och tog min oro på allvar.", "participation"),
    ("Ingen frågade vad mamma själv ville, allt var redan bestämt.", "participation"),
    ("Vi fick vara med och planera insatserna hemma.", "participation"),
    ("Jag kände mig överkörd på mötet.", "participation"),
    ("Bra att jag själv får välja när jag vill gå upp på morgonen.", "participation"),
    ("Hon blev behandlad som ett nummer och inte som en människa.", "participation"),
    ("Anhöriga borde få vara mer delaktiga.", "participation"),
    ("De anpassade allt efter pappas behov.", "participation"),
    ("Ny läkare varje gång, man får börja om från början.", "continuity"),
    ("Min kontaktperson har bytts ut fyra gånger i år.", "continuity"),
    ("Ingen följde upp hur det gick efter operationen.", "continuity"),
    ("Fast omsorgskontakt är bra.", "continuity"),
    ("Remissen försvann någonstans på vägen.", "continuity"),
    ("Han skrevs ut alldeles för tidigt.", "continuity"),
    ("Vi har haft sjutton olika personer hemma på två veckor.", "continuity"),
    ("Jag föll mellan stolarna när kommunen och regionen inte kom överens.", "coordination"),
    ("Vårdcentralen och sjukhuset pratar inte med varandra.", "coordination"),
    ("Bollas mellan olika mottagningar och ingen tar ansvar.", "coordination"),
    ("Samordningen mellan hemtjänsten och hemsjukvården måste bli bättre.", "coordination"),
    ("Vänster hand vet inte vad höger gör.", "coordination"),
    ("Det går inte att komma fram på telefon.", "access"),
    ("Fick vänta fem timmar på akuten.", "access"),
    ("Larmade och det tog fyrtio minuter innan någon kom.", "access"),
    ("Omöjligt att få en tid hos doktorn.", "access"),
    ("De ringde aldrig upp fast de lovat.", "access"),
    ("Jag fick komma redan samma dag.", "access"),
    ("Hemtjänsten kommer aldrig på utsatt tid.", "access"),
    ("Köerna till operation är orimliga.", "access"),
    ("Mottagningen är bara öppen på förmiddagarna.", "access"),
    ("Tog en evighet att få hjälp.", "access"),
    ("Läkaren förklarade allt så att jag förstod.", "information"),
    ("Fick aldrig svar på proverna.", "information"),
    ("Ingen talade om vad som skulle hända.", "information"),
    ("Brevet var omöjligt att förstå.", "information"),
    ("Saknar skriftlig information efter besöket.", "information"),
    ("Tydliga besked hela vägen.", "information"),
    ("De hör inte av sig när något ändras.", "information"),
    ("Vi anhöriga får inget veta.", "participation information"),
    ("Tolken dök inte upp.", "information"),
    ("Alla är så snälla och omtänksamma.", "attitude"),
    ("Otrevlig i receptionen, ingen hälsade ens.", "attitude"),
    ("Blev bemött med respekt och värme.", "attitude"),
    ("Sköterskan var kort och nonchalant.", "attitude"),
    ("En del i personalen är dryga mot de gamla.", "attitude"),
    ("Jag kände mig välkommen från första stund.", "attitude"),
    ("De bryr sig verkligen.", "attitude"),
    ("Hon fräste åt mig när jag bad om hjälp.", "attitude"),
    ("Gulliga tjejer som alltid har ett leende.", "attitude"),
    ("Doktorn missade en fraktur.", "competence_safety"),
    ("Jag känner mig trygg här.", "competence_safety"),
    ("Kunnig personal som vet vad de gör.", "competence_safety"),
    ("Mamma fick fel medicin två gånger.", "competence_safety"),
    ("Ingen gav mig något mot värken.", "competence_safety"),
    ("Trygghetslarmet fungerar inte.", "competence_safety"),
    ("Vikarierna kan inte svenska.", "competence_safety staffing"),
    ("Pappa har ramlat flera gånger utan att någon märkt det.", "competence_safety"),
    ("Fick feldiagnos och felaktig behandling.", "competence_safety"),
    ("De verkade osäkra när de skulle lägga om såret.", "competence_safety"),
    ("Man är rädd att bli utskriven i panik.", "continuity competence_safety"),
    ("För lite folk på helgerna.", "staffing"),
    ("Personalen springer benen av sig.", "staffing"),
    ("De har inte tid att sitta ner en stund.", "staffing"),
    ("Fler händer i vården tack!", "staffing"),
    ("Alla är stressade.", "staffing"),
    ("Det saknas sjuksköterskor på nätterna.", "staffing"),
    ("Personalen är underbar men alldeles för få.", "attitude staffing"),
    ("Ge dem bättre betalt så de stannar.", "staffing"),
    ("Appen går inte att logga in i.", "digital"),
    ("Skulle vilja boka tid på nätet.", "access digital"),
    ("Videosamtalet hackade.", "digital"),
    ("Krångligt med bank-id för oss äldre.", "digital"),
    ("Rummen är slitna och kalla.", "environment"),
    ("Så rent och fint överallt.", "environment"),
    ("Toaletten var smutsig.", "environment"),
    ("Det är för hög ljudnivå i matsalen.", "environment food"),
    ("Svårt att hitta parkering.", "environment"),
    ("Fint att kunna sitta på balkongen.", "environment"),
    ("Delade rum med tre andra.", "environment"),
    ("Hissen är trasig sedan i våras.", "environment"),
    ("Maten är smaklös och kall.", "food"),
    ("Mer hemlagat!", "food"),
    ("Potatisen är alltid hård.", "food"),
    ("Kaffet är gott.", "food"),
    ("Mamma får för lite att äta.", "food"),
    ("Färdtjänsten kom fyrtio minuter för sent.", "access transport"),
    ("Chauffören hjälpte mig ända in.", "transport"),
    ("Sjukresan fungerade perfekt.", "transport"),
    ("Skumpig bil och ont i ryggen hela vägen.", "transport"),
    ("Bussen går bara en gång i timmen.", "transport"),
    ("Jag vill komma ut mer.", "activities"),
    ("Det finns inget att göra här på dagarna.", "activities"),
    ("Bingon på torsdagar är höjdpunkten.", "activities"),
    ("Fler utflykter till sommaren.", "activities"),
    ("Gympan och sången gör mig glad.", "activities"),
    ("Tack för allt!", ""),
    ("Inget att klaga på.", ""),
    ("Allt var bra.", ""),
    ("Jag vet inte.", ""),
    ("Hand i hand gick vi genom parken.", ""),
    ("Det mesta fungerar.", ""),
    ("Nej.", ""),
    ("Min dotter fyllde i enkäten åt mig.", ""),
    ("Jag är 84 år och bor ensam.", ""),
    ("Fortsätt så!", ""),
    ("Maten serveras för sent och chauffören var sur.", "access attitude food transport"),
]
ENGLISH = [
    ("They listened to me and took my worries seriously.", "participation"),
    ("Nobody asked us what she wanted.", "participation"),
    ("A different carer every day, never the same person twice.", "continuity"),
    ("My referral got lost.", "continuity"),
    ("I fell through the cracks.", "coordination"),
    ("Could not get through on the phone.", "access"),
    ("We waited five hours.", "access"),
    ("Everything was explained clearly.", "information"),
    ("No one told me what would happen next.", "information"),
    ("So kind and caring.", "attitude"),
    ("The receptionist was rude.", "attitude"),
    ("They missed the right diagnosis.", "competence_safety"),
    ("I felt safe.", "competence_safety"),
    ("Not enough staff at night.", "staffing"),
    ("The app would not let me log in.", "digital"),
    ("The toilets were dirty.", "environment"),
    ("The meals were cold.", "food"),
    ("The taxi driver got lost.", "transport"),
    ("We would like more activities and fresh air.", "activities"),
    ("Spotless minibus and a courteous chap at the wheel.", "attitude environment transport"),
    ("Nothing to add.", ""),
    ("Thank you for everything.", ""),
]
WITHOUT_WORDS = [
    "",
    " \n",
    "😀😀😀",
    "?!...",
    "12 345",
    "[namn] [telefon]",
    "[personal identity number] [mat]",
    "שלום עולם",
    "\x00\x1b[31m",
    "<p></p>",
    "\ud800",
]
PIECES = st.sampled_from(
    [
        "väntetid",
        "Personalen lyssnade på mig.",
        "mat",
        "[namn]",
        "😀",
        "\u200b",
        "-",
        "/",
        "..",
        "ny läkare",
        "\n",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=12).map(" ".join)


def name_themes(text: str, language: str | None, asked: Asked = Asked.OTHER) -> list[str]:
    """The names of the themes that are found."""
    return [found.theme for found in find_themes(text, language=language, asked=asked)]


@pytest.mark.parametrize(("text", "themes"), SWEDISH)
def test_swedish_comments_speak_of(text: str, themes: str) -> None:
    assert name_themes(text, "sv") == themes.split()


@pytest.mark.parametrize(("text", "themes"), ENGLISH)
def test_english_comments_speak_of(text: str, themes: str) -> None:
    assert name_themes(text, "en") == themes.split()


@pytest.mark.parametrize("text", [text for text, _ in SWEDISH])
def test_capitals_throughout_change_nothing(text: str) -> None:
    assert name_themes(text.upper(), "sv") == name_themes(text.lower(), "sv")


def test_the_words_that_say_so_come_as_they_are_written_and_in_order() -> None:
    text = "VÄNTETIDERNA är långa. Ny läkare  varje gång, och vänta får man. Vänta!"
    assert find_themes(text, language="sv") == (
        Found("continuity", ("Ny läkare  varje gång",)),
        Found("access", ("VÄNTETIDERNA", "vänta", "Vänta")),
    )


@pytest.mark.parametrize(
    ("text", "asked", "themes"),
    [
        ("Tiden.", Asked.COULD_IMPROVE, ["access"]),
        ("Tiden.", Asked.WHAT_GOOD, ["participation"]),
        ("Tiden.", Asked.OTHER, []),
        ("Maten.", Asked.COULD_IMPROVE, ["food"]),
        ("Maten.", Asked.WHAT_GOOD, ["food"]),
    ],
)
def test_what_was_asked_decides_what_one_word_means(text: str, asked: Asked, themes: list[str]) -> None:
    assert name_themes(text, "sv", asked) == themes


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Hemtjänstpersonalen.", ["staffing"]),
        ("Hemtjänstpersonalen är snäll.", ["attitude"]),
        ("Ambulans.", ["transport"]),
        ("Ambulansen kom snabbt.", ["access"]),
    ],
)
def test_a_weak_word_counts_only_alone(text: str, themes: list[str]) -> None:
    assert name_themes(text, "sv") == themes


@pytest.mark.parametrize("language", [None, "", "fi", "ar", "xx"])
def test_a_language_without_a_lexicon_is_not_assessed(language: str | None) -> None:
    assert find_themes("Maten var god, the food was good", language=language) == ()
    assert set(count_hits("Maten var god", language).values()) == {0}


@pytest.mark.parametrize("text", WITHOUT_WORDS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_holds_no_words_has_no_theme(text: str, language: str) -> None:
    assert find_themes(text, language=language) == ()


def test_a_mask_takes_the_place_of_a_word_without_being_one() -> None:
    assert name_themes("frisk luft", "sv") == ["activities"]
    assert name_themes("frisk [namn] luft", "sv") == []
    assert name_themes("Tog [namn] på allvar", "sv") == ["participation"]


@pytest.mark.parametrize(
    "text",
    [
        "vän\u00adtetiden",
        "vänte\u200btiden",
        "va\u0308ntetiden",
        "väntetiden\ufeff",
        "e-tjänsten, väntetiden",
    ],
)
def test_signs_that_nobody_sees_do_not_part_a_word(text: str) -> None:
    assert "access" in name_themes(text, "sv")


def test_a_phrase_ends_with_its_sentence_and_a_gap_after_three_words() -> None:
    assert name_themes("Det tog en lång och seg tid", "sv") == ["access"]
    assert name_themes("De kom fram. Telefonen ringde", "sv") == []
    assert name_themes("Tog ett och två och tre på allvar", "sv") == name_themes("på allvar", "sv")


@given(TEXTS)
def test_themes_come_in_order_once_and_with_words_of_the_text(text: str) -> None:
    found = find_themes(text, language="sv")
    names = [each.theme for each in found]
    assert names == [name for name in load_themes().names if name in names]
    assert all(each.words and len(set(each.words)) == len(each.words) for each in found)


@given(TEXTS)
def test_every_theme_that_is_found_has_a_hit(text: str) -> None:
    hits = count_hits(text, "sv")
    assert list(hits) == list(load_themes().names)
    assert all(hits[name] > 0 for name in name_themes(text, "sv"))


def test_hits_are_counted_for_each_place() -> None:
    hits = count_hits("Väntetid, väntetid och mat", "sv")
    assert {name: count for name, count in hits.items() if count} == {"access": 2, "food": 1}


@pytest.mark.parametrize(
    "piece",
    [
        "väntetiden ",
        "a",
        "mat-",
        "ny läkare varje ",
        "tog tog ",
        "[namn] ",
        "[",
        ". ",
        "😀",
        "hemtjänst" * 6 + " ",
    ],
)
def test_a_hundred_thousand_characters_take_less_than_a_second(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    find_themes(piece, language="sv")
    start = time.process_time()
    find_themes(text, language="sv")
    assert time.process_time() - start < 10  # seconds; going back over a text takes minutes
