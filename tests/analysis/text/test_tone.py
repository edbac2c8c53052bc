"""Is a comment heard as it is meant, as an answer to the question that was asked?"""

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text.asked import Asked
from analysis.text.tone import Tone, ToneKind, judge_tone

GOOD, BETTER, OTHER = Asked.WHAT_GOOD, Asked.COULD_IMPROVE, Asked.OTHER
PLUS, MINUS, MIXED, NEUTRAL = ToneKind.POSITIVE, ToneKind.NEGATIVE, ToneKind.MIXED, ToneKind.NEUTRAL

# The same answer under: what was good, what could be better, anything else.
BY_QUESTION = {
    "Ingenting": (MINUS, PLUS, NEUTRAL),
    "Inget": (MINUS, PLUS, NEUTRAL),
    "Inget alls!": (MINUS, PLUS, NEUTRAL),
    "Inget särskilt": (MINUS, PLUS, NEUTRAL),
    "Inte mycket": (MINUS, PLUS, NEUTRAL),
    "Nej": (NEUTRAL, PLUS, NEUTRAL),
    "Ja": (NEUTRAL, NEUTRAL, NEUTRAL),
    "Allt": (PLUS, MINUS, NEUTRAL),
    "Det mesta": (PLUS, MINUS, NEUTRAL),
    "Vet inte": (NEUTRAL, NEUTRAL, NEUTRAL),
    "Vet ej.": (NEUTRAL, NEUTRAL, NEUTRAL),
    "Ingen åsikt": (NEUTRAL, NEUTRAL, NEUTRAL),
    "Svårt att säga": (NEUTRAL, NEUTRAL, NEUTRAL),
    "Ingen kommentar": (NEUTRAL, NEUTRAL, NEUTRAL),
    "Mer personal": (PLUS, MINUS, MINUS),
    "Fler utflykter": (PLUS, MINUS, MINUS),
    "Bättre mat": (PLUS, MINUS, MINUS),
    "Kortare väntetider": (PLUS, MINUS, MINUS),
    "Maten": (PLUS, MINUS, NEUTRAL),
    "Personalen": (PLUS, MINUS, NEUTRAL),
    "Parkering": (PLUS, MINUS, NEUTRAL),
    "Bemötandet, maten och lokalerna": (PLUS, MINUS, NEUTRAL),
    "Att läkaren lyssnar": (PLUS, MINUS, PLUS),
    "Kontinuitet": (PLUS, MINUS, PLUS),
    "Svårt att komma på något": (MINUS, PLUS, PLUS),
    "Lyssna på oss anhöriga": (PLUS, MINUS, MINUS),
    "Allt fungerade bra": (PLUS, PLUS, PLUS),
    "Bra bemötande": (PLUS, PLUS, PLUS),
    "Personalen var otrevlig": (MINUS, MINUS, MINUS),
    "-": (NEUTRAL, NEUTRAL, NEUTRAL),
    "": (NEUTRAL, NEUTRAL, NEUTRAL),
    "👍": (PLUS, PLUS, PLUS),
}
UNDER_EACH = [
    (text, asked, kind)
    for text, kinds in BY_QUESTION.items()
    for asked, kind in zip((GOOD, BETTER, OTHER), kinds, strict=True)
]

NOTHING_TO_IMPROVE = """Inget, allt var bra|Inget allt var bra|Nej, allt fungerar bra.
    |Kan inte komma på något|Inget jag kan komma på|Inte vad jag kan komma på|Kan inte bli bättre
    |Kunde inte ha varit bättre|Jag har inget att klaga på, allt är bra.|Inget, jag är nöjd.
    |Fortsätt som ni gör!|Det är bra som det är.|Ni gör redan ett fantastiskt jobb.
    |Inga förslag, ni är toppen"""
TO_IMPROVE = """Inget, men maten var kall.|Nej, bara att det är svårt att parkera.|Ha fler telefontider.
    |Det hade varit bra om någon ringde.|Sluta byta personal hela tiden.|Svara i telefon!
    |Snälla lyssna på oss|Tydligare information om mediciner|Inget mer än att maten kunde vara varmare
    |Att man får träffa samma person|Dra inte ner på personal!|Mindre buller på natten
    |Ingenting, möjligen kaffet|Snabbare svar|För få i personalen på helgerna"""

