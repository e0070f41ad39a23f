"""One step for many: line by line, done once, and said why where it is not."""

from typing import Any

from django.test import Client

from tests.casework.referrals.conftest import Town, kept
from tests.people import NOW
from wholeperson.casework.referrals import actions
from wholeperson.casework.referrals.models import Referral, StateStatus
from wholeperson.record.models import Step

HERE = "/desk/work/many/"


def some(town: Town, many: int) -> list[Referral]:
    return [
        town.one(town.asked(member=town.world.member(given=f"P{number:02}", family="Ofdesk"), key=f"many {number}"))
        for number in range(many)
    ]  # fmt: skip


def form(page: Any, **more: str) -> dict[str, Any]:
    """What the page of a step would send: every hidden field of every line, and what is typed."""
    lines = page.context["fit"]
    return {
        "verb": page.context["verb"], "done": "1", "row": [one.mark for one in lines],
        **{f"{one.mark}-after": one.after for one in lines}, **more,
    }  # fmt: skip


def test_a_dozen_are_looked_at_in_one_press_and_a_second_press_does_nothing(town: Town) -> None:
    rows, paula = some(town, 12), town.browser(town.paula)
    ready = paula.post(HERE, {"verb": "screen", "row": [row.public_id for row in rows]})
    assert len(ready.context["fit"]) == 12
    assert {row.status for row in kept(Referral)} == {"received"}, "looking does nothing"
    sent = form(ready)
    assert paula.post(HERE, sent).context["done"] == 12
    assert {row.status for row in kept(Referral)} == {"screened"}
    again = paula.post(HERE, sent)
    assert again.context["done"] == 0
    assert {str(line.says) for line in again.context["lines"]} == {"You did this already."}
    assert Step.objects.filter(verb="screen").count() == 12


def test_each_line_has_its_reason_or_that_of_all(town: Town) -> None:
    """Nothing is done while one line has none; then each is closed by its own."""
    first, second = some(town, 2)
    paula = town.browser(town.paula)
    ready = paula.post(HERE, {"verb": "close", "row": [first.public_id, second.public_id]})
    lacking = paula.post(HERE, form(ready, **{f"{first.public_id}-reason": "other", "all-on": "2026-11-20"}))
    assert (lacking.status_code, len(lacking.context["wrong"])) == (422, 1)
    assert {row.status for row in kept(Referral)} == {"received"}
    said = {f"{first.public_id}-reason": "unable_to_reach", "all-reason": "other", "all-on": "2026-11-20"}
    paula.post(HERE, form(ready, **said))
    assert sorted((row.closure_reason, str(row.closed_on)) for row in kept(Referral)) == [
        ("other", "2026-11-20"), ("unable_to_reach", "2026-11-20"),
    ]  # fmt: skip


def test_who_was_faster_and_what_is_no_longer_ours(town: Town) -> None:
    """Of three, one is done; one a colleague looked at meanwhile, one the provider gave back and sees no more."""
    rows = some(town, 3)
    for row in rows:
        actions.screen(row, by=town.paula, at=NOW)
    sendings = [actions.send(row, town.bayside, by=town.paula, at=NOW, address=str) for row in rows]
    ines = town.browser(town.ines)
    ready = ines.post(HERE, {"verb": "accept", "row": [row.public_id for row in rows]})
    colleague = town.world.person("Ivo Berg", "provider_intake", at="Bayside")
    actions.accept(sendings[1], by=colleague, name="Ivo Berg", at=NOW)
    actions.decline(sendings[2], by=colleague, name="Ivo Berg", reason="no_room", at=NOW)
    answer = ines.post(HERE, form(ready))
    assert [(line.person, line.done) for line in answer.context["lines"]] == [
        ("P00 Ofdesk", True), ("P01 Ofdesk", False),
    ]  # fmt: skip
    assert "Somebody was faster. It stands at: Taken" in answer.content.decode()
    assert answer.context["gone"] == 1
    assert [row.status for row in kept(Referral)] == ["accepted", "accepted", "screened"]
    assert [row.status for row in kept(StateStatus)].count("accepted") == 2


def test_a_step_that_does_not_fit_leaves_the_line(town: Town) -> None:
    first, second = some(town, 2)
    actions.screen(first, by=town.paula, at=NOW)
    page = town.browser(town.paula).post(HERE, {"verb": "screen", "row": [first.public_id, second.public_id]})
    assert ([one.mark for one in page.context["fit"]], [one.mark for one in page.context["unfit"]]) == (
        [second.public_id], [first.public_id],
    )  # fmt: skip


def test_what_is_another_organizations_is_not_there(town: Town) -> None:
    """Their public ids, guessed or copied, do nothing and tell nothing."""
    rows = some(town, 2)
    stranger = Client()
    stranger.force_login(town.world.person("Sam There", "supervisor", at="There"))
    page = stranger.post(HERE, {"verb": "screen", "row": [row.public_id for row in rows]})
    assert "Ofdesk" not in page.content.decode()
    sent = {"verb": "screen", "done": "1", "row": [row.public_id for row in rows]}
    assert (stranger.post(HERE, sent).context["done"], {row.status for row in kept(Referral)}) == (0, {"received"})


def test_one_press_takes_fifty_and_says_so(town: Town) -> None:
    paula = town.browser(town.paula)
    answer = paula.post(HERE, {"verb": "screen", "row": [f"ref-{number:020}" for number in range(51)]}, follow=True)
    assert "One press takes 50 lines at most." in answer.content.decode()
