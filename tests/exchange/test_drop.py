"""Files that partners put into a folder: taken up whole, once, by the same action as an upload, and moved aside."""

import asyncio
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from django.db import connection
from django.test import Client, override_settings

from tests.exchange.town import JAMES, NPI, ROSA, file
from tests.people import MAKER, NOW, World
from wholeperson.access import actions as access
from wholeperson.exchange import actions, due, presenters
from wholeperson.exchange.actions import dropping
from wholeperson.exchange.models import Received, TurnedAway
from wholeperson.record.actors import System
from wholeperson.record.documents import MOST_BYTES
from wholeperson.record.models import AuditRow
from wholeperson.record.moments import now_is

LATER = NOW + timedelta(minutes=2)
PLACE = (NPI, "contra_costa_health_plan", "mif")


@pytest.fixture
def root(world: World, tmp_path: Path) -> Path:
    """The drop of an installation in which Bayside and a plan are known."""
    bayside = world.organisation("Bayside")
    access.add_identifier(of=bayside, system="npi", value=NPI, by=MAKER, at=NOW)
    file(world)
    return tmp_path / "drop"


@pytest.fixture
def folder(root: Path) -> Path:
    made = root.joinpath(*PLACE)
    made.mkdir(parents=True)
    return made


@pytest.fixture
def take(world: World, root: Path) -> Callable[..., None]:
    """The worker looks, and what it asked for is done two minutes later."""

    def taken(minutes: int = 2) -> None:
        with override_settings(WHOLEPERSON_DROP=str(root)):
            dropping.look(at=NOW)
            now_is(NOW + timedelta(minutes=minutes))
            dropping.take_up.func(str(world.organisation("Bayside").pk))

    return taken


def names(folder: Path) -> list[str]:
    """What lies there, without the reference before each name."""
    return sorted(one.name[len("fil-0123456789-") :] for one in folder.iterdir()) if folder.exists() else []


def rows() -> list[tuple[str, int]]:
    """The ledger: what came, and how many of its rows can be loaded."""
    return [(one.name, one.rows_kept) for one in Received.objects.order_by("came_at", "id")]


