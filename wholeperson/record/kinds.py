"""What a file is, from what is in it. What it is called and what a browser says about it is not asked."""

import io
import zipfile

TEXT = "document"
BEGINS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
OFFICE = "application/vnd.openxmlformats-officedocument."
INSIDE = (
    ("word/document.xml", f"{OFFICE}wordprocessingml.document"),
    ("xl/workbook.xml", f"{OFFICE}spreadsheetml.sheet"),
)
ACTS = ("vbaproject", ".bin", ".exe", ".dll", ".js")  # what an office file needs only to do something by itself

ENDINGS = {  # how the name of such a file may end; the first is given to one that ends otherwise
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/tiff": (".tiff", ".tif"),
    f"{OFFICE}wordprocessingml.document": (".docx",),
    f"{OFFICE}spreadsheetml.sheet": (".xlsx",),
    "text/plain": (".txt", ".csv", ".vtt", ".srt"),
}


def ended(name: str, kind: str) -> str:
    """The name with an ending that fits what is in it: a text that is called .bat would run where it is opened."""
    endings = ENDINGS.get(kind, ("",))
    return name if name.lower().endswith(endings) else name + endings[0]


def kind_of(content: bytes) -> str | None:
    """Its media type; None for what we do not take."""
    for signs, kind in BEGINS:
        if content.startswith(signs):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return "text/plain" if _is_text(content) else None


def _office(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = parts.namelist()
    except (zipfile.BadZipFile, ValueError):
        return None
    if any(sign in name.lower() for name in names for sign in ACTS):
        return None
    return next((kind for name, kind in INSIDE if name in names), None)


def _is_text(content: bytes) -> bool:
    """UTF-8, without control signs, and nothing that a browser might take for a page."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    is_page = text.lstrip("\ufeff \t\r\n").startswith("<")
    return not is_page and all(sign.isprintable() or sign in "\t\r\n\ufeff" for sign in text)
