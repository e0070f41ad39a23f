"""The page of everything that has a life: a picture of its states and steps, and the table it is drawn from."""

from collections.abc import Iterator
from html import escape

from wholeperson.access.permission_words import SAID
from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.markdown import code, listed
from wholeperson.record.lifecycle import Lifecycle, Move
from wholeperson.record.living import Living

INTRO = (
    "From these tables come the steps that pages offer, who may take them, the rule of the database, and the tests. In "
    "a picture every line is a state and every arrow a step; a ring is where a life begins, a bar where it ends. "
    "Lateness is no state: a step sets the moment by which the next is due, and that it passed decides nothing."
)
LEFT, TOP, ROW, COLUMN = 170, 110, 34, 46  # pixels


def lifecycles() -> list[Lifecycle]:
    """All there are, by the name of the thing."""
    found, models = {}, [*Living.__subclasses__()]
    while models:
        model = models.pop()
        models += model.__subclasses__()
        if model.__module__.startswith("wholeperson."):
            found[model.lifecycle.of] = model.lifecycle
    return [found[name] for name in sorted(found)]


def life_pages() -> dict[str, str]:
    """The page, and the pictures it shows."""
    every = lifecycles()
    page = markdown.page("Lives", INTRO, *(_section(one) for one in every))
    return {"lives.md": page} | {f"lives/{one.of}.svg": picture(one) for one in every}


def _section(life: Lifecycle) -> str:
    name = _spoken(life.of)
    rows = [(code(one.verb), code(one.source), code(one.target), _who(one), listed(map(code, one.needs), "and"),
             _spoken(one.clock or "")) for one in life.moves]  # fmt: skip
    heads = ("step", "from", "to", "who may", "what it needs", "which clock it starts")
    return markdown.section(
        name[0].upper() + name[1:], f"![The states and steps of {name}](lives/{life.of}.svg)",
        markdown.table(heads, rows),
    )  # fmt: skip


def _who(move: Move) -> str:
    """Somebody with that permission; what no role carries the house does itself."""
    known = move.permission in SAID
    return f"[{code(move.permission)}](permissions.md#{move.permission})" if known else "the house itself"


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def picture(life: Lifecycle) -> str:
    """The states as lines from left to right, the steps as arrows between them in the order of the table."""
    steps = _steps(life)
    width, height = LEFT + COLUMN * len(steps) + 60, TOP + ROW * len(life.statuses)
    body = [*_states(life, width), *(line for at, step in enumerate(steps) for line in _arrow(life, at, *step))]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    style = 'font-family="system-ui, sans-serif" font-size="13" fill="#1b2b2a"'
    return "\n".join([f'{head} role="img" {style}>', f"<title>{escape(_spoken(life.of))}</title>",
                      '<rect width="100%" height="100%" fill="#fff"/>', *body, "</svg>\n"])  # fmt: skip


def _steps(life: Lifecycle) -> list[tuple[str, str, list[str]]]:
    """Verb and where it leads, each once, with all states it leads from."""
    found: dict[tuple[str, str], list[str]] = {}
    for move in life.moves:
        found.setdefault((move.verb, move.target), []).append(move.source)
    return [(verb, target, sources) for (verb, target), sources in found.items()]


def _states(life: Lifecycle, width: int) -> Iterator[str]:
    for status in life.statuses:
        y = _height(life, status)
        yield f'<text x="{LEFT - 26}" y="{y + 4}" text-anchor="end">{escape(_spoken(status))}</text>'
        yield f'<path d="M{LEFT - 8} {y}H{width - 20}" stroke="#c9d3d1"/>'
        if status == life.begins:
            yield f'<circle cx="{LEFT - 14}" cy="{y}" r="5" fill="none" stroke="#1b5e57" stroke-width="2"/>'
        if status in life.ends:
            yield f'<path d="M{width - 20} {y - 7}v14" stroke="#1b5e57" stroke-width="4"/>'


def _arrow(life: Lifecycle, at: int, verb: str, target: str, sources: list[str]) -> Iterator[str]:
    x, end = LEFT + COLUMN * at + COLUMN // 2, _height(life, target)
    begins = [_height(life, source) for source in sources]
    yield f'<text transform="translate({x} {TOP - 22}) rotate(-45)">{escape(_spoken(verb))}</text>'
    yield f'<path d="M{x} {min(*begins, end)}V{max(*begins, end)}" stroke="#1b5e57" stroke-width="2"/>'
    yield from (f'<circle cx="{x}" cy="{y}" r="4" fill="#1b5e57"/>' for y in begins)
    if any(y != end for y in begins):
        way = -9 if min(begins) < end else 9
        yield f'<path d="M{x} {end}l-6 {way}h12z" fill="#1b5e57"/>'


def _height(life: Lifecycle, status: str) -> int:
    return TOP + ROW * life.statuses.index(status)
