"""The people and objects of who_sees_what.yaml: somebody in every role, and four of everything they might look at."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests import pieces
from tests.pdfs import plan_pdf
from tests.people import MAKER, NOW, SINCE, World
from wholeperson.access import actions as access
from wholeperson.access.models import Invitation, Membership, Organisation, Person
from wholeperson.access.queries import stand
from wholeperson.access.roles import ROLES
from wholeperson.casework.authorizations import actions as authorizations
from wholeperson.casework.authorizations.actions import Decision
from wholeperson.casework.care import actions as care
from wholeperson.casework.eligibility import actions as eligibility
from wholeperson.casework.eligibility.models import Determination, Overlay
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import BreakGlass, Consent, Likeness, Member
from wholeperson.casework.providers import actions as providers
from wholeperson.casework.providers.asked import VETTING, items
from wholeperson.casework.providers.links import Holder
from wholeperson.casework.providers.models import Application
from wholeperson.casework.referrals import actions as referrals
from wholeperson.casework.referrals.holders import STRANGER
from wholeperson.casework.referrals.models import Asking
from wholeperson.exchange import actions as exchange
from wholeperson.exchange.layouts import layout_of
from wholeperson.record import documents, wall
from wholeperson.record.actors import System
from wholeperson.record.models import Document, House
from wholeperson.record.moments import now_is
from wholeperson.rules.reading.files import PACKAGED

WHOSE = {"own": "Here", "other": "There", "plan": "Other Plan", "part2": "Here"}
NPIS = {"own": "1230000014", "other": "1230000022", "plan": "1230000030", "part2": "1230000048"}
PLANS = {
    "own": "contra_costa_health_plan", "other": "calviva_health", "plan": "health_net",
    "part2": "contra_costa_health_plan",
}  # fmt: skip
DECIDED = [("screen", None), ("request_papers", "A license."), ("hand_in", None), ("clear", None), ("sign", SINCE)]
OFFERING = System("tests", frozenset({"directory.keep"}))
TREATMENT = "meets_or_receives_dmc_ods"
SAID_OF_TREATMENT = "Does the person get care in the county drug treatment system?"


@dataclass
class Scene:
    """`people` by role; `objects` by column and by the word that stands in an address."""

    world: World
    people: dict[str, Person] = field(default_factory=dict)
    objects: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def set(cls, world: World) -> "Scene":
        scene = cls(world)
        House(is_demo=True, made_at=NOW).save(force_insert=True)
        world.organisation("Other Plan", "plan")
        for role in ROLES:
            scene.people[role] = world.person(role.replace("_", " "), role, None if role == "member" else "Here")
        _one_click_away()
        _bulletin(scene)
        scene.objects = {column: scene.four(column) for column in WHOSE}
        return scene

    def four(self, column: str) -> dict[str, str]:
        """One object of each kind for a column, by the word in the address."""
        member = self.member(column)
        organisation = self.world.organisation("Recovery House" if column == "part2" else WHOSE[column])
        return {
            "member": member.public_id,
            "pair": self.pair(column, member).public_id,
            "consent": self.consent(column, member).public_id,
            "determination": self.determination(column, member).public_id,
            "glass": self.glass(column, member).public_id,
            "organisation": organisation.public_id,
            "document": self.paper(column, member).public_id,
            **self.piece(column),
            "invitation": self.invitation(organisation).public_id,
            "membership": self.colleague(column, organisation).public_id,
            **self.applications(column),
            **self.offered(column),
            "overlay": self.overlay(column, self.world.organisation(WHOSE[column])).public_id,
            **self.month(column, member),
            **self.referral(column, member),
            "call": self.call(column),
            "plan_form": self.plan_form(column),
        }

    def plan_form(self, column: str) -> str:
        """The PDF of a plan, of which that organization said what goes where."""
        organisation = self.world.organisation(WHOSE[column])
        keeper = self.world.person(f"Keeper {column}", "administrator", at=organisation.name)
        pdf = documents.Received("form.pdf", plan_pdf("Name"))
        kept = referrals.keep_form(
            pdf, name=f"Form {column}", plan_word="", programme="", organisation=organisation, by=keeper, at=NOW
        )  # fmt: skip
        referrals.map_form(kept, {"Name": "full_name"}, by=keeper, at=NOW)
        return kept.public_id

    def call(self, column: str) -> str:
        """One that nobody at that organization could take."""
        organisation = self.world.organisation(WHOSE[column])
        answers = self.world.person(f"Answers {column}", "provider_intake", at=organisation.name)
        missed = referrals.Missed("925-555-0160", name=f"Caller {column}")
        kept = referrals.keep_missed(missed, organisation=organisation, key="scene", by=answers, at=NOW)
        return kept.public_id

    def month(self, column: str, member: Member) -> dict[str, str]:
        """A case, the file that it might have come in, and one that went out."""
        organisation, plan = self.world.organisation(WHOSE[column]), self.world.organisation(f"Plan {column}", "plan")
        intake = self.world.person(f"Intake {column}", "provider_intake", at=organisation.name)
        case = care.assign(member, organisation=organisation, plan=plan, month=SINCE, by=intake, at=NOW)
        lena = self.world.person(f"Lead {column}", "lead_care_manager", at=organisation.name)
        said = members.Said(NOW - timedelta(hours=1), "phone", "outreach", 5, False)
        contact = care.record_contact(case, said, on=NOW.date(), key="scene", by=lena, at=NOW)
        told = Decision("cs.mtm_msf", "approved", "phone", SINCE, number=f"A-{column}")
        authorization = authorizations.record(
            member, told, organisation=organisation, plan=plan, by=intake, at=NOW
        )  # fmt: skip
        came = exchange.Came(mif(column), organisation, plan, layout_of("mif", plan))
        received, _is_new = exchange.receive(came, by=intake, at=NOW)
        layout, october = layout_of("rtf", plan), date(2026, 10, 1)
        exchange.accept_trial(layout, organisation, plan, accepted_on=SINCE, by=intake, at=NOW)
        sent = exchange.send(layout, organisation, plan, october, by=intake, at=NOW)
        return {
            "case": case.public_id, "contact": contact.public_id, "file": received.public_id,
            "authorization": authorization.public_id, "sent": sent.public_id, "file_plan": plan.public_id,
        }  # fmt: skip

    def referral(self, column: str, member: Member) -> dict[str, str]:
        """One that somebody without an account asked for, and that organization looks at."""
        handler = self.world.organisation(WHOSE[column])
        asker = referrals.Asker("community", name="Ana Vega", organisation=handler)
        asking = referrals.ask(
            referrals.About(), referrals.Wanted(("cs.mtm_msf",)), asker, channel="public", key=column, by=STRANGER,
            at=NOW, member=member,
        )  # fmt: skip
        found = asking.asked_for.get().referral
        Asking.objects.filter(pk=asking.pk).update(organisation=None)
        return {"referral": found.public_id, "asking": asking.public_id}

    def member(self, column: str) -> Member:
        made = self.world.member(column.title(), "Delgado")
        scope = "part2" if column == "part2" else "care"
        self.world.relate(made, WHOSE[column], scope=scope, reason="coverage" if column == "plan" else "assignment")
        if column in ("own", "part2"):
            self.world.relate(made, self.people["member"], scope="part2", reason="self")
        if column == "part2":
            members.tell(made, fact=TREATMENT, value=True, source="member", learnt=SINCE, by=MAKER, at=NOW)
        return made

    def pair(self, column: str, member: Member) -> Likeness:
        """The same person once more, under a name that one letter was added to, for the same organization."""
        again = self.world.member(f"{member.given_name}a", "Delgado")
        self.world.relate(again, WHOSE[column], scope="care", reason="coverage" if column == "plan" else "assignment")
        now_is(NOW)
        members.find_alike.func()
        with wall.opened("tests"):
            return Likeness.objects.get(first=member, second=again)

    def consent(self, column: str, member: Member) -> Consent:
        part2 = column == "part2"
        return members.give_consent(
            member, form="part2" if part2 else "ascmi_ab133", version="2024-06", method="paper",
            categories=["substance_use" if part2 else "physical_health"],
            recipients=[self.world.organisation("Third")], since=date(2026, 3, 1), by=MAKER, at=NOW,
        )  # fmt: skip

    def determination(self, column: str, member: Member) -> Determination:
        """Of the member told of treatment one whose name alone says something."""
        asked = "pof_3a_adult_smh_sud" if column == "part2" else "ecm"
        rules = System("rules", frozenset({eligibility.MAKE}))
        (made,) = eligibility.determine(member=member, programmes=[asked], by=rules, on=NOW.date(), at=NOW)
        return made

    def paper(self, column: str, member: Member) -> Document:
        scope = "part2" if column == "part2" else "care"
        received = documents.Received("letter.txt", f"A letter, {column}.".encode())
        return documents.keep(received, subject=member.pk, scope=scope, by=MAKER, at=NOW)

    def invitation(self, organisation: Organisation) -> Invitation:
        made, _token = access.invite(
            organisation=organisation, email=f"new@{organisation.public_id}.example",
            role="plan_intake" if organisation.kind == "plan" else "lead_care_manager", since=SINCE, by=MAKER, at=NOW,
        )  # fmt: skip
        return made

    def glass(self, column: str, member: Member) -> BreakGlass:
        """Somebody of that organisation opened the record in an emergency."""
        nurse = self.world.person(f"Nurse {column}", "county_behavioral_health", at=WHOSE[column])
        return members.break_glass(
            member, kind="emergency", reason="Found without consciousness.",
            organisation_id=self.world.organisation(WHOSE[column]).pk, by=nurse, at=NOW,
        )  # fmt: skip

    def piece(self, column: str) -> dict[str, str]:
        """A draft, with a file."""
        carla = self.people["content_editor"]
        made = pieces.draft("question", f"asked-{column}", by=carla)
        return {"piece": made.public_id, "piece_file": pieces.file_of(made, by=carla).public_id}

    def applications(self, column: str) -> dict[str, str]:
        """One that was sent, with a paper; and of one that is listed for long a statement that ends soon."""
        plan = self.world.organisation(WHOSE[column])
        sent = self.application(f"Sent {column}", plan, NOW)
        long_ago = NOW - timedelta(days=330)
        listed = self.application(f"Listed {column}", plan, long_ago, npi=NPIS[column])
        manager = self.world.person(f"Manager {column}", "network_manager", at=WHOSE[column])
        for verb, said in DECIDED:
            if verb == "hand_in":
                providers.take_own_step(listed, verb, by=Holder(listed), at=long_ago)
            else:
                if verb == "clear":
                    providers.look_at(listed, VETTING, by=manager, at=long_ago)
                providers.decide(listed, verb, said=said, by=manager, at=long_ago)
        providers.list_it(listed, name=listed.legal_name, by=manager, at=long_ago)
        return {
            "application": sent.public_id,
            "paper": sent.papers.get().document.public_id,
            "attestation": listed.attestations.get().public_id,
        }

    def offered(self, column: str) -> dict[str, str]:
        """A service of that organization, and the place where it is given."""
        organisation, by = self.world.organisation(WHOSE[column]), OFFERING
        place = {"name": "House", "county": "contra_costa"}
        site = providers.keep_site(None, place, organisation=organisation, by=by, at=NOW)
        said = {"counties": ["contra_costa"], "sites": [site]}
        service = providers.offer(organisation, "cs.mtm_msf", said, by=by, at=NOW)
        return {"service": service.public_id, "site": site.public_id}

    def overlay(self, column: str, plan: Organisation) -> Overlay:
        """One that somebody else of that plan uploaded."""
        if not plan.identifiers.exists():
            access.add_identifier(of=plan, system="plan", value=PLANS[column], by=MAKER, at=NOW)
        somebody = self.world.person(f"Uploader {column}", "administrator", at=plan.name)
        text = (PACKAGED / "plans" / f"{PLANS[column]}.yaml").read_text("utf-8") + "# as it was\n"
        on = NOW.date() + timedelta(days=len(column))
        return eligibility.upload(PLANS[column], text, effective_on=on, by=somebody, at=NOW, today=NOW.date())

    def application(self, name: str, plan: Organisation, at: datetime, npi: str = "") -> Application:
        made, _token = providers.begin(
            plan=plan, legal_name=name, contact_name="Gia Soto", contact_email="gia@soup.example", secret=name,
            language="en", at=at, address=str,
        )  # fmt: skip
        by = Holder(made)
        told = dict.fromkeys(("other_name", "tin", "medi_cal", "address"), "")
        organization = {**told, "legal_name": name, "kind": "clinic", "npi": npi}
        for step, said in {
            "organization": organization,
            "services": {"services": ["cs.mtm_msf"]},
            "places": {"counties": ["contra_costa"], "languages": []},
            "statements": {"items": items(["cs.mtm_msf"])},
        }.items():
            providers.write(made, step, said, by=by, at=at)
        providers.add_paper(made, documents.Received("a.txt", b"A license."), item="license", by=by, at=at)
        providers.take_own_step(made, "send", by=by, at=at)
        return made

    def colleague(self, column: str, organisation: Organisation) -> Membership:
        somebody = self.world.person(f"Colleague {column}", "analyst", at=organisation.name)
        return Membership.objects.get(person=somebody)


def mif(column: str) -> documents.Received:
    """A Member Information File with one row."""
    heads = "Member Client Index Number (CIN),Member Last Name,Member First Name,Member Date of Birth"
    return documents.Received("mif.csv", f"{heads}\r\n9500000{len(column)}A,Delgado,{column},03/09/1980\r\n".encode())


def _one_click_away() -> None:
    """The one person that the door of the demo is tried with."""
    made = access.add_person(name="Anders Lund", email="auditor@demo.example", by=MAKER, at=NOW)
    stand(made, on=SINCE)


def _bulletin(scene: Scene) -> None:
    """One that anyone may read."""
    pieces.published("bulletin", "25-521", by=scene.people["content_editor"], second=scene.people["administrator"])
