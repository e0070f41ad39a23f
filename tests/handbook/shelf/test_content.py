"""What ships with the shelf: in plain words, in three languages, about programs that there are, with its sources."""

import pytest
import textstat

from wholeperson.handbook.shelf import blocks, content
from wholeperson.rules.reading.cache import load_policy

HARDEST = 8.0  # Flesch-Kincaid, over a whole page: names such as "Enhanced Care Management" weigh heavily


@pytest.mark.parametrize("topic", content.topics("en"), ids=lambda topic: topic.id)
def test_a_session_is_plain(topic: content.Topic) -> None:
    said = " ".join(blocks.plain(text).replace(" (", ". ") for text in (topic.summary, topic.who, topic.apply))
    assert textstat.flesch_kincaid_grade(said) <= HARDEST + 2


@pytest.mark.parametrize("topic", content.topics("en"), ids=lambda topic: topic.id)
def test_a_session_names_programs_and_sources_that_there_are(topic: content.Topic) -> None:
    known = load_policy()
    assert set(topic.programmes) <= set(known.programmes)
    assert {cite.split()[0] for cite in topic.cites} <= set(known.grades)


@pytest.mark.parametrize("language", ["es", "zh-hant"])
def test_every_sentence_has_its_own_in_each_language(language: str) -> None:
    """The same programs and questions, and no English left standing."""
    for english, other in zip(content.topics("en"), content.topics(language), strict=True):
        assert english.id == other.id
        assert not {
            part for part in ("title", "summary", *content.PARTS) if getattr(english, part) == getattr(other, part)
        }
    for one, another in zip(content.questions("en"), content.questions(language), strict=True):
        assert one.id == another.id
        assert one.question != another.question
        assert one.answer != another.answer
        assert one.answer.count("](") == another.answer.count("](")


def test_every_question_has_its_sources() -> None:
    known = load_policy()
    for one in content.questions("en"):
        assert one.cites
        assert {cite.split()[0] for cite in one.cites} <= set(known.grades)
