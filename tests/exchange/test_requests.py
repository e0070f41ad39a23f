"""A list of requests: checked first, each row the way of the form or set aside whole, the same row once."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.people import MAKER, NOW, World
from wholeperson.access import actions as access
from wholeperson.access.models import Membership
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Member
from wholeperson.casework.referrals.models import Asking, Referral
from wholeperson.exchange.actions import waiting
from wholeperson.exchange.layouts import ASKING, layouts
from wholeperson.exchange.models import Received
from wholeperson.formats.files.opening import open_table
from wholeperson.record import wall
from wholeperson.record.models import Outgoing, Step
from wholeperson.record.moments import now_is

HEADS = "First Name,Last Name,Date of Birth,Help Needed,County,Cannot Wait Because,Person Agreed,Request Date"
MEALS = 'Marisol,Vega,05/04/1991,"MTM; ecm",Contra Costa,,Y,11/20/2026'
BED = "James,Calloway,03/09/1980,Recuperative Care,contra costa county,He leaves today.,Y,11/20/2026"
WRONG = [
    "Mai,Nguyen,01/02/1950,Free Cars,Contra Costa,,Y,11/20/2026",
    "Wei,Zhang,01/02/1950,Respite Services,Contra Costa,,,11/20/2026",
    "Ana,Ruiz,01/02/2031,ecm,Contra Costa,,,11/20/2026",
]


@pytest.fixture
def renee(world: World) -> Client:
    """She plans discharges at a hospital."""
    plan = world.organisation("Contra Costa Health Plan", "plan")
    access.add_identifier(of=plan, system="plan", value="contra_costa_health_plan", by=MAKER, at=NOW)
    world.organisation("Mount Diablo Hospital", "hospital")
    client = Client()
    client.force_login(world.person("Renee Brooks", "referrer", at="Mount Diablo Hospital"))
    return client


def kept(model: type) -> list:
    with wall.opened("tests"):
        return list(model.objects.order_by("pk"))


def brought(client: Client, rows: Iterable[str], name: str = "list.csv") -> str:
    sent = SimpleUploadedFile(name, "\r\n".join([HEADS, *rows, ""]).encode())
    answer = client.post("/exchange/requests/", {"file": sent})
    assert answer.status_code == 303
    return str(answer["Location"])


def test_nothing_is_asked_before_somebody_looked_at_what_it_would_do(renee: Client) -> None:
    page = renee.get(brought(renee, [MEALS, BED, *WRONG])).content.decode()
    assert not kept(Asking)
    assert "Send 2 requests" in page
    for said in (
        "no program is called this",
        "ask the person first, then write Y",
        "nobody living was born on that day",
    ):
        assert said in page


def test_each_row_that_is_right_is_a_request_and_the_same_row_is_one(renee: Client) -> None:
    here = brought(renee, [MEALS, BED, *WRONG])
    for _twice in range(2):
        assert renee.post(f"{here}load/").status_code == 303
    marisol, james = kept(Asking)
    assert (marisol.channel, marisol.standing, marisol.name, marisol.works_at, marisol.attested) == (
        "file", "treating", "Renee Brooks", "Mount Diablo Hospital", True
    )  # fmt: skip
    assert [(one.member.given_name, one.programme, one.urgency, one.plan.name) for one in kept(Referral)] == [
        ("Marisol", "cs.mtm_msf", "standard", "Contra Costa Health Plan"),
        ("Marisol", "ecm", "standard", "Contra Costa Health Plan"),
        ("James", "cs.recuperative_care", "expedited", "Contra Costa Health Plan"),
    ]
    assert not Outgoing.objects.exists(), "no letter for each row"
    mended = brought(renee, [MEALS, BED, WRONG[1].replace(",,,", ",,Y,")], "mended.csv")
    renee.post(f"{mended}load/")
    assert [one.birth_date.year for one in kept(Asking)] == [1991, 1980, 1950]
    assert james.pk == kept(Asking)[1].pk


def test_a_row_without_a_day_is_another_request_once_the_first_is_over_and_what_was_known_is_said(
    renee: Client,
) -> None:
    undated, known = MEALS.removesuffix("11/20/2026"), "this request was received before"

    def sent(*rows: str) -> str:
        here = brought(renee, rows)
        renee.post(f"{here}load/")
        return str(renee.get(here).content.decode())

    assert known not in sent(undated)
    assert sent(undated, BED).count(known) == 1
    assert len(kept(Asking)) == 2
    with wall.opened("tests"):
        Referral.objects.update(status="withdrawn")
    assert sent(BED, undated, undated).count(known) == 2, "the dated one, and the second of two that are alike"
    assert [one.birth_date.year for one in kept(Asking)] == [1991, 1980, 1991]
    assert len(kept(Referral)) == 5


def test_a_list_tells_nobody_who_is_known_here(renee: Client, world: World) -> None:
    """Another birth date for a number that is known would tell that the person is somebody's member."""
    rosa = world.member()
    members.add_identifier(rosa, system="cin", value="91234567A", by=MAKER, at=NOW)
    told = f"{HEADS},CIN\r\nRosa,Delgado,01/01/1960,ecm,Contra Costa,,,11/20/2026,91234567A\r\n"
    answer = renee.post("/exchange/requests/", {"file": SimpleUploadedFile("l.csv", told.encode())})
    assert kept(Received)[0].outcome == "accepted"
    assert "Everything is right" in renee.get(answer["Location"]).content.decode()


def test_a_long_list_is_asked_by_the_worker(renee: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "LARGE_LIST", 2)
    here = brought(renee, [MEALS, BED])
    renee.post(f"{here}load/")
    (received,) = kept(Received)
    assert (received.status, kept(Asking)) == ("waiting", [])
    renee.post(f"{here}stop/")
    renee.post(f"{here}load/")
    now_is(NOW)
    waiting.load_waiting.func(str(received.pk))
    assert (kept(Received)[0].status, len(kept(Asking)), len(kept(Member))) == ("loaded", 2, 2)


def test_a_list_of_whoever_may_not_ask_any_more_goes_back_by_the_step_of_lists(
    renee: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "LARGE_LIST", 2)
    renee.post(f"{brought(renee, [MEALS, BED])}load/")
    Membership.objects.update(until=date(2026, 11, 1))
    (received,) = kept(Received)
    now_is(NOW)
    waiting.load_waiting.func(str(received.pk))
    assert (kept(Received)[0].status, kept(Asking)) == ("checked", [])
    assert Step.objects.filter(thing_id=received.pk).latest("pk").verb == "take_back"


def test_whoever_loads_plans_files_and_does_not_ask_there_sees_no_list(renee: Client, world: World) -> None:
    here = brought(renee, [MEALS])
    ines = Client()
    ines.force_login(world.person("Ines Tran", "provider_intake", at="Bayside"))
    assert ines.get(here).status_code == 404
    assert ines.post(f"{here}load/").status_code == 404


def test_the_template_has_the_columns_and_nothing_below(renee: Client) -> None:
    whole = BytesIO(renee.get("/exchange/requests/template/").getvalue())
    heads = [cells for view in [open_table(whole)] for _number, cells in view.views[0].rows()]
    assert heads == [[column.head for column in layouts()[ASKING].columns]]
