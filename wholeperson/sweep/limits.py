"""What the engine cannot do for want of memory or of a place on disk, told as the machine's own refusal."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def machine_permitting() -> Iterator[None]:
    """Raises OSError where DuckDB has no room, or a file it cannot read or write."""
    try:
        yield
    except duckdb.OutOfMemoryException as failed:
        raise OSError(errno.ENOMEM, "not enough memory; the same command goes on, with more in --memory") from failed
    except duckdb.IOException as failed:
        raise OSError(errno.EIO, f"a file cannot be read or written: {str(failed)[:200]}") from failed
