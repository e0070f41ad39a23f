"""What we write ourselves on these pages can be read after six years of school."""

import re

import textstat

from wholeperson.site import words

HOLE = re.compile(r"%\(\w+\)[sd]")
LONG = 8  # words; the grade of a shorter text says nothing
GRADE = 6.5  # the sixth grade, rounded


def test_no_sentence_of_the_pages_is_above_the_sixth_grade() -> None:
    room = next(each for each in words.rooms() if each.name == "programs")
    said = [HOLE.sub("July", key if isinstance(key, str) else key[1]) for key in words.keys(room)]
    long = [each for each in said if len(each.split()) >= LONG]
    hard = {each: grade for each in long if (grade := textstat.flesch_kincaid_grade(each)) >= GRADE}
    assert len(long) > 30
    assert not hard
