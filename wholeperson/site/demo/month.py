"""A provider's month in the demo: two files of its plan, calls of both months, somebody who leads each care but two."""

from datetime import date, datetime, timedelta

from wholeperson import clock
from wholeperson.access.models import Organisation, Person
from wholeperson.access.queries import stand
from wholeperson.casework.authorizations import actions as authorizations
from wholeperson.casework.authorizations.models import Authorization
from wholeperson.casework.care import actions as care
from wholeperson.casework.care.models import Case
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.actions import Eats, Said, Speaks
from wholeperson.casework.members.days import midnight
from wholeperson.casework.members.models import Member
from wholeperson.exchange import actions as exchange
from wholeperson.exchange.layouts import layout_of
from wholeperson.record import documents, wall

HEADS = (
    "Member Client Index Number (CIN),Member Last Name,Member First Name,Member Date of Birth,Member Phone Number,"
    "Member Preferred Language (Spoken),Medi-Cal Coverage County,ECM Authorization Number,MCP Name,"
    "Member Homelessness Indicator,Medi-Cal Redetermination Date,New to Provider Indicator,PCP Name,"
    "POF: Homelessness,POF: Avoidable Hospital or ED Use,MIF Production Date,Member Information File Reporting Period"
)
# CIN, last name, first name, birth date, telephone, language, authorization
ROWS = [
    "91234567A,Delgado,Rosa,03/09/1980,925-555-0142,Spanish,Contra Costa,CC-26-0101",
    "91234568B,Calloway,James,11/30/1968,925-555-0143,English,Contra Costa,CC-26-0102",
    "92345671A,Herrera,Luis,05/17/1959,510-555-0144,Spanish,Contra Costa,CC-26-0103",
    "92345672B,Okoye,Grace,08/02/1974,510-555-0145,English,Contra Costa,CC-26-0104",
    "92345673C,Pham,Tam,01/25/1962,925-555-0146,Vietnamese,Contra Costa,CC-26-0105",
]
SUPPORT_HEADS = (
    "Member Client Index Number (CIN),Member Last Name,Member First Name,Member Date of Birth,Authorization Number,"
    "Community Supports Service,Authorization Start Date,Authorization End Date,Units Authorized,"
    "Authorization Decision Date,Authorization Status"
)
SUPPORTS = [
    "91234567A,Delgado,Rosa,03/09/1980,CS-26-0301,Meals/Medically Tailored Meals,10/05/2026,12/31/2026,84,10/02/2026,"
    "Authorized",
    "92345671A,Herrera,Luis,05/17/1959,CS-26-0302,Housing Navigation,11/02/2026,11/01/2027,,10/28/2026,Authorized",
    "92345672B,Okoye,Grace,08/02/1974,,Asthma Remediation,,,,,Pending",
]
ELSEWHERE_TRIED = {"Linh": (4, "phone", 11, True, "Her son interprets."), "Mai": (9, "in_person", 30, True, "")}
ELSEWHERE_LED = ("Linh", "Dwayne", "Mai")
NEW = "92345674D,Reed,Opal,12/11/1949,925-555-0147,English,Contra Costa,CC-26-0106"


# given name: what was told of the month that is over, so many days after its file came
LAST_MONTH = {
    "Rosa": (2, "phone", 14, True, "She wants help. We meet at her sister's."),
    "James": (5, "in_person", 25, True, "Met him at the library. He wants to think about it."),
    "Luis": (6, "phone", 3, False, ""),
}
# one list for each of the other plans
ELSEWHERE = [
    [
        "93345671A,Nguyen,Linh,02/14/1955,209-555-0151,Vietnamese,San Joaquin,HN-7731",
        "93345672B,Ellis,Dwayne,07/07/1983,209-555-0152,English,San Joaquin,HN-7732",
    ],
    ["94345671A,Okoye,Gracie,08/02/1974,510-555-0153,English,Alameda,4400871"],  # who may be Grace Okoye
    ["95345671A,Vang,Mai,04/30/1947,559-555-0154,Hmong,Fresno,CV-0018"],
]


Tried = tuple[int, str, int, bool, str]


def fill(bayside: Organisation, plans: list[Organisation], intake: Person, lena: Person, *, at: datetime) -> None:
    """Last month's file came on its third day, this month's today."""
    this = clock.in_california(at).replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    then = midnight(last + timedelta(days=2)) + timedelta(hours=9)
    plan, *others = plans
    load(bayside, plan, intake, last, ROWS, then)
    for other, rows in zip(others, ELSEWHERE, strict=True):
        load(bayside, other, intake, last, rows, then)
    _last_month(bayside, [plan], ("Rosa", "James", "Luis", "Tam"), LAST_MONTH, lena, then)
    _last_month(bayside, others, ELSEWHERE_LED, ELSEWHERE_TRIED, lena, then)
    _supports(bayside, plan, intake, at)
    load(bayside, plan, intake, this, [*ROWS, NEW], at)
    _this_month(_cases(bayside, [plan]), lena, at)


