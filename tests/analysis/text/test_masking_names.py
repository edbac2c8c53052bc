"""Are persons' names masked whatever way they are written, and are words that are none left alone?"""

import pytest

from analysis.text.masking import ENGLISH_TOKENS, Kind, Span, find_personal_data, mask_text

LISTED = """Anna|Sigbritt|Ture|Fatima|Abdirahman|Tesfaye|Zbigniew|Somchai|Nguyễn|Dragana|Päivi|Oleksandr|Áslak
    |Anna-Lena|Ulla-Britt|Karl Johan|Bettan|José|Wiesława|Søren|Goran|Asa|Jessika|Kristoffer
    |Anna Svensson|Anna-Lena Berg|Karl Johan Ek|Mohammed Al-Hassan|Britt da Silva|Carl von Linné|Eva Xyzberg
    |Anna Lund|Rosa P.|Johan S|A. Svensson|K Nilsson|K-G Nilsson|A.B. Karlsson|Svensson|Jonsdotter|Petrović"""
ALL_LISTED = [name.strip() for name in LISTED.split("|")]

HARMLESS = """Karolinska var bra|på Sahlgrenska i Göteborg|Sophiahemmet svarade|från Solgården till Ekbacken
    |Parkinsons sjukdom|har Alzheimers|Downs syndrom|Sankt Görans sjukhus|S:t Lars park|Lex Sarah
    |Astrid Lindgrens barnsjukhus|Olof Palmes gata|längs Birger Jarlsgatan|Maria kyrka|avdelning Linnea
    |i Lund|Växjö kommun|Ljungby lasarett|Region Skåne|hos Telia|på Clas Ohlson|Anderssons Bygg AB
    |hos Annas städ|på McDonald's|Berg & Dahl|resan ToR|Familjer och barn|och Xyzzymassagen
    |i Mars|på Valborg|till Midsommar|Glad Påsk|God Jul|en ros till Personalen
    |Björn på taket?|Klara besked tack|Dag ut och dag in|Love och respekt|Hans rum var kallt|Max två besökare
    |Linnea och viola på bordet|min Axel gör ont|kostar Max 200 kr|efter 2 Tim|hade vi Inga problem
    |prata med någon|tack till alla|det tar två tim|min man är nöjd|per dag|en stor sten|med balsam
    |TACK FÖR ALLT|PERSONALEN PÅ IVA ÄR BRA|JAG BOR PER DAG|Läkaren Sade inget|Chefen Måste svara
    |Personalen och Xyzzy|hos Xyzzy|Xyzzy svarade
    |Will come again|May be better|Rose garden|Thank you all Staff|on Nelson ward|Nurse Practitioner was kind
    |Very Good Service From All|Mark the doors"""
ALL_HARMLESS = [text.strip() for text in HARMLESS.split("|")]


@pytest.mark.parametrize("name", ALL_LISTED)
def test_a_name_is_masked_whole_wherever_it_stands(name: str):
    for before, after in (("Jag pratade med ", " om maten."), ("", " hjälpte mig."), ("Tack ", "!")):
        masked = mask_text(f"{before}{name}{after}")

        assert masked.text == f"{before}[namn]{after}"
        assert masked.spans == (Span(len(before), len(before) + len(name), Kind.NAME),)


