"""The parts of a packed workbook, unpacked piece by piece and no further than a workbook can go."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from wholeperson.formats.files.table import Unreadable

MOST_PARTS = 5_000
LARGEST_LIST = 1 << 20  # bytes of the list of parts
LARGEST_PART = 8 << 30
FREE, RATIO = 16 << 20, 200  # so many bytes may come of anything; beyond them, so many of each packed one
PIECE = 1 << 16
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, KeyError, IndexError, RuntimeError,
          OverflowError, OSError)  # fmt: skip
CUT_OFF = ("the workbook is damaged or cut off", "send it again: it did not arrive whole")


@contextmanager
def reading() -> Iterator[None]:
    """Whatever a broken archive makes the library say is one thing to whoever sent it."""
    try:
        yield
    except BROKEN:
        raise Unreadable(*CUT_OFF) from None


class Parts:
    """The parts of one workbook."""

    def __init__(self, stream: BinaryIO) -> None:
        with reading():
            self.size = stream.seek(0, 2)
            _look_at_list(stream, self.size)
            self.archive = zipfile.ZipFile(stream)
            self.words: list[str] | None = None  # what its cells share, once somebody needed it
            self.names = {each.filename.lstrip("/").lower(): each for each in self.archive.infolist()}

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece; a part that unpacks into too much is refused."""
        part = self.names.get(name.lstrip("/").lower())
        if part is None:
            raise Unreadable(*CUT_OFF)
        if part.flag_bits & 1:
            raise Unreadable("the workbook has a password", "send it without one, by a channel that is safe")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("the workbook is packed in a way no spreadsheet program packs", "save it again as .xlsx")
        packed = max(1, min(part.compress_size, self.size))
        read = 0
        with reading(), self.archive.open(part) as opened:
            while piece := opened.read(PIECE):
                read += len(piece)
                if read > LARGEST_PART or (read > FREE and read > packed * RATIO):
                    raise Unreadable("the workbook unpacks into far more than a table holds", "send it as CSV")
                yield piece


def _look_at_list(stream: BinaryIO, size: int) -> None:
    """The list of parts is read whole, so that it may not be large."""
    begins = max(0, size - 65_557)
    stream.seek(begins)
    tail = stream.read(65_557)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < 22:
        raise Unreadable(*CUT_OFF)
    count, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    if count > MOST_PARTS or length > LARGEST_LIST or tail[max(0, at - 20) : at].startswith(b"PK\6\7"):
        raise Unreadable("the workbook has more parts than any has", "send it as CSV")