def load(bayside: Organisation, plan: Organisation, intake: Person, month: date, rows: list[str], at: datetime) -> None:
    stand(intake, on=clock.in_california(at), at=at)
    rest = f"{plan.name},N,,Y,Dr. Ida Moss,N,Y,{month:%m/%d/%Y},{month:%Y%m}"
    text = "\r\n".join([HEADS, *(f"{row},{rest}" for row in rows), ""])
    file = documents.Received(f"MIF {month:%Y-%m}.csv", text.encode())
    came = exchange.Came(file, bayside, plan, layout_of("mif", plan))
    received, _is_new = exchange.receive(came, by=intake, at=at)
    exchange.load(received, by=intake, at=at)


def load_supports(provider: Organisation, plan: Organisation, intake: Person, rows: list[str], at: datetime) -> None:
    """The plan's file of Community Supports."""
    stand(intake, on=clock.in_california(at), at=at)
    file = documents.Received("CSASF.csv", "\r\n".join([SUPPORT_HEADS, *rows, ""]).encode())
    came = exchange.Came(file, provider, plan, layout_of("csasf", plan))
    received, _is_new = exchange.receive(came, by=intake, at=at)
    exchange.load(received, by=intake, at=at)


def _supports(bayside: Organisation, plan: Organisation, intake: Person, at: datetime) -> None:
    """One of them is answered, and has units used."""
    load_supports(bayside, plan, intake, SUPPORTS, at)
    with wall.opened("demo"):
        meals = Authorization.objects.filter(organisation=bayside, programme="cs.mtm_msf").select_related(
            "organisation"
        )
        found = meals.get()
    day = clock.in_california(at)
    authorizations.answer(found, "accepted", since=day - timedelta(days=5), by=intake, at=at)
    authorizations.draw(found, 28, on=day - timedelta(days=2), source="hand", key="demo-meals", by=intake, at=at)


def _cases(bayside: Organisation, plans: list[Organisation]) -> dict[str, Case]:
    with wall.opened("demo"):
        rows = Case.objects.filter(organisation=bayside, plan__in=plans).select_related("member", "organisation")
        return {case.member.given_name: case for case in rows}


def _last_month(
    bayside: Organisation, plans: list[Organisation], led: tuple[str, ...], tried: dict[str, Tried], lena: Person,
    then: datetime,
) -> None:  # fmt: skip
    """Who was led from the file on, and what was tried. Whoever is reached has their record opened first."""
    since, cases = clock.in_california(then), _cases(bayside, plans)
    stand(lena, on=since, at=then)
    for name in led:
        care.name_lead(cases[name], lena, since=since, by=lena, at=then)
    for name, (days, method, minutes, reached, note) in tried.items():
        at = then + timedelta(days=days)
        case, on = cases[name], clock.in_california(at)
        stand(lena, on=on, at=at)
        members.look_at(case.member, by=lena, at=at)
        said = Said(at, method, "outreach", minutes, reached, note=note)
        care.record_contact(case, said, on=on, key=f"demo-last-{name}", by=lena, at=at)
        if name == "Rosa":
            care.take_step(case, "enrol", on=on, by=lena, at=at)


def _this_month(cases: dict[str, Case], lena: Person, at: datetime) -> None:
    """Rosa and James were seen, Luis does not answer; nobody leads the care of Grace yet."""
    day = clock.in_california(at)
    stand(lena, on=day, at=at)
    hour = at - timedelta(hours=1)
    for name, said in {
        "Rosa": Said(hour, "phone", "care", 12, True, note="Best after four. Her sister may take a message."),
        "James": Said(hour, "in_person", "outreach", 35, True, place="The library on Ferry Street"),
        "Luis": Said(hour, "phone", "outreach", 3, False),
    }.items():
        care.record_contact(cases[name], said, on=day, key=f"demo-{name}", by=lena, at=at)
    how = "Ask for Ms. Herrera, on weekday mornings. Never leave a message, never send a letter."
    members.set_rule(cases["Luis"].member, "safe_contact_only", how=how, since=day, by=lena, at=at)
    where = "The bench behind the library on Ferry Street, most mornings until ten."
    members.move(cases["James"].member, kind="no_fixed", since=day, where=where, by=lena, at=at)
    _needs_of(cases["Rosa"].member, lena, at)


def _needs_of(rosa: Member, lena: Person, at: datetime) -> None:
    """How she speaks, reads and eats, and the name she had before."""
    speaks = Speaks("es", "es", interpreter=True, interpreter_in="es", format="large_print")
    members.say_language(rosa, speaks, by=lena, at=at)
    eats = Eats("Peanuts", ("low_salt",), "No pork", refrigerator=True, stove=True, cook=False)
    members.say_food(rosa, eats, by=lena, at=at)
    members.add_former_name(rosa, given_name="Rosa", family_name="Vega", by=lena, at=at)
