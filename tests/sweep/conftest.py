"""A PostgreSQL of the tests' own, for the engine that runs there."""

import subprocess
from collections.abc import Iterator

import pytest

from tests.house.tree import ROOT


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a server that lives as long as the tests."""
    command = [str(ROOT / "tests" / "on_postgres"), "sh", "-c", 'echo "$TEST_DATABASE_URL"; cat']
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        if not url:
            pytest.skip("PostgreSQL is not installed")
        yield url


@pytest.fixture
def own_postgres(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same, named as a command meets it."""
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    return postgres_url
