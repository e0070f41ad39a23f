"""What a file says of how a member speaks and reads: it adds to what is known, and unsays nothing by leaving it out."""

from dataclasses import asdict, dataclass

from wholeperson.casework.members import tongues
from wholeperson.casework.members.actions.needs import Speaks, says
from wholeperson.casework.members.models import LanguageNeeds, Member

UNHEARD_IN = ("en", tongues.UNDETERMINED)  # nobody interprets English here, nor what nobody told


@dataclass(frozen=True)
class Heard:
    """What a file says; None where it says nothing."""

    spoken: str | None = None
    written: str | None = None
    interpreter: bool | None = None
    format: str | None = None

    def beside(self, holds: LanguageNeeds | None, member: Member) -> Speaks:
        """With what holds, or else the language of the record, wherever the file says nothing."""
        before = holds or LanguageNeeds(spoken=member.language, written=member.language)
        spoken = self.spoken or before.spoken
        written = self.written or (spoken if before.written == before.spoken else before.written)
        interpreter = before.interpreter if self.interpreter is None else self.interpreter
        heard_in = before.interpreter_in if spoken == before.spoken else ""
        return Speaks(
            spoken, written if written in tongues.READ else tongues.UNDETERMINED, interpreter,
            (heard_in or _interpreted(spoken)) if interpreter else "", self.format or before.format,
        )  # fmt: skip


def _interpreted(spoken: str) -> str:
    return "" if spoken in UNHEARD_IN else spoken


def new_in(heard: Heard, holds: LanguageNeeds | None, member: Member) -> LanguageNeeds | None:
    """A row not kept yet, where a file says what no person told and none of it is there."""
    told = heard.beside(holds, member)
    if holds is None:
        is_there = told in (Speaks(told.spoken, told.spoken), Speaks(told.spoken, tongues.UNDETERMINED))
    else:
        is_there = holds.person_id is not None or says(holds, asdict(told))
    return None if is_there else LanguageNeeds(member_id=member.pk, **asdict(told))
