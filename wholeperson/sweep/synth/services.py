"""What claims bill and name: kinds of claim with their lines and rates, and the codes on them."""

from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of claim: how it is billed, how many lines it has, what its lines and its first diagnosis say."""

    claim_type: str
    bill_type: str | None
    place: str | None
    lines: tuple[int, int]
    revenue: str  # revenue centers of an institutional line
    services: str  # HCPCS codes of a line
    diagnoses: str  # what the first diagnosis is drawn from when it is no lasting condition
    lasting: float  # how often it is a lasting condition of the member


ACUTE = (
    "J06.9 J02.9 R10.9 R05.9 M54.50 H66.90 R51.9 J20.9 L30.9 N39.0 R53.83 Z00.00 Z00.129 Z23 M25.561 K21.9 B34.9 R07.9"
)
AVOIDABLE = "J06.9 J02.9 N39.0 H66.90 J20.9 R51.9 L03.90 K59.00 J45.901 B34.9 M54.50"
EMERGENCY = (
    "R07.9 R10.9 S61.219A S93.401A J06.9 N39.0 J45.901 R55 S09.90XA B34.9 J02.9 R51.9 F10.929 R45.851 H66.90 K52.9"
)
STAYS = (
    "J18.9 A41.9 I50.9 J44.1 J45.901 E11.65 N39.0 K35.80 K80.00 S72.001A I21.4 I63.9 F20.9 F31.9 F10.239 K85.90 E86.0"
)
PREVENTABLE = "I50.9 J44.1 J45.901 E11.65 J18.9 N39.0"
KINDS = {
    "office": Kind(
        "professional", None, "11", (1, 3), "", "T1015 G0466 G0467 G2211 G0008 J3420 Q3014 S9083 G0444", ACUTE, 0.45
    ),
    "laboratory": Kind("professional", None, "81", (1, 4), "", "G0306 G0328 G0103 P9604 Q0091 G0432 P3000", ACUTE, 0.5),
    "supplies": Kind("professional", None, "12", (1, 3), "", "A4253 E0601 A7003 A4670 A4550 E0607 A6550", ACUTE, 0.7),
    "transport": Kind("professional", None, "41", (1, 2), "", "A0130 T2003 A0425 A0429", ACUTE, 0.6),
    "behavioral": Kind(
        "professional", None, "53", (1, 2), "", "H0004 H0031 H2011 H0005 H2010 G2086 T1017", "F43.23 F41.1 F33.1", 0.7
    ),
    "prenatal": Kind(
        "professional", None, "11", (1, 2), "", "H1000 H1001 H1003", "Z34.90 Z34.80 O09.90 O99.891 Z34.00", 0.0
    ),
    "loss": Kind("professional", None, "11", (1, 2), "", "T1015 G0467", "O03.9 O02.1", 0.0),
    "emergency": Kind("institutional", "131", None, (2, 4), "0250 0300 0320 0270 0730", "", EMERGENCY, 0.1),
    "emergency_doctor": Kind("professional", None, "23", (1, 1), "", "G0380 G0381 G0382 G0383", EMERGENCY, 0.1),
    "stay": Kind("institutional", "111", None, (4, 8), "0120 0250 0300 0270 0320 0410 0730", "", STAYS, 0.15),
    "delivery": Kind("institutional", "111", None, (4, 7), "0122 0250 0300 0720 0270", "", "O80 O34.211 O70.1", 0.0),
    "short_nursing": Kind(
        "institutional", "211", None, (1, 3), "0191 0420 0430 0250", "", "Z47.1 I50.9 J18.9 S72.001D", 0.3
    ),
    "long_nursing": Kind("institutional", "661", None, (1, 1), "0191 0192", "", "F03.90 I69.351 G20.A1", 0.5),
    "care_management": Kind("professional", None, "12", (1, 2), "", "G9008 G9012", ACUTE, 0.8),
}
NAMES = tuple(KINDS)

# Claims in two years: children, adults to 44, to 64, older.
RATES = {
    "office": (7.8, 6.7, 11.0, 13.7),
    "laboratory": (2.1, 3.3, 5.3, 6.1),
    "supplies": (0.6, 0.7, 1.4, 2.4),
    "transport": (0.1, 0.2, 0.5, 1.2),
    "behavioral": (0.6, 0.5, 0.5, 0.3),
    "emergency": (0.5, 0.6, 0.6, 0.6),
    "stay": (0.05, 0.06, 0.14, 0.3),
}

# The same for members of whom something is true, added to the rate of their age.
MORE = (
    ("often_in_er", "emergency", 46.0),
    ("often_in_hospital", "stay", 17.0),
    ("homeless", "emergency", 0.9),
    ("deep", "emergency", 0.5),
    ("asthma", "emergency", 0.2),
    ("deep", "behavioral", 9.0),
    ("depression", "behavioral", 4.0),
    ("child_in_need", "behavioral", 8.0),
    ("left_nursing_home", "short_nursing", 1.2),
    ("frail", "transport", 4.0),
    ("in_ecm", "care_management", 8.0),
    ("cancer", "laboratory", 6.0),
    ("kidney", "laboratory", 4.0),
)
MODIFIERS = {"G9008": "U1", "G9012": "U2"}
HOMELESS_CODES = ("Z59.00", "Z59.01", "Z59.02")
OUTCOME = "Z37.0"  # of a birth
