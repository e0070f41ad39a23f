"""The PDF of a plan that is elsewhere: brought once, told what goes where, tried, and filled for one referral."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from tests.casework.referrals.conftest import Town
from tests.desk.test_work import seeing
from tests.pdfs import plan_pdf, renumbered
from tests.people import NOW, TODAY
from wholeperson.casework.referrals import actions, pdf_forms, sheet
from wholeperson.casework.referrals.holders import AskerAgain
from wholeperson.casework.referrals.models import PlanForm
from wholeperson.rules.problems import Refused

TOLD = {"name": "Request for respite", "plan": "", "programme": ""}


@pytest.fixture
def ada(town: Town) -> Client:
    return town.browser(town.world.person("Ada Moss", "administrator", at=town.plan.name))


def brought(ada: Client, content: bytes) -> str:
    answer = ada.post("/plan-forms/", TOLD | {"file": SimpleUploadedFile("form.pdf", content)})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def read(content: bytes) -> dict[str, str]:
    return PdfReader(BytesIO(content)).get_form_text_fields()


def test_it_is_brought_mapped_tried_and_filled(town: Town, ada: Client) -> None:
    referral = town.one(town.asked(comment="She cannot cook."))
    here = brought(ada, plan_pdf("Member Name", "DOB", "Office use"))
    paula, sheet = town.browser(town.paula), f"/referrals/{referral.public_id}/sheet/"
    assert "Filled form" not in paula.get(sheet).content.decode(), "nothing before somebody said what goes where"
    assert ada.post(here, {"field-0": "full_name", "field-1": "birth_date", "field-2": ""}).status_code == 303
    sample = read(ada.get(f"{here}sample/").getvalue())
    assert sample["Member Name"] == "SAMPLE First and last name of the person"
    form = PlanForm.objects.get()
    assert "Filled form: Request for respite" in paula.get(sheet).content.decode()
    filled = paula.get(f"/referrals/{referral.public_id}/form/{form.public_id}/")
    assert filled["Content-Type"] == "application/pdf"
    told = read(filled.getvalue())
    assert (told["Member Name"], told["Office use"]) == (referral.member.called, None)
    assert str(referral.member.birth_date.year) in told["DOB"]
    ada.post(f"{here}retire/")
    assert paula.get(f"/referrals/{referral.public_id}/form/{form.public_id}/").status_code == 404


def test_boxes_are_ticked_by_what_was_chosen(town: Town, ada: Client) -> None:
    """Yes and no, one of several, and one that nobody said anything of. What is ticked is read from the page itself."""
    referral = town.one(town.asked())
    content = plan_pdf("Name", boxes=("Agrees", "Spanish", "Office"), one_of=("Soon", "Now"))
    here = brought(ada, content)
    asked = [field.label for field in ada.get(here).context["form"]]
    assert asked == ["Name", "Agrees: Yes", "Spanish: Yes", "Office: Yes", "How soon: Soon", "How soon: Now"]
    told = ["full_name", "agreed=yes", "language=es", "", "urgency=standard", "urgency=expedited"]
    assert ada.post(here, {f"field-{at}": key for at, key in enumerate(told)}).status_code == 303
    form = PlanForm.objects.get()
    assert form.mapping["Agrees/Yes"] == "agreed=yes"
    assert form.mapping["Choice/Now"] == "urgency=expedited"
    filled = town.browser(town.paula).get(f"/referrals/{referral.public_id}/form/{form.public_id}/").getvalue()
    assert ticks(filled) == {"Agrees": "/Yes", "Spanish": "/Off", "Office": "/Off", "Choice": ["/Soon", "/Off"]}
    fields = PdfReader(BytesIO(filled)).get_fields() or {}
    assert (fields["Choice"].value, fields["Name"].value) == ("/Soon", referral.member.called)
    sample = ticks(ada.get(f"{here}sample/").getvalue())
    assert sample == {"Agrees": "/Yes", "Spanish": "/Yes", "Office": "/Off", "Choice": ["/Soon", "/Off"]}


def test_of_one_of_several_the_first_on_the_form_is_ticked(town: Town, ada: Client) -> None:
    """Two with the same condition, kept in another order: PostgreSQL sorts what is kept by the length of its words."""
    content = plan_pdf("Name", one_of=("Soon", "Now"))
    here, referral = brought(ada, content), town.one(town.asked())
    same = {"Choice/Now": "urgency=standard", "Choice/Soon": "urgency=standard"}
    PlanForm.objects.update(mapping=same)
    form = PlanForm.objects.get()
    filled = town.browser(town.paula).get(f"/referrals/{referral.public_id}/form/{form.public_id}/").getvalue()
    assert ticks(filled) == ticks(ada.get(f"{here}sample/").getvalue()) == {"Choice": ["/Soon", "/Off"]}


def ticks(content: bytes) -> dict[str, str | list[str]]:
    """How each box is drawn, by its field; of one-of-several one after the other."""
    found: dict[str, str | list[str]] = {}
    for one in PdfReader(BytesIO(content)).pages[0].annotations or ():
        widget = one.get_object()
        if "/Parent" in widget:
            among = found.setdefault(str(widget["/Parent"]["/T"]), [])
            assert isinstance(among, list)
            among.append(str(widget["/AS"]))
        elif widget.get("/FT") == "/Btn":
            found[str(widget["/T"])] = str(widget["/AS"])
    return found


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 not a pdf", "not_pdf"),
        (b"%PDF-1.7\nbroken", "unreadable"),
        (plan_pdf("Name")[:300], "unreadable"),
        (plan_pdf("Name", password="secret"), "encrypted"),
        (plan_pdf(), "no_fields"),
        (plan_pdf("Name", script="app.alert('x')"), "acts"),
        (plan_pdf("Name", file="list.xlsx"), "acts"),
        (plan_pdf("Name", link="/Launch"), "acts"),
        (plan_pdf("Name", group="Referrer"), "names"),
        (plan_pdf("Name", pages=41), "too_much"),
    ],
    ids=[
        "no pdf",
        "broken",
        "cut off",
        "locked",
        "no fields",
        "script",
        "file inside",
        "program",
        "one name twice",
        "too many pages",
    ],
)
def test_what_no_form_is_gets_a_clear_answer(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        pdf_forms.blanks(content)
    assert refused.value.problems[0].code == code


def test_a_script_under_a_number_that_was_used_before_is_found_too() -> None:
    with pytest.raises(Refused, match="does something by itself"):
        pdf_forms.blanks(renumbered(plan_pdf("Name")))


def test_what_cannot_be_filled_is_not_kept(town: Town, ada: Client) -> None:
    """Its field has no place on the page, so nothing can be written into it."""
    bad = plan_pdf("Name").replace(b"/Rect", b"/Rekt")
    assert [one.name for one in pdf_forms.blanks(bad)] == ["Name"]
    answer = ada.post("/plan-forms/", TOLD | {"file": SimpleUploadedFile("form.pdf", bad)})
    assert (answer.status_code, PlanForm.objects.exists()) == (422, False)
    assert "cannot be read to its end" in answer.content.decode()


def test_the_list_tells_for_what_each_form_is(town: Town, ada: Client) -> None:
    ada.post("/plan-forms/", TOLD | {"programme": "ecm", "file": SimpleUploadedFile("form.pdf", plan_pdf("Name"))})
    page = ada.get("/plan-forms/").content.decode()
    assert "Any plan · Enhanced Care Management · Contra Costa Health Plan" in page


def test_nothing_of_a_bad_pdf_is_kept(town: Town, ada: Client) -> None:
    bad = SimpleUploadedFile("form.pdf", plan_pdf("Name", script="app.alert('x')"))
    answer = ada.post("/plan-forms/", TOLD | {"file": bad})
    assert answer.status_code == 422
    assert "does something by itself" in answer.content.decode()
    assert not PlanForm.objects.exists()


def test_the_strictest_word_of_those_who_still_ask_is_told(town: Town) -> None:
    """One took back what they asked, and with it that they agree; of two who ask on, one says not to call."""
    rosa = town.world.member()
    first, second, _third = (
        town.asked(member=rosa, key=safe, safe_to_contact=safe) for safe in ("yes", "do_not_contact", "ask_first")
    )
    referral = town.one(first)
    assert town.one(second) == referral
    assert sheet.said(referral)["safe_to_contact"] == "do_not_contact"
    actions.withdraw(referral, by=AskerAgain(second), at=NOW)
    assert sheet.said(referral)["safe_to_contact"] == "ask_first"
    with seeing(town.paula):
        told = sheet.values(referral, town.paula, today=TODAY)
    assert told["safe_to_contact"] == "I am not sure: think first about who else could hear or read it"
