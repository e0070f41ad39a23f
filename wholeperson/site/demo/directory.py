"""Some thirty services of invented organizations in the demo's directory: free, full, old news, hidden, paused."""

from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from wholeperson.access import actions as access
from wholeperson.access.models import Organisation
from wholeperson.casework.providers import actions, offers
from wholeperson.casework.providers.actions import Said
from wholeperson.casework.providers.models import Service
from wholeperson.record.actors import System

KEEPER = System("demo", frozenset({"directory.keep", "directory.contract", "organisation.change"}))
SINCE = date(2026, 1, 1)
SUPPORTS, COMMUNITY, ECM = "community_supports_provider", "community_organisation", "ecm_provider"
WEEK = {day: ["09:00", "17:00"] for day in ("MO", "TU", "WE", "TH", "FR")}
ALWAYS = {day: ["00:00", "23:59"] for day in offers.DAYS}
HOMES = "cs.htns cs.housing_deposits cs.htss"
ADULTS = "pof_1a_homeless_adult pof_2a_adult_avoidable_use pof_3a_adult_smh_sud"
YOUNG = "pof_1b_homeless_family_or_youth pof_3b_child_smh_sud pof_8_child_welfare"

# (key of people.ORGANISATIONS or "", name, kind, services, counties, languages, (street, city, ZIP, county),
#  accessibility, (how much is free, hours since it was said) or nothing, what it says of itself)
Town: TypeAlias = tuple[str, str, str, str, str, str, tuple[str, str, str, str], str, tuple[int, int] | None, str]
TOWNS: list[Town] = [
    ("ecm", "Bayside Care Partners", ECM, f"ecm {ADULTS} pof_9_birth_equity", "contra_costa alameda", "en es vi",
     ("200 Invented Avenue", "Martinez", "94553", "contra_costa"), "wheelchair lift transit", (12, 30),
     "We meet people where they are: at home, at a camp, at a clinic."),
    ("supports", "Open Door Housing Help", SUPPORTS, HOMES, "contra_costa", "en es",
     ("18 Invented Street", "Richmond", "94801", "contra_costa"), "wheelchair parking", (6, 50),
     "Help to find a home, to move in and to stay."),
    ("county_bh", "County Behavioral Health", "", "ecm pof_3a_adult_smh_sud pof_3b_child_smh_sud", "contra_costa",
     "en es zh", ("5 Invented Plaza", "Concord", "94520", "contra_costa"), "wheelchair lift sign_language", (4, 60),
     "Care for people who live with serious mental illness or drug use."),
    ("", "Harbor Street House", COMMUNITY, "cs.recuperative_care cs.stphh", "contra_costa", "en es",
     ("77 Invented Street", "Richmond", "94804", "contra_costa"), "wheelchair bathroom service_animals", (3, 2),
     "Beds for people who leave the hospital and have nowhere to get well. Partners and pets may come along."),
    ("", "Mesa Respite", SUPPORTS, "cs.recuperative_care", "contra_costa solano", "en tl",
     ("9 Invented Way", "Vallejo", "94590", "solano"), "wheelchair bathroom", (0, 1), ""),
    ("", "Quiet Harbor", COMMUNITY, "cs.stphh", "contra_costa alameda", "en es ase",
     ("secret", "Oakland", "94601", "alameda"), "sign_language", (2, 5),
     "For people who had to leave a violent home, with their children."),
    ("", "Sunrise Sobering Center", COMMUNITY, "cs.sobering_center", "contra_costa", "en es",
     ("31 Invented Road", "Concord", "94518", "contra_costa"), "wheelchair", (5, 3), "Open day and night."),
    ("", "Golden Spoon Meals", SUPPORTS, "cs.mtm_msf", "contra_costa alameda solano", "en es zh fa",
     ("4 Invented Lane", "Pittsburg", "94565", "contra_costa"), "parking", (40, 90),
     "Meals for diabetes, heart and kidney disease. Halal and kosher, fresh or frozen."),
    ("", "Valley Kitchen", COMMUNITY, "cs.mtm_msf", "fresno kings madera tulare", "en es hmn",
     ("12 Invented Avenue", "Fresno", "93701", "fresno"), "", (25, 1000), ""),
    ("", "Redwood Care at Home", SUPPORTS, "cs.pchs cs.respite", "contra_costa alameda", "en es ru",
     ("60 Invented Court", "Walnut Creek", "94596", "contra_costa"), "parking", (9, 40), ""),
    ("", "Steady Step Home Changes", SUPPORTS, "cs.eaa cs.asthma_remediation", "contra_costa", "en zh",
     ("3 Invented Drive", "Antioch", "94509", "contra_costa"), "", None, "Ramps, grab bars, and homes without mold."),
    ("", "Bridgeway Home Again", SUPPORTS, "cs.alf_transitions cs.chts", "contra_costa alameda", "en es ko",
     ("88 Invented Boulevard", "San Ramon", "94583", "contra_costa"), "wheelchair lift", (3, 200), ""),
    ("", "Day by Day Center", COMMUNITY, "cs.day_habilitation", "contra_costa", "en es",
     ("21 Invented Street", "Pittsburg", "94565", "contra_costa"), "wheelchair transit", (7, 100), ""),
    ("", "Keys First", COMMUNITY, f"{HOMES} cs.transitional_rent", "contra_costa", "en es",
     ("14 Invented Street", "Antioch", "94509", "contra_costa"), "wheelchair", None, ""),
    ("", "Little Anchors", ECM, f"ecm {YOUNG} pof_7_child_ccs_plus", "contra_costa", "en es",
     ("45 Invented Avenue", "Concord", "94521", "contra_costa"), "wheelchair", (10, 20),
     "For children, young people and their families."),
    ("", "Imperial Family Care", "clinic", "ecm pof_2a_adult_avoidable_use pof_9_birth_equity", "imperial", "en es",
     ("2 Invented Road", "El Centro", "92243", "imperial"), "wheelchair", (5, 400), ""),
]  # fmt: skip


