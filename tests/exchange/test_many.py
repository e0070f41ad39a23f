"""Many rows at once say the same as one after the other, whatever stands in them; and the trail holds."""

import json
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import models, transaction

from tests.casework.referrals.conftest import Town
from tests.exchange.town import JAMES, ROSA, plan
from tests.people import MAKER, NOW, World
from wholeperson.access.models import Person
from wholeperson.casework.authorizations.models import Authorization, Told
from wholeperson.casework.care.actions import assigning
from wholeperson.casework.care.models import Assignment, Case, Standing
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Coverage, Identifier, Member, Phone, Relationship
from wholeperson.casework.referrals.models import Asking, Referral, Sending
from wholeperson.exchange.actions import Came, load, loading, receive
from wholeperson.exchange.layouts import layout_of
from wholeperson.exchange.models import Received
from wholeperson.formats.files.writing import write
from wholeperson.record import documents, sealing, wall
from wholeperson.record.models import AuditRow, Step
from wholeperson.record.proof import prove_trail
from wholeperson.rules.problems import Problem, Refused, Where

LATER = NOW + timedelta(days=12)  # in the next month
THINGS = (Member, Identifier, Phone, Coverage, Case, Standing, Assignment, Authorization, Told, Relationship)
BEFORE = (Referral, Sending, Asking)
MADE_UP = {"id", "public_id", "fingerprint"}
CINS = [f"0123456{at}A" for at in range(6)]
BORN = {cin: date(1950 + 7 * at, 3, 9) for at, cin in enumerate(CINS)}
DAYS = [None, date(2026, 9, 1), date(2026, 10, 15), date(2026, 11, 3), date(2027, 11, 2)]
MEALS, RESPITE = "Medically-Tailored Meals", "Respite Services"


@pytest.fixture
def ines(world: World) -> Person:
    return world.person("Ines Tran", "provider_intake", at="Bayside")


@pytest.fixture(autouse=True)
def _looking(world: World) -> Iterator[None]:
    with wall.opened("tests"):
        yield


def came(world: World, file: str, rows: list[dict[str, Any]]) -> Came:
    layout, out = layout_of(file, plan(world)), BytesIO()
    write(layout, rows, out, "csv")
    return Came(documents.Received(f"{file}.csv", out.getvalue()), world.organisation("Bayside"), plan(world), layout)


# ── files with odd rows ──


def assigned(dice: random.Random, period: str) -> dict[str, Any]:
    """Somebody of a few, so that many are named twice; now and then with another birth date, or days in no order."""
    cin = dice.choice(CINS)
    born = BORN[cin] if dice.random() < 0.9 else date(2001, 1, 1)
    return {
        "cin": cin, "first_name": "Ana", "last_name": dice.choice(["Reyes", "Reyes", "Reyes-Ng"]),
        "birth_date": born, "period": dice.choice([period, period, "2026-10"]),
        "phone": dice.choice([None, "9255550142", "9255550143"]),
        "authorization_number": dice.choice([None, "A-1", "A-2"]),
        "authorization_start": dice.choice(DAYS), "authorization_end": dice.choice(DAYS),
    }  # fmt: skip


def helped(dice: random.Random, _period: str) -> dict[str, Any]:
    cin, number = dice.choice(CINS), dice.choice([None, "CS-1", "CS-2"])
    return {
        "cin": cin, "first_name": "Ana", "last_name": "Reyes", "birth_date": BORN[cin], "authorization_number": number,
        "service": dice.choice([MEALS, RESPITE, "Dog walking"]), "units_authorized": dice.choice([None, 12, 84]),
        "authorization_status": dice.choice([None, "Approved", "Denied", "Pending"]),
        "decision_date": dice.choice(DAYS[1:4]), "kind": dice.choice(["authorized", "potential"]),
        "authorization_start": dice.choice(DAYS), "authorization_end": dice.choice(DAYS),
    }  # fmt: skip


def two_months(world: World, ines: Person, file: str, row: Callable[..., dict[str, Any]], seed: int) -> dict[str, Any]:
    """Load a month and the next; what then stands in the database, without the keys that were made up."""
    dice = random.Random(seed)
    _referred(world, ines)
    for period, at in (("2026-11", NOW), ("2026-12", LATER)):
        rows = [row(dice, period) for _ in range(14)]
        received, _is_new = receive(came(world, file, rows), by=ines, at=at)
        if received.outcome != "rejected":
            load(received, by=ines, at=at)
    return told()


def _referred(world: World, ines: Person) -> None:
    """Somebody whom we know is waiting for meals here; behind what the plan says of it stands that referral."""
    ana = world.member("Ana", "Reyes", BORN[CINS[0]])
    members.add_identifier(ana, system="cin", value=CINS[0], by=MAKER, at=NOW)
    paula = world.person("Paula Reyes", "plan_intake", at=plan(world).name)
    town = Town(world, plan(world), world.organisation("Bayside"), paula, ines)
    town.sent(town.asked(member=ana))