PRAISE = """Personalen är underbar och gör alltid sitt bästa.
    |Hemtjänsten hjälper mig med allt jag behöver.|Jag fick snabbt en tid och läkaren var jättebra.
    |Maten är god och varierad.|De lyssnade på mig.|Hon tröstade mig när jag var ledsen.
    |Färdtjänsten kom som den skulle.|Jag kände mig trygg hela tiden.|De tog sig tid.
    |De tog mig på allvar.|Inga problem|Utan problem|Inget att klaga på|Kunde inte varit bättre!
    |Jag har aldrig mött så snäll personal.|Behövde inte vänta alls|Jätteduktig personal|JÄTTEBRA!!!
    |Toppen 😊|Sköterskan var inte bara kunnig utan också snäll.|Tack för god vård!
    |Utan er hade jag inte klarat mig.|Det gick smidigt att boka tid.
    |Jag vet inte vad jag skulle göra utan er.|Undersköterskorna är änglar.
    |Ingen väntetid och trevlig personal.|Slapp vänta.|Har inte haft några problem.
    |De behandlar oss med respekt.|Det var inget problem att byta tid.|Inte så farligt som jag trodde.
    |Helt okej.|mkt bra!!|[namn] är så snäll|Det gick inte att få bättre vård.|Kanontrevlig personal
    |Såååå bra|Bra:)|Supermat!"""
COMPLAINT = """Det var inte alls bra.|Personalen var inte trevlig|De lyssnade inte på mig.
    |Hon hjälpte mig inte.|De tog mig inte på allvar.|Jag blev inte lyssnad på.
    |Min remiss föll mellan stolarna.|Aldrig mer!|Jag bollades runt mellan olika avdelningar.
    |För lite personal.|Det tar för lång tid att få svar.|Hemtjänsten kommer aldrig i tid.
    |Vi fick vänta i tre timmar på akuten.|SÄMSTA VÅRDEN NÅGONSIN|Mindre bra bemötande
    |Ingen hörde av sig.|De ringer aldrig tillbaka fast de har lovat.|Jag kände mig inte trygg.
    |Personalen springer och hinner inte med.|Svårt att boka tid.|Maten smakar ingenting.
    |Larmet fungerar inte.|Det skulle vara bra med en tid på kvällen.
    |Jag önskar att det fanns fler i personalen.|Kunde varit bättre.
    |Jag fick ingen hjälp utan skickades hem.|De skrattade åt mig.|Man känner sig som en i mängden.
    |Psykiatrin är under all kritik.|Läkaren tittade bara i datorn.|De stressade igenom allt.|:(|😡
    |Det kommer nya ansikten varje dag och ingen vet vad de ska göra.|Pappa låg på golvet i fyra timmar.
    |Synd att avdelningen läggs ner.|Handläggaren svarar inte på mejl.
    |Fel medicin delades ut två gånger.|Lyssna mer på patienten.|Skitdålig mat
    |Hon var varken snäll eller hjälpsam.|Har aldrig mött sämre bemötande"""
BOTH = """Personalen var fantastisk men maten var usel.|Bra bemötande men lång väntetid.
    |Bra läkare, dåliga parkeringsmöjligheter.|Lokalerna är slitna men personalen är trevlig.
    |Maten är god men kommer ofta för sent.|Personalen gör så gott de kan men är för få."""
NEITHER = """Mötet var klockan tio.|Jag bor på Solgården sedan i våras.|Varken bra eller dåligt.
    |Jag är varken nöjd eller missnöjd.|Vi var fyra personer.|..."""

