"""Requests for help in the demo, one in each part of its life, through the same actions as everybody's work."""

from datetime import date, datetime, timedelta

from wholeperson import clock
from wholeperson.access.models import Organisation, Person
from wholeperson.access.queries import stand
from wholeperson.casework.members.actions import Said
from wholeperson.casework.members.models import Member
from wholeperson.casework.referrals import actions
from wholeperson.casework.referrals.actions import About, Asker, Missed, Wanted
from wholeperson.casework.referrals.holders import STRANGER
from wholeperson.casework.referrals.models import Asking, Referral
from wholeperson.record import wall
from wholeperson.record.actors import System

MAKER = System("demo", frozenset({"organisation.change"}))


def fill(
    organisations: dict[str, Organisation], people: dict[str, Person], members: dict[str, Member], *, at: datetime
) -> None:
    """Received, waiting for an answer, declined and back, taken, closed twice; from a jail; for a plan elsewhere."""
    actions.keep_mailbox(organisations["supports"], "intake@opendoor.example", verified=True, by=MAKER, at=at)
    then = at - timedelta(days=3)
    for role in ("plan_intake", "referrer", "member", "provider_intake", "community_supports_worker",
                 "facility_health_staff"):  # fmt: skip
        stand(people[role], on=clock.in_california(at), at=at)
    _asked_by_a_daughter(members["mai"], at)
    _waits_for_an_answer(members["james"], organisations, people, then, at)
    _came_back(members["wei"], organisations, people, then)
    _closed(members["rosa"], organisations, people, then)
    _told_how_it_ended(members["mai"], organisations, people, then)
    _goes_home(members["tyrell"], organisations["jail"], people["facility_health_staff"], then)
    _for_a_plan_elsewhere(organisations["ecm"], people["provider_intake"], at)
    _missed_calls(organisations["plan"], people["plan_intake"], at)


def _missed_calls(plan: Organisation, paula: Person, at: datetime) -> None:
    """In the night: one whom somebody may harm, and one who said that a message is all right."""
    careful = Missed("925-555-0162", best_time="morning", language="es", said="Habló en voz baja. Tiene dos hijos.")
    easy = Missed("925-555-0163", "Otis Greene", "afternoon", message="yes", said="His sister needs a ramp.")
    for number, call in enumerate((careful, easy)):
        actions.keep_missed(call, organisation=plan, key=f"demo-{number}", by=paula, at=at)


def _asked_by_a_daughter(mai: Member, at: datetime) -> None:
    about = About(
        given_name="Mai", family_name="Nguyen", birth_date=mai.birth_date, county="contra_costa",
        phone="925-555-0148", safe_to_contact="yes", comment="She forgets to eat since she left the hospital.",
    )  # fmt: skip
    daughter = Asker("family", name="Linh Nguyen", phone="925-555-0149")
    actions.ask(about, Wanted(("cs.mtm_msf", "cs.pchs")), daughter, channel="public", key="mai", by=STRANGER, at=at)


def _waits_for_an_answer(
    james: Member, organisations: dict[str, Organisation], people: dict[str, Person], then: datetime, at: datetime
) -> None:
    renee, paula = people["referrer"], people["plan_intake"]
    about = About(
        given_name="James", family_name="Calloway", birth_date=james.birth_date, county="contra_costa",
        where="Ward 4 West, bed 12", comment="He can leave today and sleeps in his car. The wound needs care.",
        facts={"needs_recovery_from_illness_or_injury": True},
    )  # fmt: skip
    planner = Asker(
        "treating", name=renee.name, works_at=organisations["hospital"].name, person=renee,
        organisation=organisations["hospital"],
    )  # fmt: skip
    wanted = Wanted(("cs.recuperative_care",), "expedited", "He leaves the hospital today.", attested=True)
    bed = _one(actions.ask(about, wanted, planner, channel="signed_in", key="james", by=renee, at=then))
    actions.screen(bed, by=paula, at=then)
    actions.send(bed, organisations["supports"], by=paula, at=at, address=str)


def _came_back(wei: Member, organisations: dict[str, Organisation], people: dict[str, Person], then: datetime) -> None:
    paula, ines = people["plan_intake"], people["provider_intake"]
    about = About(
        given_name="Wei", family_name="Zhang", birth_date=wei.birth_date, county="contra_costa", language="zh-hant",
        comment="He falls in the bathroom. A rail would help.",
    )  # fmt: skip
    neighbor = Asker("community", name="Bob Tanner", phone="925-555-0150")
    rail = _one(actions.ask(about, Wanted(("cs.eaa",)), neighbor, channel="telephone", key="wei", by=STRANGER, at=then))
    actions.screen(rail, by=paula, at=then)
    sending = actions.send(rail, organisations["ecm"], by=paula, at=then, address=str)
    actions.decline(sending, by=ines, name=ines.name, reason="not_our_service", at=then + timedelta(hours=5))


