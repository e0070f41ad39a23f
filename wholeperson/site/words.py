"""The words of the pages in other languages: ``python -m wholeperson.site.words [keys|compile]``.

Each room keeps its catalogues in its own `locale/`. `keys` writes every sentence that the room says into them, beside
what was translated before; `compile` makes what Django reads, and a pseudo right-to-left language from the English.
"""

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
ROOMS = ("site", "record", "access", "desk", "handbook/*", "exchange", "casework/*")
LANGUAGES = {"es": "es", "zh_Hant": "zh_Hant"}
PSEUDO = "ar_XB"

# A key is the English sentence; of one that counts, singular and plural.
Key = str | tuple[str, str]

CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
SAID = re.compile(rf"\b(n?gettext)\((({STRING})(?:\s*,\s*({STRING}))?)")


def rooms() -> list[Path]:
    """The rooms that stand."""
    return sorted(path for room in ROOMS for path in PACKAGE.glob(room) if (path / "apps.py").exists())


def keys(room: Path) -> set[Key]:
    """Every sentence that the room's templates and Python mark to be translated."""
    found: set[Key] = set()
    for path in sorted(room.rglob("*.html")):
        found |= set(in_template(path.read_text("utf-8")))
    for path in sorted(room.rglob("*.py")):
        found |= set(in_python(path.read_text("utf-8")))
    return found


def in_template(text: str) -> Iterator[Key]:
    from django.utils.translation.template import templatize

    for match in SAID.finditer(templatize(text)):
        said = ast.literal_eval(f"({match[2]},)")
        yield said[0] if match[1] == "gettext" else (said[0], said[1])


def in_python(text: str) -> Iterator[Key]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            said = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if said:
                yield (said[0], said[1]) if node.func.id.startswith("ngettext") else said[0]


def catalogue(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write_keys() -> None:
    """Bring every catalogue to what its room says today; what is no longer said goes."""
    _ready()
    for room in rooms():
        said = keys(room)
        for language in LANGUAGES if said else ():
            path = catalogue(room, language)
            fresh = _renewed(read(path, language), said, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_head(fresh) + _body(fresh))


def _head(catalog: Catalog) -> bytes:
    """Only what is needed to read the rest: dates and tools would change a file that nobody changed."""
    lines = [f"Language: {catalog.locale_identifier}", f"Plural-Forms: {catalog.plural_forms}"]
    lines += ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    quoted = "".join(f'"{line}\\n"\n' for line in lines)
    return f'# No native reader has reviewed these yet.\nmsgid ""\nmsgstr ""\n{quoted}\n'.encode()


def _body(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalog, width=120, no_location=True, sort_output=True, omit_header=True)
    return file.getvalue()


def _renewed(before: Catalog, said: set[Key], language: str) -> Catalog:
    fresh = Catalog(locale=language)
    for key in sorted(said, key=str):
        kept = before.get(key if isinstance(key, str) else key[0])
        fresh.add(key, kept.string if kept and not kept.fuzzy else None)
    return fresh


def compile_all() -> None:
    """What Django reads, beside each catalogue; git ignores it."""
    _ready()
    every: set[Key] = set()
    for room in rooms():
        every |= keys(room)
        for path in sorted(room.glob("locale/*/LC_MESSAGES/django.po")):
            _write_compiled(path.with_suffix(".mo"), read(path, path.parents[1].name))
    pseudo = Catalog()
    for key in every:
        pseudo.add(key, disguised(key) if isinstance(key, str) else tuple(map(disguised, key)))
    _write_compiled(catalogue(PACKAGE / "site", PSEUDO).with_suffix(".mo"), pseudo)


def _write_compiled(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_mo(file, catalog)


FACES = str.maketrans("aeiouAEIOUcnsyz", "áéíóúÁÉÍÓÚçñšýž")
KEPT = re.compile(r"(%\([a-z_]+\)[sd]|%%|\{[a-z_]*\}|<[^>]+>|&[a-z]+;)")


def disguised(text: str) -> str:
    """The sentence with other faces and longer, so that one that was never marked stands out: ``⟦Déšk··⟧``."""
    parts = KEPT.split(text)
    faces = "".join(part if KEPT.fullmatch(part) else part.translate(FACES) for part in parts)
    return f"⟦{faces}{'·' * (len(text) // 3)}⟧"


def _ready() -> None:
    """Django reads its settings even to take a template apart."""
    from django.conf import settings

    if not settings.configured:
        settings.configure()


if __name__ == "__main__":
    {"keys": write_keys, "compile": compile_all}[sys.argv[1] if len(sys.argv) > 1 else "compile"]()
