"""Forms as plans have them: PDF with fields to type into, and those that nobody should fill."""

from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject


def plan_pdf(*fields: str, script: str = "", password: str = "", pages: int = 1) -> bytes:
    """A PDF with these fields; with a script that runs when it is opened, or locked with a password."""
    writer = PdfWriter()
    page, *_more = [writer.add_blank_page(612, 792) for _page in range(pages)]
    made = ArrayObject(writer._add_object(_field(name, 700 - 40 * at)) for at, name in enumerate(fields))
    page[NameObject("/Annots")] = made
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): made})
    if script:
        acts = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(acts)
    if password:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _field(name: str, y: int) -> DictionaryObject:
    return DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject(name),
        NameObject("/Rect"): ArrayObject(map(NumberObject, (50, y, 300, y + 20))),
        NameObject("/DA"): TextStringObject("/Helv 10 Tf 0 g"),
    })  # fmt: skip
