"""Chapter one: three answers. The truth tables, written out; everything else rests on them."""

import pytest

from wholeperson.rules.answers import NO, NOT_KNOWN, YES, at_least, every, opposite, some

Y, N, U = YES, NO, NOT_KNOWN


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (Y, Y, Y, Y),
        (Y, U, U, Y),
        (Y, N, N, Y),
        (U, Y, U, Y),
        (U, U, U, U),
        (U, N, N, U),
        (N, Y, N, Y),
        (N, U, N, U),
        (N, N, N, N),
    ],
)
def test_and_and_or(left: int, right: int, both: int, either: int) -> None:
    assert every([left, right]) == both
    assert some([left, right]) == either


@pytest.mark.parametrize(("answer", "turned"), [(Y, N), (U, U), (N, Y)])
def test_not(answer: int, turned: int) -> None:
    assert opposite(answer) == turned


@pytest.mark.parametrize(
    ("needed", "answers", "expected"),
    [
        (2, [Y, Y, N], Y),
        (2, [Y, U, N], U),
        (2, [Y, N, N], N),
        (2, [U, U, N], U),
        (2, [U, N, N], N),
        (1, [U], U),
        (3, [Y, Y, U], U),
    ],
)
def test_at_least(needed: int, answers: list[int], expected: int) -> None:
    assert at_least(needed, answers) == expected


def test_nothing_at_all_is_every_and_not_some() -> None:
    assert every([]) == YES
    assert some([]) == NO