def _closed(rosa: Member, organisations: dict[str, Organisation], people: dict[str, Person], then: datetime) -> None:
    paula, cody, own = people["plan_intake"], people["community_supports_worker"], people["member"]
    asker = Asker("self", name=own.name, person=own, language="es")
    about = About(safe_to_contact="yes", comment="Busco un lugar para vivir antes de que nazca mi bebé.")
    wanted = Wanted(("cs.htns",))
    home = _one(actions.ask(about, wanted, asker, channel="signed_in", key="rosa", member=rosa, by=own, at=then))
    actions.screen(home, by=paula, at=then)
    sending = actions.send(home, organisations["supports"], by=paula, at=then, address=str)
    actions.accept(sending, by=cody, name=cody.name, at=then + timedelta(hours=3))
    with wall.opened("demo"):
        home.refresh_from_db()
    day: date = clock.in_california(then)
    called = Said(then + timedelta(hours=3), "phone", "support", 8, True)
    actions.reach(home, called, by=cody, at=then + timedelta(hours=4))
    actions.start(home, on=day, closes=True, by=cody, at=then + timedelta(days=1))


def _told_how_it_ended(
    mai: Member, organisations: dict[str, Organisation], people: dict[str, Person], then: datetime
) -> None:
    """The plan made sure that the hospital's planner treats her: so the planner is told how it ended."""
    renee, paula, cody = people["referrer"], people["plan_intake"], people["community_supports_worker"]
    about = About(
        given_name="Mai", family_name="Nguyen", birth_date=mai.birth_date, county="contra_costa", safe_to_contact="yes",
        comment="She comes home from the hospital weak, and the stairs have no rail.",
    )  # fmt: skip
    planner = Asker(
        "treating", name=renee.name, works_at=organisations["hospital"].name, person=renee,
        organisation=organisations["hospital"],
    )  # fmt: skip
    wanted = Wanted(("cs.eaa",), attested=True)
    asking = actions.ask(about, wanted, planner, channel="signed_in", key="mai-rail", by=renee, at=then)
    rail = _one(asking)
    actions.screen(rail, by=paula, at=then)
    actions.confirm(asking, "treating", by=paula, at=then)
    sending = actions.send(rail, organisations["supports"], by=paula, at=then, address=str)
    actions.accept(sending, by=cody, name=cody.name, at=then + timedelta(hours=2))
    with wall.opened("demo"):
        rail.refresh_from_db()
    actions.start(rail, on=clock.in_california(then), closes=True, by=cody, at=then + timedelta(days=1))


def _goes_home(tyrell: Member, jail: Organisation, faye: Person, then: datetime) -> None:
    about = About(
        given_name="Tyrell", family_name="Banks", birth_date=tyrell.birth_date, county="contra_costa",
        comment="He goes home to his aunt in three weeks. Nobody there knows yet who looks after his asthma.",
    )  # fmt: skip
    asker = Asker("treating", name=faye.name, works_at=jail.name, person=faye, organisation=jail)
    wanted = Wanted(("ecm",), attested=True)
    actions.ask(about, wanted, asker, channel="signed_in", key="tyrell", member=tyrell, by=faye, at=then)


def _for_a_plan_elsewhere(bayside: Organisation, ines: Person, at: datetime) -> None:
    about = About(
        given_name="Dwight", family_name="Moss", birth_date=date(1957, 8, 19), county="kern",
        plan="other_medi_cal_plan",
        phone="661-555-0151", comment="He moves to his sister in Bakersfield and needs meals there.",
    )  # fmt: skip
    asker = Asker("treating", name=ines.name, works_at=bayside.name, person=ines, organisation=bayside)
    wanted = Wanted(("cs.mtm_msf",), attested=True)
    meals = _one(actions.ask(about, wanted, asker, channel="signed_in", key="dwight", by=ines, at=at))
    actions.screen(meals, by=ines, at=at)
    actions.send_elsewhere(meals, "Kern County's plan", by=ines, at=at)


def _one(asking: Asking) -> Referral:
    with wall.opened("demo"):
        row = asking.asked_for.select_related("referral__member", "referral__handled_by").get()
        found: Referral = row.referral
        return found
