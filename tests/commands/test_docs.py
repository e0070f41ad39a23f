"""The pages of docs/ are today's and whole, their links lead somewhere, and the page by hand knows every word."""

import copy
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from wholeperson.commands import docs
from wholeperson.commands.docs_pages import needs, phrases
from wholeperson.commands.docs_pages.programme import programme_page
from wholeperson.commands.policy import _uses
from wholeperson.rules import language
from wholeperson.rules.proving.coverage import read_coverage
from wholeperson.rules.reading import check_facts, check_lists, check_programmes
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.check_documents import check
from wholeperson.rules.reading.files import PACKAGED, Documents, policy_folders, policy_paths, read_documents
from wholeperson.rules.reading.library import Policy, build
from wholeperson.rules.reading.standing import Uses
from wholeperson.rules.reading.yaml_lines import read_yaml
from wholeperson.rules.words import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
BY_HAND = {
    "README.md",
    "add-a-layout.md",
    "desk.md",
    "determinations.md",
    "directory.md",
    "language.md",
    "overlays.md",
    "privacy.md",
    "providers.md",
    "referrals.md",
    "run.md",
    "screener.md",
    "shelf.md",
    "sign-in.md",
    "sweep-engines.md",
    "sweep-outputs.md",
    "tour.md",
}


@cache
def policy() -> Policy:
    return load_policy()


@cache
def made() -> dict[str, str]:
    return docs.pages(policy(), read_coverage(PACKAGED))


# ── today's ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_pages_are_todays(tmp_path: Path) -> None:
    assert docs.main(["--out", str(tmp_path)]) == 0
    there = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")} - BY_HAND
    fresh = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.md")}
    stale = sorted(name for name in there | fresh.keys() if not _same(DOCS / name, fresh.get(name)))
    assert not stale, f"run `make docs` and commit what it changes: {stale}"


def _same(path: Path, text: bytes | None) -> bool:
    return path.is_file() and path.read_bytes() == text


