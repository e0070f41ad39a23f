"""When somebody leaves a facility: said by those who hold them, and read by nobody who does not."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.casework.referrals.conftest import Town, town
from tests.desk.test_work import seeing
from tests.people import MAKER, NOW, TODAY, World
from wholeperson.access.models import Person
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.casework.releases import actions, due, queries
from wholeperson.casework.releases.models import Leaving
from wholeperson.record import wall
from wholeperson.record.models import AuditRow
from wholeperson.record.refusals import NotAllowed

__all__ = ["town"]
pytestmark = pytest.mark.django_db
JAIL = "Martinez Jail"


def held(world: World, given: str, jail: str = JAIL, since: date = TODAY - timedelta(days=30)) -> Member:
    member = world.member(given, "Held")
    world.relate(member, jail, scope="sensitive", reason="facility_case", since=since)
    return member


def kurt(world: World, jail: str = JAIL) -> Person:
    return world.person(f"Kurt of {jail}", "facility_custody_staff", at=jail)


def said(member: Member, day: date | None, by: Person, ago: int = 0, *, left: bool = False) -> None:
    actions.tell(stay(member, by), day, by=by, at=NOW - timedelta(days=ago), left=left)


def stay(member: Member, by: Person) -> Relationship:
    with seeing(by):
        found = queries.stay_of(by, member)
    assert found
    return found


def names(person: Person, show: str = "") -> list[str]:
    with seeing(person), wall.opened("tests"):
        return [one.given_name for one in queries.NARROWED[show](queries.held(person), TODAY)]


def test_whoever_leaves_first_stands_first_and_who_left_is_gone(world: World) -> None:
    """The last word counts; a day that passed takes nobody off, not even said on that day; that they left does."""
    staff = kurt(world)
    late, later, soon, unknown, _unsaid, left, today = (
        held(world, given) for given in ("Late", "Later", "Soon", "Unknown", "Unsaid", "Left", "Today")
    )
    said(soon, TODAY + timedelta(days=300), staff, ago=5)
    said(soon, TODAY + timedelta(days=14), staff, ago=4)
    said(later, TODAY + timedelta(days=15), staff)
    said(late, TODAY - timedelta(days=2), staff, ago=2)
    said(today, TODAY - timedelta(days=1), staff, ago=1)
    said(left, TODAY, staff, left=True)
    said(unknown, None, staff)
    assert names(staff)[:4] == ["Late", "Today", "Soon", "Later"]
    assert set(names(staff)[4:]) == {"Unknown", "Unsaid"}
    assert names(staff, "soon") == ["Late", "Today", "Soon"]
    assert names(staff, "unsaid") == ["Unsaid"]


@pytest.mark.parametrize("since", [TODAY - timedelta(days=10), TODAY])
def test_whoever_comes_back_stands_on_the_list_again(world: World, since: date) -> None:
    """What was said of the last stay says nothing of this one, be it of a year ago or of the same morning."""
    staff = kurt(world)
    back = held(world, "Back", since=since - timedelta(days=400))
    said(back, since, staff, ago=(TODAY - since).days, left=True)
    assert names(staff) == []
    world.relate(back, JAIL, scope="sensitive", reason="facility_case", since=since)
    assert names(staff) == names(staff, "unsaid") == ["Back"]
    with seeing(staff), wall.opened("tests"):
        assert queries.held(staff).get().came == since


def test_a_facility_sees_whom_it_let_go_for_thirty_days_and_again_if_they_did_not_leave(world: World) -> None:
    """Handing over takes some days; what stood open of a stay before ends at once. The trail has each."""
    staff = kurt(world)
    gone = held(world, "Gone")
    world.relate(gone, JAIL, scope="minimal", reason="facility_case", since=TODAY - timedelta(days=500))
    said(gone, TODAY - timedelta(days=2), staff, left=True)

    def open_until() -> list[date | None]:
        with wall.opened("tests"):
            rows = Relationship.objects.filter(member=gone, ends_at=None).order_by("since", "pk")
            return [row.until for row in rows]

    assert open_until() == [TODAY + timedelta(days=28)]
    assert names(staff) == []
    said(gone, None, staff)
    assert open_until() == [TODAY + timedelta(days=28), None]
    assert names(staff) == ["Gone"]
    with wall.opened("tests"):
        verbs = AuditRow.objects.filter(subject_id=gone.pk, verb__startswith="relationship.").order_by("pk")
        assert [one.verb for one in verbs][2:] == ["relationship.close", "relationship.end", "relationship.open"]


def test_a_facility_reads_what_it_said_and_nothing_of_another(world: World, client: Client) -> None:
    """Somebody held in two: each knows its own word; who is seen for another reason is not held."""
    staff, other = kurt(world), kurt(world, "Elmwood Jail")
    both = held(world, "Both")
    world.relate(both, "Elmwood Jail", scope="sensitive", reason="facility_case")
    said(both, TODAY + timedelta(days=3), other)
    world.relate(world.member("Asked", "For"), JAIL, scope="sensitive", reason="referral")
    assert names(staff, "unsaid") == ["Both"]
    assert names(staff) == ["Both"]
    client.force_login(staff)
    page = client.get("/releases/").content.decode()
    assert "Both Held" in page
    assert "Nov. 24, 2026" not in page
    assert "No day said" in page


def test_help_asked_for_since_they_came_by_their_own_facility_is_all_that_counts(town: Town) -> None:
    world = town.world
    staff = kurt(world)
    own, others = held(world, "Own"), held(world, "Others")
    town.asked(member=own, key="own", organisation=world.organisation(JAIL))
    town.asked(member=others, key="others", organisation=town.bayside)
    assert names(staff, "unasked") == ["Others"]
    came_back = held(world, "Back", since=TODAY + timedelta(days=0))
    town.asked(member=came_back, key="back", organisation=world.organisation(JAIL))
    assert names(staff, "unasked") == ["Others"]


def test_what_is_to_be_done_now(world: World) -> None:
    """Custody staff ask nobody for help, so they are told whom to tell; health staff get the button."""
    staff = kurt(world)
    faye = world.person("Faye Morris", "facility_health_staff", at=JAIL)
    soon, late = held(world, "Soon"), held(world, "Late")
    held(world, "Unsaid")
    said(soon, TODAY + timedelta(days=2), staff)
    said(late, TODAY - timedelta(days=1), staff, ago=3)
    with seeing(staff):
        assert [(one.about, one.what, one.why) for one in due.lines(staff)] == [
            ("Late Held", "Was to leave on Nov. 20, 2026", "Say whether they left"),
            ("Soon Held", "Leaves on Nov. 23, 2026", "Nobody here asked for help yet: tell your health staff"),
            ("Leaving", "Of 1 person no day is said", "Say when they leave, or that nobody knows"),
        ]
    with seeing(faye):
        assert due.lines(faye)[1].address == f"/referrals/new/?member={soon.public_id}"


def test_the_day_is_said_on_one_page(world: World, client: Client) -> None:
    staff = kurt(world)
    member = held(world, "Soon")
    client.force_login(staff)
    page = f"/releases/tell/{member.public_id}/"
    for word, day in [
        ("known", ""), ("known", "3026-11-30"), ("known", "2026-11-20"),
        ("left", ""), ("left", "2026-11-22"), ("left", "2026-10-21"),
    ]:  # fmt: skip
        assert client.post(page, {"is_known": word, "day": day}).status_code == 422, (word, day)
    for word in ("known", "not_known", "left"):
        assert client.post(page, {"is_known": word, "day": "2026-11-21"}).status_code == 303
    with wall.opened("tests"):
        assert [(row.day, row.has_left, row.on) for row in Leaving.objects.order_by("pk")] == [
            (TODAY, False, TODAY), (None, False, TODAY), (TODAY, True, TODAY),
        ]  # fmt: skip


def test_nobody_says_it_of_whom_they_do_not_hold(world: World, client: Client) -> None:
    """Seen for another reason, held elsewhere, or in a role that does not hold people: not there."""
    staff = kurt(world)
    elsewhere = held(world, "Elsewhere", jail="Elmwood Jail")
    seen = world.member("Seen", "Only")
    world.relate(seen, JAIL, reason="referral", scope="sensitive")
    client.force_login(staff)
    for member in (elsewhere, seen):
        assert client.post(f"/releases/tell/{member.public_id}/", {"is_known": "not_known"}).status_code == 404
    jada = world.person("Jada Lewis", "ji_liaison", at=JAIL)
    with pytest.raises(NotAllowed):
        actions.tell(stay(elsewhere, kurt(world, "Elmwood Jail")), None, by=jada, at=NOW)


def test_a_long_list_asks_no_more_of_the_database(world: World, client: Client) -> None:
    staff = kurt(world)
    for number in range(30):
        members.relate(
            world.member(f"N{number}", "Held"), organisation=world.organisation(JAIL), reason="facility_case",
            scope="sensitive", since=TODAY, by=MAKER, at=NOW,
        )  # fmt: skip
    client.force_login(staff)
    answer = client.get("/releases/")
    assert answer.content.count(b'scope="row"') == 25
    assert int(answer["Server-Timing"].split('desc="')[1].split('"')[0]) <= 25
