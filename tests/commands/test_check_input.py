"""What `check` is sent and cannot use: refused with the contract's error, exit 2, and never a traceback."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.door import refused, run

BORN = {"birth_date": "1980-05-04"}


def sent(**more: Any) -> str:
    return json.dumps({**BORN, **more})


def deep(brackets: int) -> str:
    return "[" * brackets + "]" * brackets


# (code, a part of the problem, the place in the document, what is sent)
DOCUMENTS = [
    ("empty", "nothing in it", None, b""),
    ("empty", "nothing in it", None, b" \n\t "),
    ("not_text", "byte 0 is not UTF-8", None, b"\xff\xfe{\x00}\x00"),
    ("not_text", "is not UTF-8", None, bytes(range(128, 256))),
    ("not_yaml", "not YAML", None, b"\x00\x01\x02\x03"),
    ("not_yaml", "not YAML", None, b"%PDF-1.7 \x07"),
    ("not_json", "not JSON", None, b'{"birth_date": '),
    ("not_json", "not JSON", None, b'{"birth_date": 1980-05-04}'),
    ("not_json", "not JSON", None, b"{} {}"),
    ("not_json", "NaN is not a number", None, b'{"facts": [{"fact": "score", "value": NaN}]}'),
    ("not_json", "Infinity is not a number", None, b'{"facts": [{"fact": "score", "value": Infinity}]}'),
    ("not_json", "-Infinity is not a number", None, b'{"facts": [{"fact": "score", "value": -Infinity}]}'),
    ("not_json", "the key county stands twice", None, b'{"county": "sunny", "county": "rainy"}'),
    ("not_json", "half a character", None, rb'{"id": "\ud800"}'),
    ("not_json", "half a character", None, rb'{"\udfff": 1}'),
    ("number_too_long", "thousands of digits", None, b'{"id": %s}' % (b"9" * 5000)),
    ("number_too_long", "a number of 5000 digits", "id", b"id: " + b"9" * 5000),
    ("too_deep", "more than 64 deep", None, deep(65).encode()),
    ("too_deep", "more than 64 deep", None, deep(100_000).encode()),
    ("too_deep", "more than 64 deep", None, ('{"a":' * 65 + "1" + "}" * 65).encode()),
    ("too_deep", "more than 64 deep", None, ("a: " + deep(64)).encode()),
    ("too_deep", "more than 64 deep", None, ("a: " + deep(100_000)).encode()),
    ("too_deep", "more than 64 deep", None, ("- " * 100_000).encode()),
    ("key_not_text", "is not text", None, ("? " * 100_000).encode()),
    ("too_large", "larger than 20 MB", None, b'{"id": "%s"}' % (b"x" * 21_000_000)),
    ("too_large", "larger than 1 MB", None, b"languages:\n" + b"- es\n" * 300_000),
    ("alias", "an anchor is used again", "facts[1]", b"facts:\n- &a {fact: score, value: 1}\n- *a\n"),
    ("alias", "an anchor is used again", None, b"a: &a [x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"),
    ("alias", "an anchor is used again", None, b"a: &a [*a]\n"),
    ("alias", "<< merges another mapping", None, b"a: &a {id: x}\nb:\n  <<: *a\n"),
    ("tag", "the tag", "id", b"id: !!python/object:os.system x\n"),
    ("tag", "the tag", "birth_date", b"birth_date: !!int x\n"),
    ("key_twice", "the key county stands twice", None, b"county: sunny\ncounty: rainy\n"),
    ("key_not_text", "is not text", None, b"5: x\n"),
    ("key_not_text", "is not text", None, b"? [a]\n: x\n"),
    ("not_yaml", "not YAML", None, b"--- a\n--- b\n"),
    ("not_an_object", "an object with named values", None, b"5"),
    ("not_an_object", "an object with named values", None, b"just some words"),
    ("not_an_object", "an object with named values", None, b"[]"),
    ("not_an_object", "an object with named values", None, b"null"),
]


@pytest.mark.parametrize(("code", "words", "path", "raw"), DOCUMENTS, ids=lambda value: str(value)[:24])
def test_a_document_that_cannot_be_read(code: str, words: str, path: str | None, raw: bytes) -> None:
    error = refused("check", "-", stdin=raw)
    assert error["code"] == code
    assert words in error["problem"]
    assert error["where"]["file"] == "stdin"
    assert path in (None, error["where"]["path"])


def test_sixty_four_deep_is_not_too_deep() -> None:
    assert refused("check", "-", stdin=deep(64))["code"] == "not_an_object"
    assert refused("check", "-", stdin="a: " + deep(63))["code"] == "unknown_key"


FACT, EVENT, COVERED = {"fact": "score", "value": 1}, {"event": "visit", "on": "2026-01-01"}, {"plan": "sunny_plan"}
PERSONS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("unknown_key", "birthdate is not a key", "birthdate", {"birthdate": "1980-05-04"}),
    ("unknown_schema", "not a schema", "schema", {"schema": "wholeperson/person@2"}),
    ("unknown_schema", "not a schema", "schema", {"schema": ["x"]}),
    ("not_text", "id is not text", "id", {"id": {"a": 1}}),
    ("not_text", "id is not text", "id", {"id": True}),
    ("not_a_day", "birth_date is not a day", "birth_date", {"birth_date": 1980}),
    ("not_a_day", "birth_date is not a day", "birth_date", {"birth_date": "04/05/1980"}),
    ("not_a_day", "birth_date is not a day", "birth_date", {"birth_date": "19800504"}),
    ("not_a_day", "birth_date is not a day", "birth_date", {"birth_date": "1980-05"}),
    ("not_a_day", "birth_date is not a day", "birth_date", {"birth_date": "2026-02-30"}),
    ("not_a_day", "birth_date is not a day", "birth_date", {"birth_date": "0000-00-00"}),
    ("not_a_day", "birth_date is not a day", "birth_date", {"birth_date": "2023-02-29"}),
    ("not_a_day", "birth_date is not a day", "birth_date", {"birth_date": "1980-05-04T00:00:00Z"}),
    ("not_a_day", "birth_date is not a day", "birth_date", {"birth_date": "١٩٨٠-٠٥-٠٤"}),
    ("born_later", "after the day asked about", "birth_date", {"birth_date": "2026-11-22"}),
    ("born_later", "after the day asked about", "birth_date", {"birth_date": "9999-12-31"}),
    ("unknown_county", "is not a county", "county", {"county": "Sunny"}),
    ("unknown_county", "is not a county", "county", {"county": ["sunny"]}),
    ("not_a_list", "languages is not a list", "languages", {"languages": "es"}),
    ("not_text", "text is expected", "languages[0]", {"languages": [5]}),
    ("not_a_list", "race_ethnicity is not a list", "race_ethnicity", {"race_ethnicity": ""}),
    ("not_a_list", "race_ethnicity is not a list", "race_ethnicity", {"race_ethnicity": 0}),
    ("wrong_type", "does not fit race_ethnicity", "race_ethnicity", {"race_ethnicity": ["bleu"]}),
    ("not_a_list", "coverage is not a list", "coverage", {"coverage": {}}),
    ("not_an_object", "an object", "coverage[0]", {"coverage": ["sunny_plan"]}),
    ("unknown_plan", "is not a plan", "coverage[0].plan", {"coverage": [{"plan": "sunny"}]}),
    ("unknown_share_of_cost", "share of cost", "coverage[0].share_of_cost", {"coverage": [{"share_of_cost": 5}]}),
    ("not_text", "aid_code is not text", "coverage[0].aid_code", {"coverage": [{"aid_code": [42]}]}),
    (
        "ends_before_it_begins",
        "it ends on 2019-01-01",
        "coverage[0].until",
        {"coverage": [{**COVERED, "from": "2020-01-01", "until": "2019-01-01"}]},
    ),
    ("not_a_list", "facts is not a list", "facts", {"facts": {"score": 1}}),
    ("missing_key", "fact is missing", "facts[0]", {"facts": [{"value": 1}]}),
    ("unknown_fact", "scores is not a fact", "facts[0].fact", {"facts": [{"fact": "scores", "value": 1}]}),
    ("unknown_fact", "is not a fact", "facts[0].fact", {"facts": [{"fact": {"a": 1}, "value": 1}]}),
    ("unknown_key", "valeu is not a key", "facts[0].valeu", {"facts": [{"fact": "score", "valeu": 1}]}),
    ("wrong_type", "does not fit score", "facts[0].value", {"facts": [{"fact": "score", "value": "5"}]}),
    ("wrong_type", "does not fit score", "facts[0].value", {"facts": [{"fact": "score", "value": 5.0}]}),
    ("wrong_type", "does not fit score", "facts[0].value", {"facts": [{"fact": "score", "value": True}]}),
    ("wrong_type", "does not fit score", "facts[0].value", {"facts": [{"fact": "score", "value": 10**15}]}),
    ("wrong_type", "does not fit score", "facts[0].value", {"facts": [{"fact": "score", "value": None}]}),
    ("wrong_type", "does not fit visits_said", "facts[0].value", {"facts": [{"fact": "visits_said", "value": -1}]}),
    ("wrong_type", "does not fit no_home", "facts[0].value", {"facts": [{"fact": "no_home", "value": "yes"}]}),
    ("wrong_type", "does not fit no_home", "facts[0].value", {"facts": [{"fact": "houseless", "value": 1}]}),
    ("wrong_type", "does not fit setting", "facts[0].value", {"facts": [{"fact": "setting", "value": "tent"}]}),
    ("wrong_type", "does not fit last_checkup", "facts[0].value", {"facts": [{"fact": "last_checkup", "value": "x"}]}),
    ("wrong_type", "does not fit nickname", "facts[0].value", {"facts": [{"fact": "nickname", "value": []}]}),
    ("unknown_source", "is not a source", "facts[0].source", {"facts": [{**FACT, "source": "neighbour"}]}),
    ("not_a_day", "learnt is not a day", "facts[0].learnt", {"facts": [{**FACT, "learnt": "yesterday"}]}),
    ("not_text", "attested_by is not text", "facts[0].attested_by", {"facts": [{**FACT, "attested_by": {}}]}),
    ("unknown_event", "is not an event", "events[0].event", {"events": [{"event": "vist", "on": "2026-01-01"}]}),
    ("unknown_event", "is not an event", "events[0].event", {"events": [{"event": "any_stay", "on": "2026-01-01"}]}),
    ("unknown_event", "is not an event", "events[0].event", {"events": ["visit"]}),
    ("no_day", "neither on nor from", "events[0]", {"events": [{"event": "visit"}]}),
    ("on_and_from", "on stands beside from", "events[0].on", {"events": [{**EVENT, "from": "2026-01-01"}]}),
    ("unknown_key", "colour is not a key", "events[0].colour", {"events": [{**EVENT, "colour": "red"}]}),
    ("unknown_value", "is not a value of avoidable", "events[0].avoidable", {"events": [{**EVENT, "avoidable": 1}]}),
    (
        "unknown_value",
        "is not a value of avoidable",
        "events[0].avoidable",
        {"events": [{**EVENT, "avoidable": "yes"}]},
    ),
    (
        "unknown_value",
        "is not a value of program",
        "events[0].program",
        {"events": [{"event": "enrolled_in", "on": "2026-01-01", "program": "PACE"}]},
    ),
    (
        "unknown_value",
        "is not a value of days",
        "events[0].days",
        {"events": [{"event": "custody", "on": "2026-01-01", "days": 10**20}]},
    ),
    ("missing_key", "through is missing", "complete[0]", {"complete": [{"source": "claims", "from": "2026-01-01"}]}),
    (
        "ends_before_it_begins",
        "it ends on",
        "complete[0].through",
        {"complete": [{"source": "claims", "from": "2026-01-02", "through": "2026-01-01"}]},
    ),
]


@pytest.mark.parametrize(("code", "words", "path", "person"), PERSONS, ids=lambda value: str(value)[:40])
def test_a_person_with_a_mistake(code: str, words: str, path: str, person: dict[str, Any]) -> None:
    error = refused("check", "-", stdin=sent(**person))
    assert error["code"] == code
    assert words in error["problem"]
    assert error["where"]["path"] == path


def test_a_mistake_in_yaml_has_its_line() -> None:
    error = refused("check", "-", stdin="birth_date: 1980-05-04\nfacts:\n  - fact: score\n    value: five\n")
    assert (error["where"]["line"], error["where"]["path"]) == (4, "facts[0].value")


def test_a_mistake_in_json_has_its_line() -> None:
    error = refused("check", "-", stdin='{\n "birth_date": "1980-05-04",\n "facts": [,]\n}')
    assert error["where"]["line"] == 3


def test_all_mistakes_are_told_at_once() -> None:
    ran = run("check", "-", "--json", stdin=sent(county="x", facts=[{"fact": "x"}, {"fact": "y"}]))
    assert ran.error["where"]["path"] == "county"
    assert [each["where"]["path"] for each in ran.json["others"]] == ["facts[0].fact", "facts[1].fact"]


def test_very_many_mistakes_take_no_time() -> None:
    ran = run("check", "-", "--json", stdin=sent(facts=[{"fact": f"x{at}"} for at in range(100_000)]))
    assert ran.error
    assert len(ran.json["others"]) < 100


def test_a_long_wrong_word_is_not_sent_back_whole() -> None:
    word = "x" * 1_000_000
    for person in (
        {word: 1},
        {"county": word},
        {"facts": [{"fact": word}]},
        {"facts": [{"fact": "score", word: 1}]},
        {"events": [{"event": word}]},
        {"events": [{"event": "visit", "on": "2026-01-01", "avoidable": word}]},
    ):
        assert len(run("check", "-", "--json", stdin=sent(**person)).out) < 5_000


# ── files ──


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    error = refused("check", str(tmp_path / "gone.json"))
    assert (error["code"], error["where"]["file"]) == ("no_file", str(tmp_path / "gone.json"))


def test_a_folder(tmp_path: Path) -> None:
    assert refused("check", str(tmp_path))["code"] == "no_file"


@pytest.mark.parametrize("name", ["", "\0", "x" * 5000, "\udcff"])
def test_a_name_that_no_file_can_have(name: str) -> None:
    assert refused("check", name)["code"] == "no_file"


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "person.json"
    path.write_bytes(b"\xef\xbb\xbf" + sent().encode())
    assert run("check", str(path)).code == 0


# ── bundles ──

PATIENT = {"resourceType": "Patient", "id": "sol", "birthDate": "1980-05-04"}


def bundle(*resources: Any) -> str:
    return json.dumps({"resourceType": "Bundle", "entry": [{"resource": each} for each in resources]})


@pytest.mark.parametrize(
    ("words", "sent_in"),
    [
        ("not a FHIR Bundle", json.dumps(PATIENT)),
        ("not a FHIR Bundle", '{"resourceType": 5}'),
        ('"entry" is not a list', '{"resourceType": "Bundle", "entry": {}}'),
        ("has no Patient", '{"resourceType": "Bundle"}'),
        ("has no Patient", bundle({"resourceType": "Encounter"})),
        ("has 2 Patients", bundle(PATIENT, PATIENT)),
        ("no usable date of birth", bundle({**PATIENT, "birthDate": "1980"})),
        ("no usable date of birth", bundle({"resourceType": "Patient"})),
    ],
)
def test_a_bundle_that_cannot_be_read(words: str, sent_in: str) -> None:
    error = refused("check", "-", stdin=sent_in)
    assert error["code"] == "not_a_bundle"
    assert words in error["problem"]
    assert error["where"]["path"]


def test_a_bundle_about_somebody_not_born_yet() -> None:
    assert refused("check", "-", stdin=bundle({**PATIENT, "birthDate": "2030-01-01"}))["code"] == "born_later"


def test_an_answer_that_does_not_suit_its_fact_is_left_out_of_a_bundle() -> None:
    """The sender cannot mend a form that somebody filled in long ago; it is listed, and the rest is used."""
    answers = [
        {"linkId": "score", "answer": [{"valueBoolean": True}]},
        {"linkId": "visits_said", "answer": [{"valueInteger": -5}]},
        {"linkId": "houseless", "answer": [{"valueBoolean": True}]},
    ]
    response = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "authored": "2026-11-01",
        "item": answers,
    }
    ran = run("check", "-", "--json", "--programme", "outdoors", stdin=bundle(PATIENT, response))
    assert ran.code == 0
    assert {each["reason"] for each in ran.json["not_mapped"]} >= {
        "the answer does not suit the fact score",
        "the answer does not suit the fact visits_said",
    }
    assert "no_home" not in ran.json["programmes"][0]["missing"]
