"""A member is written to at an address that staff wrote down and whoever reads it verified, and at no other."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client

from tests.casework.referrals.conftest import Town, kept
from tests.people import MAKER, NOW
from wholeperson.access.models import Person
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Likeness, Member
from wholeperson.casework.referrals import actions, mailboxes
from wholeperson.casework.referrals.holders import AskerAgain
from wholeperson.casework.referrals.models import MemberMailbox, Notice, Referral
from wholeperson.record import outbox, wall
from wholeperson.record.models import AuditRow, Outgoing
from wholeperson.record.moments import now_is
from wholeperson.record.refusals import NotAllowed

ROSAS = "rosa@mail.example"


@dataclass
class Desk:
    """Hana, who looks after how Rosa is reached."""

    town: Town
    rosa: Member
    hana: Person

    @property
    def page(self) -> str:
        return f"/members/{self.rosa.public_id}/reach/mail/"

    def write(self, address: str = ROSAS, member: Member | None = None, after: int = 0) -> str | None:
        at = NOW + timedelta(minutes=after)
        return actions.write_to_member(member or self.rosa, address, by=self.hana, at=at, link=str)

    def verified(self, address: str = ROSAS, member: Member | None = None, after: int = 0) -> None:
        token = self.write(address, member, after)
        assert token
        assert self.press(token, after)

    def press(self, token: str, after: int = 0) -> bool:
        row = mailboxes.found(token)
        assert row
        return actions.verify_member_mailbox(row, at=NOW + timedelta(minutes=after))

    def told(self, after: int = 60) -> tuple[str, list[str]]:
        """Of a closed request: why nothing went, or where it went."""
        at = NOW + timedelta(minutes=after)
        referral = self.town.one(self.town.asked(member=self.rosa))
        actions.close(referral, reason="other", on=NOW.date(), by=self.town.paula, at=at)
        (notice,) = kept(Notice, asking=None)
        return notice.held_back, [one.to for one in kept(Outgoing, key__endswith=":person")]


@pytest.fixture
def desk(town: Town) -> Desk:
    rosa = town.world.member()
    town.world.relate(rosa, "Hillside")
    return Desk(town, rosa, town.world.person("Hana Hill", "supervisor", "Hillside"))


def test_written_down_opened_and_pressed_it_is_verified_once(desk: Desk) -> None:
    staff, reader = desk.town.browser(desk.hana), Client()
    assert staff.post(desk.page, {"address": "no mailbox"}).status_code == 422
    assert staff.post(desk.page, {"address": "Rosa@Mail.example"}).status_code == 303
    (letter,) = kept(Outgoing)
    assert letter.to == ROSAS
    (link,) = re.findall(r"/mail/[\w-]+/", letter.content)
    for _time in range(2):
        opened = reader.get(link)
        assert opened.status_code == 200
        assert not any(word in opened.content.decode() for word in ("Rosa", "Delgado", ROSAS, "Hillside"))
    assert kept(MemberMailbox)[0].verified_at is None
    assert reader.post(link).status_code == 303
    (row,) = kept(MemberMailbox)
    assert (row.person, row.member, row.verified_at is None) == (desk.hana, desk.rosa, False)
    assert reader.post(link).status_code == 303
    assert kept(MemberMailbox)[0].verified_at == row.verified_at
    assert AuditRow.objects.filter(verb="member.mailbox_verified").count() == 1
    assert b"Thank you" in reader.get(link).content
    assert b"Verified" in staff.get(desk.page).content
    assert reader.get("/mail/none-such/").status_code == 404


def test_the_letter_is_in_their_language_and_names_nothing(desk: Desk) -> None:
    with wall.opened("tests"):
        Member.objects.update(language="es")
    desk.rosa.refresh_from_db()
    desk.write()
    (letter,) = kept(Outgoing)
    said = json.loads(letter.content)
    assert said["subject"] == "¿Es este su buzón?"
    told = re.sub(r"\s+", " ", said["subject"] + said["body"]).lower()
    assert not any(word in told for word in ("rosa", "delgado", "hillside", "salud", "comida", "solicitud", "plan"))


def test_a_notice_goes_to_the_verified_address(desk: Desk) -> None:
    desk.verified()
    assert desk.told() == ("", [ROSAS])


def test_no_notice_goes_to_one_that_nobody_verified(desk: Desk) -> None:
    desk.write()
    assert desk.told() == ("no_address", [])


def test_another_address_is_verified_anew_and_the_old_link_opens_nothing(desk: Desk) -> None:
    first = desk.write()
    desk.verified(after=1)
    desk.write("new@mail.example", after=2)
    assert first
    assert not desk.press(first, after=3)
    assert desk.told() == ("no_address", [])


def test_a_link_opens_for_a_week(desk: Desk) -> None:
    token = desk.write()
    assert token
    assert not desk.press(token, after=7 * 24 * 60 + 1)
    assert desk.press(token, after=7 * 24 * 60)


def test_mail_that_came_back_takes_it_away(desk: Desk) -> None:
    desk.verified()
    staff = desk.town.browser(desk.hana)
    assert staff.post(desk.page, {"what": "came_back"}).status_code == 303
    assert b"The mail came back. Nothing is written there" in staff.get(desk.page).content
    assert desk.told() == ("no_address", [])


def test_mail_that_the_outbox_gave_up_takes_it_away(desk: Desk) -> None:
    class Away:
        def send(self, **_letter: object) -> None:
            raise outbox.NotSent("no such mailbox")

    desk.verified()
    for day in range(outbox.MOST_TRIES):
        outbox.send_waiting(at=NOW + timedelta(days=day + 1), through={"mail": Away()})
    assert desk.told() == ("no_address", [])
    assert desk.write(after=30)  # written down again, it may be verified again


@pytest.mark.parametrize(("rule", "why"), [("do_not_contact", "do_not_contact"), ("safe_contact_only", "ask_first")])
def test_where_it_may_not_be_safe_nothing_is_sent_and_nothing_used(desk: Desk, rule: str, why: str) -> None:
    desk.verified()
    members.set_rule(desk.rosa, rule, how="", since=NOW.date(), by=desk.hana, at=NOW)
    staff, before = desk.town.browser(desk.hana), len(kept(Outgoing))
    assert staff.post(desk.page, {"address": "other@mail.example"}).status_code == 303
    assert staff.post(desk.page, {"what": "again"}).status_code == 303
    assert len(kept(Outgoing)) == before
    assert [row.fingerprint for row in kept(MemberMailbox, verified_at=None)] == [None, None]
    assert b"Nothing goes by mail now" in staff.get(desk.page).content
    assert desk.told() == (why, [])


@pytest.mark.parametrize("ruled", [False, True])
def test_of_joined_records_the_newest_counts_and_the_rules_of_all(desk: Desk, ruled: bool) -> None:
    again = desk.town.world.member("Rosana")
    desk.town.world.relate(again, "Hillside")
    now_is(NOW)
    members.find_alike.func()
    desk.verified()
    desk.verified("newer@mail.example", again, after=1)
    members.join(Likeness.objects.get(), desk.rosa, why="One card.", by=desk.hana, at=NOW)
    if ruled:
        members.set_rule(again, "do_not_contact", how="", since=NOW.date(), by=desk.hana, at=NOW)
        assert desk.write(after=2) is None
    held_back, to = desk.told()
    assert to == ([] if ruled else ["newer@mail.example"])
    assert bool(held_back) == ruled


def test_who_may_not_look_after_reaching_somebody_writes_nothing_down(desk: Desk) -> None:
    anna = desk.town.world.person("Anna Lyst", "analyst", "Hillside")
    with pytest.raises(NotAllowed):
        actions.write_to_member(desk.rosa, ROSAS, by=anna, at=NOW, link=str)
    elsewhere = desk.town.world.person("Sam There", "supervisor", at="There")
    assert desk.town.browser(elsewhere).post(desk.page, {"address": ROSAS}).status_code == 404
    assert not kept(MemberMailbox)


def test_nobodys_mailbox_is_filled(desk: Desk) -> None:
    staff = desk.town.browser(desk.hana)
    sent = [staff.post(desk.page, {"address": ROSAS}).status_code for _time in range(7)]
    assert sent == [303] * 6 + [429]


# ── what waited ──


def letters(desk: Desk) -> list[str]:
    return [json.loads(one.content)["body"] for one in kept(Outgoing, key__endswith=":person")]


def waited(desk: Desk, kind: str = "closed") -> Referral:
    """Closed, or taken, while there was no address."""
    asking = desk.town.asked(member=desk.rosa)
    referral = desk.town.taken(asking)
    if kind == "closed":
        actions.close(referral, reason="other", on=NOW.date(), by=desk.town.ines, at=NOW + timedelta(minutes=1))
    return desk.town.again(referral)


def test_what_waited_for_an_address_goes_once_it_is_verified(desk: Desk) -> None:
    waited(desk, "assigned")
    assert letters(desk) == []
    desk.verified(after=5)
    (letter,) = letters(desk)
    assert "Somebody works on your request." in letter
    assert [(one.held_back, one.looked_at) for one in kept(Notice, asking=None)] == [("", None)]
    actions.tell_what_waited(at=NOW + timedelta(minutes=20))
    assert len(letters(desk)) == 1


def test_of_one_request_only_the_newest_is_told(desk: Desk) -> None:
    waited(desk)
    desk.verified(after=5)
    (letter,) = letters(desk)
    assert "Your request is closed." in letter
    older, newer = kept(Notice, asking=None)
    assert (older.held_back, older.looked_at) == ("no_address", NOW + timedelta(minutes=5))
    assert (newer.held_back, newer.looked_at) == ("", None)


def test_what_is_no_longer_so_is_not_told(desk: Desk) -> None:
    """They had taken it, and gave it back before the address was verified."""
    referral = waited(desk, "assigned")
    actions.give_back(referral, reason="no_room", note="", by=desk.town.ines, at=NOW + timedelta(minutes=1))
    desk.verified(after=5)
    assert letters(desk) == []
    assert [one.looked_at for one in kept(Notice, asking=None)] == [NOW + timedelta(minutes=5)]


def test_what_the_person_took_back_is_not_told(desk: Desk) -> None:
    asking = desk.town.asked(member=desk.rosa)
    referral = desk.town.taken(asking)
    actions.withdraw(referral, by=AskerAgain(asking), at=NOW)
    desk.verified(after=5)
    assert letters(desk) == []


def test_what_was_told_another_way_is_not_told_again(desk: Desk) -> None:
    referral = waited(desk)
    for notice in kept(Notice, asking=None):
        actions.told_another_way(notice, referral, by=desk.town.paula, at=NOW + timedelta(minutes=2))
    desk.verified(after=5)
    assert letters(desk) == []


@pytest.mark.parametrize(("rule", "why"), [("do_not_contact", "do_not_contact"), ("safe_contact_only", "ask_first")])
def test_what_waited_goes_on_waiting_where_it_may_not_be_safe(desk: Desk, rule: str, why: str) -> None:
    waited(desk, "assigned")
    token = desk.write()
    assert token
    members.set_rule(desk.rosa, rule, how="", since=NOW.date(), by=desk.hana, at=NOW)
    assert desk.press(token, after=5)
    assert letters(desk) == []
    assert [(one.held_back, one.looked_at) for one in kept(Notice, asking=None)] == [(why, None)]


def test_an_account_counts_as_an_address_at_the_next_round(desk: Desk) -> None:
    waited(desk, "assigned")
    assert actions.tell_what_waited(at=NOW + timedelta(minutes=4)) == 0
    own = desk.town.world.person("Rosa Delgado", "member")
    members.relate(desk.rosa, person=own, reason="self", scope="sensitive", since=NOW.date(), by=MAKER, at=NOW)
    assert actions.tell_what_waited(at=NOW + timedelta(minutes=5)) == 1
    assert [one.to for one in kept(Outgoing, key__endswith=":person")] == [own.email]


class Mail:
    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, *, key: str, **_letter: object) -> None:
        self.sent.append(key.split(":")[-1])


def test_a_letter_in_the_outbox_goes_no_more_once_they_ask_to_be_left_alone(desk: Desk) -> None:
    """What is written to others goes; the notice stands where a person looks; lifted later, nothing goes by itself."""
    desk.verified()
    referral, mail = waited(desk), Mail()
    members.set_rule(desk.rosa, "do_not_contact", how="", since=NOW.date(), by=desk.hana, at=NOW)
    before = len(kept(Outgoing))
    outbox.send_waiting(at=NOW + timedelta(minutes=9), through={"mail": mail})
    assert "person" not in mail.sent
    assert len(mail.sent) == before - 3, "the link, and two notices"
    assert {one.status for one in kept(Outgoing, to_subject=True)} == {"held"}
    assert {one.held_back for one in kept(Notice, asking=None)} == {"do_not_contact"}
    page = desk.town.browser(desk.town.paula).get(f"/referrals/{referral.public_id}/").content.decode()
    assert "Nobody may call or write to the person" in page
    members.lift_rule(desk.rosa, by=desk.hana, at=NOW + timedelta(minutes=10))
    outbox.send_waiting(at=NOW + timedelta(days=1), through={"mail": mail})
    assert "person" not in mail.sent


def test_what_they_did_not_forbid_goes(desk: Desk) -> None:
    desk.verified()
    mail = Mail()
    waited(desk, "assigned")
    outbox.send_waiting(at=NOW + timedelta(minutes=9), through={"mail": mail})
    assert mail.sent.count("person") == 1
