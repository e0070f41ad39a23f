"""The folder into which partners put files, by SFTP for one, as it lies on the disk: looked at, read, tidied.

Every step goes from an open folder to a name in it, never along a path: so no name and no link leads out of it, also
not one that is swapped in between.
"""

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from wholeperson.record.documents import MOST_BYTES

DONE, REFUSED = "done", "refused"
UNDER_WAY = (".part", ".partial", ".filepart", ".tmp", ".writing", ".crdownload")  # what programs call half a file
MOST = 500  # names of one folder in one round
LONGEST_NAME = 150  # bytes; with what we put before and behind it a name must fit into 255


@dataclass(frozen=True)
class Lying:
    """What lies under a name, as it is now."""

    name: str
    state: os.stat_result

    @property
    def is_link(self) -> bool:
        return stat.S_ISLNK(self.state.st_mode)

    @property
    def is_file(self) -> bool:
        return stat.S_ISREG(self.state.st_mode)

    @property
    def size(self) -> int:
        return self.state.st_size

    @property
    def mark(self) -> str:
        """Another one as soon as anything is written to it."""
        return mark_of(self.state)


def mark_of(state: os.stat_result) -> str:
    return f"{state.st_ino} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}"


@contextmanager
def folder(root: Path, *names: str) -> Iterator[int]:
    """An open folder, reached through folders alone. Raises OSError where one of the names is a link, or is gone."""
    with ExitStack() as handles:
        at = handles.enter_context(_opened(str(root), None, 0))
        for name in names:
            at = handles.enter_context(_opened(name, at, os.O_NOFOLLOW))
        yield at


@contextmanager
def _opened(name: str, within: int | None, how: int) -> Iterator[int]:
    handle = os.open(name, os.O_RDONLY | os.O_DIRECTORY | how, dir_fd=within)
    try:
        yield handle
    finally:
        os.close(handle)


def folders(root: Path, *names: str) -> list[str]:
    """The names of the folders in one; none where it cannot be entered."""
    try:
        with folder(root, *names) as at, os.scandir(at) as found:
            return sorted(one.name for one in islice(found, MOST) if one.is_dir(follow_symlinks=False))
    except OSError:
        return []


def lying(at: int) -> list[Lying]:
    """All that lies in a folder and is not on its way: no folders, nothing hidden, no half of a file by its name."""
    with os.scandir(at) as found:
        names = sorted(one.name for one in islice(found, MOST) if not one.is_dir(follow_symlinks=False))
    return [one for name in names if not _is_under_way(name) and (one := _as_it_lies(name, at))]


def _is_under_way(name: str) -> bool:
    return name.startswith((".", "~")) or name.casefold().endswith(UNDER_WAY)


def _as_it_lies(name: str, at: int) -> Lying | None:
    with suppress(FileNotFoundError):
        return Lying(name, os.stat(name, dir_fd=at, follow_symlinks=False))
    return None


def read(one: Lying, at: int) -> bytes | None:
    """What is in it; None where it is not any more what it was when we looked."""
    with open(os.open(one.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at), "rb") as opened:
        if mark_of(os.fstat(opened.fileno())) != one.mark:
            return None
        content = opened.read(MOST_BYTES + 1)
        return content if mark_of(os.fstat(opened.fileno())) == one.mark else None


def can_put_aside(at: int) -> bool:
    """Whether what was taken up could be moved away. What cannot would come in again with every round."""
    try:
        for to in (DONE, REFUSED):
            with _aside(to, at) as there:
                os.unlink(_written("", there), dir_fd=there)
    except OSError:
        return False
    return True


def put_aside(one: Lying, at: int, *, to: str, reference: str, report: str) -> None:
    """Move it, its reference before its name, with what was found beside it. Gone by now is moved by another.

    What somebody wrote to meanwhile is not what was read: it stays, and is looked at anew.
    """
    if (now := _as_it_lies(one.name, at)) is None or now.mark != one.mark:
        return
    name = f"{reference}-{os.fsdecode(os.fsencode(one.name)[-LONGEST_NAME:])}"
    with _aside(to, at) as there:
        if report:
            os.rename(_written(report, there), f"{name}.findings.txt", src_dir_fd=there, dst_dir_fd=there)
        with suppress(FileNotFoundError):
            os.rename(one.name, name, src_dir_fd=at, dst_dir_fd=there)


@contextmanager
def _aside(to: str, at: int) -> Iterator[int]:
    with suppress(FileExistsError):
        os.mkdir(to, 0o770, dir_fd=at)
    with _opened(to, at, os.O_NOFOLLOW) as there:
        yield there


def _written(text: str, there: int) -> str:
    """A fresh file of our own: never one that somebody laid ready under the name that it gets."""
    name = f".{secrets.token_hex(8)}"
    with open(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640, dir_fd=there), "w", encoding="utf-8") as made:
        made.write(text)
    return name
