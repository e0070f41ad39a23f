"""What the engine cannot do, told as Python would: no memory, no place on disk, or somebody who ended it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

INTERRUPTED = "interrupt"


@contextmanager
def machine_permitting() -> Iterator[None]:
    """Raises OSError where DuckDB has no room, or a file it cannot use; KeyboardInterrupt where it was interrupted."""
    try:
        yield
    except duckdb.OutOfMemoryException as failed:
        raise OSError(errno.ENOMEM, "not enough memory; the same command goes on, with more in --memory") from failed
    except duckdb.IOException as failed:
        raise OSError(errno.EIO, f"a file cannot be read or written: {str(failed)[:200]}") from failed
    except (RuntimeError, duckdb.InterruptException) as failed:  # it has no error of its own for Ctrl-C
        if INTERRUPTED not in str(failed).lower():
            raise
        raise KeyboardInterrupt from failed
