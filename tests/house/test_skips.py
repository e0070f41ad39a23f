"""A test that does not run proves nothing, so each that may be skipped stands in tests/skips.yaml with its reason."""

import ast

import yaml

from tests.house.tree import ROOT, names_used, parse, python_files, shown

LIST = ROOT / "tests" / "skips.yaml"
SKIPS = {
    *(f"pytest.{name}" for name in ("skip", "importorskip", "x" + "fail")),
    *(f"pytest.mark.{name}" for name in ("sk" + "ip", "sk" + "ipif", "x" + "fail")),
    *(f"unittest.{name}" for name in ("sk" + "ip", "sk" + "ipIf", "sk" + "ipUnless", "SkipTest", "expectedFailure")),
}


def skips_in(tree: ast.Module) -> set[str]:
    return {inside for name, inside, _ in names_used(tree) if name in SKIPS}


def in_the_tests() -> set[str]:
    return {f"{shown(path)}::{inside}" for path in python_files(ROOT / "tests") for inside in skips_in(parse(path))}


def in_the_list() -> dict[str, str]:
    return {row["where"]: row["reason"] for row in yaml.safe_load(LIST.read_text(encoding="utf-8")) or []}


def test_every_skip_has_its_reason() -> None:
    """A skip is easily added and never noticed again; the list is what a reviewer reads."""
    missing = sorted(in_the_tests() - set(in_the_list()))
    assert not missing, "\n".join(
        ["Let the test run; or, where something really may be absent, add to tests/skips.yaml:"]
        + [
            f"- where: {where}\n  reason: what is absent, where it would come from, and what is not proved then"
            for where in missing
        ]
    )


def test_the_list_has_no_skip_that_is_gone() -> None:
    """A list that keeps what is mended is believed by nobody."""
    gone = sorted(set(in_the_list()) - in_the_tests())
    assert not gone, "\n".join(["No test skips there any more; take these rows out of tests/skips.yaml:", *gone])


def test_a_reason_is_a_sentence() -> None:
    """`absent` is no reason: what is absent, where would it come from, what is not proved without it?"""
    short = [where for where, reason in in_the_list().items() if len(reason.split()) < 6]
    assert not short, "\n".join(["Say what is absent, where it would come from and what is not proved then:", *short])


def test_a_skip_is_found_wherever_it_stands() -> None:
    """In a function, as a decorator, at the top of a module, and under another name."""
    assert skips_in(ast.parse("import pytest\ndef folder():\n    pytest.skip('x')")) == {"folder"}
    assert skips_in(ast.parse("import pytest as p\n@p.mark." + "skip\ndef test_x(): ...")) == {"test_x"}
    assert skips_in(ast.parse("from pytest import mark\nm = mark." + "skipif(True, reason='')")) == {"(module)"}
