"""What the shelf refuses, in words for whoever writes."""

from datetime import date

from wholeperson.rules.problems import Problem, Refused, Where


class Taken(Refused):
    """Something else has that number."""


class NotYours(Refused):
    """Whoever wrote in it may not be the second person."""


class NotReady(Refused):
    """Something is missing before the step."""


def taken(kind: str, key: str) -> Taken:
    return Taken(
        Problem(
            "taken",
            f"there is already a {kind} {key}",
            "what has a number keeps it: readers and bills point to it",
            "open that one and begin its next edition, or give this one another number",
            Where(path="key"),
        )
    )


def not_a_draft(status: str) -> NotReady:
    return NotReady(
        Problem(
            "not_a_draft",
            f"this edition is {status}, and only a draft can be changed",
            "what somebody let through must stay what they read",
            "have it given back, or begin the next edition",
            Where(path="status"),
            ("draft",),
        )
    )


def not_in_english() -> NotReady:
    return NotReady(
        Problem(
            "not_in_english",
            "the wording in English is missing",
            "it is what is shown where a language has no wording of its own",
            "write the title and the text in English",
            Where(path="wordings"),
            ("en",),
        )
    )


def by_its_writer(label: str) -> NotYours:
    return NotYours(
        Problem(
            "by_its_writer",
            f"{label} wrote in this edition",
            "a second pair of eyes finds what the first is used to",
            "ask another editor or an administrator to review it",
            Where(path="reviewed_by"),
        )
    )


def without_captions() -> NotReady:
    return NotReady(
        Problem(
            "without_captions",
            "the recording has no captions",
            "who cannot hear it would learn nothing from it",
            "add the captions as text, or take the recording out",
            Where(path="captions"),
        )
    )


def too_many_files(most: int) -> NotReady:
    return NotReady(
        Problem(
            "too_many_files",
            "there are too many files here already",
            "nobody looks through more",
            "put several into one, or take out what is not needed",
            Where(path="file"),
            (f"{most} files",),
        )
    )


def wrong_review_day(today: date) -> NotReady:
    return NotReady(
        Problem(
            "wrong_review_day",
            "the day by which somebody looks at it again is past, or too far away",
            "what is on the shelf must be looked at while it may still be right",
            "give a day from today on, within five years",
            Where(path="review_by"),
            (today.isoformat(),),
        )
    )
