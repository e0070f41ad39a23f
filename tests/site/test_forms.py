"""A form as a reader of a screen or of a small screen meets it: every field named, every hint and error tied to it."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def described(page: str, field: str) -> list[str]:
    tag = re.search(
        rf'<(?:input|select|textarea|fieldset)[^>]*(?:name="{field}"|aria-describedby="id_{field}[^"]*")[^>]*>', page
    )
    assert tag, field
    found = re.search(r'aria-describedby="([^"]+)"', tag[0])
    return found[1].split() if found else []


def test_every_field_has_a_label_and_its_hint(client: Client) -> None:
    page = client.get("/living-styles/").content.decode()
    for field in ("name", "born", "language", "more", "agreed"):
        assert f'for="id_{field}"' in page, field
    assert described(page, "name") == ["id_name_helptext"]
    assert 'id="id_name_helptext"' in page


def test_an_error_is_said_twice_at_its_field_and_on_top_with_the_focus(client: Client) -> None:
    answer = client.post("/living-styles/", {"name": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Living styles" in page
    assert re.search(r'role="alert" tabindex="-1" autofocus', page)
    assert '<a class="usa-link" href="#id_name">Name: This field is required.</a>' in page
    assert "id_name_error" in described(page, "name")
    assert 'aria-invalid="true"' in page


def test_everything_that_is_pointed_at_is_there(client: Client) -> None:
    for page in (client.get("/living-styles/"), client.post("/living-styles/", {})):
        text = page.content.decode()
        pointed = {one for ids in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', text) for one in ids.split()}
        pointed |= set(re.findall(r'href="#([^"]+)"', text)) | set(re.findall(r'<label[^>]* for="([^"]+)"', text))
        assert pointed <= set(re.findall(r'\bid="([^"]+)"', text)), pointed