def fill(organisations: dict[str, Organisation], towns: list[Town] = TOWNS, *, at: datetime) -> dict[str, Organisation]:
    """Returns the organizations by name."""
    made = {}
    for key, name, kind, words, counties, languages, place, accessible, free, about in towns:
        organisation = organisations.get(key) or access.add_organisation(name=name, kind=kind, by=KEEPER, at=at)
        made[name] = organisation
        actions.list_organisation(organisation, {"about": about}, by=KEEPER, at=at)
        site = _site(organisation, place, accessible.split(), at)
        said: dict[str, Any] = {
            "counties": counties.split(), "languages": languages.split(), "sites": [site], "phone": "925-555-0100",
            "populations": [word for word in words.split() if word.startswith("pof_")],
            "keeper_email": f"intake@{name.replace(' ', '').lower()}.example",
        }  # fmt: skip
        plan = [organisations["plan"]] if "contra_costa" in said["counties"] else []
        for programme in [word for word in words.split() if not word.startswith("pof_")]:
            service = actions.offer(organisation, programme, said, by=KEEPER, at=at - timedelta(days=20))
            for one in plan:
                actions.contract(service, one, since=SINCE, by=KEEPER, at=at)
            _say(service, free, at)
        if name == "Day by Day Center":
            actions.move(service, "pause", by=KEEPER, at=at)
    return made


def _site(organisation: Organisation, place: tuple[str, str, str, str], accessible: list[str], at: datetime) -> Any:
    street, city, zip, county = place
    hidden = street == "secret"
    said = {
        "name": city, "street": "" if hidden else street, "city": city, "zip": zip, "county": county,
        "is_hidden": hidden, "accessibility": accessible, "hours": ALWAYS if "Sobering" in organisation.name else WEEK,
    }  # fmt: skip
    return actions.keep_site(None, said, organisation=organisation, by=KEEPER, at=at)


def _say(service: Service, free: tuple[int, int] | None, at: datetime) -> None:
    if free is None:
        return
    number, hours = free
    kind = offers.kinds_for(service.programme)[0]
    said = [Said(kind, number)]
    if kind == "beds" and number > 1:
        said = [Said(kind, number - 1, "men"), Said(kind, 1, "women", accessible=True)]
    if not number:
        said.append(Said("waiting", 4))
    actions.say_room(service, said, by=KEEPER, at=at - timedelta(hours=hours))
