"""Makes up rows for any layout: invented people with well-formed numbers; the same seed gives the same rows."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from struct import unpack
from typing import Final, TypeVar

from wholeperson.formats.files.layout import ALWAYS, EXPECTED, Column, Layout
from wholeperson.formats.files.numbers import check_digit
from wholeperson.formats.files.values import Value

MONTH: Final = "2026-10"  # every sample is about one month: no clock may change its bytes
LAST: Final = date(2026, 10, 31)
FIRST_NAMES: Final = """
    Ana Bao Carmen Dante Elena Farid Grace Hien Iris Jamal Kiri Lena Marisol Nuri Omar Paz Rosa Sefa Tomás Uma Vang
    Willa Ximena Yusuf Zoë""".split()
LAST_NAMES: Final = """
    Abara Botello Castañeda Delgado Eng Farrow Galindo Haddad Ibarra Joaquin Khoury Lomeli Moua Nakai Ortiz Pacheco
    Quiroz Rosales Solano Tran Urbina Villa Wynn Xiong Ybarra""".split()
STREETS: Final = ("Alhambra Ave", "Bancroft Rd", "Clyde St", "Detroit Ave", "Estudillo St", "Ferry St")
CITIES: Final = (
    ("Martinez", "94553"),
    ("Concord", "94520"),
    ("Richmond", "94801"),
    ("Fresno", "93701"),
    ("El Centro", "92243"),
)
LANGUAGES: Final = ("English", "Spanish", "Cantonese", "Vietnamese", "Arabic", "Tagalog")
SERVICES: Final = (
    "Housing Transition Navigation Services",
    "Housing Deposits",
    "Recuperative Care",
    "Respite Services",
    "Medically Tailored Meals",
)
CODES: Final = ("H0043", "H2016", "T2033", "S5151", "S5170")
T = TypeVar("T")
FILLED = 0.7  # how often an optional cell is


class _Drawn:
    """Draws from a hash of the layout, the seed and a count: the same on every machine and in every version."""

    def __init__(self, layout: Layout, seed: int) -> None:
        self.name, self.count = f"{layout.id} {seed}", 0
        self.left: list[int] = []
        self.offset = self.below(10_000_000)
        self.npis = [self.npi() for _ in range(5)]

    def random(self) -> float:
        """A number from 0, below 1."""
        if not self.left:
            self.count += 1
            self.left = list(unpack("<8Q", blake2b(f"{self.name} {self.count}".encode()).digest()))
        return (self.left.pop() >> 11) / (1 << 53)

    def below(self, number: int) -> int:
        """A number from 0, smaller than this."""
        return int(self.random() * number)

    def digits(self, count: int) -> str:
        """So many digits, zeros at the front kept."""
        return "".join(str(self.below(10)) for _ in range(count))

    def one(self, of: Sequence[T]) -> T:
        """One of several."""
        return of[self.below(len(of))]

    def npi(self) -> str:
        """A number that passes its check digit and was given to nobody we know of."""
        digits = "1" + self.digits(8)
        return digits + check_digit(digits)

    def phone(self) -> str:
        """A number that is kept for stories."""
        return f"{self.one(('925', '510', '559', '760'))}55501{self.digits(2)}"

    def day(self, back: int) -> date:
        """A day among so many before the last of the month."""
        return LAST - timedelta(days=self.below(back))


def records(layout: Layout, rows: int, seed: int) -> Iterator[dict[str, Value]]:
    """So many rows of a layout, each about somebody else."""
    drawn = _Drawn(layout, seed)
    for at in range(rows):
        yield _row(layout, drawn, at)


def _row(layout: Layout, drawn: _Drawn, at: int) -> dict[str, Value]:
    first, last = drawn.one(FIRST_NAMES), drawn.one(LAST_NAMES)
    city, zip_code = drawn.one(CITIES)
    person: dict[str, Value] = {
        "cin": f"{(drawn.offset + at * 7_919) % 10_000_000 + 90_000_000 * (at % 9 > 0):08}{'ABCDEFGHJK'[at % 10]}",
        "first_name": first,
        "last_name": last,
        "member_name": f"{first} {last}",
        "residential_city": city,
        "residential_zip": zip_code,
        "email": f"{chr(97 + at % 26)}{at}@people.example",
        "plan_name": layout.plan_names[0] if layout.plan_names else "Sample Health Plan",
        "plan_id": layout.plan_names[0] if layout.plan_names else "SAMPLE",
        "provider_name": "Bayside Community Partners",
        "provider_npi": drawn.npis[0],
    }
    made: dict[str, Value] = {}
    for column in layout.columns:
        told = person.get(column.key)
        made[column.key] = told if told is not None else _drawn(column, drawn, made)
    return {column.key: made[column.key] for column in layout.columns if _stands(column, made)}


def _stands(column: Column, made: dict[str, Value]) -> bool:
    """Whether a cell that depends on another may be filled."""
    return column.when is None or made.get(column.when.key) == column.when.value


def _drawn(column: Column, drawn: _Drawn, made: dict[str, Value]) -> Value:
    if column.required not in (ALWAYS, EXPECTED) and drawn.random() > FILLED:
        return None
    if column.values:
        return drawn.one(tuple(column.values))
    if column.type == "date":
        begins = made.get(column.not_before or "")
        return begins + timedelta(days=drawn.below(365)) if isinstance(begins, date) else _day(column, drawn)
    made_up = TYPES.get(column.type)
    return made_up(drawn) if made_up else _words(column, drawn)


def _day(column: Column, drawn: _Drawn) -> date:
    if column.key == "birth_date":
        return LAST - timedelta(days=365 + drawn.below(32_000))
    return LAST if column.key == "production_date" else drawn.day(300)


def _words(column: Column, drawn: _Drawn) -> str:
    words = WORDS.get(column.key)
    if words:
        return words(drawn)
    if column.type == "code":
        return drawn.digits(10)
    return (
        f"{drawn.one(FIRST_NAMES)} {drawn.one(LAST_NAMES)}"
        if column.key.endswith(("_name", "_person"))
        else "As agreed"
    )


TYPES: Final[dict[str, Callable[[_Drawn], Value]]] = {
    "phone": _Drawn.phone,
    "npi": lambda drawn: drawn.one(drawn.npis),
    "tin": lambda drawn: "94" + drawn.digits(7),
    "month": lambda _: MONTH,
    "count": lambda drawn: drawn.below(12),
    "state": lambda _: "CA",
    "zip": lambda drawn: drawn.one(CITIES)[1],
    "hcpcs": lambda drawn: drawn.one(CODES),
    "email": lambda drawn: f"desk{drawn.below(90)}@clinic.example",
    "cin": lambda drawn: f"9{drawn.digits(7)}A",
}
WORDS: Final[dict[str, Callable[[_Drawn], str]]] = {
    "residential_address": lambda drawn: f"{1 + drawn.below(4000)} {drawn.one(STREETS)}",
    "mailing_address": lambda drawn: f"{1 + drawn.below(4000)} {drawn.one(STREETS)}",
    "mailing_city": lambda drawn: drawn.one(CITIES)[0],
    "county": lambda _: "Contra Costa",
    "language_spoken": lambda drawn: drawn.one(LANGUAGES),
    "language_written": lambda drawn: drawn.one(LANGUAGES),
    "service": lambda drawn: drawn.one(SERVICES),
    "gender": lambda drawn: drawn.one(("F", "M", "X", "U")),
    "pof": lambda drawn: drawn.one(("Adults experiencing homelessness", "Birth equity")),
    "acuity": lambda drawn: drawn.one(("High", "Medium", "Low")),
    "modifiers": lambda drawn: drawn.one(("U6", "U2", "U8")),
}