def told() -> dict[str, Any]:
    """Every row in words that do not depend on its key, and each thing's steps and trail in their order."""
    names: dict[Any, str] = {one.pk: "the referral" for kind in BEFORE for one in kind.objects.all()}
    names |= {one.pk: f"file {one.digest}" for one in Received.objects.all()}
    rows: dict[str, Any] = {}
    for kind in THINGS:
        found = [(one.pk, said(one, names)) for one in kind._default_manager.order_by("pk")]
        seen: dict[str, int] = {}
        for key, words in found:
            seen[words] = seen.get(words, 0) + 1
            names[key] = f"{kind.__name__} {words} {seen[words]}"
        rows[kind.__name__] = sorted(words for _, words in found)
    lives: dict[str, list[Any]] = {}
    for step in Step.objects.filter(of__in=("ecm_case", "authorization")).order_by("pk"):
        lives.setdefault(names[step.thing_id], []).append((step.verb, step.source, step.target, step.at, step.due_at))
    trail: dict[str, list[Any]] = {}
    for row in AuditRow.objects.exclude(subject_id=None).order_by("pk"):
        thing = names.get(row.thing_id, row.thing_kind)
        trail.setdefault(names[row.subject_id], []).append((row.verb, thing, row.at, row.actor_label, row.details))
    files = [(one.outcome, one.status, one.rows_read, one.rows_kept, one.report) for one in Received.objects.all()]
    return {**rows, "lives": lives, "trail": trail, "files": sorted(files)}


def said(one: models.Model, names: dict[Any, str]) -> str:
    fields = [field for field in one._meta.concrete_fields if field.name not in MADE_UP]
    return " ".join(f"{field.name}={names.get(value := getattr(one, field.attname), value)}" for field in fields)


def undone(work: Callable[[], Any]) -> Any:
    """What it gave; the database is then as before, so that both ways begin with the same one."""
    with transaction.atomic():
        found = work()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("file", "row"), [("mif", assigned), ("csasf", helped)])
def test_together_is_the_same_as_one_by_one(
    world: World, ines: Person, file: str, row: Any, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(world)
    refused = Refused(Problem("no", "no", "no", "no", Where(path="no")))

    def never(*_: object) -> None:
        raise refused

    with monkeypatch.context() as only:
        only.setattr(loading.Load, "_one_by_one", never)
        together = undone(lambda: two_months(world, ines, file, row, seed))
    monkeypatch.setattr(loading.Load, "_keep", loading.Load._one_by_one)
    one_by_one = undone(lambda: two_months(world, ines, file, row, seed))
    assert together["Member"]
    for part, rows in one_by_one.items():
        assert together[part] == rows, part


def test_a_row_that_nobody_can_keep_is_set_aside_and_the_others_are_kept(
    world: World, ines: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it stays: no member without the case for which they came."""
    as_ever = assigning.case_of

    def but_for_one(member: Member, *said: Any) -> Case:
        if member.family_name == "Calloway":
            raise Refused(Problem("no", "nobody takes this one", "because", "ask the plan", Where(path="row")))
        return as_ever(member, *said)

    monkeypatch.setattr(assigning, "case_of", but_for_one)
    received, _is_new = receive(came(world, "mif", [JAMES, ROSA]), by=ines, at=NOW)
    load(received, by=ines, at=NOW)
    assert (received.status, received.outcome, received.rows_kept) == ("loaded", "partly", 1)
    assert [one.family_name for one in Member.objects.all()] == ["Delgado"]
    (set_aside,) = [one for one in json.loads(received.report)["findings"] if one["severity"] == "error"]
    assert (set_aside["row"], set_aside["problem"], set_aside["do"]) == (2, "nobody takes this one", "ask the plan")


def test_each_row_leaves_what_its_words_mean(world: World, ines: Person) -> None:
    """Rosa with a number, a telephone and an authorization; James with his CIN alone. Told again, nothing is added."""
    for at in (NOW, LATER):
        received, _is_new = receive(came(world, "mif", [ROSA, JAMES][:: 1 if at == NOW else -1]), by=ines, at=at)
        load(received, by=ines, at=at)
    told: dict[str, list[tuple[str, dict[str, Any]]]] = {"Rosa": [], "James": []}
    for row in AuditRow.objects.filter(did="wrote").exclude(subject_id=None).order_by("pk"):
        told[Member.objects.get(pk=row.subject_id).given_name].append((row.verb, row.details))
    assert told["Rosa"] == [
        ("member.register", {}), ("identifier.add", {"system": "cin"}), ("phone.add", {}), ("coverage.keep", {}),
        ("begin", {"from": "", "to": "assigned"}), ("relationship.open", {"scope": "care"}),
        ("begin", {"from": "", "to": "undecided"}), ("authorization.told", {"how": "file"}),
        ("approve", {"from": "undecided", "to": "approved"}), ("care.assign", {"month": "2026-11"}),
    ]  # fmt: skip
    assert told["James"] == [
        ("member.register", {}), ("identifier.add", {"system": "cin"}), ("coverage.keep", {}),
        ("begin", {"from": "", "to": "assigned"}), ("relationship.open", {"scope": "care"}),
        ("care.assign", {"month": "2026-11"}),
    ]  # fmt: skip


def test_the_trail_of_what_was_written_together_holds(world: World, ines: Person) -> None:
    received, _is_new = receive(came(world, "mif", [ROSA, JAMES]), by=ines, at=NOW)
    load(received, by=ines, at=NOW)
    sealing.seal(at=NOW)
    assert prove_trail().failed == []
    assert AuditRow.objects.filter(subject_id__isnull=False).count() == 16


def test_no_row_asks_a_question_of_its_own(world: World, ines: Person, django_assert_max_num_queries: Any) -> None:
    rows = [{**ROSA, "cin": f"{at:08d}A", "authorization_number": f"A-{at}"} for at in range(300)]
    received, _is_new = receive(came(world, "mif", rows), by=ines, at=NOW)
    with django_assert_max_num_queries(120):
        load(received, by=ines, at=NOW)
    assert Member.objects.count() == 300
