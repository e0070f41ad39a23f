"""The ways that referrals of the county have gone so far: in every state, in time and late."""

from typing import NamedTuple


class Road(NamedTuple):
    """So many referrals took these steps, in the hours between having been asked for and the last step."""

    many: int
    steps: str
    begun: int  # hours ago
    last: int  # hours ago; what a step starts is due some working days later, so the older ones are late


SENT = "screen send"
TAKEN = f"{SENT} accept"
ROADS = [
    Road(10, "", 20, 20),
    Road(7, "", 190, 190),
    Road(7, "screen", 60, 12),
    Road(6, "screen", 300, 200),
    Road(4, "screen ask", 70, 40),
    Road(2, "screen ask tell", 90, 20),
    Road(11, SENT, 70, 10),
    Road(4, f"{SENT} decline", 90, 15),
    Road(3, f"{SENT} decline send", 140, 8),
    Road(2, f"{SENT} recall", 120, 60),
    Road(4, "screen elsewhere", 100, 40),
    Road(3, "screen elsewhere", 500, 420),
    Road(2, "screen elsewhere heard_no", 500, 30),
    Road(2, "screen elsewhere heard_yes", 700, 100),
    Road(7, TAKEN, 90, 12),
    Road(5, TAKEN, 260, 180),
    Road(2, f"{TAKEN} give_back", 300, 40),
    Road(8, f"{TAKEN} reach", 300, 60),
    Road(5, f"{TAKEN} reach", 1300, 1100),
    Road(10, f"{TAKEN} reach start", 700, 120),
    Road(5, f"{TAKEN} reach start", 1700, 1300),
    Road(4, "screen hold", 400, 120),
    Road(2, f"{TAKEN} hold", 500, 200),
    Road(18, f"{TAKEN} reach finish", 1500, 400),
    Road(5, f"{TAKEN} reach close_unreached", 1800, 300),
    Road(3, f"{SENT} close_no_need", 1000, 500),
    Road(3, "screen withdraw", 600, 500),
    Road(2, f"{TAKEN} reach finish reopen", 1900, 30),
]
# what somebody is asked for, by a word in the facts that are told of them
WANTED = {
    "pregnan": ("ecm", "cs.mtm_msf"),
    "postpartum": ("ecm", "cs.mtm_msf"),
    "hous": ("cs.htns", "cs.housing_deposits", "cs.transitional_rent"),
    "homeless": ("cs.htns", "cs.stphh", "ecm"),
    "shelter": ("cs.stphh", "cs.htns"),
    "night": ("cs.stphh", "cs.recuperative_care"),
    "asthma": ("cs.asthma_remediation",),
    "adl": ("cs.pchs", "cs.eaa"),
    "community": ("cs.pchs", "cs.respite"),
    "institution": ("cs.eaa", "cs.alf_transitions"),
    "food": ("cs.mtm_msf",),
    "": ("ecm", "cs.mtm_msf", "cs.pchs", "cs.day_habilitation"),
}
SAID = [
    "Sleeps in a car near the library. Would like a call in the afternoon.",
    "Came to us three times this month. Somebody should look at the whole of it.",
    "The stairs are too much since the fall.",
    "Leaves the hospital this week and has nobody at home.",
    "Eats once a day. The diabetes is not under control.",
    "The rent is two months behind, and a letter has come.",
    "The inhaler is used every night. There is mold behind the bed.",
    "The daughter who helps is at the end of her strength.",
    "Wants to work again, and does not know where to begin.",
]
