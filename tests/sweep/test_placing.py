"""A finished folder takes the place of an older one, and a process killed just then loses neither."""

from pathlib import Path

from wholeperson.sweep.placing import older, put_back, put_in_place


def folder(path: Path, word: str) -> Path:
    path.mkdir()
    (path / "told").write_text(word)
    return path


def test_the_new_one_stands_in_the_place_and_nothing_is_left_beside(tmp_path: Path) -> None:
    place = folder(tmp_path / "out", "old")
    put_in_place(folder(tmp_path / "made", "new"), place)
    assert (place / "told").read_text() == "new"
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_what_was_put_away_by_a_process_that_was_killed_comes_back(tmp_path: Path) -> None:
    place = folder(tmp_path / "out", "old")
    place.rename(older(place))
    put_back(place)
    assert (place / "told").read_text() == "old"


def test_what_was_put_away_stays_away_where_the_new_one_stands(tmp_path: Path) -> None:
    place = folder(tmp_path / "out", "new")
    folder(older(place), "old")
    put_back(place)
    assert (place / "told").read_text() == "new"
    put_in_place(folder(tmp_path / "made", "newer"), place)
    assert (place / "told").read_text() == "newer"
    assert not older(place).exists()
