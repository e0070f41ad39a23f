"""What may happen to a referral on its way, and that it always comes to an end or back to somebody's eyes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.casework.referrals.conftest import Town, kept
from tests.people import MAKER, NOW
from wholeperson.access.queries import stand
from wholeperson.casework.members.models import Fact, Relationship
from wholeperson.casework.referrals import actions, clocks, questions
from wholeperson.casework.referrals.forms import KnownForm, QuestionsForm
from wholeperson.casework.referrals.holders import AskerAgain, LinkHolder
from wholeperson.casework.referrals.models import Asking, Elsewhere, LinkCode, SendingLink, StateStatus
from wholeperson.casework.referrals.programmes import documents
from wholeperson.record.models import Outgoing
from wholeperson.record.refusals import NotAllowed, Overtaken, Unlawful
from wholeperson.rules.problems import Refused

TODAY = date(2026, 11, 21)
LATE = NOW + timedelta(days=10)


def states(referral: object) -> list[tuple[str, date]]:
    return [(row.status, row.on) for row in kept(StateStatus, referral=referral)]


def test_silence_sends_it_on_to_be_chosen_anew(town: Town) -> None:
    referral, sending = town.sent()
    assert actions.pass_on_unanswered(at=NOW) == 0, "it is not late yet"
    assert actions.pass_on_unanswered(at=LATE) == 1
    assert town.again(referral).status == "screened"
    assert kept(type(sending))[0].status == "lapsed"
    open_to_bayside = Relationship.objects.filter(organisation=town.bayside, ends_at=None)
    assert not open_to_bayside.exists(), "who said nothing sees the person no longer"
    with pytest.raises(Unlawful):
        actions.accept(kept(type(sending))[0], by=town.ines, name="Ines Tran", at=LATE)
    assert actions.pass_on_unanswered(at=LATE + timedelta(minutes=10)) == 0


def test_what_is_missing_is_asked_for_once(town: Town) -> None:
    asking = town.asked()
    referral = town.one(asking)
    actions.ask_for_missing(referral, "Which shelter?", of=asking, by=town.paula, at=NOW)
    actions.tell_missing(town.again(referral), "The one on First.", by=AskerAgain(asking), at=NOW)
    referral = town.again(referral)
    assert referral.status == "received"
    assert "The one on First." in referral.question
    with pytest.raises(Refused) as refused:
        actions.ask_for_missing(referral, "And which bed?", of=asking, by=town.paula, at=NOW)
    assert refused.value.problems[0].code == "asked_already"


def test_nobody_answers_what_was_missing_and_it_goes_on_without(town: Town) -> None:
    asking = town.asked()
    referral = town.one(asking)
    actions.ask_for_missing(referral, "Which shelter?", of=asking, by=town.paula, at=NOW)
    assert actions.pass_on_unanswered(at=NOW + timedelta(days=30)) == 1
    assert town.again(referral).status == "received"


def test_it_is_held_goes_on_is_closed_and_opened_again(town: Town) -> None:
    referral = town.taken()
    actions.hold(referral, reason="In the hospital.", by=town.ines, at=NOW)
    actions.resume(town.again(referral), by=town.ines, at=NOW)
    referral = town.again(referral)
    assert referral.status == "accepted"
    actions.close(referral, reason="unable_to_reach", on=TODAY, by=town.ines, at=NOW)
    assert states(referral)[-1] == ("referral_loop_closed", TODAY)
    assert not Relationship.objects.filter(organisation=town.bayside, ends_at=None).exists()
    referral = town.again(referral)
    actions.reopen(referral, reason="He came back.", by=town.paula, at=NOW)
    assert (town.again(referral).status, town.again(referral).provider_id) == ("screened", None)


def test_it_is_not_opened_beside_a_newer_one(town: Town) -> None:
    rosa = town.world.member()
    first = town.one(town.asked(member=rosa))
    actions.close(first, reason="other", on=TODAY, by=town.paula, at=NOW)
    town.asked(member=rosa, key="two")
    with pytest.raises(Refused) as refused:
        actions.reopen(town.again(first), reason="Again.", by=town.paula, at=NOW)
    assert refused.value.problems[0].code == "open_already"


def test_who_takes_it_back_ends_it_only_where_nobody_else_asks(town: Town) -> None:
    rosa = town.world.member()
    first, second = town.asked(member=rosa), town.asked(member=rosa, key="two")
    referral = town.one(first)
    assert actions.withdraw(referral, by=AskerAgain(first), at=NOW) is False
    assert town.again(referral).status == "received"
    assert actions.withdraw(town.again(referral), by=AskerAgain(second), at=NOW) is True
    assert town.again(referral).status == "withdrawn"
    stranger = town.asked(member=town.world.member("Ana", "Cruz"), key="three")
    with pytest.raises(NotAllowed):
        actions.withdraw(town.one(stranger), by=AskerAgain(first), at=NOW)


def test_a_sobering_center_is_left_out_of_the_states_loop(town: Town) -> None:
    referral = town.taken(town.asked("cs.sobering_center"))
    actions.start(referral, on=TODAY, closes=True, by=town.ines, at=NOW)
    assert town.again(referral).status == "closed"
    assert states(referral) == []


def test_of_two_answers_the_second_is_told(town: Town) -> None:
    """The same from two connections: test_two_at_once."""
    _referral, sending = town.sent()
    again = kept(type(sending))[0]
    actions.accept(sending, by=town.ines, name="Ines Tran", at=NOW)
    with pytest.raises(Overtaken):
        actions.decline(again, by=town.ines, name="Ines Tran", reason="no_room", at=NOW)
    assert [row.status for row in kept(StateStatus)] == ["pending", "accepted"]


def test_nobody_answers_for_another_organization(town: Town) -> None:
    _referral, sending = town.sent()
    other = town.world.person("Tom Ng", "provider_intake", at="Harbor Shelter")
    with pytest.raises(NotAllowed):
        actions.accept(sending, by=other, name="Tom Ng", at=NOW)
    _second, theirs = town.sent(town.asked(member=town.world.member("Ana", "Cruz"), key="two"))
    with pytest.raises(NotAllowed):
        actions.accept(sending, by=LinkHolder(theirs, "Tom Ng"), name="Tom Ng", at=NOW)


def test_after_five_wrong_codes_the_right_one_opens_nothing(town: Town) -> None:
    actions.keep_mailbox(town.bayside, "intake@bayside.example", verified=True, by=MAKER, at=NOW)
    _referral, sending = town.sent()
    link = kept(SendingLink)[0]
    holder = LinkHolder(sending, "")
    code = actions.send_code(link, by=holder, at=NOW)
    assert code
    wrong = "000000" if code != "000000" else "111111"
    assert not any(actions.prove(link, wrong, by=holder, at=NOW) for _ in range(clocks.MOST_TRIES))
    assert not actions.prove(link, code, by=holder, at=NOW)
    newer = actions.send_code(link, by=holder, at=NOW)
    assert actions.prove(link, newer or "", by=holder, at=NOW)
    assert not actions.prove(link, newer or "", by=holder, at=NOW + clocks.CODE_LASTS), "it is too old"
    assert len(kept(LinkCode)) == 2


def test_a_mailbox_nobody_verified_gets_no_link(town: Town) -> None:
    actions.keep_mailbox(town.bayside, "intake@bayside.example", verified=False, by=MAKER, at=NOW)
    town.sent()
    assert kept(SendingLink) == kept(Outgoing) == []


def test_what_was_told_is_known_once_somebody_looked(town: Town) -> None:
    asking = town.asked(facts={"is_pregnant": True}, phone="(925) 555-0142")
    assert kept(Fact) == []
    actions.screen(town.one(asking), by=town.paula, at=NOW)
    (fact,) = kept(Fact)
    assert (fact.fact, fact.value, fact.source, fact.attested_by) == ("is_pregnant", True, "referrer", "Ana Vega")


def test_what_they_tell_from_elsewhere_is_kept_once_and_moves_it(town: Town) -> None:
    referral = town.one(town.asked())
    actions.screen(referral, by=town.paula, at=NOW)
    actions.send_elsewhere(referral, "Kern Family Health", by=town.paula, at=NOW)
    told = {"on": TODAY, "way": "telephone", "told_by": "Kim at the desk", "by": town.paula, "at": NOW}
    for _ in range(2):
        actions.hear_from_elsewhere(town.again(referral), answer="received", number="K-77", key="a", **told)
    assert [(row.answer, row.number, row.told_by) for row in kept(Elsewhere)] == [
        ("received", "K-77", "Kim at the desk")
    ]  # fmt: skip
    assert town.again(referral).status == "elsewhere"
    actions.hear_from_elsewhere(town.again(referral), answer="refused", reason="Another county.", key="b", **told)
    assert town.again(referral).status == "screened"
    assert [status for status, _on in states(referral)] == ["pending", "declined"]


def test_that_it_began_elsewhere_is_kept_by_whoever_hears_of_it(town: Town) -> None:
    referral = town.one(town.asked())
    actions.screen(referral, by=town.paula, at=NOW)
    actions.send_elsewhere(referral, "Kern Family Health", by=town.paula, at=NOW)
    actions.hear_from_elsewhere(
        town.again(referral), answer="started", on=TODAY, way="telephone", told_by="Kim", key="a", by=town.paula, at=NOW
    )
    assert (town.again(referral).status, town.again(referral).started_on) == ("started", TODAY)


def test_due_days_are_working_days(town: Town) -> None:
    """Friday before Thanksgiving 2026, which is Thursday, November 26."""
    friday = datetime(2026, 11, 20, 18, tzinfo=UTC)
    assert clocks.due("screening", friday).date() == date(2026, 11, 24)
    wednesday = datetime(2026, 11, 25, 18, tzinfo=UTC)
    assert clocks.due("screening", wednesday).date() == date(2026, 11, 30), (
        "neither Thanksgiving nor the weekend counts"
    )
    assert clocks.due("screening", wednesday, "expedited").date() == date(2026, 11, 27)


def test_for_ecm_no_paper_and_nothing_that_must_be_answered(town: Town) -> None:
    """A plan may ask whoever refers for ECM for nothing beyond the State's referral standard."""
    assert documents("ecm") == []
    asking = town.asked("ecm", by=stand(town.ines, on=TODAY), person=town.ines, organisation=town.bayside)
    asked = questions.open_questions(["ecm"], {}, asking.member, on=TODAY)
    assert 0 < len(asked) <= questions.MOST
    form = QuestionsForm({}, facts=asked)
    assert form.is_valid(), "no answer is a must"
    required = [name for name, field in KnownForm(today=TODAY).fields.items() if field.required]
    assert sorted(required) == ["programmes", "safe_to_contact", "standing", "urgency"]
    told = {"programmes": ["ecm"], "standing": "treating", "urgency": "standard", "safe_to_contact": "yes"}
    assert KnownForm(told, today=TODAY).is_valid(), "no consent is asked for ECM"
    assert not KnownForm(told | {"programmes": ["cs.htns"]}, today=TODAY).is_valid()


def test_one_press_asks_for_what_goes_with_it(town: Town) -> None:
    renee = town.world.person("Renee Brooks", "referrer", at="Mount Diablo")
    asking = town.asked("cs.housing_deposits", by=renee, person=renee)
    browser = town.browser(renee)
    page = browser.get(f"/referrals/asked/{asking.public_id}/").content.decode()
    assert "Housing Transition Navigation Services" in page
    for _ in range(2):
        answer = browser.post(f"/referrals/asked/{asking.public_id}/also/", {"program": "cs.htns"})
        assert answer.status_code == 303
    made = kept(Asking, channel="follow_on")
    assert len(made) == 1
    assert town.one(made[0]).programme == "cs.htns"


def test_what_somebody_told_who_joined_later_is_looked_at_too(town: Town) -> None:
    rosa = town.world.member()
    referral, _sending = town.sent(town.asked(member=rosa))
    later = town.asked(member=rosa, key="two", facts={"is_pregnant": True})
    browser = town.browser(town.paula)
    for _ in range(2):
        answer = browser.post(f"/referrals/{referral.public_id}/asked-by/{later.public_id}/look/")
        assert answer.status_code == 303
    assert [fact.fact for fact in kept(Fact)] == ["is_pregnant"]
