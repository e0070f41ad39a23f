"""``make docs``: makes of docs/ and the pages beside it a small site of plain HTML, to be read without GitHub."""

import argparse
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from wholeperson.commands.main import Parser
from wholeperson.commands.output import ANSWERED, guarded, print_text

STYLE = """
:root{color-scheme:light}body{margin:0;font:17px/1.6 system-ui,sans-serif;color:#1b2b2a;background:#faf7f2}
header{background:#fff;border-bottom:1px solid #e4dfd6;padding:.9rem 1.25rem}
header a{font-weight:700;margin-right:1.5rem}
main{max-width:56rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;overflow-wrap:break-word}a{color:#1b5e57}
h1,h2,h3{line-height:1.25;color:#12403b;margin:2.2em 0 .6em}h1{margin-top:.6em}
.wide{overflow-x:auto}table{border-collapse:collapse;background:#fff;font-size:.93em}
th,td{border:1px solid #e4dfd6;padding:.4rem .7rem;text-align:left;vertical-align:top}th{background:#f1ece3}
code{background:#f1ece3;border-radius:4px;padding:.1em .3em;font-size:.9em}pre{background:#fff;border:1px solid #e4dfd6;
border-radius:8px;padding:1rem;overflow-x:auto}pre code{background:none;padding:0}img{max-width:100%;height:auto}
blockquote{margin:0;padding-left:1rem;border-left:4px solid #1b5e57}
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Whole Person</title><link rel="stylesheet" href="{up}style.css"></head>
<body><header><a href="{up}docs/README.html">Whole Person: documentation</a>
<a href="{up}README.html">What it is</a></header>
<main>{body}</main></body></html>
"""
FIRST = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Whole Person</title>
<meta http-equiv="refresh" content="0; url=docs/README.html"><a href="docs/README.html">Whole Person: documentation</a>
</html>
"""


def build(root: Path, out: Path) -> int:
    """Write the site anew; the pages keep the places that their sources have below ``root``. Returns how many."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    (out / "style.css").write_text(STYLE.lstrip(), "utf-8")
    (out / "index.html").write_text(FIRST, "utf-8")
    sources = [*root.glob("*.md"), *(root / "docs").rglob("*.md")]
    for source in sources:
        place = source.relative_to(root)
        html, beside = render(source.read_text("utf-8"), place)
        _write(out / place.with_suffix(".html"), html)
        for path in beside:
            _copy(root / path, out / path)
    return len(sources)


def render(text: str, place: Path) -> tuple[str, set[Path]]:
    """A page that lies there as HTML, and the files that it shows or leads to beside other pages."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens, beside = reader.parse(text), set[Path]()
    _name_headings(tokens)
    for token in _inside(tokens):
        for name in ("href", "src"):
            if isinstance(link := token.attrs.get(name), str):
                token.attrs[name] = _led(link, place.parent, beside)
    body = reader.renderer.render(tokens, reader.options, {})
    body = body.replace("<table>", '<div class="wide" tabindex="0"><table>').replace("</table>", "</table></div>")
    title = next((_text(after) for token, after in _headings(tokens)), place.stem)
    return PAGE.format(title=escape(title), up="../" * (len(place.parts) - 1), body=body), beside


def _led(link: str, folder: Path, beside: set[Path]) -> str:
    """Where a link leads on the site: of a page to its HTML, of another file to a copy of it."""
    address, mark, anchor = link.partition("#")
    if not address or re.match(r"[a-z]+:", address):
        return link
    path = Path(os.path.normpath(folder / unquote(address)))
    if path.suffix != ".md":
        beside.add(path)
    return re.sub(r"\.md$", ".html", address) + mark + anchor


def _name_headings(tokens: list[Token]) -> None:
    """Each heading by the name that GitHub gives it."""
    seen: Counter[str] = Counter()
    for token, after in _headings(tokens):
        name = re.sub(r"[^\w\- ]", "", _text(after).lower()).replace(" ", "-")
        token.attrs["id"] = f"{name}-{seen[name]}" if seen[name] else name
        seen[name] += 1


def _headings(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    return ((token, tokens[at + 1]) for at, token in enumerate(tokens) if token.type == "heading_open")


def _text(inline: Token) -> str:
    return "".join(token.content for token in inline.children or [] if token.type in ("text", "code_inline"))


def _inside(tokens: list[Token]) -> Iterator[Token]:
    return (child for token in tokens for child in token.children or [])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def parser() -> argparse.ArgumentParser:
    """What it takes."""
    made = Parser(prog="python -m wholeperson.commands.docs_site", description="Make a small site of docs/.")
    made.add_argument("--root", metavar="DIR", default=".", type=Path, help="the folder that docs/ is in")
    made.add_argument("--out", metavar="DIR", default="out/docs", type=Path, help="where the site goes; emptied before")
    return made


def run(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    print_text(f"{build(options.root, options.out)} pages in {options.out}/index.html")
    return ANSWERED


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and end as every command does."""
    return guarded(lambda: run(arguments), as_json=False)


if __name__ == "__main__":
    sys.exit(main())
