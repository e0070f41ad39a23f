"""Asked again by itself: where a fact came or the policy changed, once, whatever happens to the job."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.casework.eligibility.known import HOMELESS, NEED, determine, member, tell
from tests.commands.door import run
from tests.people import NOW, TODAY, World
from wholeperson.casework.eligibility import actions, policies
from wholeperson.casework.eligibility.actions import determining
from wholeperson.casework.eligibility.models import Determination, Telling
from wholeperson.record.moments import now_is

pytestmark = pytest.mark.django_db
ADULT = "pof_1a_homeless_adult"
LATER = NOW + timedelta(hours=1)


def test_a_fact_that_came_is_heard_and_the_day_says_so(world: World, client: Client) -> None:
    rosa = member(world, **{HOMELESS: True})
    world.relate(rosa, "Bayside", scope="sensitive")
    determine(rosa, ADULT)
    assert actions.ask_again(at=NOW) == 0
    tell(rosa, NEED, True, learnt=TODAY)
    assert actions.ask_again(at=LATER) == 1
    now_is(LATER)
    actions.determine_again.func(str(rosa.pk))
    row = Determination.objects.get(programme=ADULT, superseded_by=None)
    assert (row.before, row.answer) == ("not_known", "yes")
    assert actions.ask_again(at=LATER) == 0
    client.force_login(world.person("Lena Ortiz", "lead_care_manager", at="Bayside"))
    shown = client.get(f"/may-fit/changes/?day={TODAY}").content.decode()
    assert "Rosa Delgado" in shown
    assert "Adults experiencing homelessness" in shown
    client.force_login(world.person("Ines Tran", "provider_intake", at="Elsewhere"))
    assert "Rosa" not in client.get(f"/may-fit/changes/?day={TODAY}").content.decode()


def test_a_job_killed_halfway_or_run_twice_has_one_effect(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rosa = member(world, **{HOMELESS: True, NEED: True})
    now_is(NOW)
    with monkeypatch.context() as dying:
        dying.setattr(determining.trail, "wrote", _killed)
        with pytest.raises(MemoryError):
            actions.determine_again.func(str(rosa.pk))
    assert (Determination.objects.count(), Telling.objects.count()) == (0, 0)
    actions.determine_again.func(str(rosa.pk))
    once = Determination.objects.count()
    actions.determine_again.func(str(rosa.pk))
    assert Determination.objects.count() == once == len(policies.policy_on(TODAY).programmes)


def _killed(*_: object, **__: object) -> None:
    raise MemoryError


def test_what_was_decided_last_month_holds_by_its_own_policy(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule changes: whoever was asked is asked again, and the old answer is proved by the rule it was made by."""
    rosa = member(world, **{HOMELESS: True, NEED: True})
    october = NOW - timedelta(days=30)
    old = determine(rosa, ADULT, on=TODAY - timedelta(days=30), at=october)[ADULT]
    policy = policies.policy_on(TODAY)
    documents = policies.lay_over(policy.documents, {})
    text = documents.by_name["populations_of_focus/pof_1a_homeless_adult"]
    adult = {**text["criteria"]["all_of"][0], "age": {"at_least": 60}}
    changed = {**text, "criteria": {"all_of": [adult]}}
    documents.by_name["populations_of_focus/pof_1a_homeless_adult"] = changed
    monkeypatch.setattr(policies, "policy_on", lambda on, plan=None: policies._built(documents, plan))
    assert actions.ask_again(at=LATER) == 1
    new = determine(rosa, ADULT)[ADULT]
    assert (new.supersedes, new.before, new.answer) == (old, "yes", "no")
    assert old.version != new.version
    ran = run("verify", "decisions", "--json")
    assert (ran.code, ran.json["checked"], ran.json["failed"]) == (0, 2, [])
