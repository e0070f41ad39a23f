"""The life of a provider_application: each row of its table, who may, and what each step leaves behind."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.casework.providers.conftest import Town
from tests.people import MAKER, NOW, TODAY, World
from wholeperson.access import actions as access
from wholeperson.access.models import Identifier, Organisation
from wholeperson.casework.providers import actions, queries
from wholeperson.casework.providers.links import Holder
from wholeperson.casework.providers.models import Application, Attestation
from wholeperson.record.models import AuditRow, Outgoing
from wholeperson.record.models import Step as Taken
from wholeperson.record.refusals import NotAllowed, NotReady, Unlawful
from wholeperson.rules.problems import Refused

HERE = ZoneInfo("America/Los_Angeles")


def end_of(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 23, 59, 59, tzinfo=HERE)


def test_the_straight_way_ends_in_the_directory(town: Town) -> None:
    """Each state with the day by which the next is due: ten days to read, thirty to hand in, to check, to agree."""
    application = town.apply(until="listed")
    rows = list(Taken.objects.filter(of="provider_application").order_by("pk").values_list("verb", "target", "due_at"))
    assert rows == [
        ("begin", "draft", end_of(5, 20, 2027)),
        ("send", "interest", end_of(12, 1)),
        ("screen", "screened", end_of(11, 26)),
        ("request_papers", "documents", end_of(12, 21)),
        ("hand_in", "vetting", end_of(12, 21)),
        ("clear", "contract", end_of(12, 21)),
        ("sign", "ready", end_of(12, 5)),
        ("list", "listed", None),
    ]
    assert application.organisation is not None
    assert application.organisation.name == "Good Soup Kitchen"
    numbers = Identifier.objects.filter(organisation=application.organisation).values_list("system", "value")
    assert sorted(numbers) == [("npi", "1234567893"), ("tin", "12-3456789")]


@pytest.mark.parametrize("status", ["interest", "asked", "screened", "documents", "vetting", "contract", "ready"])
@pytest.mark.parametrize("verb", ["decline", "withdraw"])
def test_it_can_end_from_every_open_state(town: Town, status: str, verb: str) -> None:
    application = asked_for_more(town) if status == "asked" else town.apply(until=status)
    if verb == "withdraw":
        actions.take_own_step(application, "withdraw", by=Holder(application), at=NOW)
        assert application.status == "withdrawn"
    else:
        actions.decide(application, "decline", said="We have enough kitchens.", by=town.nate, at=NOW)
        assert (application.status, application.reason) == ("declined", "We have enough kitchens.")
    assert application.due_at is None


def test_a_draft_can_be_withdrawn_and_no_plan_hears_of_it(town: Town) -> None:
    application = town.begun()[0]
    actions.take_own_step(application, "withdraw", by=Holder(application), at=NOW)
    assert application.status == "withdrawn"
    assert queries.application_for(town.nate, application.public_id) is None


def test_nothing_is_declined_without_a_reason(town: Town) -> None:
    with pytest.raises(NotReady):
        actions.decide(town.apply(), "decline", said="", by=town.nate, at=NOW)


def asked_for_more(town: Town) -> Application:
    application = town.apply()
    actions.decide(application, "ask", said="Which dietitian?", by=town.nate, at=NOW)
    return application


def test_a_question_is_answered_and_read_again(town: Town) -> None:
    application = asked_for_more(town)
    assert (application.status, application.question, application.due_at) == (
        "asked",
        "Which dietitian?",
        end_of(12, 12),
    )
    actions.take_own_step(application, "answer", by=Holder(application), at=NOW)
    assert application.status == "interest"


@pytest.mark.parametrize("status", ["vetting", "contract"])
def test_more_papers_may_be_asked_for_later(town: Town, status: str) -> None:
    application = town.apply(until=status)
    actions.decide(application, "ask", said="The page is cut off.", by=town.nate, at=NOW)
    assert application.status == "documents"


def test_what_is_not_complete_is_not_sent(town: Town) -> None:
    application = town.begun()[0]
    with pytest.raises(Refused) as refused:
        actions.take_own_step(application, "send", by=Holder(application), at=NOW)
    assert refused.value.problems[0].allowed == (
        "what kind of organization you are",
        "at least one service",
        "at least one county",
    )


def test_what_the_policy_asks_and_has_confirmed_must_be_said_before_papers_are_handed_in(town: Town) -> None:
    """Navigation has one that the sheet confirms; meals have one from memory, which stops nobody."""
    application = town.apply(until="documents")
    actions.write(application, "statements", {"items": []}, by=Holder(application), at=NOW)
    with pytest.raises(Refused) as refused:
        actions.take_own_step(application, "hand_in", by=Holder(application), at=NOW)
    assert refused.value.problems[0].allowed == (
        "Knows the kinds of housing programs, works with the housing office, and has done this in the area",
    )


def test_only_a_network_manager_of_that_plan_decides(town: Town, world: World) -> None:
    application = town.apply()
    town.a_plan("Other Plan", "health_net")
    for who, role, where in (
        ("A B", "plan_intake", "Contra Costa Health Plan"),
        ("C D", "network_manager", "Other Plan"),
    ):
        with pytest.raises(NotAllowed):
            actions.decide(application, "screen", by=world.person(who, role, at=where), at=NOW)


def test_the_holder_of_one_link_does_nothing_with_another_application(town: Town) -> None:
    mine, other = town.begun()[0], town.begun(secret="two" * 10)[0]
    with pytest.raises(NotAllowed):
        actions.write(other, "services", {"services": ["cs.htns"]}, by=Holder(mine), at=NOW)
    with pytest.raises(NotAllowed):
        actions.take_own_step(other, "withdraw", by=Holder(mine), at=NOW)


def test_once_sent_it_is_not_changed(town: Town) -> None:
    application = town.apply()
    with pytest.raises(Unlawful):
        actions.write(application, "services", {"services": ["cs.htns"]}, by=Holder(application), at=NOW)


def test_a_form_open_in_another_window_does_not_take_it_back_from_the_plan(town: Town) -> None:
    sent = town.apply(until="draft")
    opened = Application.objects.get(pk=sent.pk)
    actions.take_own_step(sent, "send", by=Holder(sent), at=NOW)
    with pytest.raises(Unlawful):
        actions.write(opened, "services", {"services": ["cs.htns"]}, by=Holder(opened), at=NOW)
    sent.refresh_from_db()
    assert (sent.status, sent.services.count()) == ("interest", 2)


def test_a_contract_needs_an_npi(town: Town) -> None:
    application = town.apply(until="contract")
    application.npi = ""
    with pytest.raises(NotReady):
        actions.decide(application, "sign", said=TODAY, by=town.nate, at=NOW)


def test_an_organization_with_that_npi_is_joined_and_no_second_one_is_made(town: Town, world: World) -> None:
    known = world.organisation("Good Soup of Concord", "community_supports_provider")
    access.add_identifier(of=known, system="npi", value="1234567893", by=MAKER, at=NOW)
    application = town.apply(until="ready")
    assert queries.same_npi(application)[0] == known
    town.step(application, "list", "Good Soup Kitchen")
    assert application.organisation_id == known.pk
    assert not Organisation.objects.filter(name="Good Soup Kitchen").exists()


def test_a_name_that_is_taken_is_said_and_nothing_is_made(town: Town, world: World) -> None:
    world.organisation("good soup kitchen")
    application = town.apply(until="ready")
    with pytest.raises(Refused, match="already"):
        town.step(application, "list", "Good Soup Kitchen")
    application.refresh_from_db()
    assert (application.status, Identifier.objects.filter(system="npi").count()) == ("ready", 0)


def test_a_step_sent_twice_is_one_step(town: Town) -> None:
    application = town.apply()
    for _ in range(2):
        actions.decide(application, "screen", by=town.nate, at=NOW, key="screen:abc")
    assert Taken.objects.filter(of="provider_application", verb="screen").count() == 1
    ready = town.apply(until="ready", secret="three" * 6, legal_name="Other Soup")
    for _ in range(2):
        actions.list_it(ready, name="Other Soup", by=town.nate, at=NOW, key="list:abc")
    assert Organisation.objects.filter(name="Other Soup").count() == 1


def test_what_was_never_sent_is_forgotten_after_its_day(town: Town) -> None:
    application = town.begun()[0]
    assert actions.lapse_unsent(at=NOW + timedelta(days=179)) == 0
    assert actions.lapse_unsent(at=NOW + timedelta(days=182)) == 1
    application.refresh_from_db()
    assert (application.status, application.legal_name, application.contact_email) == (
        "lapsed",
        "-",
        "nobody@example.invalid",
    )
    assert application.links.count() == 0


def test_an_applicant_is_reminded_once_for_a_day(town: Town) -> None:
    application = town.apply(until="documents")
    assert actions.remind(at=NOW) == 0
    a_week_before = NOW + timedelta(days=25)
    actions.remind(at=a_week_before)
    actions.remind(at=a_week_before + timedelta(hours=6))
    letters = [row for row in Outgoing.objects.all() if row.key.startswith("application-day:")]
    assert [(row.to, row.status) for row in letters] == [("gia@soup.example", "waiting")]
    assert "Dec. 21, 2026" in letters[0].content
    assert application.legal_name not in letters[0].content


def test_every_change_leaves_a_row_and_no_row_says_what_was_told(town: Town) -> None:
    application = town.apply(until="listed")
    rows = AuditRow.objects.filter(thing_id=application.pk)
    assert {row.verb for row in rows} >= {"begin", "application.write", "send", "screen", "list", "application.link"}
    assert not [row for row in rows if "Soup" in str(row.details)]


def test_statements_are_listed_before_they_end_and_renewed_for_a_year(town: Town, world: World) -> None:
    application = town.apply(until="listed")
    rows = Attestation.objects.filter(organisation=application.organisation)
    assert sorted(rows.values_list("programme", "item")) == [
        ("cs.htns", "knows_housing_programs"),
        ("cs.mtm_msf", "dietitian_oversees"),
    ]
    assert {str(row.renew_by) for row in rows} == {"2027-11-21"}
    assert not queries.to_renew(town.nate, today=TODAY)
    later = TODAY + timedelta(days=310)
    assert queries.to_renew(town.nate, today=later).count() == 2
    actions.renew(rows[0], on=later, by=town.nate, at=NOW)
    assert queries.to_renew(town.nate, today=later).count() == 1
    stranger = world.person("E F", "network_manager", at="Other House")
    assert not queries.to_renew(stranger, today=later)
    with pytest.raises(NotAllowed):
        actions.renew(rows[1], on=later, by=stranger, at=NOW)


def test_a_provider_is_reminded_once_of_what_it_said_of_itself(town: Town) -> None:
    town.apply(until="listed")
    assert actions.remind_to_renew(at=NOW) == 0
    sixty_before = datetime(2027, 9, 22, 12, tzinfo=HERE)
    assert [actions.remind_to_renew(at=sixty_before + timedelta(days=later)) for later in (-1, 0, 1)] == [0, 1, 1]
    letters = [row for row in Outgoing.objects.all() if row.key.startswith("attestations:")]
    assert [row.to for row in letters] == ["gia@soup.example"]
    assert "2 statements about your organization end by Nov. 21, 2027" in letters[0].content


def test_notes_are_for_colleagues_and_written_once(town: Town) -> None:
    application = town.apply()
    for _ in range(2):
        actions.note(application, text="Called Gia.", by=town.nate, at=NOW)
    assert [note.text for note in application.notes.all()] == ["Called Gia."]


def test_no_contract_before_all_of_it_was_looked_at(town: Town) -> None:
    """What Medi-Cal enrolled it has looked at itself; else the plan looks at six things, and may take one back."""
    application = town.apply(until="vetting")
    actions.look_at(application, ["experience", "license"], by=town.nate, at=NOW)
    actions.look_at(application, ["license", "claims"], by=town.nate, at=NOW)
    assert set(application.looks.values_list("item", "by")) == {("license", town.nate.pk), ("claims", town.nate.pk)}
    with pytest.raises(Refused) as refused:
        actions.decide(application, "clear", by=town.nate, at=NOW)
    assert refused.value.problems[0].allowed == (
        "Whether referrals can be taken", "Experience", "Whether the work can be reported",
        "Any history of fraud, crime or liability",
    )  # fmt: skip
    application.medi_cal = "enrolled"
    application.save()
    actions.look_at(application, ["medi_cal"], by=town.nate, at=NOW)
    actions.decide(application, "clear", by=town.nate, at=NOW)
    assert application.status == "contract"
    with pytest.raises(Unlawful):
        actions.look_at(application, ["medi_cal"], by=town.nate, at=NOW)
