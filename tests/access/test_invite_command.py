"""The first administrator of an installation comes in by a link that the command line prints."""

import json

import pytest
from django.test import Client

from tests.people import TODAY
from wholeperson.access.models import Membership, Organisation
from wholeperson.access.queries import stand
from wholeperson.commands.main import main

HOUSE = ["--organization", "County Whole Person", "--kind", "county", "--house"]


@pytest.mark.django_db
def test_the_link_lets_the_first_administrator_in(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite", "first@tests.example", *HOUSE, "--site", "https://whole.example/"]) == 0
    link = capsys.readouterr().out.strip()
    assert link.startswith("https://whole.example/invitation/")
    client.get(link.removeprefix("https://whole.example"))
    client.post("/invitation/", {"name": "Fay First", "password": "four-odd-words-lamp"})
    (given,) = Membership.objects.all()
    assert (given.role, given.since) == ("administrator", TODAY)
    assert stand(given.person, on=TODAY).standing.reaches(None, "organisation.change")


@pytest.mark.django_db
def test_an_organization_that_is_there_is_taken_and_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    main(["invite", "first@tests.example", *HOUSE])
    capsys.readouterr()
    assert (
        main(["invite", "b@tests.example", "--organization", "County Whole Person", "--role", "auditor", "--json"]) == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["expires_at"]) == ("wholeperson/invite@1", "2026-11-28T09:00:00-08:00")
    assert Organisation.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--organization", "New One"], "say its kind with --kind"),
        (["--organization", "New One", "--kind", "county", "--role", "plan_reviewer"], "nobody is plan_reviewer"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main(["invite", "x@tests.example", *arguments]) == 2
    assert says in capsys.readouterr().err
    assert not Organisation.objects.exists()
