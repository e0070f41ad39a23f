"""A form that a plan wrote as a fillable PDF: which fields it has, and filling them. What could do more is refused."""

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from wholeperson.rules.problems import Problem, Refused, Where

MOST_PAGES, MOST_FIELDS, MOST_OBJECTS = 40, 500, 50_000
ACTS = {
    "/JS", "/JavaScript", "/AA", "/OpenAction", "/EF", "/EmbeddedFiles", "/RichMediaContent", "/RichMediaSettings",
}  # fmt: skip
KINDS = ("/S", "/Type", "/Subtype")  # the keys under which a thing says what it is; of these kinds none may be
ACTING = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/EmbeddedFile",
    "/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D",
}  # fmt: skip
NESTS = (IndirectObject, DictionaryObject, ArrayObject)
MALFORMED = (
    PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, AssertionError, zlib.error,
    RuntimeError,  # a loop, and what the reader of PDF files does not know yet
)  # fmt: skip


PUSHED = 1 << 16  # the flag of a button that keeps nothing


@dataclass(frozen=True)
class Blank:
    """One field to be filled with words, or one box to be ticked: its name, and what a reader is told of it.

    `state` is what the PDF calls the ticked box; of one-of-several each box has its own, under one name.
    """

    name: str
    says: str
    state: str = ""

    @property
    def key(self) -> str:
        """By which it is kept what goes into it. No name has a slash, and each state begins with one."""
        return f"{self.name}{self.state}"


def blanks(content: bytes) -> list[Blank]:
    """The fields of a form that take words, in its order, then its boxes. Refuses what is no form or could do more."""
    with _legible():
        reader = _opened(content)
        _require_calm(reader)
        fields = reader.get_fields() or {}
        found = [
            Blank(name, str(field.get("/TU") or name)) for name, field in fields.items() if field.get("/FT") == "/Tx"
        ]
        _require_names_apart(fields, {blank.name for blank in found})
        found += dict.fromkeys(box.blank for box in _boxes(reader.pages))
    if not found:
        raise _refused("no_fields", "this PDF has no fields to fill in", "ask the plan for the form one can type into")
    if len(found) > MOST_FIELDS:
        raise _refused("too_much", "this PDF has too many fields", f"bring a form with {MOST_FIELDS} at most")
    return found


def filled(content: bytes, values: Mapping[str, str], ticked: Collection[str] = ()) -> bytes:
    """The form with these values by the names of its fields, and these boxes ticked, by their keys.

    Of one-of-several the first in the form's order. What is written is looked at as what came was.
    """
    out = BytesIO()
    with _legible():
        writer = PdfWriter(clone_from=_opened(content))
        for page in writer.pages:
            if page.get("/Annots"):
                writer.update_page_form_field_values(page, dict(values), auto_regenerate=False)
        boxes = list(_boxes(writer.pages))
        so = {box.blank.name: box.blank.state for box in reversed(boxes) if box.blank.key in ticked}
        for box in boxes:
            box.tick(so.get(box.blank.name, ""))
        writer.set_need_appearances_writer(True)
        writer.write(out)
        _require_calm(PdfReader(out))
    return out.getvalue()


def require_fillable(content: bytes) -> None:
    """It has fields that take words: tried once, so that no form is kept that fails at each referral."""
    found = blanks(content)
    filled(content, {one.name: "SAMPLE" for one in found if not one.state}, {one.key for one in found if one.state})


@dataclass(frozen=True)
class _Box:
    """A box as it stands on a page, and the field it is of: of one-of-several they share one."""

    blank: Blank
    field: DictionaryObject
    widget: DictionaryObject

    def tick(self, state: str) -> None:
        """Where this is the state, it is ticked; where another is, it is not; without one it stays as it came."""
        if state:
            self.widget[NameObject("/AS")] = NameObject(state if state == self.blank.state else "/Off")
            self.field[NameObject("/V")] = NameObject(state)


def _boxes(pages: Iterable[Any]) -> Iterator[_Box]:
    """The boxes that can be ticked: those that the form draws itself, and calls by a state."""
    for page in pages:
        for one in page.get("/Annots") or ():
            widget = one.get_object()
            field = widget if "/T" in widget else widget.get("/Parent", DictionaryObject()).get_object()
            if _told(field, "/FT") != "/Btn" or int(_told(field, "/Ff") or 0) & PUSHED:
                continue
            drawn = widget.get("/AP", DictionaryObject()).get("/N", DictionaryObject()).get_object()
            for state in (str(each) for each in drawn if each != "/Off"):
                name = _name(field)
                yield _Box(Blank(name, f"{field.get('/TU') or name}: {state[1:]}", state), field, widget)


def _told(field: DictionaryObject, key: str) -> Any:
    """What a field says itself, or the group it stands in."""
    for one in _upward(field):
        if key in one:
            return one[key]
    return None


def _name(field: DictionaryObject) -> str:
    return ".".join(str(one["/T"]) for one in reversed([*_upward(field)]) if "/T" in one)


def _upward(field: DictionaryObject) -> Iterator[DictionaryObject]:
    """The field and the groups around it; a loop among them ends."""
    one: Any = field
    for _deep in range(MOST_FIELDS):
        yield one
        if "/Parent" not in one:
            return
        one = one["/Parent"].get_object()


@contextmanager
def _legible() -> Iterator[None]:
    try:
        yield
    except MALFORMED:
        raise _refused("unreadable", "this PDF cannot be read to its end", "ask the plan for it once more") from None


def _opened(content: bytes) -> PdfReader:
    if not content.startswith(b"%PDF-"):
        raise _refused("not_pdf", "this is no PDF", "bring the form as PDF")
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise _refused("encrypted", "this PDF is locked with a password", "ask the plan for one that is not")
    return reader


def _require_calm(reader: PdfReader) -> None:
    """Nothing in it runs, sends or opens anything; and it is of a size that a form has."""
    if len(reader.pages) > MOST_PAGES:
        raise _refused("too_much", "this PDF has too many pages for a form", f"bring {MOST_PAGES} at most")
    for number, words in enumerate(_everything(reader)):
        if number > MOST_OBJECTS:
            raise _refused("too_much", "there is more in this PDF than a form holds", "ask the plan for a smaller one")
        if ACTS & set(words) or ACTING & {str(words[key]) for key in KINDS if key in words}:
            raise _refused("acts", "this PDF does something by itself", "ask the plan for one without scripts or files")
        if "/XFA" in words:
            raise _refused("xfa", "this form is of a kind that few programs fill", "ask the plan for a plain PDF form")


def _require_names_apart(fields: Mapping[str, Any], names: Collection[str]) -> None:
    """A field is found by its whole name or by the last part of it: one must not be filled with what is another's."""
    for name, field in fields.items():
        last = field.get("/T")
        if last != name and last in names:
            raise _refused("names", f"two fields of this PDF go by the name {last}", "ask the plan to tell them apart")


def _everything(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary that the document leads to, each once."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [reader.trailer["/Root"]]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            yield one
            waiting += [value for key in one if isinstance(value := one.raw_get(key), NESTS)]
        elif isinstance(one, ArrayObject):
            waiting += [value for value in list.__iter__(one) if isinstance(value, NESTS)]


def _refused(code: str, problem: str, do: str) -> Refused:
    return Refused(Problem(code, problem, "a form is filled with somebody's data and sent on", do, Where(path="file")))