ENGLISH = [
    ("Staff were not helpful at all.", OTHER, MINUS),
    ("The nurses were kind and caring", OTHER, PLUS),
    ("Couldn't fault it", BETTER, PLUS),
    ("Couldn’t fault it", BETTER, PLUS),
    ("Could not have been better", BETTER, PLUS),
    ("I don't think anything could be better", BETTER, PLUS),
    ("No complaints", BETTER, PLUS),
    ("Nothing", BETTER, PLUS),
    ("Nothing", GOOD, MINUS),
    ("Nothing to improve", BETTER, PLUS),
    ("Nothing, they were great", BETTER, PLUS),
    ("Nothing they were great", BETTER, PLUS),
    ("Everything", GOOD, PLUS),
    ("Everything", BETTER, MINUS),
    ("Food", GOOD, PLUS),
    ("Food", BETTER, MINUS),
    ("No staff", BETTER, MINUS),
    ("More staff", BETTER, MINUS),
    ("Listen to patients", BETTER, MINUS),
    ("They could have been more supportive.", OTHER, MINUS),
    ("Waited 6 hours to be seen", OTHER, MINUS),
    ("Waited six hours to be seen", OTHER, MINUS),
    ("I was never listened to", OTHER, MINUS),
    ("Never had a problem", OTHER, PLUS),
    ("Lovely staff but the food was awful.", OTHER, MIXED),
    ("The appointment was at ten.", OTHER, NEUTRAL),
    ("My condition is acute and I am an old patient.", OTHER, NEUTRAL),
    ("Don't know", GOOD, NEUTRAL),
]


def _split(texts: str) -> list[str]:
    return [text.strip() for text in texts.split("|")]


SWEDISH = [
    *UNDER_EACH,
    *[(text, BETTER, PLUS) for text in _split(NOTHING_TO_IMPROVE)],
    *[(text, BETTER, MINUS) for text in _split(TO_IMPROVE)],
    *[(text, OTHER, PLUS) for text in _split(PRAISE)],
    *[(text, OTHER, MINUS) for text in _split(COMPLAINT)],
    *[(text, OTHER, MIXED) for text in _split(BOTH)],
    *[(text, OTHER, NEUTRAL) for text in _split(NEITHER)],
]


@pytest.mark.parametrize(("text", "asked", "kind"), SWEDISH)
def test_a_swedish_comment_is_heard_as_it_is_meant(text: str, asked: Asked, kind: ToneKind):
    assert judge_tone(text, asked=asked, language="sv").kind == kind


@pytest.mark.parametrize(("text", "asked", "kind"), ENGLISH)
def test_an_english_comment_is_heard_as_it_is_meant(text: str, asked: Asked, kind: ToneKind):
    assert judge_tone(text, asked=asked, language="en").kind == kind


@pytest.mark.parametrize(("text", "asked", "kind"), SWEDISH)
def test_the_score_has_the_sign_of_the_kind(text: str, asked: Asked, kind: ToneKind):
    score = judge_tone(text, asked=asked, language="sv").score

    assert score is not None
    assert kind not in {PLUS, MINUS} or (score > 0) == (kind == PLUS)


@pytest.mark.parametrize(("text", "asked", "kind"), SWEDISH)
def test_capitals_change_nothing(text: str, asked: Asked, kind: ToneKind):
    assert judge_tone(text.upper(), asked=asked, language="sv").kind == kind


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Personalen var trevlig.", ("trevlig",)),
        ("Det var inte alls bra.", ("inte", "bra")),
        ("De lyssnade inte på mig.", ("lyssnade", "inte")),
        ("Väldigt god mat men lång väntetid", ("väldigt", "god", "väntetid")),
        ("Remissen föll mellan stolarna", ("mellan stolarna",)),
        ("Tack 😊", ("tack", "😊")),
        ("Ingenting", ("ingenting",)),
        ("Maten", ()),
        ("", ()),
    ],
)
def test_the_words_that_caused_it_come_in_the_order_of_the_text(text: str, words: tuple[str, ...]):
    assert judge_tone(text, asked=OTHER, language="sv").words == words


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ("Bra vård.", "Mycket bra vård."),
        ("Ganska bra vård.", "Bra vård."),
        ("Bra vård.", "Bra vård!"),
        ("Helt okej vård.", "Underbar vård."),
        ("Dålig vård.", "Dålig vård. Bra mat."),
        ("Fruktansvärt dålig vård.", "Lite dålig vård."),
        ("Personalen var usel men maten var god.", "Maten var usel men personalen var god."),
    ],
)
def test_the_score_grows_with_the_praise(weaker: str, stronger: str):
    scores = [judge_tone(text, asked=OTHER, language="sv").score or 0.0 for text in (weaker, stronger)]

    assert scores[0] <= scores[1]


