"""What is refused whole, before anything is written: with file, column, the columns found and the names allowed."""

import gzip
from pathlib import Path

import pytest

from tests.commands.door import refused, run
from tests.sweep.input.tables import imported, write

MEMBERS = "member_id,county\nm1,fresno\n"


def refuse(folder: Path, *more: str) -> dict[str, object]:
    error = refused("sweep", "import", str(folder), "--store", str(folder.parent / "store"), *more, policy=None)
    assert not (folder.parent / "store").exists()
    return error


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    error = refuse(write(tmp_path / "in", members=MEMBERS, facts="member_id,name,value\nm1,homelessness,true\n"))
    assert error["code"] == "missing_column"
    assert error["where"] == {"file": "facts.csv", "line": 1, "column": None, "path": "fact"}
    assert "member_id, name, value" in str(error["problem"])
    assert error["allowed"] == ["fact"]


def test_every_missing_column_is_told_at_once(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", members="id\nm1\n", complete="source\nclaims\n")
    ran = imported(folder, tmp_path / "store")
    told = [ran.json["error"], *ran.json["others"]]
    assert [(each["where"]["file"], each["where"]["path"]) for each in told] == [
        ("members.csv", "member_id"),
        ("complete.csv", "from"),
    ]
    assert told[0]["allowed"] == ["member_id", "person_id"]


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({"coverage": "member_id\nm1\n"}, "no_table"),
        ({"members": "member_id,Person_ID\nm1,m1\n"}, "column_twice"),
        ({"members": "member_id,County,county\nm1,fresno,fresno\n"}, "column_twice"),
        ({"members": ""}, "not_csv"),
    ],
)
def test_tables_that_cannot_be_read_as_they_are(tmp_path: Path, tables: dict[str, str], code: str) -> None:
    assert refuse(write(tmp_path / "in", **tables))["code"] == code


@pytest.mark.parametrize(
    ("saved", "said"),
    [
        (gzip.compress(MEMBERS.encode()), "a gzip file"),
        (MEMBERS.encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04\xff\xff", "an Excel or ZIP file"),
    ],
    ids=["gzip", "utf16", "excel"],
)
def test_what_is_saved_as_something_else_is_named(tmp_path: Path, saved: bytes, said: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "members.csv").write_bytes(saved)
    error = refuse(tmp_path / "in")
    assert error["code"] == "not_csv"
    assert said in str(error["problem"])


def test_a_file_beside_that_is_not_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "members.csv.gz").write_bytes(gzip.compress(MEMBERS.encode()))
    error = refuse(tmp_path / "in")
    assert (error["code"], error["allowed"]) == ("no_table", ["members.parquet", "members.csv"])
    assert "members.csv.gz is not read" in str(error["problem"])


def test_a_column_that_is_spelt_almost_as_ours_is_told_which(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", members="member_id,birthdate,conty,shoe_size\nm1,1980-01-01,fresno,9\n")
    told = imported(folder, tmp_path / "store").json["tables"]["members"]
    assert told["unknown_columns"] == ["birthdate", "conty", "shoe_size"]
    assert told["looks_like"] == {"birthdate": "birth_date", "conty": "county"}
    ran = run("sweep", "import", str(folder), "--store", str(tmp_path / "again"), policy=None)
    assert "members: not read: birthdate (is it birth_date?), conty (is it county?), shoe_size\n" in ran.out


def test_a_table_that_is_there_twice(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", members=MEMBERS)
    (folder / "members.parquet").write_bytes(b"PAR1")
    assert refuse(folder)["code"] == "table_twice"


def test_what_only_looks_like_parquet(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", members=MEMBERS)
    (folder / "facts.parquet").write_bytes(b"member_id,fact\n")
    assert refuse(folder)["code"] == "not_parquet"


def test_no_such_folder_and_no_size(tmp_path: Path) -> None:
    assert refuse(tmp_path / "nowhere")["code"] == "no_input_folder"
    assert refuse(write(tmp_path / "in", members=MEMBERS), "--memory", "much")["code"] == "not_a_size"
    assert refuse(tmp_path / "in", "--threads", "0")["code"] == "not_a_number"


def test_names_match_in_any_case_and_a_mark_in_front_of_the_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "members.csv").write_bytes(b"\xef\xbb\xbfPerson_Id,COUNTY\r\nm1,fresno\r\n")
    told = imported(tmp_path / "in", tmp_path / "store").json
    assert told["tables"]["members"] == {
        "read": 1, "kept": 1, "set_aside": 0, "duplicates": 0, "unknown_columns": [], "looks_like": {},
    }  # fmt: skip
    assert told["absent"] == ["coverage", "medical_claim", "facts", "spells", "complete"]


def test_a_table_without_rows_is_no_mistake(tmp_path: Path) -> None:
    from wholeperson.sweep.input.columns import TABLES

    heads = {table.name: ",".join(column.name for column in table.columns) for table in TABLES}
    told = imported(write(tmp_path / "in", **heads), tmp_path / "store").json
    assert told["members"] == 0
    assert {each["read"] for each in told["tables"].values()} == {0}
    error = refused(
        "sweep", "run", str(tmp_path / "store"), "--on", "2026-11-21", "--out", str(tmp_path / "out"), policy=None
    )
    assert error["code"] == "no_member"
    assert not (tmp_path / "out").exists()
