"""What the people of the demonstration county are like: shares of people, and points of opinion."""

from __future__ import annotations

from collections.abc import Mapping

Shares = Mapping[str, float]  # per code; what is drawn from need not add up to 1
SKIPPED = ""  # stands for no answer among the shares

# Points 0-100 that people would give on average if there were no ends of the scale.
LEVELS: Shares = {
    "personcentrering": 70,
    "kontinuitet_relation": 57,
    "kontinuitet_information": 59,
    "kontinuitet_planering": 61,
    "samordning": 54,
    "trygghet": 72,
    "delaktighet": 64,
    "tillganglighet": 58,
    "halsoframjande": 56,
    "helhet": 70,
}
USUAL_LEVEL = 62.0  # points, in a dimension that is not listed
MOOD_SPREAD, DIMENSION_SPREAD, ITEM_SPREAD = 14.0, 8.0, 15.0  # points, as standard deviations
NOT_RELEVANT_SHARE, SKIPPED_SHARE = 0.04, 0.03
FULL_SHARE = 0.62  # of people choose the full form

# Shares of people. Older people and women answer more often than they are; invented, as in most surveys.
LANGUAGES: Shares = {"sv": 0.93, "sv-x-lattlast": 0.04, "en": 0.03}
ROLES: Shares = {"self": 0.71, "self_assisted": 0.08, "proxy": 0.08, "carer": 0.1, "pns": 0.02, SKIPPED: 0.01}
AGES: Shares = {
    "a15_29": 0.07,
    "a30_44": 0.13,
    "a45_64": 0.27,
    "a65_79": 0.34,
    "a80p": 0.15,
    "pns": 0.02,
    SKIPPED: 0.02,
}
GENDERS: Shares = {"woman": 0.58, "man": 0.38, "other": 0.008, "pns": 0.012, SKIPPED: 0.02}
CONTACTS: Shares = {"n1": 0.27, "n2_3": 0.42, "n4_6": 0.19, "n7p": 0.05, "dk": 0.05, SKIPPED: 0.02}
SAME_PERSON: Shares = {
    "all": 0.1,
    "most": 0.24,
    "half": 0.2,
    "few": 0.22,
    "none": 0.14,
    "dk": 0.07,
    SKIPPED: 0.03,
}
CARE_TYPES: Shares = {
    "vardcentral": 0.72,
    "digital_1177": 0.41,
    "sjukhus_oppen": 0.33,
    "tandvard": 0.3,
    "rehab": 0.16,
    "akut_jour": 0.14,
    "hemtjanst": 0.11,
    "sjukhus_sluten": 0.09,
    "hemsjukvard": 0.08,
    "psykiatri": 0.07,
    "barn_familj": 0.06,
    "socialtjanst": 0.05,
    "ambulans": 0.05,
    "lss_boendestod": 0.04,
    "sabo": 0.03,
    "anhorigstod": 0.03,
    "habilitering": 0.03,
    "korttid": 0.02,
    "dagverksamhet": 0.02,
    "elevhalsa": 0.02,
}
NEEDS: Shares = {
    "multi_conditions": 0.28,
    "daily_help": 0.11,
    "both_huvudman": 0.14,
    "alone": 0.14,
    "worry_health": 0.24,
    "hard_to_seek": 0.09,
}
COMPLEX_NEEDS = frozenset({"multi_conditions", "daily_help", "both_huvudman"})  # these come with age
NEEDS_BY_AGE: Shares = {"a15_29": 0.4, "a30_44": 0.5, "a45_64": 0.8, "a65_79": 1.1, "a80p": 1.9}
NEEDS_UNSAID: Shares = {"none": 0.86, "pns": 0.04, SKIPPED: 0.1}  # of those who chose no need
NO_CARE = "none"

MOOD_BY_AGE: Shares = {"a15_29": -5, "a30_44": -3, "a65_79": 2, "a80p": 3}  # points
MOOD_BY_ROLE: Shares = {"proxy": -4, "carer": -6}
MOOD_BY_COMPLEX_NEED = -1.5  # points for each need
MOOD_BY_RISK = -3.0
