"""The demo tells of a month that somebody could have had; who looked at whose record in it stands in the trail."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from wholeperson.access.models import Person
from wholeperson.access.queries import stand
from wholeperson.site.demo import seed

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)


@pytest.fixture
def filled(db: None) -> None:
    assert seed.fill(at=NOW)


def browser(name: str) -> Client:
    made = Client()
    made.force_login(stand(Person.objects.get(name=name), on=NOW.date()))
    return made


@pytest.mark.usefixtures("filled")
def test_october_has_contacts_leads_and_readers() -> None:
    month = browser("Ines Tran").get("/exchange/month/?month=2026-10").content.decode()
    missing = re.findall(r"(Nobody leads the care of|No contact with) (\d+)", month)
    assert sorted(missing) == [
        ("No contact with", "1"), ("No contact with", "1"), ("No contact with", "2"),
        ("Nobody leads the care of", "1"), ("Nobody leads the care of", "1"),
    ], "two have nobody, four were not reached; at Blossom Valley nothing is missing"  # fmt: skip
    auditor = browser("Anders Lund")
    dates = re.findall(r'value="(\d{4}-\d\d-\d\d)"', auditor.get("/trail/").content.decode())
    found = auditor.post("/trail/", {"number": "91234567A", "first": dates[0], "last": dates[1], "what": "read"})
    page = auditor.get(found["Location"]).content.decode()
    assert "first=2026-10-01&last=2026-10-31&what=read" in found["Location"]
    assert "9 rows" in page
    assert all(name in page for name in ("Renee Brooks", "Paula Reyes", "Nia Freeman", "Sam Whitfield", "Anil Rao"))