def test_they_do_not_hang_on_the_terminal_or_the_hash_seed() -> None:
    """Written on one machine and compared on another, they must come out the same."""
    odd = {**os.environ, "COLUMNS": "40", "PYTHONHASHSEED": "7", "WHOLEPERSON_NOW": "2028-02-29T09:00-08:00"}
    command = [sys.executable, "-m", "wholeperson.commands.docs", "--check", "--out", str(DOCS)]
    done = subprocess.run(command, cwd=ROOT, env=odd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_making_them_is_quick() -> None:
    begun = time.perf_counter()
    docs.pages(policy(), read_coverage(PACKAGED))
    assert time.perf_counter() - begun < 2


def test_check_names_what_is_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docs.main(["--out", str(tmp_path)])
    (tmp_path / "events.md").write_text("changed", "utf-8")
    (tmp_path / "questions.md").unlink()
    (tmp_path / "facts" / "gone.md").write_text(made()["cli.md"], "utf-8")
    (tmp_path / "mine.md").write_text("# By hand", "utf-8")
    capsys.readouterr()
    assert docs.main(["--check", "--out", str(tmp_path)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[:-1] == ["stale: events.md", "stale: facts/gone.md", "stale: questions.md"]
    assert docs.main(["--out", str(tmp_path)]) == 0
    assert docs.main(["--check", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "mine.md").read_text("utf-8") == "# By hand"
    assert not (tmp_path / "facts" / "gone.md").exists()


def test_a_made_page_says_so_and_one_by_hand_does_not() -> None:
    for path in DOCS.rglob("*.md"):
        name = path.relative_to(DOCS).as_posix()
        assert path.read_text("utf-8").startswith("<!-- made by") == (name not in BY_HAND), name


# ── whole ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_everything_has_its_page_or_place() -> None:
    pages, known = made(), policy()
    wanted = {f"programmes/{name}.md" for name in known.programmes} | {f"facts/{name}.md" for name in known.facts}
    assert wanted <= pages.keys()
    for page, names in (
        ("events.md", known.events),
        ("questions.md", known.parameters),
        ("sources.md", known.grades),
        ("coverage.md", read_coverage(PACKAGED)["documents"]),
    ):
        missing = {name for name in names if name.lower() not in anchors(pages[page])}
        assert not missing, (page, missing)


def test_every_sentence_of_a_programme_stands_on_its_page() -> None:
    for programme in policy().programmes.values():
        page = made()[f"programmes/{programme.id}.md"]
        nodes = (*programme.nodes, *(node for _, _, node in programme.conditions))
        missing = [node.says for node in nodes if node.says and node.says not in page]
        assert not missing, (programme.id, missing)


def test_every_leaf_says_how_sure_it_is() -> None:
    for programme in policy().programmes.values():
        page = made()[f"programmes/{programme.id}.md"]
        badges = len(re.findall(r"^ +`(?:verified|reported|unconfirmed|open question)`", page, re.MULTILINE))
        assert badges >= sum(1 for node in programme.nodes if not node.is_group), programme.id


def test_a_fact_names_the_programmes_that_use_it() -> None:
    """The command line and the pages tell the same."""
    for (kind, name), programmes in _uses(policy()).items():
        if kind == "fact":
            page = made()[f"facts/{name}.md"]
            assert all(f"(../programmes/{each}.md)" in page for each in programmes), name


def test_a_question_that_nobody_reviewed_is_marked() -> None:
    for name in policy().facts:
        page = made()[f"facts/{name}.md"]
        for other in LANGUAGES[1:]:
            entry = policy().documents.by_name[f"words/{other}"]["words"][f"fact.{name}"]
            note = "not reviewed" if entry["reviewed"] is None else "reviewed by"
            assert re.search(rf"{re.escape(entry['text'])} \| {note}", page), (name, other)


def test_no_page_knows_a_version_or_a_machine() -> None:
    """A hash would make every page stale at each change; a path holds on one machine only."""
    never = [policy().version, *policy().versions.values(), str(ROOT), str(Path.home()) + "/"]
    for name, text in made().items():
        assert not [each for each in never if each in text], name


def test_the_short_lists_are_those_of_the_policy() -> None:
    """A word of the vocabulary without its explanation would fail only when somebody first uses it."""
    assert set(phrases.PRIVACY) == set(language.PRIVACY)
    assert set(phrases.TYPES) == set(language.FACT_TYPES)
    assert set(phrases.CONFIDENCE) == set(language.CONFIDENCES)
    assert set(phrases.GRADES) == set(check_lists.GRADES)
    assert set(phrases.OVERLAPS) == set(check_lists.OVERLAP_RULES)
    assert set(phrases.KINDS) == set(check_programmes.KINDS)
    assert {*phrases.JOINED, "at_least"} == set(language.GROUPS)
    assert set(needs._WRITERS) == set(language.LEAVES)
    assert set(needs.ENDING) == set(language.ENDINGS)
    assert set(needs.DISTINCT) == set(language.DISTINCT)
    assert set(needs.KINDS) == set(language.KINDS)


# ── links ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("page", sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")))
def test_every_link_leads_somewhere(page: str) -> None:
    broken = [link for link in links((DOCS / page).read_text("utf-8")) if not _leads(DOCS / page, link)]
    assert not broken


def links(text: str) -> Iterator[str]:
    plain = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    yield from (link for link in re.findall(r"\]\(([^)\s]+)\)", plain) if not link.startswith("http"))


def _leads(page: Path, link: str) -> bool:
    name, _, place = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    return target.is_relative_to(ROOT) and target.is_file() and (not place or place in _anchors_of(target))


@cache
def _anchors_of(path: Path) -> frozenset[str]:
    return anchors(path.read_text("utf-8"))


def anchors(text: str) -> frozenset[str]:
    """What a link may aim at: headings as GitHub names them, and places named by hand."""
    plain = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.+)$", plain, re.MULTILINE)
    return frozenset([*map(_slug, headings), *re.findall(r'<a id="([^"]+)">', plain)])


def _slug(heading: str) -> str:
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


# ── the page on the language ─────────────────────────────────────────────────────────────────────────────────────────

LANGUAGE = (DOCS / "language.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml (\w+)\n(.*?)^```", LANGUAGE, re.DOTALL | re.MULTILINE)


def vocabulary() -> set[str]:
    words = {*language.GROUPS, *language.LEAVES, *language.COMMON, *language.ENDINGS, *language.DISTINCT}
    words |= {*language.KINDS, *language.FACT_TYPES, *language.PRIVACY, *language.SOURCES, *language.MARKS}
    words |= {*language.CONFIDENCES, *language.SHAPES, *check_lists.OVERLAP_RULES, *check_programmes.KINDS}
    words |= {key for needed, may in language.SHAPES.values() for key in needed | may}
    words |= {*check_facts.FACT_NEEDS, *check_facts.FACT_MAY, *check_facts.EVENT_NEEDS, *check_facts.EVENT_MAY}
    return words | {*check_facts.EVENT_KINDS, *check_facts.PARAMETER_NEEDS}


@pytest.mark.parametrize("word", sorted(vocabulary()))
def test_the_page_tells_every_word(word: str) -> None:
    """A new word is one change with all its parts; a paragraph here is one of them."""
    assert re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", LANGUAGE), f"docs/language.md does not tell of {word}"


def test_every_kind_of_line_has_an_example() -> None:
    text = "\n".join(example for _, example in EXAMPLES)
    missing = [word for word in (*language.GROUPS, *language.LEAVES, "use") if not re.search(rf"\b{word}:", text)]
    assert not missing


@pytest.mark.parametrize(("kind", "text"), EXAMPLES, ids=[f"{at}-{kind}" for at, (kind, _) in enumerate(EXAMPLES)])
def test_an_example_is_a_rule_that_could_be_used(kind: str, text: str) -> None:
    """Each is put into the policy, checked, built, and shown on a page."""
    documents = _with_example(kind, read_yaml(text, "docs/language.md")[0])
    assert [str(problem) for problem in check(documents)] == []
    trial = build(documents)
    uses = Uses(trial)
    assert all(programme_page(each, trial, uses) for each in trial.programmes.values())


def _with_example(kind: str, example: Any) -> Documents:
    read = _documents()
    documents = Documents(copy.deepcopy(read.by_name), {}, read.codes)
    by_name = documents.by_name
    for other in LANGUAGES[1:]:  # an example says something else than the sentence that was translated
        by_name[f"words/{other}"]["words"] = {}
    if kind == "criterion":
        programme = by_name["populations_of_focus/pof_1a_homeless_adult"]
        by_name["populations_of_focus/example"] = {**programme, "id": "example", "criteria": example}
    elif kind == "programme":
        by_name[f"populations_of_focus/{example['id']}"] = example
    elif kind in ("shared", "plan"):
        by_name[f"{kind.replace('plan', 'plans')}/{example['id']}"] = example
    elif kind == "row":
        by_name["overlaps"]["rows"].append(example)
    elif kind == "words":
        by_name["words/es"]["words"] = example
    else:
        by_name[kind][kind].update(example)
    return documents


@cache
def _documents() -> Documents:
    return read_documents(policy_paths(policy_folders(None)))
