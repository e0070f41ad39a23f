"""Every page that somebody can reach is sound: on a phone and on a desk, in every language, from either side."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from tests.journeys.conftest import Visit
from tests.journeys.ways import walked
from tests.pictures import ID, links
from wholeperson.site import permits

PUBLIC = ("/", "/demo/", "/account/login/", "/account/password/reset/", "/living-styles/")
ROLES = """
member referrer provider_intake community_supports_worker lead_care_manager supervisor network_lead provider_biller
plan_intake plan_reviewer medical_director network_manager analyst ji_liaison appeals_coordinator facility_health_staff
facility_custody_staff county_behavioral_health content_editor auditor administrator
""".split()
SCREENS = [(360, "en"), (1280, "en"), (360, "es"), (1280, "zh-TW"), (360, "ar-xb")]

# whose first page leads to the same pages as somebody else's here walk in the long run
LIKE_OTHERS = {"supervisor", "community_supports_worker", "network_lead", "plan_reviewer", "medical_director",
               "appeals_coordinator", "ji_liaison", "facility_custody_staff", "county_behavioral_health"}  # fmt: skip
EACH = [pytest.param(role, marks=[pytest.mark.long] * (role in LIKE_OTHERS)) for role in ROLES]


@pytest.mark.parametrize(("width", "lang"), walked(SCREENS, [(360, "es"), (1280, "zh-TW")]))
@pytest.mark.parametrize("address", PUBLIC)
def test_what_anyone_may_open(visit: Callable[..., Visit], address: str, width: int, lang: str) -> None:
    visit(width=width, lang=lang).open(address).is_sound()


@pytest.mark.parametrize("role", EACH)
def test_what_a_role_reaches_from_its_first_page(visit: Callable[..., Visit], role: str) -> None:
    somebody = visit(width=360).be(role)
    waiting, seen = [urlsplit(somebody.page.url).path], set()
    while waiting:
        address = waiting.pop(0)
        if ID.sub("ID", address) not in seen:
            seen.add(ID.sub("ID", address))
            somebody.open(address).is_sound()
            waiting += [one for one in links(somebody.page, somebody.site) if not is_for_anyone(one)]
    assert seen


def is_for_anyone(address: str) -> bool:
    """What anyone may read is the same for every role, and has journeys of its own."""
    return permits.PERMITS[resolve(address).view_name] == permits.ANYONE


def test_what_everybody_has_in_the_head_of_the_page(visit: Callable[..., Visit]) -> None:
    somebody = visit(width=360).be("referrer")
    waiting = links(somebody.page, somebody.site, within="header nav")
    assert waiting
    for address in waiting:
        somebody.open(address).is_sound()


def test_a_page_that_is_not_there_helps_on(visit: Callable[..., Visit]) -> None:
    lost = visit(width=360).open("/nothing-here/")
    assert lost.page.get_by_role("heading", level=1).inner_text() == "There is no such page"
    lost.complaints.clear()  # the browser says that it was a 404, and it was
    lost.is_sound()
