"""What the engine says no to ends a command as the machine's own no does."""

import duckdb
import pytest

from wholeperson.sweep.limits import machine_permitting
from wholeperson.sweep.run.duck import share
from wholeperson.sweep.run.states import done_with


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        (duckdb.OutOfMemoryException("failed to pin block"), OSError),
        (duckdb.IOException("cannot open file"), OSError),
        (RuntimeError("Query interrupted"), KeyboardInterrupt),
        (duckdb.InterruptException("INTERRUPT Error: Interrupted!"), KeyboardInterrupt),
        (RuntimeError("anything else"), RuntimeError),
    ],
    ids=str,
)
def test_what_the_engine_says_is_told_as_python_would(said: Exception, becomes: type[BaseException]) -> None:
    with pytest.raises(becomes), machine_permitting():
        raise said


@pytest.mark.parametrize(
    ("memory", "engine"), [("500MB", "340000KB"), ("200MB", "100000KB"), ("4 GB", "3840000KB"), ("1TB", "999840000KB")]
)
def test_the_engine_is_left_what_the_command_does_not_take_itself(memory: str, engine: str) -> None:
    assert share(memory) == engine


def test_a_table_is_given_back_after_the_last_statement_that_reads_it() -> None:
    made = [("a", "SELECT 1"), ("b", 'SELECT * FROM "a"'), ("c", 'SELECT * FROM "a"'), ("d", 'SELECT * FROM "b"')]
    assert [done_with(made, at) for at in (1, 2, 3, 4)] == [[], [], ["a"], ["b"]]
