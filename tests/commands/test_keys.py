"""``wholeperson keys rotate`` in an installation of its own, where two keys are set."""

from pathlib import Path

from tests.running.installation import SECRETS, Installation

NEW = "second-key-of-a-test-installation-0123456789"


def installed(folder: Path) -> Installation:
    made = Installation(folder, {"DATABASE_URL": f"sqlite:///{folder}/whole-person.sqlite3"})
    assert made.command("migrate")[0] == 0
    made.play("live", WHOLEPERSON_DEMO="")
    return made


def test_a_key_is_replaced_and_the_old_one_taken_out(tmp_path: Path) -> None:
    one = installed(tmp_path)
    before = one.play("tell")
    one.secrets["WHOLEPERSON_KEYS"] = f"{NEW},{SECRETS['WHOLEPERSON_KEYS']}"
    code, told = one.command("keys", "rotate")
    assert (code, told["schema"], told["documents"], told["keys_of_no_more_use"]) == (0, "wholeperson/keys@1", 1, 1)
    assert told["values"] > 0
    one.secrets["WHOLEPERSON_KEYS"] = NEW
    assert one.play("tell") == before
    assert one.command("verify", "audit")[0] == 0
    assert one.command("keys", "rotate")[1]["values"] == 0


def test_a_key_that_stands_in_for_the_index_is_not_let_go(tmp_path: Path) -> None:
    one = installed(tmp_path)
    one.secrets["WHOLEPERSON_KEYS"] = f"{NEW},{SECRETS['WHOLEPERSON_KEYS']}"
    one.secrets["WHOLEPERSON_INDEX_KEY"] = ""
    code, told = one.command("keys", "rotate")
    assert (code, told["error"]["code"]) == (2, "index_key_would_go")
