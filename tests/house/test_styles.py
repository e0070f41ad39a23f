"""A class of ours is dressed in one file: two rooms that take the same name undo each other's pages unseen."""

import re
from collections import defaultdict

from tests.house.tree import PACKAGE

# a class by itself at the margin: what stands further in is for paper or for a width, and changes what stands there
ALONE = re.compile(r"(?:^|(?<=, ))\.(wp-[a-z]+(?:__[a-z]+)?)(?= ?[{,])")


def test_a_class_is_dressed_in_one_file() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for path in sorted((PACKAGE / "site" / "scss").glob("*.scss")):
        for line in path.read_text("utf-8").splitlines():
            for name in ALONE.findall(line) if line.startswith(".") else ():
                homes[name].add(path.name)
    assert len(homes) > 20, "the pattern still finds them"
    assert not {name: files for name, files in homes.items() if len(files) > 1}
