"""A page taken apart: each piece of text, and what it says it is."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "use", "path"}


@dataclass
class Piece:
    """The text of an element; ``marks``: the data-says, data-code and href that it or something around it carries."""

    text: str
    marks: dict[str, str]


@dataclass
class Page(HTMLParser):
    pieces: list[Piece] = field(default_factory=list)
    inside: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    only: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            kept = {
                key: value or ""
                for key, value in attrs
                if key.startswith("data-") or key in ("href", "id", "class", "lang")
            }
            self.inside.append((tag, kept))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            while self.inside.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        around: dict[str, str] = {}
        classes = []
        for tag, attrs in self.inside:
            if tag in ("script", "style", "title"):
                return
            classes += attrs.get("class", "").split()
            around |= attrs
        if data.strip() and (not self.only or self.only in classes):
            self.pieces.append(Piece(" ".join(data.split()), {**around, "class": " ".join(classes)}))


def read(html: str, only: str = "") -> list[Piece]:
    """The pieces in order; ``only``: those inside an element of that class."""
    page = Page(only=only)
    page.feed(html)
    return page.pieces
