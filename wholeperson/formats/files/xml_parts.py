"""XML read as a stream, and nothing of XML that a spreadsheet does not need: no document types, entities or depth."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from xml.parsers import expat

from wholeperson.formats.files.table import Unreadable

DEEPEST = 60
LARGEST_TOKEN = 8 << 20  # bytes of one tag, which the parser holds whole
MOST_LETTERS = 512 << 20  # of all words of a workbook together
LONGEST_CELL = 1 << 20
STRANGE = ("the workbook holds XML that no spreadsheet program writes", "save it again as .xlsx, or send CSV")
TOO_MUCH = ("the workbook holds more text than fits", "send it as CSV")


class Element(NamedTuple):
    """The start of an element, names without their prefix."""

    name: str
    of: dict[str, str]


def plain(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name


class Reading:
    """A parser that calls ``start`` and ``end``, and refuses what could exhaust the machine."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._strange
        self.parser.EntityDeclHandler = self._strange
        self.fed = 0

    def _strange(self, *_: object) -> None:
        raise Unreadable(*STRANGE)

    def feed(self, piece: bytes, last: bool = False) -> None:
        """Parse one piece."""
        try:
            self.parser.Parse(piece, last)
        except (expat.ExpatError, ValueError, LookupError):  # unknown encodings are looked up by name
            raise Unreadable("the workbook is damaged or cut off", "send it again: it did not arrive whole") from None
        self.fed += len(piece)
        if self.fed - max(0, self.parser.CurrentByteIndex) > LARGEST_TOKEN:
            raise Unreadable(*STRANGE)


def elements(pieces: Iterable[bytes]) -> Iterator[Element]:
    """Every element of a small part as it begins."""
    reading, found, depth = Reading(), list[Element](), 0

    def start(name: str, of: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unreadable(*STRANGE)
        found.append(Element(plain(name), {plain(key): value for key, value in of.items()}))

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    reading.parser.StartElementHandler, reading.parser.EndElementHandler = start, end
    for piece in pieces:
        reading.feed(piece)
        yield from found
        found.clear()
    reading.feed(b"", last=True)
    yield from found


def texts(pieces: Iterable[bytes]) -> list[str]:
    """The words that the cells of a workbook share, in their order."""
    reading, found = Reading(), list[str]()
    part, skip, depth, letters = list[str](), 0, 0, 0

    def take(text: str) -> None:
        nonlocal letters
        letters += len(text) + 64  # and what it takes to keep it
        if letters > MOST_LETTERS:
            raise Unreadable(*TOO_MUCH)
        part.append(text)

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal skip, depth, letters
        depth += 1
        letters += 64
        name = plain(name)
        if depth > DEEPEST or letters > MOST_LETTERS:
            raise Unreadable(*STRANGE)
        if name == "rPh":  # how it is pronounced
            skip += 1
        reading.parser.CharacterDataHandler = take if name == "t" and not skip else None

    def end(name: str) -> None:
        nonlocal skip, depth
        depth -= 1
        reading.parser.CharacterDataHandler = None
        if plain(name) == "rPh":
            skip -= 1
        if plain(name) == "si":
            found.append("".join(part))
            part.clear()

    _listen(reading, start, end)
    for piece in pieces:
        reading.feed(piece)
    reading.feed(b"", last=True)
    return found


def _listen(reading: Reading, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]) -> None:
    reading.parser.StartElementHandler, reading.parser.EndElementHandler = start, end
