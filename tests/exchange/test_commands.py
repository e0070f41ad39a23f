"""``wp import`` and ``wp export``, as the contract has them."""

import json
from pathlib import Path

import pytest

from tests.exchange.town import JAMES, NPI, ROSA, file
from tests.people import MAKER, NOW, World
from wholeperson.access import actions as access
from wholeperson.casework.members.models import Member
from wholeperson.commands.main import main
from wholeperson.exchange.models import Received
from wholeperson.record import wall

OCTOBER = [{**row, "period": "2026-10", "authorization_start": None} for row in (ROSA, JAMES)]


@pytest.fixture
def mif(world: World, tmp_path: Path) -> str:
    access.add_identifier(of=world.organisation("Bayside"), system="npi", value=NPI, by=MAKER, at=NOW)
    (tmp_path / "mif.csv").write_bytes(file(world, *OCTOBER).file.content)
    return str(tmp_path / "mif.csv")


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, object]:
    assert main([*arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def members() -> int:
    with wall.opened("tests"):
        return Member.objects.count()


def test_a_file_is_tried_loaded_and_loaded_once(mif: str, capsys: pytest.CaptureFixture[str]) -> None:
    tried = told(capsys, "import", mif, "--layout", "mif", "--dry-run")
    assert (tried["schema"], tried["rows"], members()) == (
        "wholeperson/import@1", {"read": 2, "kept": 2, "set_aside": 0}, 0,
    )  # fmt: skip
    assert told(capsys, "import", mif, "--layout", "mif")["loaded"] is True
    assert told(capsys, "import", mif, "--layout", "mif")["again"] is True
    assert members() == 2


def test_an_empty_file_is_rejected_as_the_check_rejects_it(
    mif: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.csv").touch()
    asked = (str(tmp_path / "empty.csv"), "--layout", "mif")
    checked, came = (told(capsys, *command, *asked, code=1) for command in (("file", "check"), ("import",)))
    assert came["outcome"] == "rejected"
    assert came["findings"] == checked["findings"]
    assert not Received.objects.exists()


def test_a_months_file_twice_is_the_same_bytes(
    mif: str, tmp_path: Path, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", mif, "--layout", "mif"])
    capsys.readouterr()
    asked = ["export", "rtf", "--plan", "contra_costa_health_plan", "--provider", NPI, "--period", "2026-10", "--out"]
    for name in ("one.csv", "two.csv"):
        assert told(capsys, *asked, str(tmp_path / name))["rows"] == 2
    one = (tmp_path / "one.csv").read_bytes()
    assert one == (tmp_path / "two.csv").read_bytes()
    assert b"01234567A" in one


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["import", "gone.csv", "--layout", "mif"], "no_file"),
        (["export", "rtf", "--plan", "nobody", "--period", "2026-10", "--out", "gone/f"], "whose_file"),
        (["export", "rtf", "--plan", "x", "--period", "soon", "--out", "f"], "no_month"),
        (["export", "rtf", "--plan", "x", "--period", "1026-10", "--out", "f"], "no_month"),
        (["export", "rtf", "--plan", "x", "--period", "2199-12", "--out", "f"], "month_to_come"),
        (["export", "rtf", "--plan", "x", "--period", "2026-10", "--out", "-"], "stdout_twice"),
    ],
)
def test_what_cannot_be_is_refused(
    arguments: list[str], code: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, *arguments, code=2)["error"]["code"] == code
