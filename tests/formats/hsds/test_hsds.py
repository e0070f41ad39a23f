"""HSDS as tables and as JSON: there and back, and what is wrong with what somebody sends."""

import io
import json
import zipfile

import pytest

from wholeperson.formats.hsds import tabular, whole
from wholeperson.formats.hsds.checking import mistakes

A, B, C, D, E, F = (f"0000000{n}-0000-4000-8000-000000000000" for n in range(1, 7))
SERVICE = {
    "id": A, "name": "Meals", "status": "active", "minimum_age": 21,
    "organization": {"id": B, "name": "Good Soup", "description": "A kitchen",
                     "phones": [{"id": F, "number": "510-555-0100"}]},
    "languages": [{"id": C, "name": "Spanish", "code": "es"}],
    "service_at_locations": [{"id": D, "location": {"id": E, "location_type": "physical", "latitude": 38.5}}],
    "attributes": [{"id": F, "value": "yes", "taxonomy_term": {"id": C, "name": "Meals", "description": "Meals"}}],
}  # fmt: skip


def test_tables_and_back() -> None:
    sent = tabular.write([SERVICE])
    assert tabular.read(sent) == [SERVICE]
    assert tabular.write(tabular.read(sent)) == sent
    with zipfile.ZipFile(io.BytesIO(sent)) as tables:
        names = json.loads(tables.read("datapackage.json"))["resources"]
        assert tables.read("language.csv").decode().splitlines() == [
            "id,service_id,location_id,phone_id,name,code,note", f"{C},{A},,,Spanish,es,",
        ]  # fmt: skip
    assert [one["path"] for one in names] == [
        "organization.csv", "service.csv", "location.csv", "service_at_location.csv", "phone.csv", "language.csv",
        "taxonomy_term.csv", "attribute.csv",
    ]  # fmt: skip


def test_json_and_back() -> None:
    assert whole.read(whole.write([SERVICE])) == [SERVICE]
    assert whole.read(json.dumps({"contents": [SERVICE]}).encode()) == [SERVICE]
    assert whole.read(json.dumps(SERVICE).encode()) == [SERVICE]


@pytest.mark.parametrize(
    ("changed", "path", "problem"),
    [
        ({"name": ""}, "service/name", "this is missing"),
        ({"status": "open"}, "service/status", "'open' is none of the words for this"),
        ({"id": "7"}, "service/id", "'7' is no UUID"),
        ({"minimum_age": "old"}, "service/minimum_age", "'old' is no number"),
        ({"phones": [{"id": A}]}, "service/phones/0/number", "this is missing"),
        ({"phones": {"id": A}}, "service/phones", "this is no list"),
        ({"organization": []}, "service/organization", "this is no organization"),
        ({"description": 7}, "service/description", "this is no text"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(changed: dict[str, object], path: str, problem: str) -> None:
    assert [(one.path, one.problem) for one in mistakes({**SERVICE, **changed}) if not one.is_note] == [(path, problem)]


def test_what_is_right_has_no_mistake_and_what_is_unknown_a_note() -> None:
    assert mistakes(SERVICE) == []
    assert [(one.path, one.is_note) for one in mistakes({**SERVICE, "rating": 5})] == [("service/rating", True)]


@pytest.mark.parametrize("sent", [b"", b"\xff", b"{", b"7", b'{"a": 1}', b"[" * 100_000])
def test_what_is_no_json_is_refused_in_words(sent: bytes) -> None:
    with pytest.raises(whole.NotJson):
        whole.read(sent)


def test_what_is_no_zip_of_tables_is_refused_in_words() -> None:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as tables:
        tables.writestr("service.csv", "name\nMeals\n")
    for sent in (b"PK no", into.getvalue()):
        with pytest.raises(tabular.NotTables):
            tabular.read(sent)