@pytest.mark.parametrize("text", ALL_HARMLESS)
def test_places_feasts_companies_illnesses_and_ordinary_words_stay(text: str):
    assert mask_text(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Det var Sörens fel.", "Det var [namn] fel."),
        ("Lars' rum och Anna's rum", "[namn] rum och [namn] rum"),
        ("Anna-Lenas rum", "[namn] rum"),
        ("Evas rum och Eriks mamma", "[namn] rum och [namn] mamma"),
    ],
)
def test_the_s_of_a_genitive_is_masked_with_the_name(text: str, masked: str):
    assert mask_text(text).text == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Tandläkaren Xyzberg gjorde illa mig.", "Tandläkaren [namn] gjorde illa mig."),
        ("Min granne fru da Silva fick hjälp.", "Min granne fru [namn] fick hjälp."),
        ("Min dotter Xyzana kommer ofta.", "Min dotter [namn] kommer ofta."),
        ("Jag heter Xyzana Abcde.", "Jag heter [namn]."),
        ("Syster Xyzana och doktor Abcde", "Syster [namn] och doktor [namn]"),
        ("Familjen Xyzberg är orolig.", "Familjen [namn] är orolig."),
        ("Hälsningar Xyzana", "Hälsningar [namn]"),
        ("Ingen kom.\nMvh\nXyzana Abcde", "Ingen kom.\nMvh\n[namn]"),
        ("Bra mat. /Xyzana", "Bra mat. /[namn]"),
        ("Jag såg att Xyzana skrattade.", "Jag såg att [namn] skrattade."),
        ("Tack till Anna och Xyzana.", "Tack till [namn] och [namn]."),
        ("Xyzana eller Anna kommer.", "[namn] eller [namn] kommer."),
        ("Nurse Xyzana was kind, so was Dr. Abcde.", "Nurse [namn] was kind, so was Dr. [namn]."),
        ("My son Xyzana was well cared for.", "My son [namn] was well cared for."),
    ],
)
def test_words_around_an_unlisted_name_give_it_away(text: str, masked: str):
    assert mask_text(text).text == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Björn på nattskiftet svarar aldrig.", "[namn] på nattskiftet svarar aldrig."),
        ("Björn, som städar, är glad.", "[namn], som städar, är glad."),
        ("Björn och Anna är bäst.", "[namn] och [namn] är bäst."),
        ("Klara Svensson ringde.", "[namn] ringde."),
        ("Min man Per har bott här.", "Min man [namn] har bott här."),
        ("Undersköterskan Hans är bäst.", "Undersköterskan [namn] är bäst."),
        ("Ring Dag på kvällen.", "Ring [namn] på kvällen."),
        ("Jag tackar My och Liv.", "Jag tackar [namn] och [namn]."),
        ("Läkaren Frisk lyssnade.", "Läkaren [namn] lyssnade."),
        ("Björn", "[namn]"),
        ("Bra: maten. Björn!", "Bra: maten. [namn]!"),
        ("Nurse May was kind to me and the staff.", "Nurse [namn] was kind to me and the staff."),
        ("Thanks to Will and the staff.", "Thanks to [namn] and the staff."),
    ],
)
def test_a_name_that_is_a_word_as_well_is_masked_where_the_words_around_say_so(text: str, masked: str):
    assert mask_text(text).text == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("prata med anna svensson", "prata med [namn]"),
        ("prata med anna", "prata med [namn]"),
        ("hon heter björn", "hon heter [namn]"),
        ("min dotter fatima ringde", "min dotter [namn] ringde"),
        ("mvh anna", "mvh [namn]"),
        ("ANNA ÄR BÄST", "[namn] ÄR BÄST"),
        ("JAG HETER FATIMA SVENSSON", "JAG HETER [namn]"),
        ("Personalen ANNA är bäst", "Personalen [namn] är bäst"),
        ("Läkaren ANNA XYZBERG var bra", "Läkaren [namn] var bra"),
    ],
)
def test_small_letters_and_capitals_hide_no_name(text: str, masked: str):
    assert mask_text(text).text == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Anna, Fatima och Lars", "[namn], [namn] och [namn]"),
        ("Anna/Lars", "[namn]/[namn]"),
        ("Tack Anna Ni är bäst", "Tack [namn] Ni är bäst"),
        ("Anna Stockholm", "[namn] Stockholm"),
        ("/Anna Svensson, 070-123 45 67", "/[namn], [telefon]"),
        ("Tack för allt.MvhAnna", "Tack för allt.Mvh[namn]"),
        ("Anna på Storgatan 3", "[namn] på [adress]"),
        ("anna.berg@firma.se", "[e-post]"),
        ("Karl Johans allé 4", "[adress]"),
    ],
)
def test_each_name_ends_where_it_ends(text: str, masked: str):
    assert mask_text(text).text == masked


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("An\u200bna ringde", 0, 5),
        ("\u0410nna ringde", 0, 4),  # a Cyrillic A
        ("So\u0308ren ringde", 0, 6),
        ("\u200bAnna\u200b ringde", 1, 5),
    ],
)
def test_invisible_characters_and_letters_that_look_alike_hide_no_name(written: str, start: int, end: int):
    assert find_personal_data(written) == (Span(start, end, Kind.NAME),)


def test_english_texts_get_the_english_token():
    assert mask_text("Anna was lovely", tokens=ENGLISH_TOKENS).text == "[name] was lovely"


@pytest.mark.parametrize("text", ["", " ", "\n", "[namn]", "[namn] och [name]", "'", "s'", "A.", "-"])
def test_texts_without_a_name_come_back_as_they_are(text: str):
    assert mask_text(text).text == text
