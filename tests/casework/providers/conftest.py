"""A plan, somebody who looks after its network, and an application as far as a test wants it."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from tests.people import MAKER, NOW, World
from wholeperson.access import actions as access
from wholeperson.access.models import Organisation, Person
from wholeperson.casework.providers import actions, asked
from wholeperson.casework.providers.links import Holder
from wholeperson.casework.providers.models import Application

ADDRESS = "https://here.example/become-a-provider/link/{}/"
ORGANIZATION = {
    "legal_name": "Good Soup Kitchen", "other_name": "", "kind": "community_supports_provider", "npi": "1234567893",
    "tin": "12-3456789", "medi_cal": "no", "address": "1 Main Street, Martinez",
}  # fmt: skip
# what the plan and the applicant do, one after the other, from the first to the last state
WAY = [
    ("interest", "send", None), ("screened", "screen", None), ("documents", "request_papers", "Your license, please."),
    ("vetting", "hand_in", None), ("contract", "clear", None), ("ready", "sign", date(2026, 12, 1)),
    ("listed", "list", "Good Soup Kitchen"),
]  # fmt: skip
OWN = ("send", "hand_in", "answer")


@dataclass
class Town:
    """A plan with its network manager; `apply` makes an application in any state of the straight way."""

    world: World
    plan: Organisation = field(init=False)
    nate: Person = field(init=False)

    def __post_init__(self) -> None:
        self.plan = self.a_plan("Contra Costa Health Plan", "contra_costa_health_plan")
        self.nate = self.world.person("Nate Kim", "network_manager", at="Contra Costa Health Plan")

    def a_plan(self, name: str, word: str) -> Organisation:
        made = self.world.organisation(name, "plan")
        access.add_identifier(of=made, system="plan", value=word, by=MAKER, at=NOW)
        return made

    def begun(self, secret: str = "one" * 10, **said: object) -> tuple[Application, str]:
        told = {
            "plan": self.plan, "legal_name": "Good Soup Kitchen", "contact_name": "Gia Soto",
            "contact_email": "gia@soup.example", "language": "en", **said,
        }  # fmt: skip
        return actions.begin(**told, secret=secret, at=NOW, address=ADDRESS.format)

    def apply(self, until: str = "interest", **said: object) -> Application:
        application = self.begun(**said)[0]
        by = Holder(application)
        actions.write(
            application, "organization", {**ORGANIZATION, "legal_name": application.legal_name}, by=by, at=NOW
        )
        actions.write(application, "services", {"services": ["cs.mtm_msf", "cs.htns"]}, by=by, at=NOW)
        actions.write(application, "places", {"counties": ["contra_costa"], "languages": ["es"]}, by=by, at=NOW)
        actions.write(application, "statements", {"items": asked.items(["cs.mtm_msf", "cs.htns"])}, by=by, at=NOW)
        for status, verb, words in WAY:
            if application.status == until:
                break
            self.step(application, verb, words)
            assert application.status == status
        return application

    def step(self, application: Application, verb: str, said: object = None) -> None:
        if verb in OWN:
            actions.take_own_step(application, verb, by=Holder(application), at=NOW)
        elif verb == "list":
            actions.list_it(application, name=str(said), by=self.nate, at=NOW)
        else:
            if verb == "clear":
                actions.look_at(application, asked.vetting(application.medi_cal), by=self.nate, at=NOW)
            actions.decide(application, verb, said=said, by=self.nate, at=NOW)


@pytest.fixture
def town(world: World) -> Town:
    return Town(world)