def test_a_long_mixed_comment_is_mixed_and_a_long_comment_of_praise_is_praise():
    praise = "Personalen var trevlig och maten var god. "
    complaint = "Läkaren var otrevlig och väntan var lång. "

    assert judge_tone((praise + complaint) * 4, asked=OTHER, language="sv").kind == MIXED
    assert judge_tone(praise * 8, asked=OTHER, language="sv").kind == PLUS
    assert judge_tone(complaint * 8, asked=OTHER, language="sv").kind == MINUS


def test_little_evidence_on_both_sides_is_uncertain():
    assert judge_tone("Fick svar med oro", asked=OTHER, language="sv").kind == ToneKind.UNCERTAIN


@pytest.mark.parametrize("language", ["fi", "ar", "so", "da", "xx", None])
def test_a_language_without_a_reviewed_lexicon_is_not_assessed(language: str | None):
    assert judge_tone("Hyvä hoito", asked=OTHER, language=language) == Tone(ToneKind.NOT_ASSESSED, None, ())


@pytest.mark.parametrize("language", ["fi", None])
def test_emoji_alone_are_read_in_any_language(language: str | None):
    assert judge_tone("👍🏽👍🏽", asked=OTHER, language=language) == judge_tone(
        "👍", asked=OTHER, language="sv"
    )
    assert judge_tone("...", asked=OTHER, language=language) == Tone(NEUTRAL, 0.0, ())


PIECES = st.sampled_from(
    [text for text, _, _ in SWEDISH]
    + [
        "inte ",
        "aldrig ",
        "men ",
        ", ",
        ". ",
        "! ",
        "mycket ",
        "skulle vara ",
        "att ",
        "mindre ",
        "[namn] ",
        "😡",
        "7 ",
    ]
)
ANY_TEXT = st.one_of(st.lists(PIECES, max_size=10).map("".join), st.text(max_size=60))


@settings(max_examples=300)
@given(ANY_TEXT, st.sampled_from(Asked), st.sampled_from(["sv", "en"]))
def test_any_text_gets_a_score_from_minus_one_to_one_and_words_of_its_own(
    text: str, asked: Asked, language: str
):
    tone = judge_tone(text, asked=asked, language=language)

    assert tone.kind != ToneKind.NOT_ASSESSED
    assert tone.score is not None
    assert -1.0 <= tone.score <= 1.0
    assert tone.kind != PLUS or tone.score > 0
    assert tone.kind != MINUS or tone.score <= 0


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "bra ",
            "inte ",
            "Inte bra. ",
            "aldrig varit ",
            "kan inte ",
            "få ",
            "för ",
            "inget ",
            "BRA! ",
            "t. ",
        ),
        *(
            "😀",
            ":) ",
            "a",
            "<",
            "(",
            '"',
            "-",
            "@",
            "a@",
            "a.b@",
            "[a",
            "[aa] ",
            "<a ",
            "bra<br>",
            "www.",
            "//",
        ),
        *("1.", "a'", "Ab", "كان ", "e\u0301", "\u200b", "\x00", "\ud800"),
    ],
)
def test_a_hundred_thousand_characters_do_not_take_for_ever(piece: str):
    judge_tone("bra", asked=BETTER, language="sv")
    text = piece * (100_000 // len(piece))
    start = time.process_time()

    judge_tone(text, asked=BETTER, language="sv")

    assert time.process_time() - start < 10  # seconds; going back over a text takes minutes


def test_importing_it_imports_no_textblob():
    code = "import sys, analysis.text.tone; print([m for m in ('textblob', 'simplemma') if m in sys.modules])"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
