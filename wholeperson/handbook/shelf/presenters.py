"""What the pages of the shelf show: an edition in the reader's language, or in English with a note."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from wholeperson.handbook.shelf import blocks
from wholeperson.handbook.shelf.models import Attachment, Piece, Wording
from wholeperson.handbook.shelf.words import FILES, KINDS, LANGUAGES, PROVIDER_TYPES, STATES, STEPS, TAKEN, TONES
from wholeperson.record.models import Step


@dataclass(frozen=True)
class Edition:
    """One edition as somebody reads it."""

    piece: Piece
    language: str

    @classmethod
    def here(cls, piece: Piece) -> "Edition":
        """In the language of the page."""
        return cls(piece, get_language() or "en")

    @cached_property
    def wording(self) -> Wording:
        found = {one.language: one for one in self.piece.wordings.all()}
        return found.get(self.language) or found["en"]

    @property
    def only_english(self) -> bool:
        """Whether the reader is shown another language than the page's."""
        return self.wording.language != self.language and self.language in LANGUAGES

    @property
    def said_in(self) -> str:
        return self.wording.language

    @property
    def title(self) -> str:
        return self.wording.title

    @property
    def summary(self) -> str:
        return self.wording.summary

    @property
    def body(self) -> SafeString:
        return blocks.html(self.wording.body)

    @property
    def files(self) -> "list[tuple[Attachment, str | Promise]]":
        """Each file that goes with it, and what kind of file that is."""
        return [(one, FILES.get(one.kind, one.kind)) for one in self.piece.attachments.all()]

    @property
    def transcript(self) -> list[str]:
        return spoken(self.piece.captions)

    @property
    def reviewed_on(self) -> date | None:
        return self.piece.reviewed_on

    @property
    def for_types(self) -> "list[str | Promise]":
        return [PROVIDER_TYPES[one] for one in self.piece.provider_types if one in PROVIDER_TYPES]

    @property
    def kind(self) -> "str | Promise":
        return KINDS[self.piece.kind]

    @property
    def state(self) -> "str | Promise":
        return STATES[self.piece.status]

    @property
    def tone(self) -> str:
        return TONES.get(self.piece.status, "quiet")

    @property
    def languages(self) -> list[str]:
        return [LANGUAGES[one.language] for one in self.piece.wordings.all()]


def spoken(captions: str) -> list[str]:
    """The lines that are said, without the numbers and times of WebVTT or SubRip."""
    lines = (line.strip() for line in captions.splitlines())
    return [line for line in lines if line and "-->" not in line and line != "WEBVTT" and not line.isdigit()]


def name_of_step(verb: str) -> "str | Promise":
    return STEPS[verb]


def story(steps: list[Step]) -> "list[tuple[str | Promise, Step]]":
    return [(TAKEN.get(step.verb, step.verb), step) for step in steps]
