"""What an explanation of a limit says beside its dates, as words that the policy's phrases spell out."""

from collections.abc import Iterator

from wholeperson.rules.clocks.counted_case import Candidate, CountedCase
from wholeperson.rules.clocks.holidays import PAUSED


def notes(
    case: CountedCase, first: Candidate, governing: Candidate, candidates: tuple[Candidate, ...]
) -> Iterator[str]:
    """``first``: what would govern had nothing been written or asked for."""
    yield from _on_receipt(case)
    yield from _on_notice(case, first)
    if case.given.pauses and not any(each.why == PAUSED for each in governing.skipped):
        yield "pause_changes_nothing"
    if any(each.due_at == governing.due_at and each.rule is not governing.rule for each in candidates):
        yield "fall_together"
    if any(each.rule.tentative for each in candidates):
        yield "open_question"
    if governing.rule.unit == "calendar_day" and case.free(governing.day):
        yield "not_moved"
    if governing.rule.confidence != "verified":
        yield "limit_unconfirmed"


def _on_receipt(case: CountedCase) -> Iterator[str]:
    """The day from which it counts."""
    if case.cutoff_hour is not None:
        alone = case.given.received.at is None
        yield "day_alone" if alone else "after_cutoff" if case.after_cutoff(case.given.received) else "before_cutoff"
    if any(each.starts == "complete" for each in case.in_force):
        if case.given.complete is None:
            yield "complete_on_receipt"
    elif case.given.complete:
        yield "complete_changes_nothing"


def _on_notice(case: CountedCase, first: Candidate) -> Iterator[str]:
    """Whether a written notice moved the limit."""
    notice = case.given.extended
    if notice and not any(each.when == "extended" for each in case.in_force):
        yield "no_extension_here"
    elif notice:
        yield "extended_in_time" if case.in_time(notice, first.due_at) else "extended_too_late"
