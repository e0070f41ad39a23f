"""Invented organizations that want to become providers: one in each state, brought there by the same actions."""

from datetime import date, datetime, timedelta
from typing import Any

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.providers import actions, asked
from wholeperson.casework.providers.links import Holder
from wholeperson.casework.providers.models import Application
from wholeperson.record import documents

LICENSE = "Your license, please."
SENT: list[tuple[str, Any]] = [("send", None)]
FITS = [*SENT, ("screen", None), ("request_papers", LICENSE)]
CHECKED = [*FITS, ("paper", "license"), ("hand_in", None)]
SIGNED = [*CHECKED, ("clear", None), ("sign", date(2026, 2, 1))]
KITCHEN, HELPERS = "community_supports_provider", "community_organisation"

# (name, kind, NPI, services, how many members, contact, the days ago it began, what the plan and they did)
APPLICATIONS: list[tuple[str, str, str, str, int, str, int, list[tuple[str, Any]]]] = [
    ("Delta Harvest Meals", KITCHEN, "1230000014", "cs.mtm_msf", 150, "Dara Hill", 4, SENT),
    ("Second Step Housing", HELPERS, "1230000022", "cs.htns cs.housing_deposits cs.htss", 60, "Sofia Reed", 20,
     [*SENT, ("ask", "How many of your staff work in Richmond?")]),
    ("Carquinez Care at Home", KITCHEN, "1230000030", "cs.pchs cs.respite", 40, "Cara Boone", 4, FITS[:2]),
    ("Pier Street Recovery", HELPERS, "1230000048", "cs.recuperative_care cs.stphh", 24, "Pia Stone", 30, FITS),
    ("Safe Ramps", KITCHEN, "1230000055", "cs.eaa cs.asthma_remediation", 35, "Sal Ramos", 46, CHECKED),
    ("Briones Family Clinic", "clinic", "1230000063", "pof_2a_adult_avoidable_use pof_9_birth_equity", 80, "Bea Lin",
     25, SIGNED[:-1]),
    ("Alhambra Street Team", "ecm_provider", "1230000071", "pof_1a_homeless_adult pof_3a_adult_smh_sud", 50,
     "Abe Cross", 12, SIGNED),
    ("Good Soup Kitchen", KITCHEN, "1230000089", "cs.mtm_msf", 120, "Gia Soto", 330,
     [*SIGNED, ("list", "Good Soup Kitchen")]),
    ("Golden Bay Movers", HELPERS, "", "cs.chts", 10, "Gus Bell", 40,
     [*SENT, ("decline", "This service needs more than the move. Write again when you can give all of it.")]),
    ("Orchard Day Center", HELPERS, "1230000097", "cs.day_habilitation", 30, "Ora Dean", 25,
     [*SENT, ("withdraw", None)]),
    ("Lighthouse Respite", HELPERS, "", "cs.respite", 8, "Lio Hart", 3, []),
]  # fmt: skip
PDF = b"%PDF-1.4\n% an invented license\n"


def fill(plan: Organisation, manager: Person, *, at: datetime) -> None:
    """`manager` stands on the day of the demo and decides for the plan."""
    for name, kind, npi, services, members, contact, days, done in APPLICATIONS:
        begun = at - timedelta(days=days)
        application = _begun(plan, name, contact, begun)
        _tell(application, kind, npi, services.split(), members, begun)
        for number, (verb, said) in enumerate(done):
            _step(application, verb, said, manager, begun + timedelta(days=number))


def _begun(plan: Organisation, name: str, contact: str, at: datetime) -> Application:
    email = f"{contact.split()[0].lower()}@{name.replace(' ', '').lower()}.example"
    made, _token = actions.begin(
        plan=plan, legal_name=name, contact_name=contact, contact_email=email, secret=f"demo {name}", language="en",
        at=at, address=lambda token: f"/become-a-provider/link/{token}/",
    )  # fmt: skip
    return made


def _tell(application: Application, kind: str, npi: str, services: list[str], members: int, at: datetime) -> None:
    by = Holder(application)
    organization = {
        "legal_name": application.legal_name, "other_name": "", "kind": kind, "npi": npi, "tin": "",
        "medi_cal": "not_sure", "address": "100 Invented Street, Martinez",
    }  # fmt: skip
    said: dict[str, dict[str, Any]] = {
        "organization": organization,
        "services": {"services": services},
        "places": {"counties": ["contra_costa"], "languages": ["en", "es"]},
        "room": dict.fromkeys(services, members),
        "statements": {"items": asked.items(services)},
    }
    for step, words in said.items():
        actions.write(application, step, words, by=by, at=at)


def _step(application: Application, verb: str, said: Any, manager: Person, at: datetime) -> None:
    by = Holder(application)
    if verb == "paper":
        actions.add_paper(application, documents.Received("license.pdf", PDF), item=said, by=by, at=at)
    elif verb in ("send", "hand_in", "withdraw"):
        actions.take_own_step(application, verb, by=by, at=at)
    elif verb == "list":
        actions.list_it(application, name=said, by=manager, at=at)
    else:
        if verb == "clear":
            actions.look_at(application, asked.vetting(application.medi_cal), by=manager, at=at)
        actions.decide(application, verb, said=said, by=manager, at=at)
