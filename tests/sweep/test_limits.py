"""What the engine says no to ends a command as the machine's own no does."""

import duckdb
import pytest

from wholeperson.sweep.limits import machine_permitting


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