def entries(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


class Partner(asyncssh.SSHServer):
    """Lets in whoever has the test's password."""

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("partner", "of tests")


async def send_by_sftp(root: Path, content: bytes) -> None:
    """As a plan's own program does: under a name of its own first, which becomes the file's when all of it is there."""

    def rooted(channel: "asyncssh.SSHServerChannel[bytes]") -> asyncssh.SFTPServer:
        return asyncssh.SFTPServer(channel, chroot=os.fsencode(root))

    key = asyncssh.generate_private_key("ssh-ed25519")
    server = await asyncssh.create_server(
        Partner, "127.0.0.1", 0, server_host_keys=[key], sftp_factory=rooted, allow_scp=False
    )  # fmt: skip
    async with server, asyncssh.connect(
        "127.0.0.1", server.get_port(), username="partner", password="of tests", known_hosts=None, client_keys=None,
        config=None,
    ) as line, line.start_sftp_client() as sftp:  # fmt: skip
        there = "/" + "/".join(PLACE)
        await sftp.makedirs(there)
        async with sftp.open(f"{there}/november.csv.part", "wb") as half:
            await half.write(content)
        await sftp.rename(f"{there}/november.csv.part", f"{there}/november.csv")


def test_a_plan_puts_a_file_into_the_folder_by_sftp(world: World, root: Path, take: Callable[..., None]) -> None:
    content = file(world, ROSA, JAMES).file.content
    root.mkdir()
    asyncio.run(asyncio.wait_for(send_by_sftp(root, content), 30))
    take()
    assert rows() == [("november.csv", 2)]
    received = Received.objects.get()
    assert (received.status, received.person) == ("checked", None), "looked at by somebody before it is loaded"
    folder = root.joinpath(*PLACE)
    assert folder.joinpath("done", f"{received.public_id}-november.csv").read_bytes() == content
    assert [one.name for one in folder.iterdir() if one.is_file()] == []
    assert AuditRow.objects.filter(actor_kind="system", actor_label="drop", verb="document.keep").count() == 1
    ines = world.person("Ines Tran", "provider_intake", at="Bayside")
    assert [(line.about, line.address) for line in due.files(ines)] == [
        ("Bay Plan", f"/exchange/{received.public_id}/")
    ]
    actions.load(received, by=ines, at=LATER)
    assert due.files(ines) == [], "loaded it waits for nobody"
    assert due.files(world.person("Sam There", "provider_intake", at="There")) == []


def test_what_still_grows_or_is_half_by_its_name_is_left(world: World, folder: Path, take: Callable[..., None]) -> None:
    content = file(world, ROSA).file.content
    folder.joinpath("whole.csv").write_bytes(content[:40])
    for half in ("half.csv.part", "half.filepart", ".half.csv"):
        folder.joinpath(half).write_bytes(content)
    take(minutes=0)
    assert rows() == [], "seen for the first time"
    with override_settings(WHOLEPERSON_DROP=str(folder.parents[2])):
        folder.joinpath("whole.csv").write_bytes(content)
        before = entries("shared_cache")
        dropping.look(at=LATER)
    assert (entries("shared_cache"), entries("drop_looks")) == (before, 2), "no look pushes out a limit of sign-in"
    take(minutes=2)
    assert rows() == [], "it has grown since"
    take(minutes=3)
    assert rows() == [("whole.csv", 1)]
    assert names(folder / "done") == ["whole.csv"]


def test_the_same_file_twice_and_one_killed_in_between_are_one_row(
    world: World, folder: Path, take: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the ledger was written, before the file was moved: it lies there still, and is the same."""
    folder.joinpath("a.csv").write_bytes(file(world, ROSA).file.content)
    with monkeypatch.context() as then:
        then.setattr(dropping.drop, "put_aside", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            take()
    assert (rows(), folder.joinpath("a.csv").exists()) == ([("a.csv", 1)], True)
    take()
    folder.joinpath("b.csv").write_bytes(file(world, ROSA).file.content)
    take()
    assert rows() == [("a.csv", 1)]
    assert names(folder / "done") == ["a.csv", "b.csv"]


def test_what_is_overwritten_while_it_is_read_stays_and_is_taken_up_later(
    world: World, folder: Path, take: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    lying, corrected = folder.joinpath("mif.csv"), file(world, ROSA, JAMES).file.content
    lying.write_bytes(file(world, ROSA).file.content)
    as_ever = dropping.receive

    def meanwhile(*told: Any, **more: Any) -> Any:
        lying.write_bytes(corrected)
        return as_ever(*told, **more)

    with monkeypatch.context() as then:
        then.setattr(dropping, "receive", meanwhile)
        take()
    assert (rows(), lying.read_bytes(), names(folder / "done")) == ([("mif.csv", 1)], corrected, [])
    take(minutes=3)
    assert sorted(rows()) == [("mif.csv", 1), ("mif.csv", 2)]
    assert [one.read_bytes() for one in folder.joinpath("done").iterdir()] == [corrected]


def test_a_file_that_cannot_be_loaded_lies_with_what_was_found_and_says_nothing_of_our_members(
    world: World, folder: Path, take: Callable[..., None]
) -> None:
    folder.joinpath("list.csv").write_bytes(b"Shopping,List\nbread,2\n")
    take()
    assert [one.outcome for one in Received.objects.all()] == ["rejected"]
    assert names(folder / "refused") == ["list.csv", "list.csv.findings.txt"]
    report = next(folder.joinpath("refused").glob("*.findings.txt")).read_text()
    assert "the file" in report
    report = dropping._report(Received(public_id="fil-1", report=ABOUT_A_MEMBER))
    assert report == "1 more, about our own records: they stand on the page of fil-1\n"


ABOUT_A_MEMBER = (
    '{"findings": [{"row": 2, "column": "Birth date", "problem": "somebody with this CIN is known here with another '
    'birth date", "do": "ask the plan", "rung": "members"}]}'
)


def test_links_folders_in_disguise_and_two_gigabytes_are_turned_away_unread(
    world: World, folder: Path, take: Callable[..., None], monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    secret = folder.parents[2].parent / "secret.csv"
    secret.write_bytes(file(world, ROSA).file.content)
    folder.joinpath("link.csv").symlink_to(secret)
    os.mkfifo(folder / "pipe.csv")
    with folder.joinpath("large.csv").open("wb") as large:
        large.truncate(2 * 1024 * MOST_BYTES // 20)  # two gigabytes of nothing
    folder.joinpath("empty.csv").touch()
    take()
    why = {"link.csv": "link", "pipe.csv": "not_a_file", "large.csv": "too_large", "empty.csv": "empty"}
    assert dict(TurnedAway.objects.values_list("name", "why")) == why
    assert rows() == []
    assert len(names(folder / "refused")) == 2 * len(why)
    assert secret.read_bytes() == file(world, ROSA).file.content
    take()
    assert TurnedAway.objects.count() == len(why)
    client.force_login(world.person("Ines Tran", "provider_intake", at="Bayside"))
    assert "This file is larger than 20 MB." in client.get("/exchange/").content.decode()
    client.force_login(world.person("Sam There", "provider_intake", at="There"))
    assert "large.csv" not in client.get("/exchange/").content.decode()
    assert presenters.turned_away(TurnedAway(why="of_another_version")) == presenters.NOT_TAKEN


def test_one_that_may_not_be_read_is_turned_away_and_one_that_breaks_is_left_and_the_others_come_in(
    world: World, folder: Path, take: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: dict[str, OSError] = {"a.csv": PermissionError(13, "denied"), "b.csv": OSError(5, "the disk")}
    for name in (*broken, "c.csv"):
        folder.joinpath(name).write_bytes(file(world, ROSA).file.content)
    as_ever = dropping.drop.read

    def read(one: Any, at: int) -> bytes | None:
        if one.name in broken:
            raise broken[one.name]
        return as_ever(one, at)

    monkeypatch.setattr(dropping.drop, "read", read)
    take()
    assert rows() == [("c.csv", 1)]
    assert list(TurnedAway.objects.values_list("name", "why")) == [("a.csv", "unreadable")]
    assert [one.name for one in folder.iterdir() if one.is_file()] == ["b.csv"]
    assert "we may not read this file" in next(folder.joinpath("refused").glob("*.findings.txt")).read_text()


def test_a_folder_that_is_a_link_or_nobodys_is_not_entered(
    world: World, root: Path, folder: Path, take: Callable[..., None]
) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    outside.joinpath("a.csv").write_bytes(file(world, ROSA).file.content)
    folder.rmdir()
    folder.symlink_to(outside)
    for name in (b"1999999999", b"\xff of no encoding"):
        nobody = root.joinpath(os.fsdecode(name), *PLACE[1:])
        nobody.mkdir(parents=True)
        nobody.joinpath("a.csv").write_bytes(file(world, ROSA).file.content)
    take()
    assert (rows(), TurnedAway.objects.count()) == ([], 0)
    folder.unlink()
    folder.mkdir()
    folder.joinpath("done").symlink_to(outside)
    folder.joinpath("a.csv").write_bytes(file(world, ROSA).file.content)
    take()
    assert (rows(), sorted(one.name for one in outside.iterdir())) == ([], ["a.csv"])


def test_the_drop_may_nothing_but_receive() -> None:
    assert System("drop", frozenset({"exchange.receive"})) == dropping.DROP
