"""Forms as plans have them: PDF with fields to type into, and those that nobody should fill."""

import re
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, PdfObject, TextStringObject


def plan_pdf(
    *fields: str, script: str = "", password: str = "", pages: int = 1, file: str = "", link: str = "", group: str = "",
    boxes: tuple[str, ...] = (), one_of: tuple[str, ...] = (),
) -> bytes:  # fmt: skip
    """A PDF with these fields; with a script that runs when it is opened, or locked with a password.

    `file`: one lies inside. `link`: a field does this when it is pressed, by way of another object. `group`: a field
    of the same name as the first stands in a group of this name. `boxes`: each to be ticked by itself, as /Yes.
    `one_of`: the boxes of one field, Choice, of which one is ticked.
    """
    writer = PdfWriter()
    page, *_more = [writer.add_blank_page(612, 792) for _page in range(pages)]
    made = ArrayObject(writer._add_object(_field(name, 700 - 40 * at)) for at, name in enumerate(fields))
    page[NameObject("/Annots")] = made
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): made})
    for at, name in enumerate(boxes):
        made.append(writer._add_object(_box(60 + 30 * at, "Yes", T=TextStringObject(name), FT=NameObject("/Btn"))))
    if one_of:
        flag = NumberObject(1 << 15)
        field = DictionaryObject({
            NameObject("/T"): TextStringObject("Choice"), NameObject("/FT"): NameObject("/Btn"),
            NameObject("/Ff"): flag, NameObject("/TU"): TextStringObject("How soon"),
        })  # fmt: skip
        whole = writer._add_object(field)
        kids = [writer._add_object(_box(300 + 30 * at, one, Parent=whole)) for at, one in enumerate(one_of)]
        field[NameObject("/Kids")] = ArrayObject(kids)
        page[NameObject("/Annots")] = ArrayObject([*made, *kids])
        made.append(whole)
        writer.root_object["/AcroForm"][NameObject("/Fields")] = made
    if group:
        above = writer._add_object(DictionaryObject({NameObject("/T"): TextStringObject(group)}))
        below = _field(fields[0], 20)
        below[NameObject("/Parent")] = above
        made.append(writer._add_object(below))
        above.get_object()[NameObject("/Kids")] = ArrayObject([made.pop()])
        made.append(above)
        page[NameObject("/Annots")] = ArrayObject([*made[:-1], *above.get_object()["/Kids"]])
    if link:
        act = DictionaryObject({NameObject("/S"): writer._add_object(NameObject(link))})
        made[0].get_object()[NameObject("/A")] = act
    if file:
        writer.add_attachment(file, b"inside")
    if script:
        acts = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(acts)
    if password:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def renumbered(content: bytes) -> bytes:
    """The PDF with a script in it, which bears the number of another object, one generation later."""
    root, pages = (int(re.findall(rb"/%b (\d+) 0 R" % key, content)[0]) for key in (b"Root", b"Pages"))
    (told,) = re.findall(rb"\n%d 0 obj\n<<(.*?)>>\nendobj" % root, content, re.DOTALL)
    before = re.findall(rb"startxref\n(\d+)", content)[-1]
    anew = b"%d 0 obj\n<< /Names %d 1 R %b >>\nendobj\n" % (root, pages, told)
    script = b"%d 1 obj\n<< /S /JavaScript /JS (app.alert) >>\nendobj\n" % pages
    ends = len(content) + len(anew) + len(script)
    places = (root, 1, len(content), 0, pages, 1, len(content) + len(anew), 1)
    table = b"xref\n%d %d\n%010d %05d n \n%d %d\n%010d %05d n \n" % places
    trailer = b"trailer\n<< /Size 99 /Root %d 0 R /Prev %b >>\nstartxref\n%d\n%%%%EOF\n" % (root, before, ends)
    return content + anew + script + table + trailer


def _box(y: int, state: str, **more: PdfObject) -> DictionaryObject:
    drawn = DictionaryObject({NameObject(f"/{one}"): DictionaryObject() for one in ("Off", state)})
    return DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/Rect"): ArrayObject(map(NumberObject, (20, y, 40, y + 20))), NameObject("/AS"): NameObject("/Off"),
        NameObject("/AP"): DictionaryObject({NameObject("/N"): drawn}),
        **{NameObject(f"/{key}"): value for key, value in more.items()},
    })  # fmt: skip


def _field(name: str, y: int) -> DictionaryObject:
    return DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject(name),
        NameObject("/Rect"): ArrayObject(map(NumberObject, (50, y, 300, y + 20))),
        NameObject("/DA"): TextStringObject("/Helv 10 Tf 0 g"),
    })  # fmt: skip
