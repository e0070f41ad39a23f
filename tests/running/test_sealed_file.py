"""The file of a backup: opens with its key, whole, or not at all."""

import io
from pathlib import Path

import pytest

from wholeperson.commands.keeping import sealed_file
from wholeperson.rules.problems import Refused

KEY = "a-key-of-tests-0123456789-0123456789"


def sealed(content: bytes, folder: Path) -> bytes:
    (folder / "plain").write_bytes(content)
    made = io.BytesIO()
    sealed_file.seal(folder / "plain", made, KEY)
    return made.getvalue()


def opened(kept: bytes, folder: Path, key: str = KEY) -> bytes:
    sealed_file.unseal(io.BytesIO(kept), folder / "opened", key)
    return (folder / "opened").read_bytes()


@pytest.mark.parametrize("size", [0, 1, 999, 1000, 1001, 2000, 2500])
def test_what_goes_in_comes_out(size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_file, "PIECE", 1000)
    content = bytes(range(250)) * 10
    assert opened(sealed(content[:size], tmp_path), tmp_path) == content[:size]


def test_only_its_key_opens_it(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="does not open"):
        opened(sealed(b"x" * 5000, tmp_path), tmp_path, "another-key-of-tests-0123456789-01234")


def test_what_was_cut_off_changed_or_turned_round_does_not_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed_file, "PIECE", 1000)
    kept = sealed(b"Rosa" * 700, tmp_path)
    assert b"Rosa" not in kept
    begins, piece = len(sealed_file.BEGINS) + sealed_file.SALT, 4 + 1000 + 16
    pieces = [kept[begins + n * piece : begins + (n + 1) * piece] for n in range(3)]
    damaged = [
        kept[:-1], kept[: begins + piece], kept[: begins + 2], kept[:begins], kept + b"x",
        kept[:100] + b"?" + kept[101:], kept[:begins] + pieces[1] + pieces[0] + pieces[2],
    ]  # fmt: skip
    for broken in damaged:
        with pytest.raises(Refused, match="does not open"):
            opened(broken, tmp_path)
    for other in (b"", b"something else"):
        with pytest.raises(Refused, match="no backup of ours"):
            opened(other, tmp_path)
